/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * lane.h - the P4 VM's side of one direction of a port.
 *
 * A lane looks at P4-RX (read only memory, so there is no index of ours in it)
 * and answers in P4-TX.  Use:
 *
 *	n = tp4_lane_avail(&lane);
 *	for (i = 0; i < n; i++) {
 *		desc = tp4_lane_desc(&lane, i);
 *		tp4_lane_judge(&lane, i, TP4_VERDICT(TP4_FORWARD, 0, 0));
 *	}
 *	tp4_lane_publish(&lane, n);
 *
 * The kernel is trusted by the P4 VM to stay in the channel's geometry, which
 * tp4_lane_open() checks; a descriptor's address and length are the switch's
 * and must be checked against the UMEM window by the caller.
 */
#ifndef TP4_LANE_H
#define TP4_LANE_H

#include "ring/ring.h"

struct tp4_lane {
	struct tp4_ring ring;      /* P4-RX; ring.idx is the first undecided index */
	struct tp4_judged *judged; /* P4-TX */
	__u8 *patches;
};

/*
 * Open direction @dir of slot @slot after the port went live.
 * @view, @verdict: start of the two devices' memory.
 * False: the socket has no such ring, or impossible geometry.
 */
static inline bool tp4_lane_open(struct tp4_lane *lane, const void *view, void *verdict, __u32 slot,
				 enum tp4_dir dir)
{
	const struct tp4_view *v = view;
	const struct tp4_view_dir *d = &v->port[slot].dir[dir];
	__u32 entries = tp4_read_once(d->entries);
	__u8 *base = (__u8 *)verdict + slot * TP4_VERDICT_SLOT + dir * TP4_VERDICT_DIR;

	if (!entries || entries > TP4_RING_MAX || entries & (entries - 1))
		return false;
	/* The cast drops const for struct tp4_ring; a lane never writes there. */
	lane->ring.mem = (__u8 *)(unsigned long)view + slot * TP4_VIEW_SLOT +
			 (dir == TP4_TX ? TP4_VIEW_TX : 0);
	lane->ring.size = entries;
	lane->ring.idx = tp4_read_once(d->start);
	lane->judged = (struct tp4_judged *)base;
	lane->patches = base + TP4_VERDICT_PATCH;
	return true;
}

/* Descriptors that wait for a verdict. */
static inline __u32 tp4_lane_avail(const struct tp4_lane *lane)
{
	return tp4_ring_avail(&lane->ring);
}

/* Descriptor @i of those, i < tp4_lane_avail(). */
static inline struct xdp_desc tp4_lane_desc(const struct tp4_lane *lane, __u32 i)
{
	return tp4_ring_read(&lane->ring, lane->ring.idx + i);
}

/* Room for the new header prefix of descriptor @i: TP4_PATCH_SIZE bytes. */
static inline __u8 *tp4_lane_patch(const struct tp4_lane *lane, __u32 i)
{
	return lane->patches + ((lane->ring.idx + i) & (lane->ring.size - 1)) * TP4_PATCH_SIZE;
}

static inline void tp4_lane_judge(const struct tp4_lane *lane, __u32 i, __u64 verdict)
{
	__u32 slot = (lane->ring.idx + i) & (lane->ring.size - 1);

	tp4_write_once(lane->judged->verdict[slot], verdict);
}

/* The first @n descriptors are decided.  Pairs with the acquire in flow.h. */
static inline void tp4_lane_publish(struct tp4_lane *lane, __u32 n)
{
	lane->ring.idx += n;
	tp4_store_release(&lane->judged->prod, lane->ring.idx);
}

#endif
