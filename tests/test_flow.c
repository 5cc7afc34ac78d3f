/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * test_flow.c - the relay of a direction: verdicts, new headers, packets of
 * several descriptors, limits, breaches; then all parties in random order, and
 * in threads, conserving every frame and the order of packets.
 */
#include <pthread.h>
#include <sched.h>

#include "tests/tap.h"
#include "tests/world.h"

#define FORWARD TP4_VERDICT(TP4_FORWARD, 0, 0)
#define DROP    TP4_VERDICT(TP4_DROP, 0, 0)

static const struct world_shape plain = {
	.frames = 64,
	.chunk = 2048,
	.headroom = 256,
	.entries = 16,
	.frame_entries = 32,
	.start = 0xfffffff8,
};

/* A world in which the driver holds frames. */
static struct world *begin(const struct world_shape *shape)
{
	struct world *w = world_new(shape);

	world_keep(w, shape->frame_entries);
	world_pool(w);
	return w;
}

static void end(struct world *w, const char *what)
{
	world_frames(w);
	world_counts(w);
	ok(!w->fault[0], "%s: %s", what, w->fault[0] ? w->fault : "frames and counts are right");
	world_free(w);
}

/* One packet through rx with @verdict; what became of it, or -1. */
static int once(struct world *w, __u32 len, __u64 verdict)
{
	__u64 before[TP4_STAT_MAX];
	int i;

	memcpy(before, w->flow[TP4_RX].stat, sizeof(before));
	if (!world_receive(w, 1, &len) || !world_judge(w, TP4_RX, verdict))
		return -1;
	world_relay(w, TP4_RX, TP4_FREES_MAX, 256);
	world_read(w);
	world_keep(w, 1);
	world_pool(w);
	for (i = 0; i < TP4_STAT_OUTCOMES; i++)
		if (w->flow[TP4_RX].stat[i] != before[i])
			return i;
	return -1;
}

static void verdicts(void)
{
	struct world *w = begin(&plain);
	__u32 len = 60;

	ok(once(w, 60, FORWARD) == TP4_STAT_FORWARDED, "forward");
	ok(once(w, 60, DROP) == TP4_STAT_DROPPED, "drop");
	ok(once(w, 60, TP4_VERDICT(TP4_DROP, 9, 3000)) == TP4_STAT_DROPPED,
	   "a dropped packet's patch is nobody's business");
	ok(w->flow[TP4_RX].stat[TP4_STAT_BYTES] == 60, "bytes count what went on");

	world_receive(w, 1, &len);
	ok(world_relay(w, TP4_RX, 64, 256) == TP4_FLOW_DONE && !tp4_ring_avail(&w->s_rx),
	   "an undecided packet waits");
	w->flow[TP4_RX].rule = TP4_RULE_PASS;
	world_relay(w, TP4_RX, 64, 256);
	ok(w->flow[TP4_RX].stat[TP4_STAT_PASSED] == 1 && world_read(w), "rule pass");
	world_receive(w, 1, &len);
	w->flow[TP4_RX].rule = TP4_RULE_DROP;
	world_relay(w, TP4_RX, 64, 256);
	ok(w->flow[TP4_RX].stat[TP4_STAT_DROP_NO_VM] == 1, "rule drop, with its reason");
	end(w, "verdicts");
}

static void patches(bool unaligned, __u32 headroom)
{
	static const struct {
		__u32 len, old, new;
		bool fits;
	} cases[] = {
		{ 60, 14, 14, true },  { 60, 0, 0, true },
		{ 60, 60, 60, true },  { 60, 14, 18, true },
		{ 60, 0, 256, true },  { 60, 0, 4, true },
		{ 60, 18, 14, true },  { 60, 46, 0, true },
		{ 60, 60, 14, true },  { 60, 47, 0, false },
		{ 60, 60, 13, false }, { 60, 60, 0, false },
		{ 60, 61, 61, false }, { 60, 0xffff, 0xffff, false },
		{ 60, 0, 257, false }, { 60, 0, 0xffff, false },
		{ 14, 14, 14, true },  { 1, 0, 13, true },
		{ 1, 1, 13, false },
	};
	struct world_shape shape = plain;
	struct world *w;
	__u32 i, wrong = 0, most = 2048 - headroom;
	/* Unaligned, the address says where a frame ends only with an offset. */
	bool may_grow = !unaligned || headroom;
	char what[64];

	shape.unaligned = unaligned;
	shape.headroom = headroom;
	w = begin(&shape);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int got =
			once(w, cases[i].len, TP4_VERDICT(TP4_FORWARD, cases[i].old, cases[i].new));
		bool fits = cases[i].fits && (may_grow || cases[i].new <= cases[i].old);

		if (got != (fits ? TP4_STAT_FORWARDED : TP4_STAT_DROP_BAD_PATCH)) {
			printf("# %u bytes, %u by %u: %d\n", cases[i].len, cases[i].old,
			       cases[i].new, got);
			wrong++;
		}
	}
	ok(!wrong, "new headers of all lengths (%s, headroom %u)",
	   unaligned ? "unaligned" : "aligned", headroom);
	/* Each frame once, the last of the UMEM too: at the end there is no room. */
	for (i = wrong = 0; i < shape.frames; i++) {
		wrong += once(w, most, TP4_VERDICT(TP4_FORWARD, 14, 14)) != TP4_STAT_FORWARDED;
		wrong += once(w, most, TP4_VERDICT(TP4_FORWARD, 14, 15)) != TP4_STAT_DROP_BAD_PATCH;
		wrong += once(w, most - 1, TP4_VERDICT(TP4_FORWARD, 14, 15)) !=
			 (may_grow ? TP4_STAT_FORWARDED : TP4_STAT_DROP_BAD_PATCH);
	}
	ok(!wrong, "a frame is filled to its end and no further");
	snprintf(what, sizeof(what), "patches, %s", unaligned ? "unaligned" : "aligned");
	end(w, what);
}

/* What the switch writes into its TX ring is not believed either. */
static void wild_descriptors(void)
{
	static const struct xdp_desc wild[] = {
		{ 64 * 2048, 60, 0 },
		{ 64 * 2048 - 1, 60, 0 },
		{ ~0ULL, 60, 0 },
		{ 1ULL << 63, 60, 0 },
		{ 2048 - 59, 60, 0 },
		{ 0, 2049, 0 },
		{ 0, ~0U, 0 },
		{ 0xffff000000000000ULL, 60, 0 },
		{ 0x0800000000000000ULL | 63 * 2048, 60, 0 },
	};
	__u32 i, unaligned, wrong = 0;

	for (unaligned = 0; unaligned < 2; unaligned++) {
		struct world_shape shape = plain;
		struct world *w;

		shape.unaligned = unaligned;
		shape.hostile = true;
		w = world_new(&shape);
		w->flow[TP4_TX].tap = NULL;
		for (i = 0; i < sizeof(wild) / sizeof(*wild); i++) {
			*tp4_ring_desc(&w->s_tx, w->s_tx.idx++) = wild[i];
			tp4_ring_submit(&w->s_tx);
			tp4_lane_judge(&w->lane[TP4_TX], 0, TP4_VERDICT(TP4_FORWARD, 14, 40));
			tp4_lane_publish(&w->lane[TP4_TX], 1);
			world_relay(w, TP4_TX, 64, 256);
		}
		wrong += i - w->flow[TP4_TX].stat[TP4_STAT_DROP_BAD_PATCH];
		for (i = 0; i < 64 * 2048; i++)
			wrong += !!w->umem[i];
		world_free(w);
	}
	ok(!wrong, "a new header is never written outside a frame (%u wrong)", wrong);
}

/* A frame that reaches to the end of the UMEM, less than a chunk away, as the kernel takes it. */
static void last_frame(void)
{
	struct world_shape shape = plain;
	struct world *w;

	shape.unaligned = true;
	shape.hostile = true;
	w = world_new(&shape);
	w->flow[TP4_TX].tap = NULL;
	*tp4_ring_desc(&w->s_tx, w->s_tx.idx++) = (struct xdp_desc){ 64 * 2048 - 60, 60, 0 };
	tp4_ring_submit(&w->s_tx);
	tp4_lane_judge(&w->lane[TP4_TX], 0, TP4_VERDICT(TP4_FORWARD, 14, 14));
	tp4_lane_publish(&w->lane[TP4_TX], 1);
	world_relay(w, TP4_TX, 64, 256);
	ok(w->flow[TP4_TX].stat[TP4_STAT_REWRITTEN] == 1,
	   "a frame at the end of the UMEM is rewritten");
	world_free(w);
}

/* Metadata in front of a frame names offsets in it. */
static void metadata(void)
{
	struct world_shape shape = plain;
	struct world *w;
	__u32 i;

	shape.hostile = true;
	w = world_new(&shape);
	w->flow[TP4_TX].tap = NULL;
	for (i = 0; i < 3; i++) {
		*tp4_ring_desc(&w->s_tx, w->s_tx.idx++) =
			(struct xdp_desc){ i * 2048 + 64, 60, XDP_TX_METADATA };
		tp4_ring_submit(&w->s_tx);
		tp4_lane_judge(&w->lane[TP4_TX], 0, TP4_VERDICT(TP4_FORWARD, 14, 13 + i));
		tp4_lane_publish(&w->lane[TP4_TX], 1);
		world_relay(w, TP4_TX, 64, 256);
	}
	ok(w->flow[TP4_TX].stat[TP4_STAT_FORWARDED] == 1 &&
		   w->flow[TP4_TX].stat[TP4_STAT_DROP_BAD_PATCH] == 2,
	   "a packet with TX metadata keeps its length");
	world_free(w);
}

static void chains(void)
{
	static const __u32 len[] = { 1500, 1700, 3, 64 };
	struct world *w = begin(&plain);
	struct tp4_frees frees = { .max = TP4_FREES_MAX };
	__u32 moved = 0, taken = 0, i;

	ok(world_receive(w, 4, len) && world_judge(w, TP4_RX, TP4_VERDICT(TP4_FORWARD, 14, 18)),
	   "a packet of four descriptors");
	world_relay(w, TP4_RX, 64, 256);
	ok(tp4_ring_avail(&w->s_rx) == 4 && world_read(w),
	   "goes on whole, its first part rewritten");
	world_receive(w, 3, len);
	world_judge(w, TP4_RX, DROP);
	world_receive(w, 1, len);
	world_judge(w, TP4_RX, FORWARD);
	ok(world_relay(w, TP4_RX, 2, 256) == TP4_FLOW_FREES &&
		   world_relay(w, TP4_RX, 0, 256) == TP4_FLOW_FREES &&
		   tp4_ring_avail(&w->flow[TP4_RX].src) == 2,
	   "is dropped in pieces where frees end");
	ok(world_relay(w, TP4_RX, 1, 256) == TP4_FLOW_DONE && world_read(w) &&
		   w->flow[TP4_RX].stat[TP4_STAT_DROPPED] == 1,
	   "is counted once, and the next one goes on");

	world_receive(w, 3, len);
	ok(tp4_flow_left(&w->flow[TP4_RX]) == 1, "is one that is left");
	tp4_lane_judge(&w->lane[TP4_RX], 0, FORWARD);
	tp4_lane_publish(&w->lane[TP4_RX], 2);
	ok(world_relay(w, TP4_RX, 64, 256) == TP4_FLOW_DONE && !tp4_ring_avail(&w->s_rx),
	   "half decided is undecided");
	world_packet(w, TP4_RX, w->track[TP4_RX].judged++)->verdict = FORWARD;
	tp4_lane_publish(&w->lane[TP4_RX], 1);
	world_relay(w, TP4_RX, 64, 256);
	ok(world_read(w), "decided to its end it goes on");
	end(w, "chains");

	/* A chain without end: cut off at TP4_PACKET_MAX, or when the ring is full. */
	for (i = 8; i <= 128; i *= 4) {
		struct world_shape shape = plain;
		__u32 n, want = i < TP4_PACKET_MAX ? i : TP4_PACKET_MAX;

		shape.entries = i;
		w = world_new(&shape);
		w->flow[TP4_RX].tap = NULL;
		w->flow[TP4_RX].rule = TP4_RULE_PASS;
		for (n = 0; n < i; n++)
			*tp4_ring_desc(&w->d_rx, w->d_rx.idx++) =
				(struct xdp_desc){ n * 2048, 60, XDP_PKT_CONTD };
		tp4_ring_submit(&w->d_rx);
		frees.n = moved = taken = 0;
		tp4_flow_run(&w->flow[TP4_RX], &frees, 1, &moved, &taken);
		ok(frees.n == want && taken == want && !moved && !tp4_flow_left(&w->flow[TP4_RX]) &&
			   w->flow[TP4_RX].stat[TP4_STAT_DROP_BAD_PACKET] == 1,
		   "a chain without end in a ring of %u is one bad packet of %u", i, want);
		world_free(w);
	}
	for (i = 37; i <= 163; i += 63) {
		struct world_shape shape = plain;
		bool fits = i <= TP4_PACKET_MAX;
		__u32 n;

		shape.entries = 256;
		w = world_new(&shape);
		w->flow[TP4_RX].tap = NULL;
		for (n = 0; n <= i; n++)
			*tp4_ring_desc(&w->d_rx, w->d_rx.idx++) =
				(struct xdp_desc){ n * 2048, 60, n + 1 < i ? XDP_PKT_CONTD : 0 };
		tp4_ring_submit(&w->d_rx);
		for (n = 0; n <= i; n++)
			tp4_lane_judge(&w->lane[TP4_RX], n, FORWARD);
		tp4_lane_publish(&w->lane[TP4_RX], i + 1);
		for (n = 0; n < 4; n++)
			world_relay(w, TP4_RX, TP4_FREES_MAX, 256);
		ok(w->flow[TP4_RX].stat[TP4_STAT_FORWARDED] == (fits ? 2 : 1) &&
			   w->flow[TP4_RX].stat[TP4_STAT_DROP_BAD_PACKET] == (fits ? 0 : 1) &&
			   tp4_ring_avail(&w->s_rx) == (fits ? i + 1 : 1),
		   "a packet of %u descriptors is %s, and the next one goes on", i,
		   fits ? "forwarded" : "dropped whole");
		world_free(w);
	}
	w = world_new(&plain);
	w->flow[TP4_RX].rule = TP4_RULE_PASS;
	for (i = 0; i < 15; i++)
		*tp4_ring_desc(&w->d_rx, w->d_rx.idx++) = (struct xdp_desc){ 0, 60, XDP_PKT_CONTD };
	tp4_ring_submit(&w->d_rx);
	frees.n = moved = taken = 0;
	ok(tp4_flow_run(&w->flow[TP4_RX], &frees, 99, &moved, &taken) == TP4_FLOW_DONE && !taken,
	   "a packet whose end may still come waits");
	world_free(w);
}

static void limits(void)
{
	struct world *w = begin(&plain);
	__u32 len = 100, i;

	for (i = 0; i < 16; i++) {
		world_receive(w, 1, &len);
		world_judge(w, TP4_RX, i % 2 ? DROP : FORWARD);
	}
	ok(world_relay(w, TP4_RX, 64, 5) == TP4_FLOW_MORE && w->track[TP4_RX].tapped == 5,
	   "the limit ends a run");
	ok(world_relay(w, TP4_RX, 1, 99) == TP4_FLOW_FREES && w->track[TP4_RX].tapped == 7,
	   "full frees end a run before what would not fit");
	ok(world_relay(w, TP4_RX, 0, 99) == TP4_FLOW_FREES && w->track[TP4_RX].tapped == 7,
	   "no frees: a dropped packet stays");
	ok(world_relay(w, TP4_RX, 64, 99) == TP4_FLOW_DONE && w->track[TP4_RX].tapped == 16,
	   "the rest follows");
	for (i = 0; i < 8; i++)
		world_read(w);
	world_keep(w, 16);
	world_pool(w);
	for (i = 0; i < 16; i++) {
		world_receive(w, 1, &len);
		world_judge(w, TP4_RX, FORWARD);
	}
	world_relay(w, TP4_RX, 64, 99);
	for (i = 0; i < 3; i++) {
		world_receive(w, 1, &len);
		world_judge(w, TP4_RX, i ? DROP : FORWARD);
	}
	ok(world_relay(w, TP4_RX, 64, 99) == TP4_FLOW_FULL && tp4_ring_avail(&w->s_rx) == 16 &&
		   w->flow[TP4_RX].stat[TP4_STAT_PEER_FULL] == 1,
	   "a full ring holds packets back, those to drop behind them too");
	world_read(w);
	ok(world_relay(w, TP4_RX, 64, 99) == TP4_FLOW_DONE, "and goes on when there is room");
	/* The peer's nonsense in dst is no room, in src nothing there. */
	world_receive(w, 1, &len);
	world_judge(w, TP4_RX, FORWARD);
	*tp4_ring_word(&w->s_rx, TP4_RING_CONS) = w->s_rx.idx - 1000;
	ok(world_relay(w, TP4_RX, 64, 99) == TP4_FLOW_FULL,
	   "an impossible consumer leaves no room");
	tp4_ring_release(&w->s_rx);
	*tp4_ring_word(&w->d_rx, TP4_RING_PROD) = w->d_rx.idx + 1000;
	ok(world_relay(w, TP4_RX, 64, 99) == TP4_FLOW_DONE, "an impossible producer has nothing");
	tp4_ring_submit(&w->d_rx);
	end(w, "limits");
}

static void breaches(void)
{
	static const __u64 bad[] = { 0, 3, 255, 0x1ff, FORWARD << 1 | 1 };
	struct world *w = begin(&plain);
	struct tp4_lane *lane = &w->lane[TP4_RX];
	struct tp4_ring *src;
	__u32 i, len = 60, taken;

	world_receive(w, 1, &len);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		if (TP4_VERDICT_ACTION(bad[i]) == TP4_FORWARD ||
		    TP4_VERDICT_ACTION(bad[i]) == TP4_DROP)
			continue;
		world_live(w);
		tp4_lane_judge(lane, 0, bad[i]);
		tp4_lane_publish(lane, 1);
		taken = w->track[TP4_RX].tapped;
		ok(world_relay(w, TP4_RX, 64, 99) == TP4_FLOW_BREACH &&
			   w->track[TP4_RX].tapped == taken,
		   "action %u is a breach, nothing is taken", TP4_VERDICT_ACTION(bad[i]));
	}
	/* Even if every verdict is good. */
	for (i = 0; i < w->shape.entries; i++)
		w->judged[TP4_RX]->verdict[i] = FORWARD;
	world_live(w);
	w->judged[TP4_RX]->prod = w->flow[TP4_RX].src.idx + 2;
	ok(world_relay(w, TP4_RX, 64, 99) == TP4_FLOW_BREACH,
	   "deciding what has not come is a breach");
	world_live(w);
	w->judged[TP4_RX]->prod = w->flow[TP4_RX].src.idx - 1;
	ok(world_relay(w, TP4_RX, 64, 99) == TP4_FLOW_BREACH, "going back is a breach");
	world_live(w);
	tp4_lane_judge(lane, 0, FORWARD);
	tp4_lane_publish(lane, 1);
	world_packet(w, TP4_RX, w->track[TP4_RX].judged++)->verdict = FORWARD;
	ok(world_relay(w, TP4_RX, 64, 99) == TP4_FLOW_DONE && world_read(w),
	   "a new start decides the packet that the breach left");
	/* The switch took back what it had sent: not the P4 VM's fault. */
	world_live(w);
	src = &w->flow[TP4_TX].src;
	*tp4_ring_word(src, TP4_RING_PROD) = src->idx + 8;
	ok(world_relay(w, TP4_TX, 64, 99) == TP4_FLOW_DONE, "eight to decide");
	w->judged[TP4_TX]->prod = src->idx + 8;
	*tp4_ring_word(src, TP4_RING_PROD) = src->idx + 3;
	ok(world_relay(w, TP4_TX, 64, 99) == TP4_FLOW_REWOUND, "deciding what went back is none");
	w->judged[TP4_TX]->prod = src->idx + 9;
	ok(world_relay(w, TP4_TX, 64, 99) == TP4_FLOW_BREACH, "... what was never there is");
	world_live(w);
	w->judged[TP4_TX]->prod = src->idx - 1;
	ok(world_relay(w, TP4_TX, 64, 99) == TP4_FLOW_BREACH, "... and so is going back");
	*tp4_ring_word(src, TP4_RING_PROD) = src->idx;
	/* Good verdicts before a bad one count. */
	for (i = 0; i < 3; i++)
		world_receive(w, 1, &len);
	world_judge(w, TP4_RX, DROP);
	world_judge(w, TP4_RX, FORWARD);
	tp4_lane_judge(lane, 0, 77);
	tp4_lane_publish(lane, 1);
	ok(world_relay(w, TP4_RX, 64, 99) == TP4_FLOW_BREACH && tp4_ring_avail(&w->s_rx) == 1,
	   "what was decided before a breach goes on");
	end(w, "breaches");
}

static __u64 state;

static __u32 random_below(__u32 n)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (state >> 33) % n;
}

static void random_lens(const struct world_shape *s, __u32 *parts, __u32 *len)
{
	__u32 i;

	*parts = random_below(4) ? 1 : 1 + random_below(WORLD_PARTS);
	for (i = 0; i < *parts; i++)
		len[i] = 14 + random_below(s->chunk - s->headroom - 13);
}

static __u64 random_verdict(void)
{
	__u32 old, new;

	switch (random_below(8)) {
	case 0:
	case 1: return DROP;
	case 2: old = random_below(20); return TP4_VERDICT(TP4_FORWARD, old, old);
	case 3:
		old = random_below(64);
		new = random_below(300);
		return TP4_VERDICT(TP4_FORWARD, old, new);
	default: return FORWARD;
	}
}

static void random_step(struct world *w)
{
	__u32 parts, len[WORLD_PARTS], n = random_below(16);
	int dir = random_below(2);

	switch (random_below(10)) {
	case 0:
		while (n--) {
			random_lens(&w->shape, &parts, len);
			world_receive(w, parts, len);
		}
		break;
	case 1:
		while (n--) {
			random_lens(&w->shape, &parts, len);
			world_send(w, parts, len);
		}
		break;
	case 2:
		while (n-- && world_read(w))
			;
		break;
	case 3:
		while (n-- && world_transmit(w))
			;
		break;
	case 4: world_keep(w, n); break;
	case 5: world_pool(w); break;
	case 6:
	case 7:
		while (n-- && w->flow[dir].rule == TP4_RULE_VERDICT)
			world_judge(w, dir, random_verdict());
		break;
	case 8: world_relay(w, dir, random_below(TP4_FREES_MAX + 1), 1 + random_below(32)); break;
	case 9:
		if (random_below(50))
			break;
		/* The P4 VM goes, or comes again. */
		w->flow[0].rule = w->flow[1].rule = 1 + random_below(2);
		if (random_below(3))
			world_live(w);
		break;
	}
}

/* Everybody in random order. */
static void property(__u32 seed)
{
	static const __u32 starts[] = { 0, 0xffffffff, 0xffffff00, 0x80000000 };
	struct world_shape shape = { .headroom = seed % 3 * 64,
				     .unaligned = seed % 2,
				     .start = starts[seed / 2 % 4] };
	struct world *w;
	__u32 i;

	state = seed * 0x9e3779b97f4a7c15ULL + 1;
	shape.frames = 8 << random_below(6);
	shape.chunk = shape.unaligned ? 300 + random_below(300) : 512;
	shape.entries = 4 << random_below(5);
	shape.frame_entries = 4 << random_below(6);
	w = world_new(&shape);
	for (i = 0; i < 4000 && !w->fault[0]; i++) {
		random_step(w);
		if (i % 16 == 0)
			world_frames(w);
	}
	world_frames(w);
	world_counts(w);
	if (!w->fault[0] && (w->breaches || w->lost))
		world_fail(w, "%u breaches, %u frames lost by an honest P4 VM", w->breaches,
			   w->lost);
	if (!w->fault[0] && w->track[0].tapped + w->track[1].tapped < 200)
		world_fail(w, "only %u packets", w->track[0].tapped + w->track[1].tapped);
	if (w->fault[0])
		ok(0, "random order, seed %u: %s", seed, w->fault);
	world_free(w);
}

static void properties(void)
{
	__u32 seed, failed = tap_failed;

	for (seed = 0; seed < 300 && failed == tap_failed; seed++)
		property(seed);
	ok(failed == tap_failed, "300 random orders conserve frames, order and bytes");
}

/*
 * Driver, P4 VM, relay and switch in threads of their own, rx only, so that
 * the barriers are at work.  Each side touches what it owns.
 */
#define THREAD_PACKETS 200000U

static struct {
	struct world *w;
	__u32 got, wrong;
	bool over;
} shared;

static void *thread_driver(void *arg)
{
	struct world *w = shared.w;
	__u32 i = 0;

	while (i < THREAD_PACKETS && !__atomic_load_n(&shared.over, __ATOMIC_RELAXED)) {
		if (!tp4_ring_avail(&w->d_fill) || !tp4_ring_room(&w->d_rx)) {
			sched_yield();
			continue;
		}
		*tp4_ring_desc(&w->d_rx, w->d_rx.idx++) =
			(struct xdp_desc){ *tp4_ring_addr(&w->d_fill, w->d_fill.idx++), i++, 0 };
		tp4_ring_release(&w->d_fill);
		tp4_ring_submit(&w->d_rx);
	}
	return NULL;
}

static void *thread_vm(void *arg)
{
	struct tp4_lane *lane = &shared.w->lane[TP4_RX];

	while (!__atomic_load_n(&shared.over, __ATOMIC_RELAXED)) {
		__u32 n = tp4_lane_avail(lane), i;

		for (i = 0; i < n; i++)
			tp4_lane_judge(lane, i,
				       tp4_lane_desc(lane, i).len % 3 == 2 ? DROP : FORWARD);
		if (n)
			tp4_lane_publish(lane, n);
		else
			sched_yield();
	}
	return NULL;
}

static void *thread_relay(void *arg)
{
	struct world *w = shared.w;

	while (!__atomic_load_n(&shared.over, __ATOMIC_RELAXED)) {
		struct tp4_frees frees = { .max = TP4_FREES_MAX };
		__u32 moved = 0, taken = 0, i;

		world_pool(w);
		if (tp4_flow_run(&w->flow[TP4_RX], &frees, 256, &moved, &taken) == TP4_FLOW_BREACH)
			shared.wrong++;
		for (i = 0; i < frees.n; i++)
			*tp4_ring_addr(&w->real_fill, w->real_fill.idx++) = frees.addr[i];
		tp4_ring_submit(&w->real_fill);
		if (!taken)
			sched_yield();
	}
	return NULL;
}

static void *thread_switch(void *arg)
{
	struct world *w = shared.w;
	__u32 next = 0;

	while (next < THREAD_PACKETS - THREAD_PACKETS / 3) {
		struct xdp_desc d;

		if (!tp4_ring_avail(&w->s_rx) || !tp4_ring_room(&w->s_fill)) {
			sched_yield();
			continue;
		}
		d = tp4_ring_read(&w->s_rx, w->s_rx.idx++);
		tp4_ring_release(&w->s_rx);
		shared.wrong += d.len != next / 2 * 3 + next % 2;
		next++;
		*tp4_ring_addr(&w->s_fill, w->s_fill.idx++) = d.addr;
		tp4_ring_submit(&w->s_fill);
	}
	shared.got = next;
	return NULL;
}

static void threads(void)
{
	struct world_shape shape = plain;
	pthread_t t[4];
	__u32 i;

	shape.frames = 256;
	shape.entries = 64;
	shape.frame_entries = 256;
	shared.w = world_new(&shape);
	shared.w->flow[TP4_RX].tap = NULL;
	world_keep(shared.w, 256);
	pthread_create(&t[0], NULL, thread_switch, NULL);
	pthread_create(&t[1], NULL, thread_relay, NULL);
	pthread_create(&t[2], NULL, thread_vm, NULL);
	pthread_create(&t[3], NULL, thread_driver, NULL);
	pthread_join(t[0], NULL);
	pthread_join(t[3], NULL);
	__atomic_store_n(&shared.over, true, __ATOMIC_RELAXED);
	for (i = 1; i < 3; i++)
		pthread_join(t[i], NULL);
	ok(shared.got && !shared.wrong, "threads: %u of %u arrive in order, %u wrong", shared.got,
	   THREAD_PACKETS, shared.wrong);
	shared.w->track[TP4_RX].tapped = THREAD_PACKETS;
	end(shared.w, "threads");
}

int main(void)
{
	verdicts();
	patches(false, 0);
	patches(false, 256);
	patches(true, 0);
	patches(true, 1);
	patches(true, 256);
	wild_descriptors();
	last_frame();
	metadata();
	chains();
	limits();
	breaches();
	properties();
	threads();
	return tap_end();
}
