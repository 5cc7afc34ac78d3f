// SPDX-License-Identifier: GPL-2.0-only
/*
 * netlink.c - see netlink.h.
 */
#include <linux/netdevice.h>
#include <linux/timekeeping.h>
#include <net/genetlink.h>
#include <net/net_namespace.h>
#include <net/netns/xdp.h>

#include "compat/compat.h"
#include "hook.h"
#include "netlink.h"
#include "policy.h"

enum { TP4_MC_EVENTS, TP4_MC_CAPTURE };

static struct genl_family tp4_family;

static const struct nla_policy tp4_attrs[TP4_A_MAX + 1] = {
	[TP4_A_VM_NAME] = { .type = NLA_NUL_STRING, .len = TP4_NAME_MAX - 1 },
	[TP4_A_VM_SPIN_US] = NLA_POLICY_RANGE(NLA_U32, 0, TP4_SPIN_MAX),
	[TP4_A_IFNAME] = { .type = NLA_NUL_STRING, .len = IFNAMSIZ - 1 },
	[TP4_A_QUEUE] = { .type = NLA_U32 },
	[TP4_A_ON_FAILURE] = { .type = NLA_U8 },
	[TP4_A_DEADLINE] = { .type = NLA_U32 },
	[TP4_A_VM_PROCESS] = { .type = NLA_FLAG },
};

static bool tp4_missing(struct genl_info *info, int attr)
{
	return GENL_REQ_ATTR_CHECK(info, attr);
}

static int tp4_cmd_vm(struct sk_buff *skb, struct genl_info *info)
{
	const char *name;
	u32 spin_us = 0;
	int err;

	if (tp4_missing(info, TP4_A_VM_NAME))
		return -EINVAL;
	name = nla_data(info->attrs[TP4_A_VM_NAME]);
	if (info->attrs[TP4_A_VM_SPIN_US])
		spin_us = nla_get_u32(info->attrs[TP4_A_VM_SPIN_US]);
	mutex_lock(&tp4_control);
	if (info->genlhdr->cmd == TP4_CMD_VM_ADD)
		err = tp4_chan_add(name, spin_us, nla_get_flag(info->attrs[TP4_A_VM_PROCESS]),
				   info->extack);
	else
		err = tp4_chan_del(name, info->extack);
	mutex_unlock(&tp4_control);
	return err;
}

static int tp4_cmd_port(struct sk_buff *skb, struct genl_info *info)
{
	struct tp4_policy_rule rule = {
		.on_failure = TP4_ON_FAILURE_DROP,
		.deadline = TP4_DEADLINE_DEFAULT,
	};
	struct nlattr **a = info->attrs;
	u32 queue = TP4_QUEUE_ALL;
	const char *ifname;
	int err;

	if (tp4_missing(info, TP4_A_IFNAME))
		return -EINVAL;
	ifname = nla_data(a[TP4_A_IFNAME]);
	if (a[TP4_A_QUEUE])
		queue = nla_get_u32(a[TP4_A_QUEUE]);
	if (info->genlhdr->cmd == TP4_CMD_PORT_DEL) {
		mutex_lock(&tp4_control);
		err = tp4_policy_del(genl_info_net(info), ifname, queue, info->extack);
		mutex_unlock(&tp4_control);
		return err;
	}
	if (tp4_missing(info, TP4_A_VM_NAME))
		return -EINVAL;
	if (a[TP4_A_ON_FAILURE])
		rule.on_failure = nla_get_u8(a[TP4_A_ON_FAILURE]);
	if (a[TP4_A_DEADLINE])
		rule.deadline = nla_get_u32(a[TP4_A_DEADLINE]);
	mutex_lock(&tp4_control);
	err = tp4_policy_add(genl_info_net(info), ifname, queue, nla_data(a[TP4_A_VM_NAME]), &rule,
			     info->nlhdr->nlmsg_flags & NLM_F_REPLACE, info->extack);
	mutex_unlock(&tp4_control);
	return err;
}

static void *tp4_dump_put(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd)
{
	void *hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq, &tp4_family,
				NLM_F_MULTI, cmd);

	if (hdr)
		genl_dump_check_consistent(cb, hdr);
	return hdr;
}

static int tp4_fill_vm(struct sk_buff *skb, struct netlink_callback *cb, struct tp4_chan *chan)
{
	void *hdr = tp4_dump_put(skb, cb, TP4_CMD_VM_GET);
	u32 slot, ports = 0;

	if (!hdr)
		return -EMSGSIZE;
	for (slot = 1; slot < TP4_SLOTS; slot++)
		ports += !!rcu_access_pointer(chan->slot[slot]);
	if (nla_put_string(skb, TP4_A_VM_NAME, chan->name) ||
	    nla_put_u32(skb, TP4_A_VM_SPIN_US, chan->spin_us) ||
	    nla_put_u32(skb, TP4_A_VM_OPENERS, atomic_read(&chan->openers)) ||
	    nla_put_u32(skb, TP4_A_VM_PORTS, ports) ||
	    (chan->huge && nla_put_flag(skb, TP4_A_VM_PROCESS))) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

static int tp4_fill_stats(struct sk_buff *skb, const struct tp4_port *port)
{
	int dir, i;

	for (dir = 0; dir < TP4_DIRS; dir++) {
		struct nlattr *nest = nla_nest_start(skb, TP4_S_STATS);

		if (!nest)
			return -EMSGSIZE;
		for (i = 0; i < TP4_STAT_MAX; i++)
			if (nla_put_u64_64bit(skb, 1 + i, READ_ONCE(port->flow[dir].stat[i]),
					      1 + TP4_STAT_MAX))
				return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}
	return 0;
}

static int tp4_fill_socket(struct sk_buff *skb, const struct tp4_port *port, u32 queue)
{
	struct nlattr *nest = nla_nest_start(skb, TP4_A_SOCKET);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u32(skb, TP4_S_QUEUE, queue) ||
	    nla_put_u8(skb, TP4_S_STATE, port ? port->state : TP4_STATE_UNCOVERED) ||
	    (port && ((port->chan && nla_put_u32(skb, TP4_S_SLOT, port->slot)) ||
		      nla_put_u32(skb, TP4_S_FLAGS, port->flags) ||
		      nla_put_u32(skb, TP4_S_RX_ENTRIES, port->flow[TP4_RX].src.size) ||
		      nla_put_u32(skb, TP4_S_TX_ENTRIES, port->flow[TP4_TX].src.size) ||
		      nla_put_u64_64bit(skb, TP4_S_UMEM_SIZE, port->area.size, TP4_S_PAD) ||
		      tp4_fill_stats(skb, port)))) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/* A policy's sockets, of which a message may hold only some. */
struct tp4_fill {
	struct sk_buff *skb;
	long skip; /* so many are in the messages before */
	long done; /* in this one */
};

static int tp4_fill_next(struct tp4_fill *fill, const struct tp4_port *port, u32 queue)
{
	int err;

	if (fill->skip) {
		fill->skip--;
		return 0;
	}
	err = tp4_fill_socket(fill->skb, port, queue);
	fill->done += !err;
	return err;
}

/* Does this bound socket get packets of the policy's interface?  Of @queue, then. */
static bool tp4_policy_meets(const struct tp4_policy *policy, const struct xdp_sock *xs, u16 *queue)
{
	struct net_device *dev = xs->dev;

	*queue = xs->queue_id;
	for (; dev; dev = tp4_queue_lessor(dev, queue))
		if (dev->ifindex == policy->ifindex &&
		    net_eq(dev_net(dev), read_pnet(&policy->net)))
			return policy->queue == TP4_QUEUE_ALL || policy->queue == *queue;
	return false;
}

/*
 * Sockets that are bound to the policy's port and that we do not hold.  By RCU:
 * who has a socket may keep its mutex as long as he likes, and with it the one
 * of the list (a UMEM in memory that userfaultfd serves).  fn must not sleep.
 */
static int tp4_each_uncovered(const struct tp4_policy *policy,
			      int (*fn)(void *arg, const struct tp4_policy *policy, u32 queue),
			      void *arg)
{
	struct net *net;
	struct sock *sk;
	int err = 0;

	rcu_read_lock();
	for_each_net_rcu(net) {
		sk_for_each_rcu(sk, &net->xdp.list) {
			struct xdp_sock *xs = (struct xdp_sock *)sk;
			u16 queue;

			if (READ_ONCE(xs->state) != XSK_BOUND)
				continue;
			smp_rmb(); /* as xsk_is_bound(); the device goes after a grace period */
			if (tp4_policy_meets(policy, xs, &queue) && !tp4_hook_covers(sk))
				err = fn(arg, policy, queue);
			if (err)
				goto out;
		}
	}
out:
	rcu_read_unlock();
	return err;
}

static int tp4_fill_uncovered(void *arg, const struct tp4_policy *policy, u32 queue)
{
	return tp4_fill_next(arg, NULL, queue);
}

static int tp4_tell_uncovered(void *arg, const struct tp4_policy *policy, u32 queue)
{
	tp4_netlink_event(read_pnet(&policy->net), TP4_EVENT_UNCOVERED, policy->chan->name,
			  policy->ifname, queue,
			  "the socket was bound before; restart the switch or its port");
	return 0;
}

void tp4_netlink_uncovered(struct tp4_policy *policy)
{
	tp4_each_uncovered(policy, tp4_tell_uncovered, NULL);
}

static int tp4_fill_policy(struct sk_buff *skb, const struct tp4_policy *policy)
{
	if (nla_put_string(skb, TP4_A_IFNAME, policy->ifname) ||
	    nla_put_u32(skb, TP4_A_IFINDEX, policy->ifindex) ||
	    nla_put_u32(skb, TP4_A_QUEUE, policy->queue) ||
	    nla_put_string(skb, TP4_A_VM_NAME, policy->chan->name) ||
	    nla_put_u8(skb, TP4_A_ON_FAILURE, policy->rule.on_failure) ||
	    nla_put_u32(skb, TP4_A_DEADLINE, policy->rule.deadline))
		return -EMSGSIZE;
	return 0;
}

/* 0, or -EMSGSIZE: it goes on in the next message, or is there as a whole. */
static int tp4_fill_port(struct sk_buff *skb, struct netlink_callback *cb,
			 struct tp4_policy *policy)
{
	struct tp4_fill fill = { .skb = skb, .skip = cb->args[1] };
	void *hdr = tp4_dump_put(skb, cb, TP4_CMD_PORT_GET);
	struct tp4_port *port;
	int err;

	if (!hdr)
		return -EMSGSIZE;
	err = cb->args[1] ? 0 : tp4_fill_policy(skb, policy);
	list_for_each_entry(port, &tp4_ports, node)
		if (!err && tp4_policy_rules(policy, port))
			err = tp4_fill_next(&fill, port, port->queue);
	if (!err)
		err = tp4_each_uncovered(policy, tp4_fill_uncovered, &fill);
	if (err && !fill.done) {
		genlmsg_cancel(skb, hdr);
		return err;
	}
	genlmsg_end(skb, hdr);
	cb->args[1] = err ? cb->args[1] + fill.done : 0;
	return err;
}

static int tp4_dump_vms(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct tp4_chan *chan;
	long i = 0;

	mutex_lock(&tp4_control);
	cb->seq = tp4_changes;
	list_for_each_entry(chan, &tp4_chans, node) {
		if (i++ < cb->args[0])
			continue;
		if (tp4_fill_vm(skb, cb, chan))
			break;
		cb->args[0]++;
	}
	mutex_unlock(&tp4_control);
	return skb->len;
}

static int tp4_dump_ports(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct tp4_policy *policy;
	int err = 0;
	long i = 0;

	mutex_lock(&tp4_control);
	cb->seq = tp4_changes;
	list_for_each_entry(policy, &tp4_policies, node) {
		if (i++ < cb->args[0])
			continue;
		if (net_eq(read_pnet(&policy->net), sock_net(cb->skb->sk)))
			err = tp4_fill_port(skb, cb, policy);
		if (err)
			break;
		cb->args[0]++;
	}
	mutex_unlock(&tp4_control);
	return skb->len;
}

static const struct genl_ops tp4_genl_ops[] = {
	{ .cmd = TP4_CMD_VM_ADD, .flags = GENL_ADMIN_PERM, .doit = tp4_cmd_vm },
	{ .cmd = TP4_CMD_VM_DEL, .flags = GENL_ADMIN_PERM, .doit = tp4_cmd_vm },
	{ .cmd = TP4_CMD_VM_GET, .flags = GENL_ADMIN_PERM, .dumpit = tp4_dump_vms },
	{ .cmd = TP4_CMD_PORT_ADD, .flags = GENL_ADMIN_PERM, .doit = tp4_cmd_port },
	{ .cmd = TP4_CMD_PORT_DEL, .flags = GENL_ADMIN_PERM, .doit = tp4_cmd_port },
	{ .cmd = TP4_CMD_PORT_GET, .flags = GENL_ADMIN_PERM, .dumpit = tp4_dump_ports },
};

static const struct genl_multicast_group tp4_groups[] = {
	/* Packets and events are for who may rule their network namespace. */
	[TP4_MC_EVENTS] = { .name = TP4_GROUP_EVENTS, .flags = GENL_MCAST_CAP_NET_ADMIN },
	[TP4_MC_CAPTURE] = { .name = TP4_GROUP_CAPTURE, .flags = GENL_MCAST_CAP_NET_ADMIN },
};

static struct genl_family tp4_family __ro_after_init = {
	.name = TP4_GENL_NAME,
	.version = TP4_GENL_VERSION,
	.maxattr = TP4_A_MAX,
	.policy = tp4_attrs,
	.netnsok = true,
	.module = THIS_MODULE,
	.ops = tp4_genl_ops,
	.n_ops = ARRAY_SIZE(tp4_genl_ops),
	/* Beyond it the core refuses NLM_F_REPLACE, which PORT_ADD takes. */
	.resv_start_op = __TP4_CMD_MAX,
	.mcgrps = tp4_groups,
	.n_mcgrps = ARRAY_SIZE(tp4_groups),
};

void tp4_netlink_event(struct net *net, enum tp4_event event, const char *vm, const char *ifname,
		       u32 queue, const char *reason)
{
	struct sk_buff *skb;
	void *hdr;

	net = net ?: &init_net;
	if (!genl_has_listeners(&tp4_family, net, TP4_MC_EVENTS))
		return;
	skb = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_ATOMIC);
	if (!skb)
		return;
	hdr = genlmsg_put(skb, 0, 0, &tp4_family, 0, TP4_CMD_EVENT);
	if (!hdr || nla_put_u8(skb, TP4_A_EVENT, event) ||
	    (vm && nla_put_string(skb, TP4_A_VM_NAME, vm)) ||
	    (ifname &&
	     (nla_put_string(skb, TP4_A_IFNAME, ifname) || nla_put_u32(skb, TP4_A_QUEUE, queue))) ||
	    (reason && nla_put_string(skb, TP4_A_REASON, reason))) {
		nlmsg_free(skb);
		return;
	}
	genlmsg_end(skb, hdr);
	genlmsg_multicast_netns(&tp4_family, net, skb, 0, TP4_MC_EVENTS, GFP_ATOMIC);
}

bool tp4_netlink_capturing(struct net *net)
{
	return genl_has_listeners(&tp4_family, net, TP4_MC_CAPTURE);
}

void tp4_netlink_packet(const struct tp4_port *port, u8 dir, enum tp4_stat outcome,
			const void *data, u32 data_len, u32 len)
{
	struct sk_buff *skb = genlmsg_new(NLMSG_ALIGN(data_len) + 128, GFP_ATOMIC);
	void *hdr;

	if (!skb)
		return;
	hdr = genlmsg_put(skb, 0, 0, &tp4_family, 0, TP4_CMD_PACKET);
	if (!hdr || nla_put_string(skb, TP4_A_IFNAME, port->ifname) ||
	    nla_put_u32(skb, TP4_A_QUEUE, port->queue) || nla_put_u8(skb, TP4_A_DIR, dir) ||
	    nla_put_u64_64bit(skb, TP4_A_PACKET_TIME, ktime_get_real_ns(), TP4_A_PAD) ||
	    nla_put_u8(skb, TP4_A_PACKET_STAT, outcome) ||
	    nla_put_u32(skb, TP4_A_PACKET_LEN, len) ||
	    nla_put(skb, TP4_A_PACKET_DATA, data_len, data)) {
		nlmsg_free(skb);
		return;
	}
	genlmsg_end(skb, hdr);
	genlmsg_multicast_netns(&tp4_family, port->net, skb, 0, TP4_MC_CAPTURE, GFP_ATOMIC);
}

int tp4_netlink_init(void)
{
	return genl_register_family(&tp4_family);
}

void tp4_netlink_exit(void)
{
	genl_unregister_family(&tp4_family);
}
