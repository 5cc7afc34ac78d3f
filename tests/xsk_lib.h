/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * xsk_lib.h - AF_XDP on the bare system calls, for our own small switch and for
 * orders of calls that no library would make.
 *
 * Every function returns what the system call returned, or -errno.  Rings are
 * mapped where XDP_MMAP_OFFSETS says, and know nothing of ring/ring.h.
 */
#ifndef TP4_XSK_LIB_H
#define TP4_XSK_LIB_H

#include <linux/if_xdp.h>
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>

#ifndef XDP_USE_SG
#define XDP_USE_SG (1 << 4)
#endif
#ifndef XDP_PKT_CONTD
#define XDP_PKT_CONTD (1 << 0)
#endif

enum xsk_which { XSK_RX, XSK_TX, XSK_FILL, XSK_COMP };

/* One of our ends: RX and COMPLETION are consumed, TX and FILL produced. */
struct xsk_ring {
	__u32 *prod, *cons, *flags;
	void *desc;
	__u32 size, idx;
	void *map;
	size_t map_len;
};

struct xsk_umem {
	__u8 *area;
	__u64 size;
	__u32 chunk, headroom, flags;
};

/* @map: MAP_SHARED, also with children, or MAP_PRIVATE, and perhaps MAP_HUGETLB. */
int xsk_umem_alloc(struct xsk_umem *umem, __u32 frames, __u32 chunk, __u32 headroom, __u32 flags,
		   int map);
int xsk_umem_register(int fd, const struct xsk_umem *umem);
/* Ask for the ring, without mapping it. */
int xsk_ring_create(int fd, enum xsk_which which, __u32 entries);
int xsk_ring_map(int fd, enum xsk_which which, __u32 entries, struct xsk_ring *ring);
void xsk_ring_unmap(struct xsk_ring *ring);
/* Both. */
int xsk_ring_make(int fd, enum xsk_which which, __u32 entries, struct xsk_ring *ring);
int xsk_bind(int fd, const char *ifname, __u32 queue, __u16 flags, int shared_fd);

/* Entries to consume, or room to produce. */
__u32 xsk_ring_ready(const struct xsk_ring *ring, enum xsk_which which);
/* Publish ring->idx. */
void xsk_ring_publish(struct xsk_ring *ring, enum xsk_which which);
bool xsk_ring_needs_wakeup(const struct xsk_ring *ring);
struct xdp_desc *xsk_ring_desc(const struct xsk_ring *ring, __u32 index);
__u64 *xsk_ring_addr(const struct xsk_ring *ring, __u32 index);

/* An XDP program on an interface that redirects to the sockets in its map. */
struct xsk_prog {
	int map, link;
};

enum { XSK_PROG_SKB = 1, XSK_PROG_DRV = 2, XSK_PROG_FRAGS = 4, XSK_PROG_SPLIT = 8 };
/* XSK_PROG_SPLIT: half of a queue's packets, by chance, to key queue + 64. */
int xsk_prog_attach(struct xsk_prog *prog, const char *ifname, int flags);
int xsk_prog_put(struct xsk_prog *prog, __u32 key, int fd);
void xsk_prog_detach(struct xsk_prog *prog);

#endif
