// SPDX-License-Identifier: GPL-2.0-only
/*
 * port.c - covered sockets: the exchange of their rings and what hangs on it.
 */
#include <linux/netdevice.h>
#include <linux/ratelimit.h>
#include <linux/slab.h>

#include "compat/compat.h"
#include "hook.h"
#include "netlink.h"
#include "port.h"
#include "relay.h"

LIST_HEAD(tp4_ports);

static size_t tp4_xring_size(enum tp4_xring_kind kind, u32 entries)
{
	size_t entry = kind < TP4_XRING_FILL ? sizeof(struct xdp_desc) : sizeof(u64);

	return TP4_RING_DESC + entries * entry;
}

static void tp4_port_free_shared(struct tp4_port *port)
{
	int dir;

	for (dir = 0; dir < TP4_DIRS; dir++) {
		vfree(port->flow[dir].judged);
		vfree(port->flow[dir].patches);
		port->flow[dir].judged = NULL;
		port->flow[dir].patches = NULL;
	}
}

/* What the P4 VM writes: charged to the switch, or to who makes it come back. */
static int tp4_port_alloc_shared(struct tp4_port *port)
{
	const gfp_t gfp = GFP_KERNEL_ACCOUNT | __GFP_ZERO | __GFP_NOWARN;
	int dir;

	for (dir = 0; dir < TP4_DIRS; dir++) {
		u32 entries = port->xring[dir].entries;

		if (!entries)
			continue;
		port->flow[dir].judged = __vmalloc(tp4_judged_size(entries), gfp);
		port->flow[dir].patches = __vmalloc(tp4_patches_size(entries), gfp);
		if (!port->flow[dir].judged || !port->flow[dir].patches) {
			tp4_port_free_shared(port);
			return -ENOMEM;
		}
	}
	return 0;
}

struct tp4_port *tp4_port_new(struct socket *sock)
{
	struct tp4_port *port = kzalloc(sizeof(*port), GFP_KERNEL_ACCOUNT);

	if (!port)
		return NULL;
	mutex_init(&port->lock);
	init_waitqueue_head(&port->wait);
	init_waitqueue_head(&port->thread_wait);
	INIT_LIST_HEAD(&port->node);
	spin_lock_init(&port->timer_lock);
	port->due = U64_MAX;
	ratelimit_state_init(&port->events, HZ, 50);
	tp4_hrtimer_init(&port->timer, tp4_relay_timer);
	port->sock = sock;
	port->xs = (struct xdp_sock *)sock->sk;
	port->net = sock_net(sock->sk);
	return port;
}

void tp4_port_free(struct tp4_port *port)
{
	int i;

	hrtimer_cancel(&port->timer);
	tp4_port_free_shared(port);
	for (i = 0; i < TP4_XRINGS; i++)
		tp4_xring_free(port->xring[i].theirs);
	kfree(port);
}

/* Allocate the real ring for @q; the exchange itself comes later, whole. */
static int tp4_xring_prepare(struct tp4_xring *x, enum tp4_xring_kind kind, struct xsk_queue *q,
			     u32 real_entries)
{
	if (!q)
		return 0;
	x->entries = q->nentries;
	x->real_entries = max(real_entries, q->nentries);
	x->size = tp4_xring_size(kind, x->entries);
	if (tp4_xring_size(kind, x->real_entries) > TP4_XRING_MAX)
		return -EFBIG;
	x->ours = tp4_xring_alloc(tp4_xring_size(kind, x->real_entries));
	if (!x->ours)
		return -ENOMEM;
	x->q = q;
	return 0;
}

/* @umem: the UMEM that bind will give the socket. */
int tp4_port_exchange(struct tp4_port *port, struct xdp_umem *umem)
{
	struct xdp_sock *xs = port->xs;
	struct xsk_queue *q[TP4_XRINGS];
	int i, err = 0;

	port->umem = umem;
	mutex_lock(&xs->mutex);
	q[TP4_XRING_RX] = xs->rx;
	q[TP4_XRING_TX] = xs->tx;
	q[TP4_XRING_FILL] = xs->fq_tmp;
	q[TP4_XRING_COMP] = xs->cq_tmp;
	for (i = 0; i < TP4_XRINGS; i++) {
		if (i < TP4_XRING_FILL && q[i] && q[i]->nentries > TP4_RING_MAX)
			err = -E2BIG;
		else
			err = tp4_xring_prepare(
				&port->xring[i], i, q[i],
				i == TP4_XRING_FILL && umem ? roundup_pow_of_two(umem->chunks) : 0);
		if (err)
			goto err_free;
	}
	err = tp4_port_alloc_shared(port);
	if (err)
		goto err_free;
	for (i = 0; i < TP4_XRINGS; i++) {
		struct tp4_xring *x = &port->xring[i];

		if (!x->q)
			continue;
		x->theirs = x->q->ring;
		tp4_xring_install(x->q, x->ours, x->real_entries,
				  tp4_xring_size(i, x->real_entries));
	}
	mutex_unlock(&xs->mutex);
	return 0;

err_free:
	for (i = 0; i < TP4_XRINGS; i++)
		tp4_xring_free(port->xring[i].ours);
	memset(port->xring, 0, sizeof(port->xring));
	mutex_unlock(&xs->mutex);
	return err;
}

/* The original bind failed: the socket is as it was before tp4_port_exchange(). */
void tp4_port_restore(struct tp4_port *port)
{
	int i;

	mutex_lock(&port->xs->mutex);
	for (i = 0; i < TP4_XRINGS; i++) {
		struct tp4_xring *x = &port->xring[i];

		if (!x->q)
			continue;
		tp4_xring_install(x->q, x->theirs, x->entries, x->size);
		tp4_xring_free(x->ours);
	}
	memset(port->xring, 0, sizeof(port->xring));
	mutex_unlock(&port->xs->mutex);
	tp4_port_free_shared(port);
}

static void tp4_port_flow(struct tp4_port *port, enum tp4_dir dir, void *src, void *dst)
{
	struct tp4_flow *flow = &port->flow[dir];
	const struct tp4_xring *x = &port->xring[dir];

	if (!x->q)
		return;
	flow->src.mem = src;
	flow->dst.mem = dst;
	flow->src.size = x->entries;
	flow->dst.size = x->entries;
	flow->area = &port->area;
	flow->owner = port;
}

int tp4_port_start(struct tp4_port *port, struct tp4_chan *chan, const char **why)
{
	struct xdp_sock *xs = port->xs;
	struct xdp_umem *umem = xs->umem;
	int err;

	lockdep_assert_held(&tp4_control);
	/* The descriptor of whom it shares with may have changed during bind, too. */
	err = umem != port->umem ? -EACCES : tp4_umem_foreign(umem, chan, false);
	*why = err == -ENOMEM ? "out of memory" : TP4_WHY_SHARED;
	if (err)
		return err;
	port->area.base = umem->addrs;
	port->area.size = umem->size;
	port->area.chunk = umem->chunk_size;
	port->area.unaligned = umem->flags & XDP_UMEM_UNALIGNED_CHUNK_FLAG;
	port->flags = (port->area.unaligned ? TP4_PORT_UNALIGNED : 0) |
		      (xs->zc ? TP4_PORT_ZEROCOPY : 0) |
		      (xs->pool->uses_need_wakeup ? TP4_PORT_WAKEUP : 0) |
		      (tp4_xsk_sg(xs) ? TP4_PORT_SG : 0);
	tp4_port_flow(port, TP4_RX, port->xring[TP4_XRING_RX].ours,
		      port->xring[TP4_XRING_RX].theirs);
	tp4_port_flow(port, TP4_TX, port->xring[TP4_XRING_TX].theirs,
		      port->xring[TP4_XRING_TX].ours);
	err = tp4_pool_get(port);
	*why = err == -EBADF ? "the socket that it shares a queue with was closed"
			     : "out of memory";
	if (err)
		return err;
	port->state = TP4_STATE_RELEASED;
	if (chan) {
		*why = "the P4 VM's channel has no free slot";
		err = tp4_chan_attach(chan, port);
		if (err)
			return err;
		port->state = TP4_STATE_WAITING;
	}
	*why = "out of memory";
	err = tp4_relay_start(port);
	if (err) {
		if (port->chan)
			tp4_chan_detach(port->chan, port);
		port->chan = NULL;
		return err;
	}
	list_add_tail(&port->node, &tp4_ports);
	return 0;
}

void tp4_port_stop(struct tp4_port *port)
{
	struct tp4_chan *chan = port->chan;

	lockdep_assert_held(&tp4_control);
	list_del(&port->node);
	tp4_relay_stop(port);
	if (chan)
		tp4_chan_detach(chan, port);
	port->chan = NULL;
}

void tp4_port_drain(struct tp4_port *port)
{
	int dir;

	while (tp4_relay_flush(port))
		;
	for (dir = 0; dir < TP4_DIRS; dir++)
		port->flow[dir].stat[TP4_STAT_DROP_CLOSED] += tp4_flow_left(&port->flow[dir]);
}

bool tp4_port_up(const struct tp4_port *port)
{
	bool up;

	rcu_read_lock(); /* the device goes after a grace period */
	up = READ_ONCE(port->xs->state) == XSK_BOUND && READ_ONCE(port->xs->dev->flags) & IFF_UP;
	rcu_read_unlock();
	return up;
}

void tp4_port_release(struct tp4_port *port)
{
	struct tp4_chan *chan = port->chan;

	lockdep_assert_held(&tp4_control);
	if (!chan)
		return;
	mutex_lock(&port->lock);
	WRITE_ONCE(port->chan, NULL);
	port->state = TP4_STATE_RELEASED;
	mutex_unlock(&port->lock);
	tp4_chan_detach(chan, port);
	synchronize_rcu(); /* tp4_port_announce(), tp4_port_submitted() */
	tp4_port_free_shared(port);
	tp4_relay_kick(port);
}

bool tp4_umem_begins_in(const struct xdp_umem *umem, const struct xdp_umem *other)
{
	u32 i;

	for (i = 0; i < other->npgs; i++)
		if (other->pgs[i] == umem->pgs[0])
			return true;
	return false;
}

static bool tp4_umem_meets(const struct xdp_umem *a, const struct xdp_umem *b)
{
	return a == b || tp4_umem_begins_in(a, b) || tp4_umem_begins_in(b, a);
}

int tp4_umem_foreign(const struct xdp_umem *umem, const struct tp4_chan *chan, bool adopt)
{
	const struct tp4_port *port;

	list_for_each_entry(port, &tp4_ports, node)
		if (port->chan != chan && (port->chan || !adopt) &&
		    tp4_umem_meets(port->umem, umem))
			return -EACCES;
	return chan ? tp4_hook_exposed(umem) : 0;
}

/* A released port comes under a P4 VM again. */
static int tp4_port_return(struct tp4_port *port, struct tp4_chan *chan)
{
	int err = tp4_umem_foreign(port->umem, chan, true);

	if (!err)
		err = tp4_port_alloc_shared(port);
	if (err)
		return err;
	err = tp4_chan_attach(chan, port);
	if (err)
		tp4_port_free_shared(port);
	else
		tp4_relay_wait(port);
	return err;
}

const char *tp4_port_warning(const struct tp4_port *port)
{
	if (port->chan && !port->chan->huge && tp4_umem_huge(port->umem))
		return "its UMEM has huge pages: KVM of this kernel ends a guest that reads one";
	if (offset_in_page(port->umem->size))
		return "its UMEM ends inside a page: its P4 VM sees that page to its end";
	return NULL;
}

void tp4_port_adopt(struct tp4_port *port, struct tp4_chan *chan,
		    const struct tp4_policy_rule *rule)
{
	bool back = !port->chan;
	int err;

	lockdep_assert_held(&tp4_control);
	mutex_lock_nested(&port->lock, SINGLE_DEPTH_NESTING); /* tp4_policy_netdev() says why */
	port->rule = *rule;
	err = back ? tp4_port_return(port, chan) : 0;
	mutex_unlock(&port->lock);
	if (err)
		tp4_netlink_event(port->net, TP4_EVENT_UNCOVERED, chan->name, port->ifname,
				  port->queue,
				  err == -EACCES ? TP4_WHY_SHARED
						 : "no free slot or memory; restart the switch");
	else if (back)
		tp4_netlink_event(port->net, TP4_EVENT_ATTACH, chan->name, port->ifname,
				  port->queue, tp4_port_warning(port));
	tp4_relay_kick(port);
}
