// SPDX-License-Identifier: GPL-2.0-only
/*
 * relay.c - see relay.h.
 */
#include <linux/netdevice.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>

#include "capture.h"
#include "compat/compat.h"
#include "hook.h"
#include "netlink.h"
#include "relay.h"
#include "trace.h"

#define TP4_TICK_MIN  (100 * NSEC_PER_USEC)
#define TP4_TICK_MAX  (10 * NSEC_PER_MSEC)
#define TP4_CALLED    (20 * NSEC_PER_MSEC) /* a switch that called since will call again ... */
#define TP4_OWED      (1 * NSEC_PER_MSEC)  /* ... within this time, or the thread sends */
#define TP4_DEFER_MIN 4                    /* descriptors; fewer are sent at once */
#define TP4_LINGER    (10 * NSEC_PER_SEC)  /* for frames that the driver has */
#define TP4_SPIN_TURN (2 * NSEC_PER_MSEC)  /* longest stay in one SRCU section */
#define TP4_POLL_OURS EPOLLMSG /* marks a wake-up that tp4_relay_on_data() must not hear */
#define TP4_KICKS     8 /* calls of sendmsg, 32 frames each, for a pass: others wait for it */

static void tp4_port_epoch(struct tp4_port *port)
{
	/* Never one that the P4 VM has seen in this slot, whoever had it. */
	do {
		port->epoch = atomic_inc_return(&port->chan->epochs);
	} while (!port->epoch);
	WRITE_ONCE(port->view->epoch, port->epoch);
	tp4_chan_changed(port->chan);
	trace_tp4_state(port->ifindex, port->queue, port->state, port->epoch);
	tp4_chan_ring(port->chan, true);
}

/* A P4 VM must not drown what other ports tell; the log counts what is left out. */
static void tp4_port_event(struct tp4_port *port, enum tp4_event event, const char *why)
{
	if (__ratelimit(&port->events))
		tp4_netlink_event(port->net, event, port->chan->name, port->ifname, port->queue,
				  why);
}

/* The P4 VM does not decide any more; until it says hello, the policy does. */
static void tp4_port_fail(struct tp4_port *port, enum tp4_stat reason)
{
	static const char *const why[] = {
		[TP4_STAT_DROP_NO_VM] = "no P4 VM is connected",
		[TP4_STAT_DROP_DEADLINE] = "the P4 VM did not answer within the deadline",
		[TP4_STAT_DROP_PROTOCOL] = "the P4 VM broke the channel's protocol",
	};
	int dir;

	port->state = TP4_STATE_FAILED;
	set_bit(0, &port->pending); /* what waits follows the policy now */
	for (dir = 0; dir < TP4_DIRS; dir++) {
		port->flow[dir].reason = reason;
		port->flow[dir].stat[TP4_STAT_FAILURES]++;
	}
	tp4_port_epoch(port);
	tp4_port_event(port, TP4_EVENT_FAILED, why[reason]);
}

/* Step 3 of the life of a port, transp4.h. */
static void tp4_port_live(struct tp4_port *port)
{
	int dir;

	for (dir = 0; dir < TP4_DIRS; dir++) {
		struct tp4_flow *flow = &port->flow[dir];

		if (!flow->src.mem)
			continue;
		WRITE_ONCE(port->view->dir[dir].start, flow->src.idx);
		WRITE_ONCE(flow->judged->prod, flow->src.idx);
		port->since[dir] = 0;
		flow->seen = flow->src.idx + tp4_ring_avail(&flow->src);
	}
	/* @start before @live.  Pairs with the P4 VM's look at @live. */
	smp_store_release(&port->view->live, port->epoch);
	tp4_chan_changed(port->chan);
	port->state = TP4_STATE_LIVE;
	trace_tp4_state(port->ifindex, port->queue, port->state, port->epoch);
	tp4_chan_ring(port->chan, true);
	tp4_port_event(port, TP4_EVENT_LIVE, NULL);
}

/* In its slot: the P4 VM may say hello.  Under port->lock. */
void tp4_relay_wait(struct tp4_port *port)
{
	port->state = TP4_STATE_WAITING;
	tp4_port_epoch(port);
}

static bool tp4_port_hello(const struct tp4_port *port)
{
	/* Also without port->lock: tp4_port_release() may just take it away. */
	const struct tp4_chan *chan = READ_ONCE(port->chan);

	/* In its slot, but not announced yet: a slot that was free has a hello of 0. */
	return chan && port->state != TP4_STATE_LIVE && port->epoch &&
	       READ_ONCE(chan->vm->port[port->slot].hello) == port->epoch &&
	       atomic_read(&chan->openers);
}

/*
 * A whole packet waits for its verdict.  What the P4 VM has written counts only
 * while it is live, and half a packet decided is not decided.
 */
static bool tp4_flow_undecided(const struct tp4_flow *flow, bool live)
{
	u32 avail = tp4_ring_avail(&flow->src), n;
	bool cut;

	if (!avail)
		return false;
	n = tp4_ring_packet(&flow->src, flow->src.idx, avail, &cut);
	return n && (!live || READ_ONCE(flow->judged->prod) - flow->src.idx < n);
}

/* Between looks for a passed deadline, which so is late by a quarter at most. */
static u64 tp4_port_patience(const struct tp4_port *port)
{
	return (u64)READ_ONCE(port->rule.deadline) * NSEC_PER_MSEC / 4;
}

static void tp4_port_rules(struct tp4_port *port)
{
	enum tp4_rule rule = TP4_RULE_VERDICT;
	int dir;

	if (port->state == TP4_STATE_RELEASED)
		rule = TP4_RULE_PASS;
	else if (port->state == TP4_STATE_FAILED)
		rule = port->rule.on_failure == TP4_ON_FAILURE_PASS ? TP4_RULE_PASS : TP4_RULE_DROP;
	for (dir = 0; dir < TP4_DIRS; dir++)
		port->flow[dir].rule = rule;
}

static void tp4_port_check(struct tp4_port *port)
{
	u64 now = 0;
	int dir;

	if (port->state == TP4_STATE_FAILED && !atomic_read(&port->chan->openers))
		for (dir = 0; dir < TP4_DIRS; dir++)
			port->flow[dir].reason = TP4_STAT_DROP_NO_VM;
	if (port->state != TP4_STATE_LIVE && port->state != TP4_STATE_WAITING)
		return;
	for (dir = 0; dir < TP4_DIRS; dir++) {
		if (!tp4_flow_undecided(&port->flow[dir], port->state == TP4_STATE_LIVE)) {
			port->since[dir] = 0;
			continue;
		}
		if (!atomic_read(&port->chan->openers)) {
			tp4_port_fail(port, TP4_STAT_DROP_NO_VM);
			return;
		}
		now = now ?: ktime_get_ns();
		if (!port->since[dir]) {
			port->since[dir] = now;
			/* From a switch that sends without a system call. */
			tp4_chan_ring(port->chan, false);
		} else if (now - port->since[dir] > (u64)port->rule.deadline * NSEC_PER_MSEC) {
			tp4_port_fail(port, TP4_STAT_DROP_DEADLINE);
			return;
		}
	}
}

/*
 * FILL and COMPLETION, after @sent more frames went to the driver.  These rings have any
 * size: what is more than a pass may move is left to the thread.  True: some moved.
 */
static bool tp4_port_pool_run(struct tp4_port *port, u32 sent)
{
	u32 limit = TP4_RING_MAX / TP4_BATCH, moved = 0, n;
	struct tp4_pool *pool = port->pool;

	do {
		spin_lock_bh(&pool->lock);
		pool->sent += sent;
		n = tp4_pool_run(pool);
		spin_unlock_bh(&pool->lock);
		moved += n;
		sent = 0;
	} while (n == TP4_BATCH && --limit);
	if (n == TP4_BATCH)
		tp4_relay_kick(port);
	return moved;
}

/* Run one direction; returns descriptors that reached dst. */
static u32 tp4_port_flow_run(struct tp4_port *port, enum tp4_dir dir)
{
	struct tp4_flow *flow = &port->flow[dir];
	struct tp4_pool *pool = port->pool;
	enum tp4_flow_end end;
	u32 moved = 0, taken = 0, limit = 2 * flow->src.size / TP4_FREES_MAX + 2;
	struct tp4_frees *frees = &port->frees;

	if (!flow->src.mem || port->state == TP4_STATE_WAITING || !tp4_ring_avail(&flow->src))
		return 0;
	do {
		frees->n = 0;
		frees->max = TP4_FREES_MAX;
		spin_lock_bh(&pool->lock);
		if (dir == TP4_TX)
			frees->max = min_t(u32, frees->max, tp4_ring_room(&pool->comp));
		end = tp4_flow_run(flow, frees, TP4_BATCH, &moved, &taken);
		if (frees->n && dir == TP4_RX)
			tp4_pool_fill(pool, frees);
		else if (frees->n)
			tp4_pool_complete(pool, frees);
		flow->stat[TP4_STAT_FRAMES_LOST] = pool->frames_lost;
		spin_unlock_bh(&pool->lock);
		if (!frees->n && end == TP4_FLOW_FREES)
			break; /* the switch's COMPLETION ring is full */
	} while ((end == TP4_FLOW_FREES || end == TP4_FLOW_MORE) && limit--);

	if (taken) {
		port->since[dir] = 0;
		port->activity += taken;
	}
	if (dir == TP4_TX)
		port->tx_full = end == TP4_FLOW_FULL;
	if (end == TP4_FLOW_BREACH) {
		tp4_port_fail(port, TP4_STAT_DROP_PROTOCOL);
	} else if (end == TP4_FLOW_REWOUND) {
		/* No fault of the P4 VM, which must look again where its verdicts begin. */
		flow->stat[TP4_STAT_REWINDS]++;
		tp4_relay_wait(port);
	}
	return moved;
}

/*
 * A software device (veth) hands what it sends to its peer by the backlog of
 * the processor that it is called on.  Passes run on any of them, so packets
 * would overtake each other while an earlier one's backlog still holds ours: as
 * flows do that move between processors (RFS, get_rps_cpu()).
 */
static bool tp4_port_may_send(const struct tp4_port *port, unsigned int cpu)
{
	const struct softnet_data *sd = &per_cpu(softnet_data, port->send_cpu);

	return port->send_cpu == cpu || port->flags & TP4_PORT_ZEROCOPY ||
	       !(READ_ONCE(sd->backlog.state) & NAPIF_STATE_SCHED) ||
	       (int)(READ_ONCE(sd->input_queue_head) - port->send_tail) >= 0;
}

/*
 * Have the AF_XDP core send what stands in the real TX ring.  It says EAGAIN after a batch as
 * well as of a device that is busy.  Its private index tells which; older kernels publish
 * that only when they have sent all that they had seen.
 */
bool tp4_relay_flush(struct tp4_port *port)
{
	struct msghdr msg = { .msg_flags = MSG_DONTWAIT };
	u32 before, calls;

	if (!tp4_ring_pending(&port->flow[TP4_TX].dst))
		return false;
	for (calls = 0; calls < TP4_KICKS; calls++) {
		before = READ_ONCE(port->xs->tx->cached_cons);
		if (tp4_hook_orig()->sendmsg(port->sock, &msg, 0) != -EAGAIN ||
		    READ_ONCE(port->xs->tx->cached_cons) == before)
			return false;
	}
	return true;
}

static bool tp4_port_send(struct tp4_port *port)
{
	bool more = false;
	unsigned int cpu;

	migrate_disable();
	cpu = smp_processor_id();
	port->send_waits = !tp4_port_may_send(port, cpu);
	if (!port->send_waits) { /* else tp4_port_next() has the thread try again */
		more = tp4_relay_flush(port);
		port->send_cpu = cpu;
		port->send_tail = READ_ONCE(this_cpu_ptr(&softnet_data)->input_queue_tail);
	}
	migrate_enable();
	return more;
}

/*
 * A driver that found FILL empty sleeps until it is called.  When frames come
 * back by verdicts the switch may sleep, too.
 */
static void tp4_port_feed(struct tp4_port *port)
{
	const struct tp4_ring *real = &port->pool->real_fill;

	if (port->flags & TP4_PORT_ZEROCOPY && port->flow[TP4_RX].src.mem &&
	    READ_ONCE(*tp4_ring_word(real, TP4_RING_FLAGS)) & XDP_RING_NEED_WAKEUP &&
	    tp4_ring_pending(real)) {
		struct msghdr msg = {};

		tp4_hook_orig()->recvmsg(port->sock, &msg, 0, MSG_DONTWAIT);
	}
}

/*
 * The switch waits in our queue, so that what is received does not wake it before
 * it is decided; in the socket's own if it began to wait before bind.
 */
static bool tp4_port_waits_own(const struct tp4_port *port)
{
	return !list_is_singular(&sk_sleep(port->sock->sk)->head); /* more than on_data */
}

static void tp4_port_wake(struct tp4_port *port, __poll_t what)
{
	if (wq_has_sleeper(&port->wait))
		wake_up_interruptible_poll(&port->wait, what);
	if (tp4_port_waits_own(port))
		wake_up_interruptible_poll(sk_sleep(port->sock->sk), what | TP4_POLL_OURS);
}

/*
 * A switch that looks at its rings all the time, and comes when FILL says so: to this
 * port, if FILL has no other.
 */
static bool tp4_port_comes(struct tp4_port *port)
{
	return port->pool->xsk->uses_need_wakeup && READ_ONCE(port->pool->users) == 1 &&
	       port->flow[TP4_RX].src.mem && !wq_has_sleeper(&port->wait) &&
	       !tp4_port_waits_own(port) && ktime_get_ns() - READ_ONCE(port->called) < TP4_CALLED;
}

/*
 * @defer: leave what is more than a few packets to the switch, or to the thread.  Else the
 * P4 VM's processor would do all of a software device's sending and its peer's receiving,
 * while nothing is decided.
 */
static void tp4_port_pass(struct tp4_port *port, bool defer)
{
	struct tp4_pool *pool = port->pool;
	u32 received, sent, tx = port->flow[TP4_TX].src.idx;
	bool moved, owed = false, failed = port->state == TP4_STATE_FAILED;

	if (!failed && tp4_port_hello(port))
		tp4_port_live(port);
	tp4_port_check(port);
	tp4_port_rules(port);
	tp4_capture_tap(port);

	moved = tp4_port_pool_run(port, 0);
	received = tp4_port_flow_run(port, TP4_RX);
	sent = tp4_port_flow_run(port, TP4_TX);
	port->flow[TP4_RX].stat[TP4_STAT_PASSES]++;
	if (received) {
		tp4_port_wake(port, EPOLLIN | EPOLLRDNORM);
		sk_wake_async(port->sock->sk, SOCK_WAKE_WAITD, POLL_IN);
	}
	if (sent || tp4_ring_pending(&port->flow[TP4_TX].dst)) {
		defer &= !(port->flags & TP4_PORT_ZEROCOPY) &&
			 tp4_ring_pending(&port->flow[TP4_TX].dst) >= TP4_DEFER_MIN;
		owed = defer && tp4_port_comes(port);
		if (defer && !owed)
			tp4_relay_kick(port);
		else if (!defer && tp4_port_send(port))
			set_bit(0, &port->pending); /* for one more pass */
		if (sent)
			port->active = ktime_get_ns();
		moved |= tp4_port_pool_run(port, sent);
	}
	if (port->flow[TP4_TX].src.idx != tx)
		tp4_port_wake(port, EPOLLOUT | EPOLLWRNORM);
	tp4_pool_owe(pool, owed);
	tp4_port_feed(port);
	if (moved)
		port->activity++;
	/* After what waited: who foresees the epoch could hold packets back by failures. */
	if (failed && tp4_port_hello(port))
		tp4_port_live(port);
}

/*
 * How long (ns) the thread may leave the port alone, or U64_MAX: whoever has
 * something new for it says so.  @tick is the pace of looking for what nobody
 * announces.
 */
static u64 tp4_port_next(const struct tp4_port *port, u64 tick)
{
	const struct tp4_pool *pool = port->pool;
	bool live = port->state == TP4_STATE_LIVE;
	bool decides = live || port->state == TP4_STATE_WAITING;
	/* Else nothing is sent or received until NETDEV_UP, which kicks. */
	bool up = tp4_port_up(port);
	u64 next = U64_MAX;
	int dir;

	for (dir = 0; dir < TP4_DIRS; dir++) {
		const struct tp4_flow *flow = &port->flow[dir];

		if (!tp4_ring_avail(&flow->src) || (dir == TP4_TX && port->tx_full && !up))
			continue;
		/* Waits for the P4 VM, or for room that the switch makes unseen. */
		next = min(next, decides && tp4_flow_undecided(flow, live) ? tp4_port_patience(port)
									   : tick);
	}
	if (up && tp4_ring_pending(&port->flow[TP4_TX].dst))
		next = min(next, port->send_waits ? TP4_TICK_MIN : pool->owed ? TP4_OWED : tick);
	/* Sent frames come back; those of invalid descriptors never do. */
	if (tp4_ring_avail(&pool->real_comp) ||
	    (pool->sent != pool->completed && ktime_get_ns() - port->active < TP4_LINGER))
		next = min(next, max_t(u64, tick, NSEC_PER_MSEC));
	if (!up)
		return next;
	/* A driver that finds out after us that it has no frame. */
	if (port->flags & TP4_PORT_ZEROCOPY && port->flow[TP4_RX].src.mem && pool->starved)
		next = min(next, tick);
	/* A switch that refills, or sends, without a system call. */
	if (!(port->flags & TP4_PORT_WAKEUP)) {
		if (port->flow[TP4_RX].src.mem &&
		    tp4_ring_pending(&pool->real_fill) < DIV_ROUND_UP(pool->fill_entries, 2))
			next = min(next, tick);
		if (port->flow[TP4_TX].src.mem && port->flags & TP4_PORT_ZEROCOPY)
			next = min(next, tick);
	}
	return next;
}

/* Have the thread look in @delay ns, unless it will look sooner. */
static void tp4_port_arm(struct tp4_port *port, u64 delay)
{
	u64 due = ktime_get_ns() + delay;
	unsigned long flags;

	spin_lock_irqsave(&port->timer_lock, flags);
	if (due < port->due && !READ_ONCE(port->kicked)) {
		WRITE_ONCE(port->due, due);
		hrtimer_start(&port->timer, ns_to_ktime(due), HRTIMER_MODE_ABS);
	}
	spin_unlock_irqrestore(&port->timer_lock, flags);
}

enum hrtimer_restart tp4_relay_timer(struct hrtimer *timer)
{
	struct tp4_port *port = container_of(timer, struct tp4_port, timer);

	tp4_relay_kick(port); /* port->due stays: the thread looks anyway */
	return HRTIMER_NORESTART;
}

void tp4_relay_kick(struct tp4_port *port)
{
	/* Whoever sees the kick sees what it is for.  Pairs with srcu_read_lock()'s barrier. */
	smp_store_release(&port->kicked, true);
	wake_up(&port->thread_wait);
}

/* One who comes back every @tick ns if need be; @defer as tp4_port_pass(). */
static void tp4_relay_run(struct tp4_port *port, u64 tick, bool defer)
{
	u64 next = U64_MAX;
	int turns;

	set_bit(0, &port->pending);
	/* The note before the look at the lock.  Pairs with the barrier after unlock. */
	smp_mb__after_atomic();
	for (turns = 0; turns < 4 && test_bit(0, &port->pending) && mutex_trylock(&port->lock);
	     turns++) {
		clear_bit(0, &port->pending);
		/* The note goes before the look at the rings: what comes later leaves another. */
		smp_mb__after_atomic();
		tp4_port_pass(port, defer);
		next = tp4_port_next(port, tick);
		mutex_unlock(&port->lock);
		/* Pairs with the barrier of who failed the trylock. */
		smp_mb();
	}
	/* Others' notes must not keep us here. */
	if (turns == 4 && test_bit(0, &port->pending)) {
		tp4_relay_kick(port);
		return;
	}
	if (next != U64_MAX)
		tp4_port_arm(port, next);
}

/* One pass, or, while another runs, a note that it must look again. */
static void tp4_relay_port(struct tp4_port *port)
{
	tp4_relay_run(port, TP4_TICK_MIN, false);
}

/* The P4 VM has said something about this port. */
static bool tp4_port_news(const struct tp4_port *port)
{
	int dir;

	if (READ_ONCE(port->state) != TP4_STATE_LIVE)
		return tp4_port_hello(port);
	for (dir = 0; dir < TP4_DIRS; dir++)
		if (port->flow[dir].judged &&
		    READ_ONCE(port->flow[dir].judged->prod) != READ_ONCE(port->flow[dir].src.idx))
			return true;
	return false;
}

void tp4_relay_chan(struct tp4_chan *chan)
{
	int idx = srcu_read_lock(&tp4_srcu);
	u32 slot;

	for (slot = 1; slot <= READ_ONCE(chan->top); slot++) {
		struct tp4_port *port = srcu_dereference(chan->slot[slot], &tp4_srcu);

		if (port && tp4_port_news(port))
			tp4_relay_run(port, TP4_TICK_MIN, true);
		cond_resched(); /* a million verdicts may wait, of long packets with new headers */
	}
	srcu_read_unlock(&tp4_srcu, idx);
}

void tp4_relay_chan_closed(struct tp4_chan *chan)
{
	int idx = srcu_read_lock(&tp4_srcu);
	u32 slot;

	for (slot = 1; slot < TP4_SLOTS; slot++) {
		struct tp4_port *port = srcu_dereference(chan->slot[slot], &tp4_srcu);

		if (!port)
			continue;
		mutex_lock(&port->lock);
		if (port->state == TP4_STATE_LIVE)
			tp4_port_fail(port, TP4_STAT_DROP_NO_VM);
		mutex_unlock(&port->lock);
		tp4_relay_kick(port);
	}
	srcu_read_unlock(&tp4_srcu, idx);
}

/* Tell the P4 VM, or whoever acts in its place.  Any context. */
static void tp4_port_announce(struct tp4_port *port)
{
	struct tp4_chan *chan;

	rcu_read_lock();
	chan = READ_ONCE(port->chan);
	if (chan && READ_ONCE(port->state) == TP4_STATE_LIVE) {
		if (READ_ONCE(chan->vm->sleeping)) {
			port->flow[TP4_RX].stat[TP4_STAT_BELLS]++;
			tp4_chan_ring(chan, false);
		}
		if (chan->spin_us && !READ_ONCE(chan->near))
			tp4_relay_kick(port);
		else if (READ_ONCE(port->due) == U64_MAX)
			tp4_port_arm(port, tp4_port_patience(port));
	} else {
		tp4_relay_kick(port);
	}
	rcu_read_unlock();
}

/*
 * The AF_XDP core has woken the socket's waiters: it does so after each batch
 * that it received, with a full barrier after the ring's index (skwq_has_sleeper).
 */
static int tp4_relay_on_data(wait_queue_entry_t *entry, unsigned int mode, int sync, void *key)
{
	struct tp4_port *port = container_of(entry, struct tp4_port, on_data);
	struct tp4_pool *pool = port->pool;

	if (key && (!(key_to_poll(key) & EPOLLIN) || key_to_poll(key) & TP4_POLL_OURS))
		return 0;
	/* A burst may empty FILL before a pass sees what the switch has refilled. */
	if (tp4_ring_avail(&pool->fill) && spin_trylock(&pool->lock)) {
		tp4_pool_run(pool);
		spin_unlock(&pool->lock);
	}
	tp4_port_announce(port);
	return 0;
}

/* Tell the P4 VM what the switch has put into its TX ring since. */
static void tp4_port_submitted(struct tp4_port *port)
{
	struct tp4_flow *flow = &port->flow[TP4_TX];
	u32 prod;

	WRITE_ONCE(port->called, ktime_get_ns());
	if (!flow->src.mem)
		return;
	prod = READ_ONCE(*tp4_ring_word(&flow->src, TP4_RING_PROD));
	tp4_flow_see(flow, prod);
	rcu_read_lock(); /* tp4_port_release() frees judged */
	if (READ_ONCE(port->state) == TP4_STATE_LIVE && prod != READ_ONCE(flow->judged->prod)) {
		smp_mb(); /* the switch's index before the P4 VM's sleeping flag */
		tp4_port_announce(port);
	}
	rcu_read_unlock();
}

void tp4_relay_sent(struct tp4_port *port)
{
	struct tp4_pool *pool = port->pool;

	tp4_port_submitted(port);
	/* What is decided from now on moves with the P4 VM's bell, which comes anyway. */
	if (READ_ONCE(port->state) != TP4_STATE_LIVE || tp4_ring_pending(&port->flow[TP4_TX].dst)) {
		tp4_relay_port(port);
	} else if (tp4_ring_avail(&pool->real_comp) || tp4_ring_avail(&pool->fill)) {
		tp4_port_pool_run(port, 0);
	}
}

void tp4_relay_received(struct tp4_port *port)
{
	WRITE_ONCE(port->called, ktime_get_ns());
	tp4_relay_port(port);
}

void tp4_relay_poll(struct tp4_port *port)
{
	bool news;

	/* Verdicts may wait for the room that the switch has made. */
	rcu_read_lock(); /* tp4_port_release() frees judged */
	news = READ_ONCE(port->state) == TP4_STATE_LIVE && tp4_port_news(port);
	rcu_read_unlock();
	if (news)
		tp4_relay_port(port);
	tp4_relay_sent(port);
}

bool tp4_relay_readable(const struct tp4_port *port)
{
	return tp4_ring_pending(&port->flow[TP4_RX].dst);
}

bool tp4_relay_writable(const struct tp4_port *port)
{
	const struct tp4_ring *tx = &port->flow[TP4_TX].src;

	/* As xsk_tx_writeable(): more than half of the ring is free. */
	return tx->mem && tp4_ring_avail(tx) <= tx->size / 2;
}

/*
 * Look for verdicts without being told, as long as some are awaited.  True:
 * left because it was long enough, not because there was nothing to do.
 */
static bool tp4_relay_spin(struct tp4_port *port, u32 spin_us)
{
	u64 now = ktime_get_ns(), end = now + TP4_SPIN_TURN;
	u64 until = now + (u64)spin_us * NSEC_PER_USEC;
	bool busy = false;

	WRITE_ONCE(port->view->relaying, 1);
	do {
		u32 before = port->activity;

		tp4_relay_run(port, TP4_TICK_MIN, false);
		now = ktime_get_ns();
		if (port->activity != before)
			until = now + (u64)spin_us * NSEC_PER_USEC;
		busy = now >= end;
		cond_resched();
		cpu_relax();
	} while (!busy && !kthread_should_stop() && READ_ONCE(port->state) == TP4_STATE_LIVE &&
		 (tp4_ring_avail(&port->flow[TP4_RX].src) ||
		  tp4_ring_avail(&port->flow[TP4_TX].src)) &&
		 now < until);
	WRITE_ONCE(port->view->relaying, 0);
	smp_mb(); /* then look once more; pairs with the P4 VM's barrier */
	return busy;
}

static int tp4_relay_thread(void *data)
{
	struct tp4_port *port = data;
	u64 tick = TP4_TICK_MIN;
	u32 activity = 0;

	while (!kthread_should_stop()) {
		struct tp4_chan *chan;
		unsigned long flags;
		bool busy = false;
		int idx;

		WRITE_ONCE(port->kicked, false);
		/* The channel outlives this section: tp4_chan_detach(). */
		idx = srcu_read_lock(&tp4_srcu);
		chan = READ_ONCE(port->chan);
		if (chan && chan->spin_us && !READ_ONCE(chan->near) &&
		    READ_ONCE(port->state) == TP4_STATE_LIVE)
			busy = tp4_relay_spin(port, chan->spin_us);
		srcu_read_unlock(&tp4_srcu, idx);
		if (busy)
			continue;

		spin_lock_irqsave(&port->timer_lock, flags);
		WRITE_ONCE(port->due, U64_MAX); /* whoever comes from here on may arm it */
		spin_unlock_irqrestore(&port->timer_lock, flags);
		tp4_relay_run(port, tick, false);
		tick = activity != port->activity ? TP4_TICK_MIN
						  : min_t(u64, tick * 2, TP4_TICK_MAX);
		activity = port->activity;
		wait_event_idle(port->thread_wait,
				READ_ONCE(port->kicked) || kthread_should_stop());
	}
	return 0;
}

int tp4_relay_start(struct tp4_port *port)
{
	port->thread =
		kthread_create(tp4_relay_thread, port, "tp4/%s-%u", port->ifname, port->queue);
	if (IS_ERR(port->thread)) {
		int err = PTR_ERR(port->thread);

		port->thread = NULL;
		return err;
	}
	mutex_lock(&port->lock);
	if (port->chan)
		tp4_relay_wait(port);
	mutex_unlock(&port->lock);
	init_waitqueue_func_entry(&port->on_data, tp4_relay_on_data);
	add_wait_queue(sk_sleep(port->sock->sk), &port->on_data);
	wake_up_process(port->thread);
	tp4_relay_kick(port); /* the switch may have filled its rings before bind */
	return 0;
}

void tp4_relay_stop(struct tp4_port *port)
{
	remove_wait_queue(sk_sleep(port->sock->sk), &port->on_data);
	synchronize_rcu();
	kthread_stop(port->thread);
	port->thread = NULL;
}
