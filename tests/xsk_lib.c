// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* xsk_lib.c - see xsk_lib.h. */
#include <errno.h>
#include <linux/bpf.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/xsk_lib.h"

#ifndef BPF_F_XDP_HAS_FRAGS
#define BPF_F_XDP_HAS_FRAGS (1U << 5)
#endif

static const int option[] = { XDP_RX_RING, XDP_TX_RING, XDP_UMEM_FILL_RING,
			      XDP_UMEM_COMPLETION_RING };
static const off_t page_offset[] = { XDP_PGOFF_RX_RING, XDP_PGOFF_TX_RING,
				     (off_t)XDP_UMEM_PGOFF_FILL_RING,
				     (off_t)XDP_UMEM_PGOFF_COMPLETION_RING };

int xsk_umem_alloc(struct xsk_umem *umem, __u32 frames, __u32 chunk, __u32 headroom, __u32 flags,
		   int map)
{
	*umem = (struct xsk_umem){
		.size = (__u64)frames * chunk, .chunk = chunk, .headroom = headroom, .flags = flags
	};
	umem->area = mmap(NULL, umem->size, PROT_READ | PROT_WRITE, map | MAP_ANONYMOUS, -1, 0);
	return umem->area == MAP_FAILED ? -errno : 0;
}

int xsk_umem_register(int fd, const struct xsk_umem *umem)
{
	struct xdp_umem_reg reg = { .addr = (uintptr_t)umem->area,
				    .len = umem->size,
				    .chunk_size = umem->chunk,
				    .headroom = umem->headroom,
				    .flags = umem->flags };

	return setsockopt(fd, SOL_XDP, XDP_UMEM_REG, &reg, sizeof(reg)) ? -errno : 0;
}

int xsk_ring_create(int fd, enum xsk_which which, __u32 entries)
{
	return setsockopt(fd, SOL_XDP, option[which], &entries, sizeof(entries)) ? -errno : 0;
}

int xsk_ring_map(int fd, enum xsk_which which, __u32 entries, struct xsk_ring *ring)
{
	size_t entry = which <= XSK_TX ? sizeof(struct xdp_desc) : sizeof(__u64);
	struct xdp_mmap_offsets off;
	struct xdp_ring_offset *o[] = { &off.rx, &off.tx, &off.fr, &off.cr };
	socklen_t len = sizeof(off);

	memset(ring, 0, sizeof(*ring));
	if (getsockopt(fd, SOL_XDP, XDP_MMAP_OFFSETS, &off, &len))
		return -errno;
	ring->map_len = o[which]->desc + entries * entry;
	ring->map = mmap(NULL, ring->map_len, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd,
			 page_offset[which]);
	if (ring->map == MAP_FAILED) {
		ring->map = NULL;
		return -errno;
	}
	ring->prod = (__u32 *)((__u8 *)ring->map + o[which]->producer);
	ring->cons = (__u32 *)((__u8 *)ring->map + o[which]->consumer);
	ring->flags = (__u32 *)((__u8 *)ring->map + o[which]->flags);
	ring->desc = (__u8 *)ring->map + o[which]->desc;
	ring->size = entries;
	ring->idx = which == XSK_RX || which == XSK_COMP ? *ring->cons : *ring->prod;
	return 0;
}

void xsk_ring_unmap(struct xsk_ring *ring)
{
	if (ring->map)
		munmap(ring->map, ring->map_len);
	ring->map = NULL;
}

int xsk_ring_make(int fd, enum xsk_which which, __u32 entries, struct xsk_ring *ring)
{
	int err = xsk_ring_create(fd, which, entries);

	return err ? err : xsk_ring_map(fd, which, entries, ring);
}

int xsk_bind(int fd, const char *ifname, __u32 queue, __u16 flags, int shared_fd)
{
	struct sockaddr_xdp sxdp = { .sxdp_family = AF_XDP,
				     .sxdp_flags = flags,
				     .sxdp_ifindex = if_nametoindex(ifname),
				     .sxdp_queue_id = queue,
				     .sxdp_shared_umem_fd = shared_fd };

	return bind(fd, (struct sockaddr *)&sxdp, sizeof(sxdp)) ? -errno : 0;
}

__u32 xsk_ring_ready(const struct xsk_ring *r, enum xsk_which which)
{
	if (!r->map)
		return 0;
	if (which == XSK_RX || which == XSK_COMP)
		return __atomic_load_n(r->prod, __ATOMIC_ACQUIRE) - r->idx;
	return r->size - (r->idx - __atomic_load_n(r->cons, __ATOMIC_ACQUIRE));
}

void xsk_ring_publish(struct xsk_ring *r, enum xsk_which which)
{
	__atomic_store_n(which == XSK_RX || which == XSK_COMP ? r->cons : r->prod, r->idx,
			 __ATOMIC_RELEASE);
}

bool xsk_ring_needs_wakeup(const struct xsk_ring *r)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return r->map && __atomic_load_n(r->flags, __ATOMIC_RELAXED) & XDP_RING_NEED_WAKEUP;
}

struct xdp_desc *xsk_ring_desc(const struct xsk_ring *r, __u32 index)
{
	return (struct xdp_desc *)r->desc + (index & (r->size - 1));
}

__u64 *xsk_ring_addr(const struct xsk_ring *r, __u32 index)
{
	return (__u64 *)r->desc + (index & (r->size - 1));
}

static int bpf(int cmd, union bpf_attr *attr)
{
	int r = syscall(SYS_bpf, cmd, attr, sizeof(*attr));

	return r < 0 ? -errno : r;
}

#define INSN(c, d, s, o, i)                                                                        \
	((struct bpf_insn){ .code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) })

int xsk_prog_attach(struct xsk_prog *prog, const char *ifname, int flags)
{
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_XSKMAP, .key_size = 4, .value_size = 4, .max_entries = 128
	};
	bool split = flags & XSK_PROG_SPLIT;
	int fd;

	prog->link = -1;
	prog->map = bpf(BPF_MAP_CREATE, &attr);
	if (prog->map < 0)
		return prog->map;

	struct bpf_insn insn[] = {
		/* r6 = ctx->rx_queue_index */
		INSN(BPF_LDX | BPF_W | BPF_MEM, 6, 1, 16, 0),
		/* r0 = split ? random : 0; r0 = (r0 & 1) * 64 */
		split ? INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_get_prandom_u32)
		      : INSN(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0),
		INSN(BPF_ALU64 | BPF_AND | BPF_K, 0, 0, 0, 1),
		INSN(BPF_ALU64 | BPF_LSH | BPF_K, 0, 0, 0, 6),
		INSN(BPF_ALU64 | BPF_MOV | BPF_X, 2, 6, 0, 0),
		INSN(BPF_ALU64 | BPF_ADD | BPF_X, 2, 0, 0, 0),
		/* r0 = bpf_redirect_map(map, r2, XDP_PASS) */
		INSN(BPF_LD | BPF_DW | BPF_IMM, 1, BPF_PSEUDO_MAP_FD, 0, prog->map),
		INSN(0, 0, 0, 0, 0),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, 3, 0, 0, XDP_PASS),
		INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_redirect_map),
		INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
	};

	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_XDP;
	attr.expected_attach_type = BPF_XDP;
	attr.insns = (uintptr_t)insn;
	attr.insn_cnt = sizeof(insn) / sizeof(*insn);
	attr.license = (uintptr_t) "Dual BSD/GPL";
	attr.prog_flags = flags & XSK_PROG_FRAGS ? BPF_F_XDP_HAS_FRAGS : 0;
	fd = bpf(BPF_PROG_LOAD, &attr);
	if (fd < 0) {
		close(prog->map);
		return fd;
	}
	memset(&attr, 0, sizeof(attr));
	attr.link_create.prog_fd = fd;
	attr.link_create.target_ifindex = if_nametoindex(ifname);
	attr.link_create.attach_type = BPF_XDP;
	attr.link_create.flags = flags & XSK_PROG_SKB   ? XDP_FLAGS_SKB_MODE
				 : flags & XSK_PROG_DRV ? XDP_FLAGS_DRV_MODE
							: 0;
	prog->link = bpf(BPF_LINK_CREATE, &attr);
	close(fd);
	if (prog->link < 0)
		close(prog->map);
	return prog->link < 0 ? prog->link : 0;
}

int xsk_prog_put(struct xsk_prog *prog, __u32 key, int fd)
{
	union bpf_attr attr = { .map_fd = prog->map,
				.key = (uintptr_t)&key,
				.value = (uintptr_t)&fd };

	return bpf(BPF_MAP_UPDATE_ELEM, &attr);
}

void xsk_prog_detach(struct xsk_prog *prog)
{
	close(prog->link);
	close(prog->map);
}
