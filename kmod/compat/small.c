// SPDX-License-Identifier: GPL-2.0-only
/*
 * small.c - a UMEM in small pages, for KVM before 6.13.
 *
 * A P4 VM's window is VM_PFNMAP. Of what is mapped so, KVM takes a reference to
 * each page (hva_to_pfn_remapped()), and pages inside a compound page refuse it:
 * the guest ends with EFAULT. So transparent huge pages are split before the
 * AF_XDP core pins them, which is the last moment: HMM's page walk does that
 * for every one that it meets, and with the selection that we ask for it
 * moves nothing. Pages of hugetlbfs stay as they are.
 */
#include "compat.h"

#if TP4_UMEM_SMALL
#include <linux/migrate.h>

/* One huge page's worth at most. */
#define TP4_SMALL_STEP ((u64)HPAGE_PMD_NR << PAGE_SHIFT)

struct tp4_small {
	struct page *pages[HPAGE_PMD_NR];
	unsigned long src[HPAGE_PMD_NR], dst[HPAGE_PMD_NR];
};

/* Fault in what is not there yet, as the AF_XDP core will: does any need a split? */
static bool tp4_small_compound(struct tp4_small *small, u64 start, u64 end)
{
	int n = pin_user_pages_fast(start, (end - start) >> PAGE_SHIFT, FOLL_WRITE, small->pages);
	bool compound = false;
	int i;

	for (i = 0; i < n; i++)
		compound |= PageTransCompound(small->pages[i]);
	if (n > 0)
		unpin_user_pages(small->pages, n);
	return compound;
}

void tp4_umem_small(u64 start, u64 size)
{
	struct mm_struct *mm = current->mm;
	struct tp4_small *small;
	u64 end = PAGE_ALIGN(start + size), next;

	start &= PAGE_MASK;
	if (!mm || start >= end || end > TASK_SIZE)
		return; /* the AF_XDP core says so */
	small = kvzalloc(sizeof(*small), GFP_KERNEL);
	if (!small)
		return;
	for (; start < end && !fatal_signal_pending(current); start = next) {
		struct migrate_vma walk = {
			.src = small->src,
			.dst = small->dst,
			.start = start,
			.pgmap_owner = small, /* nobody's */
			.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		};

		cond_resched();
		next = min(end, (start + TP4_SMALL_STEP) & ~(TP4_SMALL_STEP - 1));
		if (!tp4_small_compound(small, start, next))
			continue;
		mmap_read_lock(mm);
		walk.vma = vma_lookup(mm, start);
		if (walk.vma) {
			next = min(next, (u64)walk.vma->vm_end);
			walk.end = next;
			if (!migrate_vma_setup(&walk))
				migrate_vma_finalize(&walk);
		}
		mmap_read_unlock(mm);
	}
	kvfree(small);
}

#endif

bool tp4_umem_huge(const struct xdp_umem *umem)
{
	u32 i;

	for (i = 0; TP4_KVM_SMALL && i < umem->npgs; i++)
		if (PageCompound(umem->pgs[i]))
			return true;
	return false;
}
