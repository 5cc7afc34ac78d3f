/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * test_ring.c - one end of a ring: every wrap, every bound, every lie.
 */
#include <stdlib.h>

#include "ring/lane.h"
#include "tests/tap.h"

#define SIZE 8U

/* Both ends of one ring of @size entries, all indices at @start. */
static void *make(struct tp4_ring *prod, struct tp4_ring *cons, __u32 size, __u32 start)
{
	__u8 *mem = calloc(1, TP4_RING_DESC + size * sizeof(struct xdp_desc));

	*prod = *cons = (struct tp4_ring){ mem, size, start };
	*tp4_ring_word(prod, TP4_RING_PROD) = start;
	*tp4_ring_word(prod, TP4_RING_CONS) = start;
	return mem;
}

/* Every fill level from every start around 2^32: what is put is what is got. */
static void wraps(void)
{
	static const __u32 starts[] = { 0,          1,          7,          0x7fffffff, 0x80000000,
					0xfffffff0, 0xfffffff8, 0xfffffffe, 0xffffffff };
	__u32 s, n, i, size, wrong = 0;

	for (size = 1; size <= 16; size *= 2) {
		for (s = 0; s < sizeof(starts) / sizeof(*starts); s++) {
			struct tp4_ring prod, cons;
			void *mem = make(&prod, &cons, size, starts[s]);

			for (n = 0; n <= size; n++) {
				wrong += tp4_ring_avail(&cons) != 0;
				wrong += tp4_ring_room(&prod) != size;
				for (i = 0; i < n; i++)
					*tp4_ring_desc(&prod, prod.idx++) = (struct xdp_desc){
						.addr = 1000 * n + i, .len = i, .options = n
					};
				wrong += tp4_ring_avail(&cons) != 0; /* not published */
				tp4_ring_submit(&prod);
				wrong += tp4_ring_avail(&cons) != n;
				wrong += tp4_ring_room(&prod) != size - n;
				for (i = 0; i < n; i++) {
					struct xdp_desc d = tp4_ring_read(&cons, cons.idx++);

					wrong += d.addr != 1000 * n + i || d.len != i ||
						 d.options != n;
				}
				wrong += tp4_ring_room(&prod) != size - n; /* not released */
				tp4_ring_release(&cons);
				wrong += tp4_ring_room(&prod) != size;
			}
			free(mem);
		}
	}
	ok(!wrong, "rings of 1 to 16 entries wrap from every start (%u wrong)", wrong);
}

static void lies(void)
{
	struct tp4_ring prod, cons;
	void *mem = make(&prod, &cons, SIZE, 0xfffffffc);
	__u32 *p = tp4_ring_word(&cons, TP4_RING_PROD), *c = tp4_ring_word(&prod, TP4_RING_CONS);
	__u32 d, wrong = 0;

	for (d = SIZE + 1; d; d = d < 0x10000 ? d + 1 : d * 2) {
		*p = cons.idx + d;
		wrong += tp4_ring_avail(&cons) != 0;
		*c = prod.idx - d;
		wrong += tp4_ring_room(&prod) != 0;
	}
	*p = cons.idx - 1;
	*c = prod.idx + 1;
	ok(!tp4_ring_avail(&cons), "a producer that goes back has nothing");
	ok(!tp4_ring_room(&prod), "a consumer that overtakes leaves no room");
	ok(!wrong, "impossible indices are nothing and no room (%u wrong)", wrong);
	*p = cons.idx + SIZE;
	*c = prod.idx - SIZE;
	ok(tp4_ring_avail(&cons) == SIZE, "a full ring is full to its consumer");
	ok(!tp4_ring_room(&prod), "a full ring has no room");
	*p = cons.idx;
	*c = prod.idx;
	ok(!tp4_ring_avail(&cons) && tp4_ring_room(&prod) == SIZE, "an empty ring is empty");
	free(mem);
}

static void absent(void)
{
	struct tp4_ring none = { NULL, SIZE, 3 };

	ok(!tp4_ring_avail(&none) && !tp4_ring_room(&none), "a ring that is not there");
}

static void moves(void)
{
	static const struct {
		__u32 have, room, max, want;
	} cases[] = {
		{ 0, 8, 8, 0 }, { 8, 8, 8, 8 }, { 8, 0, 8, 0 }, { 8, 3, 8, 3 },
		{ 2, 8, 8, 2 }, { 8, 8, 5, 5 }, { 8, 8, 0, 0 }, { 7, 6, 5, 5 },
	};
	__u32 n, i, wrong = 0;

	for (n = 0; n < sizeof(cases) / sizeof(*cases); n++) {
		struct tp4_ring in, from, to, out;
		void *a = make(&in, &from, SIZE, 0xfffffffb),
		     *b = make(&to, &out, SIZE, 0x7ffffffd);

		for (i = 0; i < cases[n].have; i++)
			*tp4_ring_addr(&in, in.idx++) = 100 + i;
		tp4_ring_submit(&in);
		to.idx += SIZE - cases[n].room;
		tp4_ring_submit(&to);
		out.idx = to.idx;
		wrong += tp4_ring_move(&from, &to, cases[n].max) != cases[n].want;
		wrong += tp4_ring_avail(&from) != cases[n].have - cases[n].want;
		wrong += tp4_ring_room(&in) != SIZE - cases[n].have + cases[n].want;
		wrong += tp4_ring_avail(&out) != cases[n].want;
		for (i = 0; i < cases[n].want; i++)
			wrong += *tp4_ring_addr(&out, out.idx++) != 100 + i;
		free(a);
		free(b);
	}
	ok(!wrong, "frames move as far as source, room and limit allow (%u wrong)", wrong);
}

static void wakeup(void)
{
	struct tp4_ring prod, cons;
	void *mem = make(&prod, &cons, SIZE, 0);
	__u32 *flags = tp4_ring_word(&cons, TP4_RING_FLAGS);

	*flags = 0x100;
	tp4_ring_need_wakeup(&cons, true);
	ok(*flags == (0x100 | XDP_RING_NEED_WAKEUP), "need_wakeup is set, other flags stay");
	tp4_ring_need_wakeup(&cons, true);
	tp4_ring_need_wakeup(&cons, false);
	ok(*flags == 0x100, "need_wakeup is cleared, other flags stay");
	free(mem);
}

static void lane(void)
{
	static const __u32 bad[] = { 0, 3, 12, TP4_RING_MAX + 1, TP4_RING_MAX * 2, 0xffffffff };
	struct tp4_view *view = calloc(1, sizeof(*view));
	__u8 *verdict = (__u8 *)0x100000000000ULL; /* never touched */
	struct tp4_lane l;
	__u32 i, opened = 0;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		view->port[3].dir[TP4_TX].entries = bad[i];
		opened += tp4_lane_open(&l, view, verdict, 3, TP4_TX);
	}
	ok(!opened, "a lane does not open on impossible geometry");
	view->port[3].dir[TP4_TX] = (struct tp4_view_dir){ TP4_RING_MAX, 77 };
	ok(tp4_lane_open(&l, view, verdict, 3, TP4_TX) && l.ring.size == TP4_RING_MAX &&
		   l.ring.idx == 77,
	   "the largest ring opens, at its start");
	ok(l.ring.mem == (__u8 *)view + 3 * TP4_VIEW_SLOT + TP4_VIEW_TX,
	   "P4-RX of tx is in its place");
	ok((__u8 *)l.judged == verdict + 3 * TP4_VERDICT_SLOT + TP4_VERDICT_DIR &&
		   l.patches == (__u8 *)l.judged + TP4_VERDICT_PATCH,
	   "P4-TX of tx is in its place");
	view->port[15].dir[TP4_RX] = (struct tp4_view_dir){ 1, 0xffffffff };
	ok(tp4_lane_open(&l, view, verdict, 15, TP4_RX) &&
		   l.ring.mem == (__u8 *)view + 15 * TP4_VIEW_SLOT &&
		   (__u8 *)l.judged == verdict + 15 * TP4_VERDICT_SLOT,
	   "rx of the last slot is in its place");
	free(view);
}

/* The drawing of transp4.h holds: no part reaches into the next. */
static void layout(void)
{
	ok(TP4_RING_DESC + TP4_RING_MAX * sizeof(struct xdp_desc) <= TP4_VIEW_TX &&
		   TP4_VIEW_TX + TP4_RING_DESC + TP4_RING_MAX * sizeof(struct xdp_desc) <=
			   TP4_VIEW_UMEM,
	   "the largest rings fit in front of the UMEM window");
	ok(sizeof(struct tp4_judged) + TP4_RING_MAX * sizeof(__u64) <= TP4_VERDICT_PATCH &&
		   TP4_VERDICT_PATCH + (__u64)TP4_RING_MAX * TP4_PATCH_SIZE <= TP4_VERDICT_DIR &&
		   TP4_DIRS * TP4_VERDICT_DIR <= TP4_VERDICT_SLOT,
	   "the largest verdicts and patches fit");
	ok(sizeof(struct tp4_view) <= 4096 && sizeof(struct tp4_vm) <= 4096, "headers fit a page");
	ok(TP4_VERDICT_ACTION(TP4_VERDICT(TP4_DROP, 0xffff, 0xabcd)) == TP4_DROP &&
		   TP4_VERDICT_OLD(TP4_VERDICT(TP4_DROP, 0xffff, 0xabcd)) == 0xffff &&
		   TP4_VERDICT_NEW(TP4_VERDICT(TP4_DROP, 0xffff, 0xabcd)) == 0xabcd,
	   "a verdict's parts come out as they went in");
}

int main(void)
{
	wraps();
	lies();
	absent();
	moves();
	wakeup();
	lane();
	layout();
	return tap_end();
}
