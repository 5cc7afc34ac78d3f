/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * world.h - one port in user space: a driver, a switch, a P4 VM and the relay,
 * each a function that takes one step.  Whoever includes this chooses the
 * order of the steps; the world checks after them that
 *
 *   - every frame is in exactly one place (world_frames),
 *   - packets leave in the order in which they came, whole, and are what the
 *     verdict made of them, byte for byte (world_take),
 *   - each was counted in exactly one outcome (world_tap, world_counts).
 *
 * The first violation is kept in world.fault; later ones change nothing.
 * Every block of shared memory is an allocation of its exact size, so that the
 * address sanitizer sees a step outside.
 */
#ifndef TP4_WORLD_H
#define TP4_WORLD_H

#include <stdio.h>
#include <stdlib.h>

#include "ring/flow.h"
#include "ring/lane.h"

#define WORLD_FRAMES_MAX 1024
#define WORLD_TRACK      4096 /* packets of a direction under way, power of two */
#define WORLD_PARTS      4    /* descriptors of one packet */

struct world_packet {
	__u32 seq, parts, len[WORLD_PARTS];
	__u64 verdict; /* 0: none yet */
};

/* What must come out of one direction. */
struct world_track {
	struct world_packet packet[WORLD_TRACK];
	__u32 in;     /* given to src */
	__u32 judged; /* decided by the P4 VM */
	__u32 tapped; /* taken by the relay */
	__u32 out[WORLD_TRACK];
	__u32 out_in, out_done;
};

struct world_shape {
	__u32 frames, chunk, headroom;
	__u32 entries;       /* of RX and TX */
	__u32 frame_entries; /* of FILL and COMPLETION */
	__u32 start;         /* first index of every ring */
	bool unaligned, hostile;
};

struct world {
	struct world_shape shape;
	__u8 *umem;
	struct tp4_area area;
	struct tp4_flow flow[TP4_DIRS];
	struct tp4_judged *judged[TP4_DIRS];
	__u8 *patches[TP4_DIRS];
	struct tp4_lane lane[TP4_DIRS];
	struct world_track track[TP4_DIRS];
	/* The relay's ends of FILL and COMPLETION. */
	struct tp4_ring fill, real_fill, comp, real_comp;
	/* Ends of the driver and of the switch. */
	struct tp4_ring d_rx, d_tx, d_fill, d_comp;
	struct tp4_ring s_rx, s_tx, s_fill, s_comp;
	__u64 idle[WORLD_FRAMES_MAX]; /* in the hands of the switch */
	__u32 idles;
	__u32 breaches, lost;
	char fault[160];
};

#define world_fail(w, ...)                                                                         \
	do {                                                                                       \
		if (!(w)->fault[0])                                                                \
			snprintf((w)->fault, sizeof((w)->fault), __VA_ARGS__);                     \
	} while (0)

static inline __u32 world_frame(const struct world *w, __u64 addr)
{
	return (w->shape.unaligned ? addr & ((1ULL << 48) - 1) : addr) / w->shape.chunk;
}

static inline __u64 world_start(const struct world *w, __u64 addr)
{
	return w->shape.unaligned ? (addr & ((1ULL << 48) - 1)) + (addr >> 48) : addr;
}

/* Byte @k from the end of part @part of packet @seq. */
static inline __u8 world_byte(__u32 seq, __u32 part, __u32 k)
{
	return seq * 31 + part * 13 + k * 7;
}

static inline __u8 world_patch_byte(__u32 seq, __u32 k)
{
	return (seq ^ 0x5a) + k * 3;
}

static inline struct world_packet *world_packet(struct world *w, int dir, __u32 n)
{
	return &w->track[dir].packet[n & (WORLD_TRACK - 1)];
}

/* Does the new header that the P4 VM asked for fit? */
static inline bool world_fits(const struct world *w, const struct world_packet *p)
{
	__u32 old_len = TP4_VERDICT_OLD(p->verdict), new_len = TP4_VERDICT_NEW(p->verdict);

	/* Where the frame of an unaligned address without offset ends, nobody knows. */
	if (w->shape.unaligned && !w->shape.headroom && new_len > old_len)
		return false;
	return !(p->verdict >> 16) ||
	       (new_len <= TP4_PATCH_SIZE && old_len <= p->len[0] &&
		p->len[0] - old_len + new_len >= TP4_PACKET_MIN &&
		p->len[0] - old_len + new_len <= w->shape.chunk - w->shape.headroom);
}

static void world_tap(struct tp4_flow *flow, const struct xdp_desc *desc, __u32 len,
		      enum tp4_stat outcome)
{
	struct world *w = flow->owner;
	int dir = flow - w->flow;
	struct world_track *t = &w->track[dir];
	struct world_packet *p = world_packet(w, dir, t->tapped);
	bool on = outcome == TP4_STAT_FORWARDED || outcome == TP4_STAT_PASSED;
	enum tp4_stat want = flow->reason;

	if (t->tapped == t->in) {
		world_fail(w, "direction %d: a packet that never came", dir);
		return;
	}
	if (!w->shape.hostile) {
		if (flow->rule == TP4_RULE_PASS)
			want = TP4_STAT_PASSED;
		else if (flow->rule == TP4_RULE_VERDICT)
			want = TP4_VERDICT_ACTION(p->verdict) == TP4_DROP ? TP4_STAT_DROPPED
			       : world_fits(w, p)                         ? TP4_STAT_FORWARDED
									  : TP4_STAT_DROP_BAD_PATCH;
		if (outcome != want)
			world_fail(w, "direction %d packet %u: outcome %d, not %d", dir, p->seq,
				   outcome, want);
		if (flow->rule != TP4_RULE_VERDICT)
			p->verdict = 0;
	}
	t->tapped++;
	if (on)
		t->out[t->out_in++ & (WORLD_TRACK - 1)] = t->tapped - 1;
}

static inline void world_ring(struct world *w, struct tp4_ring *a, struct tp4_ring *b,
			      __u32 entries, size_t entry)
{
	__u8 *mem = calloc(1, TP4_RING_DESC + entries * entry);

	*a = *b = (struct tp4_ring){ mem, entries, w->shape.start };
	*tp4_ring_word(a, TP4_RING_PROD) = w->shape.start;
	*tp4_ring_word(a, TP4_RING_CONS) = w->shape.start;
}

/* The P4 VM says hello: step 3 in the life of a port. */
static inline void world_live(struct world *w)
{
	bool cut;
	int dir;

	for (dir = 0; dir < TP4_DIRS; dir++) {
		struct world_track *t = &w->track[dir];

		w->lane[dir].ring = w->flow[dir].src;
		w->lane[dir].judged = w->judged[dir];
		w->lane[dir].patches = w->patches[dir];
		w->judged[dir]->prod = w->flow[dir].src.idx;
		w->flow[dir].rule = TP4_RULE_VERDICT;
		w->flow[dir].seen = w->flow[dir].src.idx + tp4_ring_avail(&w->flow[dir].src);
		t->judged = t->tapped;
		/* The rest of a packet of which a part was dropped: whatever it says. */
		if (w->flow[dir].cut)
			tp4_lane_publish(&w->lane[dir],
					 tp4_ring_packet(&w->flow[dir].src, w->flow[dir].src.idx,
							 tp4_ring_avail(&w->flow[dir].src), &cut));
	}
}

static inline struct world *world_new(const struct world_shape *shape)
{
	struct world *w = calloc(1, sizeof(*w));
	const struct world_shape *s = &w->shape;
	__u32 i, real = 1;
	int dir;

	w->shape = *shape;
	while (real < s->frames || real < s->frame_entries)
		real *= 2;
	w->umem = calloc(s->frames, s->chunk);
	w->area = (struct tp4_area){ w->umem, (__u64)s->frames * s->chunk, s->chunk, s->unaligned };
	world_ring(w, &w->flow[TP4_RX].src, &w->d_rx, s->entries, sizeof(struct xdp_desc));
	world_ring(w, &w->flow[TP4_RX].dst, &w->s_rx, s->entries, sizeof(struct xdp_desc));
	world_ring(w, &w->flow[TP4_TX].src, &w->s_tx, s->entries, sizeof(struct xdp_desc));
	world_ring(w, &w->flow[TP4_TX].dst, &w->d_tx, s->entries, sizeof(struct xdp_desc));
	world_ring(w, &w->fill, &w->s_fill, s->frame_entries, 8);
	world_ring(w, &w->real_fill, &w->d_fill, real, 8);
	world_ring(w, &w->comp, &w->s_comp, s->frame_entries, 8);
	world_ring(w, &w->real_comp, &w->d_comp, s->frame_entries, 8);
	for (dir = 0; dir < TP4_DIRS; dir++) {
		w->judged[dir] = calloc(1, sizeof(struct tp4_judged) + s->entries * sizeof(__u64));
		w->patches[dir] = calloc(s->entries, TP4_PATCH_SIZE);
		w->flow[dir].judged = w->judged[dir];
		w->flow[dir].patches = w->patches[dir];
		w->flow[dir].area = &w->area;
		w->flow[dir].tap = world_tap;
		w->flow[dir].owner = w;
		w->flow[dir].reason = TP4_STAT_DROP_NO_VM;
	}
	for (i = 0; i < s->frames; i++)
		w->idle[w->idles++] = (__u64)i * s->chunk;
	world_live(w);
	return w;
}

static inline void world_free(struct world *w)
{
	int dir;

	for (dir = 0; dir < TP4_DIRS; dir++) {
		free(w->flow[dir].src.mem);
		free(w->flow[dir].dst.mem);
		free(w->judged[dir]);
		free(w->patches[dir]);
	}
	free(w->fill.mem);
	free(w->real_fill.mem);
	free(w->comp.mem);
	free(w->real_comp.mem);
	free(w->umem);
	free(w);
}

/* Write packet @p into the frames of @desc and into the ring @to. */
static inline void world_put(struct world *w, int dir, struct tp4_ring *to, const __u64 *frame,
			     __u32 parts, const __u32 *len)
{
	struct world_track *t = &w->track[dir];
	struct world_packet *p = world_packet(w, dir, t->in);
	__u32 i, k;

	*p = (struct world_packet){ .seq = t->in, .parts = parts };
	for (i = 0; i < parts; i++) {
		__u64 base = (__u64)world_frame(w, frame[i]) * w->shape.chunk;
		struct xdp_desc d = {
			.addr = w->shape.unaligned ? base | (__u64)w->shape.headroom << 48
						   : base + w->shape.headroom,
			.len = len[i],
			.options = i + 1 < parts ? XDP_PKT_CONTD : 0,
		};

		p->len[i] = len[i];
		for (k = 0; k < len[i]; k++)
			w->umem[world_start(w, d.addr) + len[i] - 1 - k] = world_byte(p->seq, i, k);
		*tp4_ring_desc(to, to->idx++) = d;
	}
	tp4_ring_submit(to);
	t->in++;
}

/* Take one packet from @from and compare; its frames go to @frame. */
static inline __u32 world_take(struct world *w, int dir, struct tp4_ring *from, __u64 *frame)
{
	struct world_track *t = &w->track[dir];
	__u32 avail = tp4_ring_avail(from), i, k;
	struct world_packet *p;

	if (!avail)
		return 0;
	if (t->out_done == t->out_in) {
		world_fail(w, "direction %d: something came out that was not sent on", dir);
		return 0;
	}
	p = world_packet(w, dir, t->out[t->out_done++ & (WORLD_TRACK - 1)]);
	if (avail < p->parts) {
		world_fail(w, "direction %d packet %u: in pieces", dir, p->seq);
		return 0;
	}
	for (i = 0; i < p->parts; i++) {
		struct xdp_desc d = tp4_ring_read(from, from->idx + i);
		__u32 cut = i ? 0 : TP4_VERDICT_OLD(p->verdict);
		__u32 new = i ? 0 : TP4_VERDICT_NEW(p->verdict);
		__u8 *data = w->umem + world_start(w, d.addr);

		frame[i] = d.addr;
		if (!!(d.options & XDP_PKT_CONTD) != (i + 1 < p->parts))
			world_fail(w, "direction %d packet %u: cut elsewhere", dir, p->seq);
		if (w->shape.hostile)
			continue;
		if (d.len != p->len[i] - cut + new) {
			world_fail(w, "direction %d packet %u: %u bytes, not %u", dir, p->seq,
				   d.len, p->len[i] - cut + new);
			continue;
		}
		for (k = 0; k < d.len - new; k++)
			if (data[d.len - 1 - k] != world_byte(p->seq, i, k))
				world_fail(w, "direction %d packet %u part %u: byte %u differs",
					   dir, p->seq, i, d.len - 1 - k);
		for (k = 0; k < new; k++)
			if (data[k] != world_patch_byte(p->seq, k))
				world_fail(w, "direction %d packet %u: patch byte %u differs", dir,
					   p->seq, k);
	}
	from->idx += p->parts;
	tp4_ring_release(from);
	return p->parts;
}

/* The driver receives a packet, if it has frames for it. */
static inline bool world_receive(struct world *w, __u32 parts, const __u32 *len)
{
	__u64 frame[WORLD_PARTS];
	__u32 i;

	if (tp4_ring_avail(&w->d_fill) < parts || tp4_ring_room(&w->d_rx) < parts)
		return false;
	for (i = 0; i < parts; i++)
		frame[i] = *tp4_ring_addr(&w->d_fill, w->d_fill.idx++);
	tp4_ring_release(&w->d_fill);
	world_put(w, TP4_RX, &w->d_rx, frame, parts, len);
	return true;
}

/* ... sends one and completes its frames. */
static inline bool world_transmit(struct world *w)
{
	__u64 frame[WORLD_PARTS];
	__u32 n, i;

	if (tp4_ring_room(&w->d_comp) < WORLD_PARTS)
		return false;
	n = world_take(w, TP4_TX, &w->d_tx, frame);
	for (i = 0; i < n; i++)
		*tp4_ring_addr(&w->d_comp, w->d_comp.idx++) = frame[i];
	tp4_ring_submit(&w->d_comp);
	return n;
}

/* The switch sends a packet, if it has frames for it. */
static inline bool world_send(struct world *w, __u32 parts, const __u32 *len)
{
	if (w->idles < parts || tp4_ring_room(&w->s_tx) < parts)
		return false;
	w->idles -= parts;
	world_put(w, TP4_TX, &w->s_tx, &w->idle[w->idles], parts, len);
	return true;
}

/* ... reads one. */
static inline bool world_read(struct world *w)
{
	__u32 n = world_take(w, TP4_RX, &w->s_rx, &w->idle[w->idles]);

	w->idles += n;
	return n;
}

/* ... looks after its frames: @fill of them to FILL, COMPLETION emptied. */
static inline void world_keep(struct world *w, __u32 fill)
{
	while (tp4_ring_avail(&w->s_comp)) {
		w->idle[w->idles++] = *tp4_ring_addr(&w->s_comp, w->s_comp.idx++);
		tp4_ring_release(&w->s_comp);
	}
	while (fill-- && w->idles && tp4_ring_room(&w->s_fill)) {
		*tp4_ring_addr(&w->s_fill, w->s_fill.idx++) = w->idle[--w->idles];
		tp4_ring_submit(&w->s_fill);
	}
}

/* The P4 VM decides the next packet of @dir in the same way as @verdict. */
static inline bool world_judge(struct world *w, int dir, __u64 verdict)
{
	struct world_track *t = &w->track[dir];
	struct world_packet *p = world_packet(w, dir, t->judged);
	struct tp4_lane *lane = &w->lane[dir];
	__u32 i;

	if (t->judged == t->in || tp4_lane_avail(lane) < p->parts)
		return false;
	/* A later stage owns the record when the relay has decided without us. */
	p->verdict = verdict;
	for (i = 0; i < p->parts; i++)
		tp4_lane_judge(lane, i, verdict);
	for (i = 0; i < TP4_VERDICT_NEW(verdict) && i < TP4_PATCH_SIZE; i++)
		tp4_lane_patch(lane, 0)[i] = world_patch_byte(p->seq, i);
	tp4_lane_publish(lane, p->parts);
	t->judged++;
	return true;
}

/* The relay: FILL and COMPLETION as kmod/pool.c moves them. */
static inline void world_pool(struct world *w)
{
	__u32 used = w->real_fill.size - tp4_ring_room(&w->real_fill);

	if (used < w->fill.size)
		tp4_ring_move(&w->fill, &w->real_fill, w->fill.size - used);
	tp4_ring_move(&w->real_comp, &w->comp, w->comp.size);
}

/* One step of one direction, with at most @max frees and about @limit descriptors. */
static inline enum tp4_flow_end world_relay(struct world *w, int dir, __u32 max, __u32 limit)
{
	struct tp4_frees frees = { .max = max };
	__u32 moved = 0, taken = 0, i, src = w->flow[dir].src.idx, dst = w->flow[dir].dst.idx;
	struct tp4_ring *back = dir == TP4_RX ? &w->real_fill : &w->comp;
	enum tp4_flow_end end;

	if (dir == TP4_TX && frees.max > tp4_ring_room(back))
		frees.max = tp4_ring_room(back);
	end = tp4_flow_run(&w->flow[dir], &frees, limit, &moved, &taken);
	if (moved != w->flow[dir].dst.idx - dst || taken != w->flow[dir].src.idx - src)
		world_fail(w, "direction %d: counts of the step are wrong", dir);
	if (frees.n > frees.max || moved + frees.n != taken)
		world_fail(w, "direction %d: %u taken, %u moved, %u freed of %u", dir, taken, moved,
			   frees.n, frees.max);
	if (taken > limit + TP4_PACKET_MAX)
		world_fail(w, "direction %d: %u taken, limit %u", dir, taken, limit);
	if (tp4_ring_room(back) < frees.n)
		w->lost += frees.n - tp4_ring_room(back);
	for (i = 0; i < frees.n && tp4_ring_room(back); i++) {
		*tp4_ring_addr(back, back->idx++) = frees.addr[i];
		tp4_ring_submit(back);
	}
	if (end == TP4_FLOW_BREACH) {
		w->breaches++;
		w->flow[dir].rule = TP4_RULE_DROP;
		w->flow[dir].reason = TP4_STAT_DROP_PROTOCOL;
	}
	return end;
}

static inline void world_count(struct world *w, __u8 *seen, const struct tp4_ring *r, bool desc)
{
	__u32 i = *tp4_ring_word(r, TP4_RING_CONS), end = *tp4_ring_word(r, TP4_RING_PROD);

	if (end - i > r->size) {
		world_fail(w, "a ring of %u holds %u", r->size, end - i);
		return;
	}
	for (; i != end; i++) {
		__u32 frame =
			world_frame(w, desc ? tp4_ring_desc(r, i)->addr : *tp4_ring_addr(r, i));

		if (frame >= w->shape.frames)
			world_fail(w, "frame %u does not exist", frame);
		else
			seen[frame]++;
	}
}

/* Every frame is in exactly one place. */
static inline void world_frames(struct world *w)
{
	__u8 seen[WORLD_FRAMES_MAX] = { 0 };
	__u32 i;

	world_count(w, seen, &w->d_rx, true);
	world_count(w, seen, &w->d_tx, true);
	world_count(w, seen, &w->s_rx, true);
	world_count(w, seen, &w->s_tx, true);
	world_count(w, seen, &w->fill, false);
	world_count(w, seen, &w->real_fill, false);
	world_count(w, seen, &w->comp, false);
	world_count(w, seen, &w->real_comp, false);
	for (i = 0; i < w->idles; i++)
		seen[world_frame(w, w->idle[i])]++;
	for (i = 0; i < w->shape.frames; i++)
		if (seen[i] != 1)
			world_fail(w, "frame %u is in %u places", i, seen[i]);
}

/* Each packet that was taken has exactly one outcome. */
static inline void world_counts(struct world *w)
{
	int dir, i;

	for (dir = 0; dir < TP4_DIRS; dir++) {
		__u64 sum = 0;

		for (i = 0; i < TP4_STAT_OUTCOMES; i++)
			sum += w->flow[dir].stat[i];
		if (sum != w->track[dir].tapped)
			world_fail(w, "direction %d: %u packets, %llu outcomes", dir,
				   w->track[dir].tapped, (unsigned long long)sum);
	}
}

#endif
