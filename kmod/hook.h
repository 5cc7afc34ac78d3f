/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * hook.h - how sockets come to us: a probe on sock_init_data(), which xsk_create()
 * calls, gives each new AF_XDP socket our operations; bind keeps them or puts the
 * kernel's back.
 */
#ifndef TP4_HOOK_H
#define TP4_HOOK_H

#include <linux/net.h>

struct xdp_umem;

int tp4_hook_init(void);
void tp4_hook_exit(void);

/* The kernel's own operations of AF_XDP sockets. */
const struct proto_ops *tp4_hook_orig(void);
/* Is this socket's traffic relayed? */
bool tp4_hook_covers(const struct sock *sk);
/* Has a socket that nobody covers pages of this UMEM?  -EACCES: yes; 0; -ENOMEM: unknown. */
int tp4_hook_exposed(const struct xdp_umem *umem);

#endif
