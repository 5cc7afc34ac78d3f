/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * xsk.h - the AF_XDP sockets of this network namespace and who holds them.
 *
 * Asked of the kernel's own socket diagnostics (linux/xdp_diag.h); the module
 * is not needed for that.  Kernels that are built without them (xsk_diag) do
 * not tell interface and queue: then the sockets are found at their holders,
 * in all namespaces.
 */
#ifndef CLI_XSK_H
#define CLI_XSK_H

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct xsk {
	uint32_t inode;
	uint32_t ifindex; /* 0: not bound */
	uint32_t queue;
	char ifname[IF_NAMESIZE];
	bool zerocopy;
	pid_t pid; /* a process that has it open; 0: none was found */
	char process[32];
};

/*
 * 0; 1: only inode, pid and process are known; or -errno.  The list is the
 * caller's to free.
 */
int xsk_list(struct xsk **list, size_t *n);

#endif
