/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * ring.h - one end of an AF_XDP ring whose other end belongs to somebody else.
 *
 * Single producer, single consumer.  The memory is the layout of
 * linux/if_xdp.h as drawn in transp4.h; struct tp4_ring is private to the side
 * that uses it and holds everything that must not be believed twice: geometry
 * and our own index.  Nothing here allocates, sleeps, asserts or loops longer
 * than the count that it is given.
 *
 * Our own index is published by the _submit/_release functions only.  The
 * peer's index is read once per call and checked: a distance larger than the
 * ring is impossible and read as "nothing there" / "no room".
 */
#ifndef TP4_RING_H
#define TP4_RING_H

#include "transp4.h"

#ifdef __KERNEL__
#include <linux/if_xdp.h>
#include <linux/string.h>
#include <linux/types.h>
#include <asm/barrier.h>
#define tp4_load_acquire(p)     smp_load_acquire(p)
#define tp4_store_release(p, v) smp_store_release(p, v)
#define tp4_read_once(x)        READ_ONCE(x)
#define tp4_write_once(x, v)    WRITE_ONCE(x, v)
#define tp4_full_barrier()      smp_mb()
#else
#include <linux/if_xdp.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#ifndef XDP_PKT_CONTD /* linux/if_xdp.h before 6.6 */
#define XDP_PKT_CONTD (1 << 0)
#endif
#define tp4_load_acquire(p)     __atomic_load_n(p, __ATOMIC_ACQUIRE)
#define tp4_store_release(p, v) __atomic_store_n(p, v, __ATOMIC_RELEASE)
#define tp4_read_once(x)        __atomic_load_n(&(x), __ATOMIC_RELAXED)
#define tp4_write_once(x, v)    __atomic_store_n(&(x), v, __ATOMIC_RELAXED)
#define tp4_full_barrier()      __atomic_thread_fence(__ATOMIC_SEQ_CST)
#endif

#ifndef XDP_PKT_CONTD /* kernels before 6.6 never set it */
#define XDP_PKT_CONTD (1 << 0)
#endif
#ifndef XDP_TX_METADATA /* nor this one before 6.8 */
#define XDP_TX_METADATA (1 << 1)
#endif

struct tp4_ring {
	__u8 *mem;  /* start of the shared memory; NULL: no such ring */
	__u32 size; /* entries, power of two */
	__u32 idx;  /* our index: cons of a consumer, prod of a producer */
};

static inline __u32 *tp4_ring_word(const struct tp4_ring *r, __u32 offset)
{
	return (__u32 *)(r->mem + offset);
}

static inline struct xdp_desc *tp4_ring_desc(const struct tp4_ring *r, __u32 index)
{
	return (struct xdp_desc *)(r->mem + TP4_RING_DESC) + (index & (r->size - 1));
}

static inline __u64 *tp4_ring_addr(const struct tp4_ring *r, __u32 index)
{
	return (__u64 *)(r->mem + TP4_RING_DESC) + (index & (r->size - 1));
}

/* Entries that the producer has published and we have not yet released. */
static inline __u32 tp4_ring_avail(const struct tp4_ring *r)
{
	__u32 n;

	if (!r->mem)
		return 0;
	/* C: see the index before the slots.  Pairs with the producer's B. */
	n = tp4_load_acquire(tp4_ring_word(r, TP4_RING_PROD)) - r->idx;
	return n <= r->size ? n : 0;
}

/* Slots that we may fill. */
static inline __u32 tp4_ring_room(const struct tp4_ring *r)
{
	__u32 n;

	if (!r->mem)
		return 0;
	/* A: see the slots free before writing them.  Pairs with the consumer's D. */
	n = r->idx - tp4_load_acquire(tp4_ring_word(r, TP4_RING_CONS));
	return n <= r->size ? r->size - n : 0;
}

/* Entries that we have published and the consumer has not yet released. */
static inline __u32 tp4_ring_pending(const struct tp4_ring *r)
{
	return r->mem ? r->size - tp4_ring_room(r) : 0;
}

/* B: publish slots before the index. */
static inline void tp4_ring_submit(const struct tp4_ring *r)
{
	tp4_store_release(tp4_ring_word(r, TP4_RING_PROD), r->idx);
}

/* D: be done with slots before giving them back. */
static inline void tp4_ring_release(const struct tp4_ring *r)
{
	tp4_store_release(tp4_ring_word(r, TP4_RING_CONS), r->idx);
}

/* Copy a descriptor once; only the copy is used. */
static inline struct xdp_desc tp4_ring_read(const struct tp4_ring *r, __u32 index)
{
	const struct xdp_desc *slot = tp4_ring_desc(r, index);
	struct xdp_desc d = {
		.addr = tp4_read_once(slot->addr),
		.len = tp4_read_once(slot->len),
		.options = tp4_read_once(slot->options),
	};

	return d;
}

/*
 * Descriptors of the packet that starts at @index, of which @avail may be looked at;
 * 0: its end is not there yet.  *@cut: nor will it be, or it is too far away, so that
 * what follows is not a packet but more of this one.
 */
static inline __u32 tp4_ring_packet(const struct tp4_ring *r, __u32 index, __u32 avail, bool *cut)
{
	__u32 n;

	*cut = false;
	for (n = 0; n < avail && n < TP4_PACKET_MAX; n++)
		if (!(tp4_read_once(tp4_ring_desc(r, index + n)->options) & XDP_PKT_CONTD))
			return n + 1;
	*cut = n == TP4_PACKET_MAX || n == r->size;
	return *cut ? n : 0;
}

/* The need_wakeup flag, written by the side that wants to be woken. */
static inline void tp4_ring_need_wakeup(const struct tp4_ring *r, bool on)
{
	__u32 *flags = tp4_ring_word(r, TP4_RING_FLAGS);
	__u32 old = tp4_read_once(*flags);
	__u32 new = on ? old | XDP_RING_NEED_WAKEUP : old & ~XDP_RING_NEED_WAKEUP;

	if (new != old)
		tp4_write_once(*flags, new);
}

/* Move up to @max addresses (FILL or COMPLETION) from @from to @to. */
static inline __u32 tp4_ring_move(struct tp4_ring *from, struct tp4_ring *to, __u32 max)
{
	__u32 n = tp4_ring_avail(from), room = tp4_ring_room(to), i;

	if (n > room)
		n = room;
	if (n > max)
		n = max;
	for (i = 0; i < n; i++)
		*tp4_ring_addr(to, to->idx + i) =
			tp4_read_once(*tp4_ring_addr(from, from->idx + i));
	if (n) {
		from->idx += n;
		to->idx += n;
		tp4_ring_submit(to);
		tp4_ring_release(from);
	}
	return n;
}

#endif
