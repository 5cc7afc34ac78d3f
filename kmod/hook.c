// SPDX-License-Identifier: GPL-2.0-only
/*
 * hook.c - see hook.h.
 *
 * A socket with our operations holds a reference to the module: we take it when
 * we give them, and put it when the kernel's operations come back or the socket
 * is released.  A thread may still be inside one of our operations then, on its
 * way out; tp4_hook_srcu and RCU-tasks tell unload when the last one has left.
 */
#include <linux/if_xdp.h>
#include <linux/file.h>
#include <linux/ftrace.h>
#include <linux/hash.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/poll.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/srcu.h>

#include "compat/compat.h"
#include "hook.h"
#include "netlink.h"
#include "policy.h"
#include "relay.h"

DEFINE_STATIC_SRCU(tp4_hook_srcu);
/*
 * Calls of mmap that found the socket unbound.  No lock would do: the AF_XDP
 * core takes mmap_lock inside xs->mutex.
 */
DEFINE_STATIC_SRCU(tp4_mmap_srcu);
/* In place of a port while bind or release is under way: nobody may map the rings then. */
#define TP4_BINDING ((struct tp4_port *)1UL)
/* In place of a port while the socket is bound as nobody's. */
#define TP4_PLAIN   ((struct tp4_port *)2UL)
static const struct proto_ops *tp4_orig __ro_after_init;
static struct proto_ops tp4_ops __ro_after_init;

const struct proto_ops *tp4_hook_orig(void)
{
	return tp4_orig;
}

/* The port of a socket, from a successful bind to the socket's release. */
static struct tp4_port *tp4_hook_port(const struct socket *sock)
{
	struct tp4_port *port = READ_ONCE(sock->sk->sk_user_data);

	return port == TP4_BINDING || port == TP4_PLAIN ? NULL : port;
}

/* Nobody covers it, nor will when it is bound. */
static bool tp4_hook_plain(const struct sock *sk, const struct socket *sock)
{
	return READ_ONCE(sock->ops) != &tp4_ops || READ_ONCE(sk->sk_user_data) == TP4_PLAIN;
}

bool tp4_hook_covers(const struct sock *sk)
{
	const struct socket *sock = READ_ONCE(sk->sk_socket);

	return sock && !tp4_hook_plain(sk, sock) && READ_ONCE(sk->sk_user_data);
}

/* A set of addresses. */
struct tp4_set {
	const void **slot; /* 1 << bits of them, half of them free */
	u32 bits;
	size_t n;
};

/* Where it is, or its place. */
static const void **tp4_set_find(const struct tp4_set *set, const void *p)
{
	size_t i = hash_ptr(p, set->bits), mask = (1UL << set->bits) - 1;

	while (set->slot[i] && set->slot[i] != p)
		i = (i + 1) & mask;
	return &set->slot[i];
}

/* 1: it is new; 0; -ENOSPC. */
static int tp4_set_add(struct tp4_set *set, const void *p)
{
	const void **slot = tp4_set_find(set, p);

	if (*slot)
		return 0;
	if (set->n >> (set->bits - 1))
		return -ENOSPC;
	*slot = p;
	set->n++;
	return 1;
}

/*
 * Under RCU: adds to @plain the UMEMs that nobody covers, and the page that each begins
 * with.  -EACCES: @umem begins in one of them.
 */
static int tp4_plain_look(struct tp4_set *plain, const struct xdp_umem *umem)
{
	struct net *net;
	struct sock *sk;
	int err;

	for_each_net_rcu(net) {
		sk_for_each_rcu(sk, &net->xdp.list) {
			const struct xdp_umem *other = READ_ONCE(((struct xdp_sock *)sk)->umem);
			const struct socket *sock = READ_ONCE(sk->sk_socket);

			if (!other || !sock || !tp4_hook_plain(sk, sock))
				continue;
			err = tp4_set_add(plain, other);
			if (err > 0)
				err = tp4_umem_begins_in(umem, other)
					      ? -EACCES
					      : tp4_set_add(plain, other->pgs[0]);
			if (err < 0)
				return err;
		}
	}
	return 0;
}

/*
 * Does one begin in the other?  Whoever likes may have many sockets, with one UMEM or
 * many, so that their pages are looked at once, and @umem's not for each of them.
 */
int tp4_hook_exposed(const struct xdp_umem *umem)
{
	struct tp4_set plain = { .bits = 4 };
	int err;
	u32 i;

	do {
		kvfree(plain.slot);
		plain.n = 0;
		plain.bits += 2;
		plain.slot = kvcalloc(1UL << plain.bits, sizeof(*plain.slot), GFP_KERNEL);
		if (!plain.slot)
			return -ENOMEM;
		/* As tp4_each_uncovered(); a socket puts its UMEM after a grace period. */
		rcu_read_lock();
		err = tp4_plain_look(&plain, umem);
		rcu_read_unlock();
	} while (err == -ENOSPC);
	for (i = 0; i < umem->npgs && !err; i++)
		if (*tp4_set_find(&plain, umem->pgs[i]))
			err = -EACCES;
	kvfree(plain.slot);
	return err;
}

/* What bind needs to know before it happens. */
struct tp4_binding {
	struct net_device *dev;
	u16 queue;             /* as the AF_XDP core understands sxdp_queue_id */
	struct tp4_chan *chan; /* NULL: not covered */
	struct xdp_umem *umem; /* that the socket will have */
	struct socket *other;  /* with which it shares that; keeps it alive */
	const char *why;       /* bind is refused */
};

/*
 * A UMEM is visible to the P4 VM of a port as a whole, so all its sockets must
 * be of one tenant, or of none.  Nor may one of nobody join the rings that a port
 * has left to us.
 */
static int tp4_binding_shared(struct tp4_binding *b, int fd)
{
	const struct tp4_port *port = NULL;
	struct xdp_sock *xs;
	int err = 0;

	b->other = sockfd_lookup(fd, &err);
	if (!b->other)
		return 0; /* the original bind says what is wrong */
	xs = (struct xdp_sock *)b->other->sk;
	if (xs->sk.sk_family != PF_XDP)
		return 0;
	/* As the original says; but it may be bound when the original looks. */
	if (READ_ONCE(xs->state) != XSK_BOUND || READ_ONCE(xs->sk.sk_user_data) == TP4_BINDING)
		return -EBADF;
	smp_rmb(); /* as xsk_is_bound() */
	b->umem = READ_ONCE(xs->umem);
	if (READ_ONCE(b->other->ops) == &tp4_ops)
		port = tp4_hook_port(b->other);
	return !port == !b->chan && (!port || port->chan == b->chan) ? 0 : -EACCES;
}

/* Of a leased queue, whose own policy says nothing: who made it, perhaps elsewhere, hears, too. */
static bool tp4_binding_leased(struct tp4_binding *b)
{
	u16 queue = b->queue;
	const struct tp4_policy *policy = tp4_policy_lessor(b->dev, &queue);

	if (!policy)
		return false;
	b->why = "its queue is leased from an interface that a P4 VM covers; "
		 "cover this one by its own name";
	tp4_netlink_event(read_pnet(&policy->net), TP4_EVENT_REFUSED, policy->chan->name,
			  policy->ifname, queue, b->why);
	return true;
}

static int tp4_binding_look(struct tp4_binding *b, struct socket *sock,
			    const struct sockaddr_xdp *sxdp)
{
	struct tp4_policy *policy;
	u32 slot;
	int err = 0;

	lockdep_assert_held(&tp4_control);
	policy = tp4_policy_find(sock_net(sock->sk), b->dev->ifindex, b->dev->name, b->queue);
	if (policy)
		b->chan = policy->chan;
	else if (tp4_binding_leased(b))
		return -EACCES;
	b->umem = ((struct xdp_sock *)sock->sk)->umem;
	if (sxdp->sxdp_flags & XDP_SHARED_UMEM)
		err = tp4_binding_shared(b, sxdp->sxdp_shared_umem_fd);
	if (!err && b->umem)
		err = tp4_umem_foreign(b->umem, b->chan, false);
	if (err == -EACCES)
		b->why = TP4_WHY_SHARED;
	else if (err == -ENOMEM)
		b->why = "out of memory";
	if (err)
		return err;
	if (!b->chan)
		return 0;
	if (b->umem && b->umem->size > TP4_UMEM_MAX) {
		b->why = "its UMEM is larger than a P4 VM's window (1020 MiB)";
		return -E2BIG;
	}
	for (slot = 1; slot < TP4_SLOTS; slot++)
		if (!rcu_access_pointer(b->chan->slot[slot]))
			return 0;
	b->why = "the P4 VM has 15 ports already";
	return -ENOSPC;
}

/* The kernel's operations again; a bound socket then costs nothing. */
static void tp4_hook_restore(struct socket *sock)
{
	WRITE_ONCE(sock->ops, tp4_orig);
	module_put(THIS_MODULE);
}

static int tp4_bind_covered(struct socket *sock, tp4_sockaddr *addr, int addr_len,
			    struct tp4_binding *b)
{
	struct tp4_policy *policy;
	struct tp4_chan *chan;
	struct tp4_port *port;
	int err;

	port = tp4_port_new(sock);
	if (!port)
		return -ENOMEM;
	port->ifindex = b->dev->ifindex;
	port->queue = b->queue;
	WRITE_ONCE(sock->sk->sk_user_data, TP4_BINDING);
	synchronize_srcu(&tp4_mmap_srcu);
	err = tp4_port_exchange(port, b->umem);
	if (err) {
		b->why = "out of memory";
		if (err == -E2BIG)
			b->why = "a ring has more than 65536 entries";
		else if (err == -EFBIG)
			b->why =
				"its UMEM has too many frames for a ring of this kernel; use larger frames, or a kernel from 6.3 on";
		goto err_free;
	}
	err = tp4_orig->bind(sock, addr, addr_len);
	if (err)
		goto err_restore;

	mutex_lock(&tp4_control);
	/* The policy, or the interface's name, may have changed while we did not look. */
	strscpy(port->ifname, b->dev->name, sizeof(port->ifname));
	policy = tp4_policy_find(port->net, port->ifindex, port->ifname, port->queue);
	if (policy)
		port->rule = policy->rule;
	chan = policy ? policy->chan : NULL;
	if (READ_ONCE(port->xs->state) != XSK_BOUND)
		port->ifindex = 0; /* its device went before tp4_policy_netdev() could find it */
	err = tp4_port_start(port, chan, &b->why);
	/* Bound for good: on an error it stays cut off until it is closed. */
	smp_store_release(&sock->sk->sk_user_data, port); /* pairs with its dereference */
	if (!err)
		tp4_netlink_event(port->net, TP4_EVENT_ATTACH, chan ? chan->name : NULL,
				  port->ifname, port->queue, tp4_port_warning(port));
	mutex_unlock(&tp4_control);
	return err;

err_restore:
	tp4_port_restore(port);
err_free:
	WRITE_ONCE(sock->sk->sk_user_data, NULL);
	tp4_port_free(port);
	return err;
}

/* Marked as TP4_PLAIN, so that no P4 VM comes to see its UMEM meanwhile. */
static int tp4_bind_plain(struct socket *sock, tp4_sockaddr *addr, int addr_len,
			  const struct tp4_binding *b)
{
	int err = tp4_orig->bind(sock, addr, addr_len);
	struct tp4_policy *policy;
	u16 queue = b->queue;

	if (!err) {
		tp4_hook_restore(sock);
		/* A policy that came since may not have seen it yet. */
		mutex_lock(&tp4_control);
		policy = tp4_policy_find(sock_net(sock->sk), b->dev->ifindex, b->dev->name,
					 b->queue);
		if (!policy)
			policy = tp4_policy_lessor(b->dev, &queue);
		if (policy)
			tp4_netlink_uncovered(policy);
		mutex_unlock(&tp4_control);
	}
	WRITE_ONCE(sock->sk->sk_user_data, NULL);
	return err;
}

static int tp4_hook_bind(struct socket *sock, tp4_sockaddr *addr, int addr_len)
{
	const struct sockaddr_xdp *sxdp = (void *)addr;
	struct net *net = sock_net(sock->sk);
	struct tp4_binding b = {};
	int idx, err;

	idx = srcu_read_lock(&tp4_hook_srcu);
	/* Keeps setsockopt and mmap out of the exchange. */
	lock_sock(sock->sk);
	/* Another thread's bind may have ended while we waited for the lock. */
	if (sock->ops != &tp4_ops || tp4_hook_port(sock) || addr_len < sizeof(*sxdp) ||
	    sxdp->sxdp_family != AF_XDP)
		goto original;
	err = -ENODEV; /* also if it comes now: it would be bound without a look at policies */
	b.dev = dev_get_by_index(net, sxdp->sxdp_ifindex);
	if (!b.dev)
		goto out;
	b.queue = sxdp->sxdp_queue_id;
	mutex_lock(&tp4_control);
	err = tp4_binding_look(&b, sock, sxdp);
	if (b.chan)
		kref_get(&b.chan->ref);
	else if (!err)
		WRITE_ONCE(sock->sk->sk_user_data, TP4_PLAIN);
	mutex_unlock(&tp4_control);
	if (!err)
		err = b.chan ? tp4_bind_covered(sock, addr, addr_len, &b)
			     : tp4_bind_plain(sock, addr, addr_len, &b);
	if (err && b.why) {
		net_warn_ratelimited("transp4: bind of %s queue %u refused: %s\n", b.dev->name,
				     b.queue, b.why);
		tp4_netlink_event(net, TP4_EVENT_REFUSED, NULL, b.dev->name, b.queue, b.why);
	}
	if (b.other)
		sockfd_put(b.other);
	if (b.chan)
		tp4_chan_put(b.chan);
	dev_put(b.dev);
	goto out;

original:
	err = tp4_orig->bind(sock, addr, addr_len);
out:
	release_sock(sock->sk);
	srcu_read_unlock(&tp4_hook_srcu, idx);
	return err;
}

static int tp4_hook_setsockopt(struct socket *sock, int level, int optname, sockptr_t optval,
			       unsigned int optlen)
{
	int idx = srcu_read_lock(&tp4_hook_srcu), err;
	/*
	 * The memory that is read here may make us wait as long as the switch likes, and
	 * another thread's bind may put the socket's reference: refuse unload, or it waits, too.
	 */
	bool held = try_module_get(THIS_MODULE);
	struct xdp_umem_reg reg = {};

	if (TP4_UMEM_SMALL && level == SOL_XDP && optname == XDP_UMEM_REG &&
	    tp4_policy_guest(sock_net(sock->sk)) &&
	    !copy_from_sockptr(&reg, optval, min_t(size_t, optlen, sizeof(reg))) &&
	    reg.len <= TP4_UMEM_MAX) /* bind of a covered port refuses others */
		tp4_umem_small(reg.addr, reg.len);
	lock_sock(sock->sk);
	err = tp4_orig->setsockopt(sock, level, optname, optval, optlen);
	release_sock(sock->sk);
	if (held)
		module_put(THIS_MODULE);
	srcu_read_unlock(&tp4_hook_srcu, idx);
	return err;
}

/* The switch's own ring memory, also when it maps after bind. */
static int tp4_port_mmap(struct tp4_port *port, struct vm_area_struct *vma)
{
	loff_t offset = (loff_t)vma->vm_pgoff << PAGE_SHIFT;
	const struct tp4_xring *x;

	if (offset == XDP_PGOFF_RX_RING)
		x = &port->xring[TP4_XRING_RX];
	else if (offset == XDP_PGOFF_TX_RING)
		x = &port->xring[TP4_XRING_TX];
	else if (offset == XDP_UMEM_PGOFF_FILL_RING && port->pool)
		x = &port->pool->xring[0];
	else if (offset == XDP_UMEM_PGOFF_COMPLETION_RING && port->pool)
		x = &port->pool->xring[1];
	else
		return -EINVAL;
	return x->q ? tp4_xring_mmap(vma, x->theirs, x->size) : -EINVAL;
}

static int tp4_hook_mmap(struct file *file, struct socket *sock, struct vm_area_struct *vma)
{
	int idx = srcu_read_lock(&tp4_hook_srcu), map_idx = srcu_read_lock(&tp4_mmap_srcu), err;
	struct tp4_port *port = READ_ONCE(sock->sk->sk_user_data);

	if (port == TP4_BINDING)
		err = -EBUSY;
	else if (port && port != TP4_PLAIN)
		err = TP4_MMAP_AFTER_BIND ? tp4_port_mmap(port, vma) : -EBUSY;
	else
		err = tp4_orig->mmap(file, sock, vma);
	srcu_read_unlock(&tp4_mmap_srcu, map_idx);
	srcu_read_unlock(&tp4_hook_srcu, idx);
	return err;
}

static bool tp4_hook_usable(const struct tp4_port *port)
{
	return port->thread && tp4_port_up(port);
}

static int tp4_hook_sendmsg(struct socket *sock, struct msghdr *m, size_t len)
{
	struct tp4_port *port = tp4_hook_port(sock);
	int idx, err;

	if (port && tp4_hook_usable(port) && m->msg_flags & MSG_DONTWAIT && port->xs->tx) {
		tp4_relay_sent(port);
		return 0;
	}
	idx = srcu_read_lock(&tp4_hook_srcu);
	err = tp4_orig->sendmsg(sock, m, len); /* it knows what is wrong */
	srcu_read_unlock(&tp4_hook_srcu, idx);
	return err;
}

static int tp4_hook_recvmsg(struct socket *sock, struct msghdr *m, size_t len, int flags)
{
	struct tp4_port *port = tp4_hook_port(sock);
	int idx, err;

	if (port && tp4_hook_usable(port))
		tp4_relay_received(port);
	idx = srcu_read_lock(&tp4_hook_srcu);
	err = tp4_orig->recvmsg(sock, m, len, flags);
	srcu_read_unlock(&tp4_hook_srcu, idx);
	return err;
}

static __poll_t tp4_hook_poll(struct file *file, struct socket *sock,
			      struct poll_table_struct *wait)
{
	struct tp4_port *port = tp4_hook_port(sock);
	__poll_t mask;
	bool owed;
	int idx;

	if (port && port->thread) {
		poll_wait(file, &port->wait, wait);
		if (!tp4_hook_usable(port))
			return 0; /* as the original says */
		/* It comes because we asked; DPDK would sleep for a second if nothing came in. */
		owed = READ_ONCE(port->pool->owed);
		tp4_relay_poll(port);
		/* Without a wait table it just wakes the driver. */
		if (port->flags & TP4_PORT_ZEROCOPY)
			tp4_orig->poll(file, sock, NULL);
		return (owed || tp4_relay_readable(port) ? EPOLLIN | EPOLLRDNORM : 0) |
		       (tp4_relay_writable(port) ? EPOLLOUT | EPOLLWRNORM : 0);
	}
	idx = srcu_read_lock(&tp4_hook_srcu);
	mask = tp4_orig->poll(file, sock, wait);
	srcu_read_unlock(&tp4_hook_srcu, idx);
	return mask;
}

static int tp4_port_close(struct tp4_port *port, struct socket *sock)
{
	bool relayed = port->thread;
	char undecided[64] = "";
	u64 n;
	int err;

	mutex_lock(&tp4_control);
	if (relayed)
		tp4_port_stop(port);
	/* Nobody finds the pool by the address of what the release frees. */
	tp4_pool_leave(port);
	/* Not ours any more, but no uncovered socket either. */
	WRITE_ONCE(sock->sk->sk_user_data, TP4_BINDING);
	mutex_unlock(&tp4_control);
	if (relayed)
		tp4_port_drain(port);
	n = port->flow[TP4_RX].stat[TP4_STAT_DROP_CLOSED] +
	    port->flow[TP4_TX].stat[TP4_STAT_DROP_CLOSED];
	if (n)
		snprintf(undecided, sizeof(undecided), "%llu packets were not decided yet", n);
	/* The socket may hold the last reference to its namespace. */
	tp4_netlink_event(port->net, TP4_EVENT_DETACH, NULL, port->ifname, port->queue,
			  n ? undecided : NULL);
	err = tp4_orig->release(sock);
	tp4_pool_free(port->pool);
	tp4_port_free(port);
	return err;
}

static int tp4_hook_release(struct socket *sock)
{
	struct tp4_port *port = sock->sk ? tp4_hook_port(sock) : NULL;
	int idx = srcu_read_lock(&tp4_hook_srcu), err;

	err = port ? tp4_port_close(port, sock) : tp4_orig->release(sock);
	module_put(THIS_MODULE);
	srcu_read_unlock(&tp4_hook_srcu, idx);
	return err;
}

/*
 * While the module looks whether it will do, only its own socket counts: others'
 * would keep operations of a module that was refused.
 */
static const struct task_struct *tp4_create_checks;

/* xsk_create() has set the operations just before, and cannot fail any more. */
static void notrace tp4_create_seen(unsigned long ip, unsigned long parent_ip,
				    struct ftrace_ops *ops, struct ftrace_regs *regs)
{
	const struct task_struct *checks = READ_ONCE(tp4_create_checks);
	struct socket *sock = tp4_ftrace_argument(regs);

	if (sock && sock->ops == tp4_orig && (!checks || checks == current) &&
	    try_module_get(THIS_MODULE))
		sock->ops = &tp4_ops;
}

/* Permanent, as a live patch is: nobody can switch it off (kernel.ftrace_enabled) unnoticed. */
static struct ftrace_ops tp4_create_probe = {
	.func = tp4_create_seen,
	.flags = FTRACE_OPS_FL_PERMANENT,
};

/* The operations that a new AF_XDP socket has. */
static const struct proto_ops *tp4_create_ops(void)
{
	const struct proto_ops *ops;
	struct socket *sock;
	int err = sock_create_kern(&init_net, PF_XDP, SOCK_RAW, 0, &sock);

	if (err) {
		pr_err("transp4: cannot make an AF_XDP socket (%d); a kernel with CONFIG_XDP_SOCKETS is needed\n",
		       err);
		return ERR_PTR(err);
	}
	ops = sock->ops;
	sock_release(sock);
	return ops;
}

int tp4_hook_init(void)
{
	const struct proto_ops *ops = tp4_create_ops();
	int err;

	if (IS_ERR(ops))
		return PTR_ERR(ops);
	tp4_orig = ops;
	tp4_ops = *ops;
	tp4_ops.bind = tp4_hook_bind;
	tp4_ops.setsockopt = tp4_hook_setsockopt;
	tp4_ops.mmap = tp4_hook_mmap;
	tp4_ops.sendmsg = tp4_hook_sendmsg;
	tp4_ops.recvmsg = tp4_hook_recvmsg;
	tp4_ops.poll = tp4_hook_poll;
	tp4_ops.release = tp4_hook_release;
	tp4_create_checks = current;
	err = ftrace_set_filter_ip(&tp4_create_probe, (unsigned long)sock_init_data, 0, 0);
	if (!err)
		err = register_ftrace_function(&tp4_create_probe);
	if (err) {
		pr_err("transp4: cannot probe sock_init_data (%d); is the sysctl kernel.ftrace_enabled 0?\n",
		       err);
		ftrace_free_filter(&tp4_create_probe);
		return err;
	}
	/* Does the probe see what is made?  A compiler may have put the function elsewhere, too. */
	ops = tp4_create_ops();
	err = PTR_ERR_OR_ZERO(ops);
	if (!err && ops != &tp4_ops) {
		pr_err("transp4: new AF_XDP sockets do not come by sock_init_data in this kernel; it is not supported\n");
		err = -EOPNOTSUPP;
	}
	if (err)
		tp4_hook_exit();
	else
		WRITE_ONCE(tp4_create_checks, NULL);
	return err;
}

void tp4_hook_exit(void)
{
	unregister_ftrace_function(&tp4_create_probe);
	ftrace_free_filter(&tp4_create_probe);
	/* Who has read our ops is inside the SRCU section, then inside, then gone. */
	synchronize_rcu_tasks();
	synchronize_srcu(&tp4_hook_srcu);
	synchronize_rcu_tasks();
}
