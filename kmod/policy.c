// SPDX-License-Identifier: GPL-2.0-only
/*
 * policy.c - see policy.h.
 */
#include <linux/netdevice.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/net_namespace.h>

#include "compat/compat.h"
#include "netlink.h"
#include "policy.h"
#include "relay.h"

LIST_HEAD(tp4_policies);

/*
 * Is the policy's interface the one with this index and name?  One that has found
 * its device knows it by its index; others wait for a device of their name.
 */
static bool tp4_policy_names(const struct tp4_policy *policy, const struct net *net, int ifindex,
			     const char *ifname)
{
	return net_eq(read_pnet(&policy->net), net) &&
	       (policy->ifindex ? policy->ifindex == ifindex : !strcmp(policy->ifname, ifname));
}

/*
 * The policy for exactly @queue or, @all, for all queues as well.  One that waits
 * for a device of this name stands back behind one that came with the device.
 */
static struct tp4_policy *tp4_policy_look(struct net *net, int ifindex, const char *ifname,
					  u32 queue, bool all)
{
	struct tp4_policy *policy, *waiting = NULL;

	lockdep_assert_held(&tp4_control);
	list_for_each_entry(policy, &tp4_policies, node) {
		if ((policy->queue != queue && (!all || policy->queue != TP4_QUEUE_ALL)) ||
		    !tp4_policy_names(policy, net, ifindex, ifname))
			continue;
		if (policy->ifindex)
			return policy;
		waiting = waiting ?: policy;
	}
	return waiting;
}

struct tp4_policy *tp4_policy_find(struct net *net, int ifindex, const char *ifname, u32 queue)
{
	return tp4_policy_look(net, ifindex, ifname, queue, true);
}

struct tp4_policy *tp4_policy_lessor(struct net_device *dev, u16 *queue)
{
	struct tp4_policy *policy = NULL;

	rcu_read_lock();
	dev = tp4_queue_lessor(dev, queue);
	if (dev)
		policy = tp4_policy_find(dev_net(dev), dev->ifindex, dev->name, *queue);
	rcu_read_unlock();
	return policy;
}

/* The policy that who says @ifname means. */
static struct tp4_policy *tp4_policy_exact(struct net *net, const char *ifname, u32 queue)
{
	struct net_device *dev;
	int ifindex;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(net, ifname);
	ifindex = dev ? dev->ifindex : 0;
	rcu_read_unlock();
	return tp4_policy_look(net, ifindex, ifname, queue, false);
}

bool tp4_policy_rules(const struct tp4_policy *policy, const struct tp4_port *port)
{
	return tp4_policy_names(policy, port->net, port->ifindex, port->ifname) &&
	       tp4_policy_find(port->net, port->ifindex, port->ifname, port->queue) == policy;
}

bool tp4_policy_guest(struct net *net)
{
	struct tp4_policy *policy;
	bool guest = false;

	mutex_lock(&tp4_control);
	list_for_each_entry(policy, &tp4_policies, node)
		guest |= net_eq(read_pnet(&policy->net), net) && !policy->chan->huge;
	mutex_unlock(&tp4_control);
	return guest;
}

static bool tp4_policy_overlaps(struct net *net, int ifindex, const char *ifname, u32 queue)
{
	struct tp4_policy *policy;

	list_for_each_entry(policy, &tp4_policies, node)
		if (tp4_policy_names(policy, net, ifindex, ifname) &&
		    (policy->queue == queue || policy->queue == TP4_QUEUE_ALL ||
		     queue == TP4_QUEUE_ALL))
			return true;
	return false;
}

/* @name: what the device is called; @ifname may be another name of its. */
static int tp4_policy_check_dev(struct net *net, const char *ifname, u32 queue, int *ifindex,
				char *name, struct netlink_ext_ack *extack)
{
	struct net_device *dev;
	int err = 0;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(net, ifname);
	if (!dev) {
		NL_SET_ERR_MSG(extack, "no such interface");
		err = -ENODEV;
	} else if (queue != TP4_QUEUE_ALL &&
		   queue >= max(dev->real_num_rx_queues, dev->real_num_tx_queues)) {
		NL_SET_ERR_MSG(extack, "the interface has no such queue");
		err = -ERANGE;
	} else {
		*ifindex = dev->ifindex;
		strscpy(name, dev->name, IFNAMSIZ);
	}
	rcu_read_unlock();
	return err;
}

/*
 * Sockets of these ports that were released before come under the new policy: none that
 * has lost its interface, for another tenant's may have the name now.
 */
static void tp4_policy_adopt(struct tp4_policy *policy)
{
	struct tp4_port *port;

	list_for_each_entry(port, &tp4_ports, node)
		if (port->ifindex && tp4_policy_rules(policy, port))
			tp4_port_adopt(port, policy->chan, &policy->rule);
}

/* The device has this name: policies that wait for it find it, but none that came with it. */
static void tp4_policy_wake(struct net *net, int ifindex, const char *ifname)
{
	struct tp4_policy *policy;

	list_for_each_entry(policy, &tp4_policies, node) {
		if (policy->ifindex || !tp4_policy_names(policy, net, ifindex, ifname) ||
		    tp4_policy_overlaps(net, ifindex, "", policy->queue))
			continue;
		policy->ifindex = ifindex;
		tp4_policy_adopt(policy);
		tp4_netlink_uncovered(policy);
	}
}

int tp4_policy_add(struct net *net, const char *ifname, u32 queue, const char *vm,
		   const struct tp4_policy_rule *rule, bool replace, struct netlink_ext_ack *extack)
{
	struct tp4_chan *chan = tp4_chan_find(vm);
	struct tp4_policy *policy;
	char name[IFNAMSIZ];
	int ifindex, err;

	lockdep_assert_held(&tp4_control);
	if (!rule->deadline || rule->deadline > TP4_DEADLINE_MAX ||
	    rule->on_failure > TP4_ON_FAILURE_PASS) {
		NL_SET_ERR_MSG(extack, "a deadline is 1 to 60000 ms, on-failure is drop or pass");
		return -EINVAL;
	}
	if (!chan) {
		NL_SET_ERR_MSG(extack, "no P4 VM of this name");
		return -ENOENT;
	}
	if (replace) {
		policy = tp4_policy_exact(net, ifname, queue);
		if (!policy || policy->chan != chan) {
			NL_SET_ERR_MSG(extack, "this P4 VM does not cover that port");
			return -ENOENT;
		}
		policy->rule = *rule;
		tp4_policy_adopt(policy);
		return 0;
	}
	err = tp4_policy_check_dev(net, ifname, queue, &ifindex, name, extack);
	if (err)
		return err;
	if (tp4_policy_overlaps(net, ifindex, name, queue)) {
		NL_SET_ERR_MSG(
			extack,
			"a P4 VM covers that port already; delete that first (port list shows it)");
		return -EEXIST;
	}

	policy = kzalloc(sizeof(*policy), GFP_KERNEL);
	if (!policy)
		return -ENOMEM;
	write_pnet(&policy->net, net);
	strscpy(policy->ifname, name, sizeof(policy->ifname));
	policy->ifindex = ifindex;
	policy->queue = queue;
	policy->rule = *rule;
	policy->chan = chan;
	chan->policies++;
	kref_get(&chan->ref);
	list_add_tail(&policy->node, &tp4_policies);
	tp4_changes += 2;
	tp4_policy_adopt(policy);
	tp4_netlink_uncovered(policy);
	return 0;
}

static void tp4_policy_remove(struct tp4_policy *policy)
{
	struct tp4_port *port;

	list_for_each_entry(port, &tp4_ports, node)
		if (tp4_policy_rules(policy, port))
			tp4_port_release(port);
	list_del(&policy->node);
	tp4_changes += 2;
	policy->chan->policies--;
	tp4_chan_put(policy->chan);
	kfree(policy);
}

int tp4_policy_del(struct net *net, const char *ifname, u32 queue, struct netlink_ext_ack *extack)
{
	struct tp4_policy *policy = tp4_policy_exact(net, ifname, queue);
	char name[IFNAMSIZ];
	int ifindex;

	if (!policy) {
		NL_SET_ERR_MSG(extack, "no P4 VM covers that port");
		return -ENOENT;
	}
	ifindex = policy->ifindex;
	strscpy(name, policy->ifname, sizeof(name));
	tp4_policy_remove(policy);
	if (ifindex)
		tp4_policy_wake(net, ifindex, name);
	return 0;
}

/*
 * Policies find their device when it comes, follow its name, and survive it.  Ports of one
 * that is down do nothing until it is up.
 */
static int tp4_policy_netdev(struct notifier_block *nb, unsigned long what, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct tp4_policy *policy;
	struct tp4_port *port;

	if (what != NETDEV_REGISTER && what != NETDEV_UNREGISTER && what != NETDEV_CHANGENAME &&
	    what != NETDEV_UP)
		return NOTIFY_DONE;
	/*
	 * From 6.15 on we may be called inside the device's own lock, which bind takes inside
	 * xs->mutex, which passes take, for which others wait under tp4_control.  Both have the
	 * RTNL, so that is no circle, but lockdep would see one if these were the same locks.
	 */
	mutex_lock_nested(&tp4_control, SINGLE_DEPTH_NESTING);
	list_for_each_entry(policy, &tp4_policies, node) {
		if (policy->ifindex != dev->ifindex ||
		    !net_eq(read_pnet(&policy->net), dev_net(dev)))
			continue;
		if (what == NETDEV_UNREGISTER)
			policy->ifindex = 0;
		else
			strscpy(policy->ifname, dev->name, sizeof(policy->ifname));
	}
	list_for_each_entry(port, &tp4_ports, node) {
		if (port->ifindex != dev->ifindex || !net_eq(port->net, dev_net(dev)))
			continue;
		if (what == NETDEV_CHANGENAME)
			strscpy(port->ifname, dev->name, sizeof(port->ifname));
		else if (what == NETDEV_UP)
			tp4_relay_kick(port);
		else if (what == NETDEV_UNREGISTER)
			port->ifindex = 0; /* another device may get it */
	}
	if (what != NETDEV_UNREGISTER)
		tp4_policy_wake(dev_net(dev), dev->ifindex, dev->name);
	mutex_unlock(&tp4_control);
	return NOTIFY_DONE;
}

static struct notifier_block tp4_policy_notifier = {
	.notifier_call = tp4_policy_netdev,
};

/* A network namespace goes: so do its policies.  Its sockets are closed already. */
static void __net_exit tp4_policy_net_exit(struct net *net)
{
	struct tp4_policy *policy, *next;

	mutex_lock(&tp4_control);
	list_for_each_entry_safe(policy, next, &tp4_policies, node)
		if (net_eq(read_pnet(&policy->net), net))
			tp4_policy_remove(policy);
	mutex_unlock(&tp4_control);
}

static struct pernet_operations tp4_policy_net_ops = {
	.exit = tp4_policy_net_exit,
};

int tp4_policy_init(void)
{
	int err = register_pernet_subsys(&tp4_policy_net_ops);

	if (err)
		return err;
	rtnl_lock();
	might_lock(&tp4_control); /* lockdep learns the order, which the notifier hides */
	rtnl_unlock();
	err = register_netdevice_notifier(&tp4_policy_notifier);
	if (err)
		unregister_pernet_subsys(&tp4_policy_net_ops);
	return err;
}

/* unregister_pernet_subsys() calls tp4_policy_net_exit() for every namespace. */
void tp4_policy_exit(void)
{
	unregister_netdevice_notifier(&tp4_policy_notifier);
	unregister_pernet_subsys(&tp4_policy_net_ops);
}
