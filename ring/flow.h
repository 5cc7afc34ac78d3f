/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * flow.h - the relay of one direction of a port: what is decided goes on.
 *
 *	            judged->verdict[i] says of src[i]
 *	  src ───► forward ───────────────────────────► dst
 *	   │        └─ new header prefix copied into the frame
 *	   └─────► drop ─────► frees: back to FILL (rx) or COMPLETION (tx)
 *
 * Law: a descriptor is consumed from src exactly when it has been written to
 * dst or to frees, in order, and counted in exactly one outcome.  Nothing is
 * consumed while there is no room for it: a packet goes on whole, and is dropped in
 * pieces where frees end.  The P4 VM's words (judged, patches) are read once, checked
 * and never used as an address.
 *
 * One caller at a time; no allocation, no sleeping, bounded by the ring sizes.
 */
#ifndef TP4_FLOW_H
#define TP4_FLOW_H

#include "ring/ring.h"

/* The frames' memory as the relay sees it. */
struct tp4_area {
	__u8 *base;
	__u64 size;
	__u32 chunk; /* power of two unless unaligned */
	bool unaligned;
};

/* How undecided packets are treated. */
enum tp4_rule {
	TP4_RULE_VERDICT, /* the P4 VM decides */
	TP4_RULE_PASS,    /* all go on */
	TP4_RULE_DROP     /* none goes on */
};

#define TP4_FREES_MAX  64 /* frames that are handed over at a time */
#define TP4_PACKET_MIN 14 /* bytes that rewriting leaves: an Ethernet header */

/* Frames on their way back to the switch. */
struct tp4_frees {
	__u32 n, max; /* max <= TP4_FREES_MAX: what the caller can hand over */
	__u64 addr[TP4_FREES_MAX];
};

struct tp4_flow;
/* Told about each packet that leaves src: its first descriptor as sent on. */
typedef void (*tp4_tap)(struct tp4_flow *flow, const struct xdp_desc *desc, __u32 len,
			enum tp4_stat outcome);

struct tp4_flow {
	struct tp4_ring src; /* we consume */
	struct tp4_ring dst; /* we produce */
	struct tp4_judged *judged;
	const __u8 *patches;
	const struct tp4_area *area;
	enum tp4_rule rule;
	enum tp4_stat reason; /* outcome under TP4_RULE_DROP */
	bool cut;             /* src goes on with a packet whose beginning was dropped */
	__u32 seen;           /* the farthest that src's producer was seen; tp4_flow_see() */
	tp4_tap tap;          /* may be NULL */
	void *owner;          /* for tap */
	__u64 stat[TP4_STAT_MAX];
};

enum tp4_flow_end {
	TP4_FLOW_DONE,   /* nothing more is decided */
	TP4_FLOW_FULL,   /* dst has no room */
	TP4_FLOW_FREES,  /* hand over frees, then call again */
	TP4_FLOW_MORE,   /* @limit was reached */
	TP4_FLOW_BREACH, /* the P4 VM broke the law; nothing consumed for it */
	TP4_FLOW_REWOUND /* the producer of src did: it took back what is decided */
};

/* Where the frame of @desc starts, or false when it is not inside the area. */
static inline bool tp4_area_locate(const struct tp4_area *area, const struct xdp_desc *desc,
				   __u64 *start, __u64 *room)
{
	__u64 base = area->unaligned ? desc->addr & ((1ULL << 48) - 1) : desc->addr;
	__u64 offset = area->unaligned ? desc->addr >> 48 : desc->addr & (area->chunk - 1);

	*start = area->unaligned ? base + offset : base;
	if (offset > area->chunk || *start > area->size)
		return false;
	*room = area->chunk - offset;
	if (*room > area->size - *start)
		*room = area->size - *start;
	return desc->len <= *room;
}

/* Put the new prefix in place; the frame's address never changes. */
static inline bool tp4_flow_patch(const struct tp4_flow *flow, __u64 verdict, __u32 index,
				  struct xdp_desc *desc)
{
	__u32 old_len = TP4_VERDICT_OLD(verdict), new_len = TP4_VERDICT_NEW(verdict);
	__u64 start, room;
	__u8 *data;

	/* The kernel takes no empty descriptor and switches expect a whole header. */
	if (new_len > TP4_PATCH_SIZE || old_len > desc->len ||
	    desc->len - old_len + new_len < TP4_PACKET_MIN ||
	    !tp4_area_locate(flow->area, desc, &start, &room) ||
	    desc->len - old_len + new_len > room)
		return false;
	/* Unaligned chunks: an address without an offset does not say where its frame ends. */
	if (new_len > old_len && flow->area->unaligned && !(desc->addr >> 48))
		return false;
	/* Metadata in front of the frame names offsets in it, for checksums. */
	if (new_len != old_len && desc->options & XDP_TX_METADATA)
		return false;
	data = flow->area->base + start;
	if (old_len != new_len)
		memmove(data + new_len, data + old_len, desc->len - old_len);
	memcpy(data, flow->patches + (index & (flow->src.size - 1)) * TP4_PATCH_SIZE, new_len);
	desc->len = desc->len - old_len + new_len;
	return true;
}

static inline bool tp4_flow_goes_on(enum tp4_stat outcome)
{
	return outcome == TP4_STAT_FORWARDED || outcome == TP4_STAT_PASSED;
}

/* Packets that src holds; one whose end is not there counts as well. */
static inline __u32 tp4_flow_left(const struct tp4_flow *flow)
{
	__u32 avail = tp4_ring_avail(&flow->src), index = flow->src.idx, n, packets = 0;
	bool cut = flow->cut, more;

	for (; avail; avail -= n, index += n) {
		n = tp4_ring_packet(&flow->src, index, avail, &more);
		packets += !cut;
		cut = more;
		n = n ? n : avail;
	}
	return packets;
}

/*
 * Take the packet of @n descriptors out of src, of one to drop as many as frees have
 * room for; returns how many.
 */
static inline __u32 tp4_flow_take(struct tp4_flow *flow, const struct xdp_desc *first, __u32 n,
				  enum tp4_stat outcome, struct tp4_frees *frees)
{
	__u32 i, len = 0, from = flow->src.idx;
	bool on = tp4_flow_goes_on(outcome);

	for (i = 0; i < n; i++) {
		struct xdp_desc desc = i ? tp4_ring_read(&flow->src, from + i) : *first;

		len += desc.len;
		if (on)
			*tp4_ring_desc(&flow->dst, flow->dst.idx++) = desc;
		else if (frees->n < frees->max)
			frees->addr[frees->n++] = desc.addr;
		else
			continue;
		flow->src.idx++;
	}
	if (!flow->cut) { /* else its beginning is counted */
		flow->stat[outcome]++;
		if (on)
			flow->stat[TP4_STAT_BYTES] += len;
		if (flow->tap)
			flow->tap(flow, first, len, outcome);
	}
	return flow->src.idx - from;
}

/* The producer of src is at @prod, from where it must not go back.  Any number of callers. */
static inline void tp4_flow_see(struct tp4_flow *flow, __u32 prod)
{
	if (prod - tp4_read_once(flow->src.idx) <= flow->src.size &&
	    (__s32)(prod - tp4_read_once(flow->seen)) > 0)
		tp4_write_once(flow->seen, prod);
}

/* The P4 VM is ahead of src by more than there is: has there been as much? */
static inline enum tp4_flow_end tp4_flow_blame(const struct tp4_flow *flow, __u32 decided)
{
	__u32 seen = tp4_read_once(flow->seen);

	return decided <= flow->src.size && (__s32)(seen - flow->src.idx - decided) >= 0
		       ? TP4_FLOW_REWOUND
		       : TP4_FLOW_BREACH;
}

/*
 * Move on what is decided, about @limit descriptors of it.  *@moved counts
 * descriptors written to dst, *@taken those consumed from src; both are added to.
 */
static inline enum tp4_flow_end tp4_flow_run(struct tp4_flow *flow, struct tp4_frees *frees,
					     __u32 limit, __u32 *moved, __u32 *taken)
{
	__u32 avail = tp4_ring_avail(&flow->src), room, n;
	__u32 src0 = flow->src.idx, dst0 = flow->dst.idx;
	enum tp4_flow_end end = TP4_FLOW_DONE;

	if (!avail)
		return TP4_FLOW_DONE;
	tp4_flow_see(flow, flow->src.idx + avail);
	if (flow->rule == TP4_RULE_VERDICT) {
		/* Verdicts before their index.  Pairs with tp4_lane_publish(). */
		__u32 decided = tp4_load_acquire(&flow->judged->prod) - flow->src.idx;

		/* P4-RX's producer may have moved between the two reads. */
		if (decided > avail && decided > tp4_ring_avail(&flow->src))
			return tp4_flow_blame(flow, decided);
		avail = decided;
	}
	room = tp4_ring_room(&flow->dst);

	while (avail) {
		enum tp4_stat outcome = flow->reason;
		struct xdp_desc first;
		__u64 verdict = 0;
		__u32 gone;
		bool cut;

		if (flow->src.idx - src0 >= limit) {
			end = TP4_FLOW_MORE;
			break;
		}
		n = tp4_ring_packet(&flow->src, flow->src.idx, avail, &cut);
		if (!n)
			break;
		if (cut || flow->cut) {
			outcome = TP4_STAT_DROP_BAD_PACKET;
		} else if (flow->rule == TP4_RULE_PASS) {
			outcome = TP4_STAT_PASSED;
		} else if (flow->rule == TP4_RULE_VERDICT) {
			verdict = tp4_read_once(
				flow->judged->verdict[flow->src.idx & (flow->src.size - 1)]);
			if (TP4_VERDICT_ACTION(verdict) == TP4_FORWARD) {
				outcome = TP4_STAT_FORWARDED;
			} else if (TP4_VERDICT_ACTION(verdict) == TP4_DROP) {
				outcome = TP4_STAT_DROPPED;
			} else {
				end = TP4_FLOW_BREACH;
				break;
			}
		}
		if (tp4_flow_goes_on(outcome) && room - (flow->dst.idx - dst0) < n) {
			flow->stat[TP4_STAT_PEER_FULL]++;
			end = TP4_FLOW_FULL;
			break;
		}
		first = tp4_ring_read(&flow->src, flow->src.idx);
		if (outcome == TP4_STAT_FORWARDED && verdict >> 16) {
			if (tp4_flow_patch(flow, verdict, flow->src.idx, &first))
				flow->stat[TP4_STAT_REWRITTEN]++;
			else
				outcome = TP4_STAT_DROP_BAD_PATCH;
		}
		if (!tp4_flow_goes_on(outcome) && frees->n == frees->max) {
			end = TP4_FLOW_FREES;
			break;
		}
		gone = tp4_flow_take(flow, &first, n, outcome, frees);
		flow->cut = cut || gone < n;
		avail -= gone;
	}
	if (flow->dst.idx != dst0)
		tp4_ring_submit(&flow->dst);
	if (flow->src.idx != src0)
		tp4_ring_release(&flow->src);
	*moved += flow->dst.idx - dst0;
	*taken += flow->src.idx - src0;
	return end;
}

#endif
