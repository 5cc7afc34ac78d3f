/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * guest.h - the P4 VM as process 1 of a QEMU guest.
 *
 * The guest is what runtime/guest/qemu starts and runtime/guest/build made: a
 * distribution kernel and an initramfs with the runtime as /init.  It has the
 * channel as two ivshmem devices (the larger is the view), and two
 * virtio-serial ports named org.transp4.bell and org.transp4.control, perhaps a
 * third named org.transp4.invm, whose key may be in the image as /invm.key.
 */
#ifndef TP4_GUEST_H
#define TP4_GUEST_H

#include <stdbool.h>
#include <stdint.h>

struct guest {
	const void *view; /* TP4_VIEW_SIZE bytes, of which the header is mapped */
	void *verdict;
	int bell, control;
	int invm;          /* for the agent in the tenant's VM; -1: there is no such port */
	bool has_invm_key; /* the image brought the key for it */
	uint8_t invm_key[32];
};

/*
 * Map a slot whose port is there.  Not all at once: the kernel makes a page
 * table entry for every page of a PCI resource, 32 MiB of them for the view.
 */
bool guest_reach(uint32_t slot, uint64_t umem_size);

/* Mount, load modules, find and map everything.  -1 after a line on the console. */
int guest_enter(struct guest *g);

/* Switch the machine off. */
_Noreturn void guest_end(void);

#endif
