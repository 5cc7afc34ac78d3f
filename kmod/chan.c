// SPDX-License-Identifier: GPL-2.0-only
/*
 * chan.c - channels: creation, slots, the bell.
 */
#include <linux/ctype.h>
#include <linux/netlink.h>
#include <linux/slab.h>

#include "chan.h"
#include "compat/compat.h"
#include "netlink.h"
#include "port.h"

DEFINE_MUTEX(tp4_control);
DEFINE_SRCU(tp4_srcu);
LIST_HEAD(tp4_chans);
u32 tp4_changes = 1;

static void tp4_chan_free(struct kref *ref)
{
	struct tp4_chan *chan = container_of(ref, struct tp4_chan, ref);

	free_page((unsigned long)chan->view);
	free_page((unsigned long)chan->vm);
	free_page((unsigned long)chan->zero);
	free_page((unsigned long)chan->sink);
	kfree(chan);
}

void tp4_chan_put(struct tp4_chan *chan)
{
	kref_put(&chan->ref, tp4_chan_free);
}

struct tp4_chan *tp4_chan_find(const char *name)
{
	struct tp4_chan *chan;

	lockdep_assert_held(&tp4_control);
	list_for_each_entry(chan, &tp4_chans, node)
		if (!strcmp(chan->name, name))
			return chan;
	return NULL;
}

static bool tp4_chan_name_valid(const char *name)
{
	if (!*name || strlen(name) >= TP4_NAME_MAX)
		return false;
	for (; *name; name++)
		if (!(isascii(*name) && isalnum(*name)) && *name != '-' && *name != '_')
			return false;
	return true;
}

int tp4_chan_add(const char *name, u32 spin_us, bool process, struct netlink_ext_ack *extack)
{
	struct tp4_chan *chan;
	int err = -ENOMEM;

	lockdep_assert_held(&tp4_control);
	BUILD_BUG_ON(sizeof(struct tp4_view) > PAGE_SIZE || sizeof(struct tp4_vm) > PAGE_SIZE);
	if (!tp4_chan_name_valid(name)) {
		NL_SET_ERR_MSG(extack, "a P4 VM's name has 1 to 31 letters, digits, '-' and '_'");
		return -EINVAL;
	}
	if (tp4_chan_find(name)) {
		NL_SET_ERR_MSG(extack, "a P4 VM of this name exists");
		return -EEXIST;
	}
	chan = kzalloc(sizeof(*chan), GFP_KERNEL);
	if (!chan)
		return -ENOMEM;
	kref_init(&chan->ref);
	strscpy(chan->name, name, sizeof(chan->name));
	chan->spin_us = min(spin_us, TP4_SPIN_MAX);
	chan->huge = TP4_KVM_SMALL && process;
	init_rwsem(&chan->map_lock);
	mutex_init(&chan->open_lock);
	init_waitqueue_head(&chan->bell_wait);
	chan->view = (void *)get_zeroed_page(GFP_KERNEL);
	chan->vm = (void *)get_zeroed_page(GFP_KERNEL);
	chan->zero = (void *)get_zeroed_page(GFP_KERNEL);
	chan->sink = (void *)get_zeroed_page(GFP_KERNEL);
	if (!chan->view || !chan->vm || !chan->zero || !chan->sink)
		goto err_put;
	chan->view->magic = TP4_CHANNEL_MAGIC;
	chan->view->version = TP4_CHANNEL_VERSION;
	err = tp4_device_register(chan);
	if (err) {
		NL_SET_ERR_MSG(extack,
			       "no device can be made for it; delete P4 VMs that nobody uses");
		goto err_put;
	}
	list_add_tail(&chan->node, &tp4_chans);
	tp4_changes += 2;
	return 0;

err_put:
	tp4_chan_put(chan);
	return err;
}

static void tp4_chan_remove(struct tp4_chan *chan)
{
	list_del(&chan->node);
	tp4_changes += 2;
	tp4_device_unregister(chan);
	tp4_chan_put(chan);
}

int tp4_chan_del(const char *name, struct netlink_ext_ack *extack)
{
	struct tp4_chan *chan = tp4_chan_find(name);

	if (!chan) {
		NL_SET_ERR_MSG(extack, "no P4 VM of this name");
		return -ENOENT;
	}
	if (chan->policies) {
		NL_SET_ERR_MSG(extack, "ports still name this P4 VM; delete them first");
		return -EBUSY;
	}
	/* Who is about to open it has done so, or comes too late. */
	down_write(&chan->map_lock);
	chan->deleted = !chan->mapped[TP4_DEV_VERDICT];
	up_write(&chan->map_lock);
	if (!chan->deleted) {
		NL_SET_ERR_MSG(extack, "the P4 VM is running; stop it first");
		return -EBUSY;
	}
	tp4_chan_remove(chan);
	return 0;
}

void tp4_chan_del_all(void)
{
	struct tp4_chan *chan, *next;

	mutex_lock(&tp4_control);
	list_for_each_entry_safe(chan, next, &tp4_chans, node)
		tp4_chan_remove(chan);
	mutex_unlock(&tp4_control);
}

void tp4_chan_changed(struct tp4_chan *chan)
{
	/* Of two at a time the later value may be overwritten: still a change. */
	smp_store_release(&chan->view->changes, atomic_inc_return(&chan->epochs));
}

void tp4_chan_ring(struct tp4_chan *chan, bool always)
{
	if (!always && !READ_ONCE(chan->vm->sleeping))
		return;
	/* The bit is a full barrier: a reader on its way to sleep sees it, or is seen. */
	if (!test_and_set_bit(0, &chan->bell) && waitqueue_active(&chan->bell_wait))
		wake_up_interruptible(&chan->bell_wait);
}

int tp4_chan_attach(struct tp4_chan *chan, struct tp4_port *port)
{
	struct tp4_view_port *v;
	u32 slot;

	lockdep_assert_held(&tp4_control);
	for (slot = 1; slot < TP4_SLOTS; slot++)
		if (!rcu_access_pointer(chan->slot[slot]))
			break;
	if (slot == TP4_SLOTS)
		return -ENOSPC;

	v = &chan->view->port[slot];
	memset((void *)v + offsetof(struct tp4_view_port, dir), 0,
	       sizeof(*v) - offsetof(struct tp4_view_port, dir));
	v->dir[TP4_RX].entries = port->flow[TP4_RX].src.size;
	v->dir[TP4_TX].entries = port->flow[TP4_TX].src.size;
	v->umem_size = port->area.size;
	v->chunk_size = port->area.chunk;
	v->flags = port->flags;
	v->ifindex = port->ifindex;
	v->queue = port->queue;
	strscpy(v->ifname, port->ifname, sizeof(v->ifname));

	kref_get(&chan->ref);
	port->slot = slot;
	port->view = v;
	port->chan = chan;
	WRITE_ONCE(chan->top, max(chan->top, slot));
	down_write(&chan->map_lock);
	rcu_assign_pointer(chan->slot[slot], port);
	up_write(&chan->map_lock);
	tp4_device_zap(chan, slot); /* what was read as zeros is there now */
	return 0;
}

void tp4_chan_detach(struct tp4_chan *chan, struct tp4_port *port)
{
	u32 slot = port->slot;

	lockdep_assert_held(&tp4_control);
	WRITE_ONCE(port->view->epoch, 0);
	tp4_chan_changed(chan);
	WRITE_ONCE(port->view->relaying, 0);
	down_write(&chan->map_lock);
	RCU_INIT_POINTER(chan->slot[slot], NULL);
	up_write(&chan->map_lock);
	tp4_device_zap(chan, slot);
	tp4_chan_ring(chan, true);
	synchronize_srcu(&tp4_srcu); /* passes on behalf of the P4 VM */
	/* One may have failed the port, with an epoch. */
	WRITE_ONCE(port->view->epoch, 0);
	tp4_chan_changed(chan);
	tp4_chan_put(chan);
}
