/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * chan.h - a channel: what one P4 VM shares with the kernel.
 *
 * Created and deleted by netlink under tp4_control.  References: the list, each
 * open file, each policy that names it, each port in a slot.
 */
#ifndef TP4_CHAN_H
#define TP4_CHAN_H

#include <linux/kref.h>
#include <linux/miscdevice.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/srcu.h>
#include <linux/wait.h>

#include "transp4.h"

struct tp4_port;
struct netlink_ext_ack;

/*
 * Serialises the control path: channels, policies, lists of ports.  Taken
 * inside the RTNL by the netdevice notifier, so never take the RTNL inside.
 */
extern struct mutex tp4_control;
/* Readers may use ports that they found in a slot; they may sleep. */
extern struct srcu_struct tp4_srcu;
extern struct list_head tp4_chans;
/* Of the lists of channels and policies, for dumps; odd, as 0 means none; tp4_control. */
extern u32 tp4_changes;

struct tp4_chan {
	struct kref ref;
	struct list_head node;
	char name[TP4_NAME_MAX];
	u32 spin_us;
	u8 waits; /* a bit each, the last the lowest: whether within spin_us; the bell's reader's */
	bool near;    /* the P4 VM reads the bell itself, so no thread need look for verdicts */
	bool huge;    /* UMEMs keep their huge pages, as no KVM guest will map them */
	u32 policies; /* that name it; tp4_control */

	struct tp4_view *view; /* one page, written by us */
	struct tp4_vm *vm;     /* one page, written by the P4 VM: believe nothing */
	void *zero, *sink;     /* pages shown where nothing is attached */

	struct tp4_port __rcu *slot[TP4_SLOTS]; /* [0] is unused; written under tp4_control */
	u32 top;                                /* the highest slot that was ever used */
	/* Readers map pages; a writer takes pages away before they are freed. */
	struct rw_semaphore map_lock;
	struct address_space *mapping[2]; /* of view and verdict while open; map_lock */
	u32 mapped[2];
	bool deleted; /* nobody may open it any more; map_lock */

	atomic_t epochs;        /* the last one given to a port, or for a change */
	struct mutex open_lock; /* one open or close of the verdict device at a time */
	atomic_t openers;       /* of it; written under open_lock */
	wait_queue_head_t bell_wait;
	unsigned long bell; /* bit 0: rung and not yet heard */

	struct miscdevice dev[2];
	char dev_name[2][TP4_NAME_MAX + 16];
};

enum { TP4_DEV_VIEW, TP4_DEV_VERDICT };

/* All under tp4_control. */
int tp4_chan_add(const char *name, u32 spin_us, bool process, struct netlink_ext_ack *extack);
int tp4_chan_del(const char *name, struct netlink_ext_ack *extack);
struct tp4_chan *tp4_chan_find(const char *name);

/* At unload, when no file is open and no port attached.  Takes tp4_control itself. */
void tp4_chan_del_all(void);

void tp4_chan_put(struct tp4_chan *chan);

/* An epoch or a live that was written before this is seen by whoever sees this. */
void tp4_chan_changed(struct tp4_chan *chan);
/* Wake the P4 VM: when it sleeps, or (@always) to show it something new. */
void tp4_chan_ring(struct tp4_chan *chan, bool always);
/* Give port a slot (under tp4_control) and show its memory; -ENOSPC. */
int tp4_chan_attach(struct tp4_chan *chan, struct tp4_port *port);
/* Take the memory away again; on return nobody uses port through the channel. */
void tp4_chan_detach(struct tp4_chan *chan, struct tp4_port *port);

int tp4_device_register(struct tp4_chan *chan);
void tp4_device_unregister(struct tp4_chan *chan);
/* Forget all mappings of slot in both devices. */
void tp4_device_zap(struct tp4_chan *chan, u32 slot);

#endif
