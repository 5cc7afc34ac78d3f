/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compat.h - every difference between the kernels that we support, and every
 * structure that their header packages lack.  Nothing else tests a version.
 *
 * Supported: 6.1 and later.  What is copied here from net/xdp is compared with
 * the running kernel's BTF at load (layout.c), so a kernel that differs is
 * refused and not corrupted.
 */
#ifndef TP4_COMPAT_H
#define TP4_COMPAT_H

#include <linux/ftrace.h>
#include <linux/hrtimer.h>
#include <linux/mm.h>
#include <linux/version.h>
#include <linux/vmalloc.h>
#include <net/xdp_sock.h>
#include <net/xsk_buff_pool.h>
#ifdef TP4_QUEUE_LEASE
#include <net/netdev_rx_queue.h>
#endif

#ifndef CONFIG_RPS
#error "TransP4 needs a kernel with CONFIG_RPS=y, as distributions build it"
#endif
#ifndef CONFIG_DYNAMIC_FTRACE_WITH_ARGS
#error "TransP4 needs a kernel with CONFIG_DYNAMIC_FTRACE_WITH_ARGS=y, as distributions build it"
#endif

/* net/xdp/xsk_queue.h; later kernels have more behind it. */
struct xdp_ring;
struct xsk_queue {
	u32 ring_mask;
	u32 nentries;
	u32 cached_prod;
	u32 cached_cons;
	struct xdp_ring *ring;
	u64 invalid_descs;
	u64 queue_empty_descs;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	size_t ring_vmalloc_size;
#endif
};

/*
 * Ring memory, allocated as net/xdp/xsk_queue.c does, because the AF_XDP core
 * frees ours and we free the core's.  Ours is charged to the switch, and nobody maps it
 * as the core's.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
static inline void *tp4_xring_alloc(size_t size)
{
	return __vmalloc(PAGE_ALIGN(size), GFP_KERNEL_ACCOUNT | __GFP_ZERO | __GFP_NOWARN);
}

static inline void tp4_xring_free(void *mem)
{
	vfree(mem);
}

static inline unsigned long tp4_xring_pfn(void *mem, size_t offset)
{
	return vmalloc_to_pfn(mem + offset);
}

static inline int tp4_xring_mmap(struct vm_area_struct *vma, void *mem, size_t size)
{
	if (vma->vm_end - vma->vm_start > PAGE_ALIGN(size))
		return -EINVAL;
	return remap_vmalloc_range(vma, mem, 0);
}

static inline void tp4_xring_install(struct xsk_queue *q, void *mem, u32 entries, size_t size)
{
	q->ring = mem;
	q->nentries = entries;
	q->ring_mask = entries - 1;
	q->ring_vmalloc_size = PAGE_ALIGN(size);
}
/* xsk_mmap() serves bound sockets, too; before, it says EBUSY. */
#define TP4_MMAP_AFTER_BIND 1
#define TP4_XRING_MAX       SIZE_MAX
#else
static inline void *tp4_xring_alloc(size_t size)
{
	return (void *)__get_free_pages(GFP_KERNEL_ACCOUNT | __GFP_ZERO | __GFP_NOWARN | __GFP_COMP,
					get_order(size));
}

static inline void tp4_xring_free(void *mem)
{
	if (mem)
		page_frag_free(mem);
}

static inline unsigned long tp4_xring_pfn(void *mem, size_t offset)
{
	return virt_to_phys(mem + offset) >> PAGE_SHIFT;
}

static inline int tp4_xring_mmap(struct vm_area_struct *vma, void *mem, size_t size)
{
	return -EBUSY;
}

static inline void tp4_xring_install(struct xsk_queue *q, void *mem, u32 entries, size_t size)
{
	q->ring = mem;
	q->nentries = entries;
	q->ring_mask = entries - 1;
}
#define TP4_MMAP_AFTER_BIND 0
#define TP4_XRING_MAX       (PAGE_SIZE << (MAX_ORDER - 1)) /* contiguous */
#endif

static inline void tp4_vma_set(struct vm_area_struct *vma, vm_flags_t set, vm_flags_t clear)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	vm_flags_mod(vma, set, clear);
#else
	vma->vm_flags = (vma->vm_flags | set) & ~clear;
#endif
}

static inline bool tp4_xsk_sg(const struct xdp_sock *xs)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	return xs->sg;
#else
	return false;
#endif
}

/* The second argument of proto_ops.bind; compat/Kbuild.include looks which. */
#ifdef TP4_SOCKADDR_UNSIZED
typedef struct sockaddr_unsized tp4_sockaddr;
#else
typedef struct sockaddr tp4_sockaddr;
#endif

/*
 * A netkit device, in another network namespace perhaps, may lease a queue of a device:
 * who binds to the one gets the packets of the other.  That, and its queue's number, or
 * NULL.  Under RCU.
 */
static inline struct net_device *tp4_queue_lessor(struct net_device *dev, u16 *queue)
{
#ifdef TP4_QUEUE_LEASE
	struct netdev_rx_queue *rxq = NULL;

	/* Of a device with a parent it points to who leases. */
	if (!dev->dev.parent && *queue < READ_ONCE(dev->real_num_rx_queues))
		rxq = READ_ONCE(__netif_get_rx_queue(dev, *queue)->lease);
	if (rxq) {
		*queue = get_netdev_rx_queue_index(rxq);
		return rxq->dev;
	}
#endif
	return NULL;
}

/* The first one of the function that is called. */
static __always_inline void *tp4_ftrace_argument(struct ftrace_regs *regs)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
	return (void *)ftrace_regs_get_argument(regs, 0);
#else
	return (void *)regs_get_kernel_argument(&regs->regs, 0);
#endif
}

static inline void tp4_hrtimer_init(struct hrtimer *timer,
				    enum hrtimer_restart (*fn)(struct hrtimer *))
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	hrtimer_setup(timer, fn, CLOCK_MONOTONIC, HRTIMER_MODE_ABS);
#else
	hrtimer_init(timer, CLOCK_MONOTONIC, HRTIMER_MODE_ABS);
	timer->function = fn;
#endif
}

/* KVM maps no tail pages of ours before 6.13 (small.c); before 6.3 even rings have some. */
#define TP4_KVM_SMALL                                                                              \
	(LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0) &&                                          \
	 LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0))
/* Kernels with PREEMPT_RT have no transparent huge pages. */
#define TP4_UMEM_SMALL                                                                             \
	(TP4_KVM_SMALL && IS_ENABLED(CONFIG_TRANSPARENT_HUGEPAGE) &&                               \
	 IS_ENABLED(CONFIG_DEVICE_MIGRATION))
/* If so: split the huge pages of the caller's memory, as far as that is possible.  May sleep. */
void tp4_umem_small(u64 start, u64 size);
/* There are some, which KVM does not map. */
bool tp4_umem_huge(const struct xdp_umem *umem);

int tp4_layout_check(const char *btf_path);

#endif
