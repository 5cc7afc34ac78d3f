/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * policy.h - which ports are covered, by whom, and what happens when the P4 VM
 * does not decide.
 *
 * A policy names its interface, not the device: it is there before the device
 * is, survives it, and follows a rename.  Where a device is renamed to the name
 * that another policy waits for, that one goes on waiting.  All functions run
 * under tp4_control, but for tp4_policy_guest().
 */
#ifndef TP4_POLICY_H
#define TP4_POLICY_H

#include "port.h"

struct tp4_policy {
	struct list_head node;
	possible_net_t net;
	char ifname[IFNAMSIZ];
	int ifindex; /* of its device; 0: it waits for one of its name */
	u32 queue;   /* or TP4_QUEUE_ALL */
	struct tp4_chan *chan;
	struct tp4_policy_rule rule;
};

extern struct list_head tp4_policies;

/*
 * -ENODEV, -ERANGE: no such interface or queue; -ENOENT: no such P4 VM;
 * -EEXIST: covered already.  @replace changes rule only.
 */
int tp4_policy_add(struct net *net, const char *ifname, u32 queue, const char *vm,
		   const struct tp4_policy_rule *rule, bool replace,
		   struct netlink_ext_ack *extack);
int tp4_policy_del(struct net *net, const char *ifname, u32 queue, struct netlink_ext_ack *extack);
/* The policy that covers this queue of this device, or NULL. */
struct tp4_policy *tp4_policy_find(struct net *net, int ifindex, const char *ifname, u32 queue);
/* The one that covers the queue, then *queue, which this one is a lease of (netkit), or NULL. */
struct tp4_policy *tp4_policy_lessor(struct net_device *dev, u16 *queue);
/* Is it the one for this port? */
bool tp4_policy_rules(const struct tp4_policy *policy, const struct tp4_port *port);
/* May a KVM guest come to see a port of @net?  Takes tp4_control itself. */
bool tp4_policy_guest(struct net *net);

int tp4_policy_init(void);
void tp4_policy_exit(void);

#endif
