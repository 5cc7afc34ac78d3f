/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * netlink.h - the generic netlink family of transp4.h.
 */
#ifndef TP4_NETLINK_H
#define TP4_NETLINK_H

#include <linux/types.h>

#include "transp4.h"

struct net;
struct tp4_policy;
struct tp4_port;

int tp4_netlink_init(void);
void tp4_netlink_exit(void);

/*
 * Tell the listeners.  @net NULL: the initial namespace; vm, ifname and reason
 * may be NULL.  Any context; lost for a listener whose buffer is full, which
 * its socket reports to it (ENOBUFS).
 */
void tp4_netlink_event(struct net *net, enum tp4_event event, const char *vm, const char *ifname,
		       u32 queue, const char *reason);
/* An event for each socket of the policy's port that is not held. */
void tp4_netlink_uncovered(struct tp4_policy *policy);

bool tp4_netlink_capturing(struct net *net);
void tp4_netlink_packet(const struct tp4_port *port, u8 dir, enum tp4_stat outcome,
			const void *data, u32 data_len, u32 len);

#endif
