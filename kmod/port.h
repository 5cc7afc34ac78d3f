/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * port.h - one covered AF_XDP socket of the switch, and the frame rings
 * (FILL, COMPLETION) that it may share with other sockets of its queue.
 *
 *	 switch                  ours                      AF_XDP core, driver
 *	 RX ring        ◄── relay ◄── real RX ring         ◄── received
 *	 TX ring        ──► relay ──► real TX ring         ──► sent
 *	 FILL ring      ──► relay ──► real FILL ring       ──► taken for receive
 *	 COMPLETION     ◄── relay ◄── real COMPLETION ring ◄── sent frames
 *
 * "Real" rings are what struct xsk_queue points to: memory of ours, put there
 * before the socket is bound.  The AF_XDP core frees it with its queues; the
 * rings that it had allocated, and the switch has mapped, are freed by us after
 * the socket's release.
 */
#ifndef TP4_PORT_H
#define TP4_PORT_H

#include <linux/hrtimer.h>
#include <linux/if.h>
#include <linux/kthread.h>
#include <linux/net.h>
#include <linux/ratelimit_types.h>
#include <net/xdp_sock.h>

#include "ring/flow.h"
#include "chan.h"

#define TP4_BATCH 256 /* entries of a ring that move while the pool's lock is held */

enum tp4_xring_kind { TP4_XRING_RX, TP4_XRING_TX, TP4_XRING_FILL, TP4_XRING_COMP, TP4_XRINGS };

/* One exchanged ring. */
struct tp4_xring {
	struct xsk_queue *q; /* NULL: the socket has none */
	void *theirs;        /* allocated by the AF_XDP core, mapped by the switch */
	void *ours;          /* the real ring */
	u32 entries;         /* of theirs */
	u32 real_entries;    /* of ours */
	size_t size;         /* bytes of theirs */
};

/* FILL and COMPLETION of one xsk_buff_pool. */
struct tp4_pool {
	struct list_head node; /* tp4_control */
	struct xsk_buff_pool *xsk;
	u32 users;       /* ports; tp4_control */
	spinlock_t lock; /* all below */
	struct tp4_ring fill, real_fill, comp, real_comp;
	u32 fill_entries;    /* what the real FILL ring holds of the switch's frames */
	u32 sent, completed; /* frames given to and back from the driver */
	u64 frames_lost;
	bool starved;              /* the driver had no frame when we last looked */
	bool owed;                 /* what is decided waits for the switch's next call */
	struct tp4_xring xring[2]; /* FILL, COMPLETION */
};

struct tp4_policy_rule {
	u8 on_failure;
	u32 deadline; /* ms */
};

struct tp4_port {
	struct list_head node; /* tp4_ports; tp4_control */
	struct socket *sock;
	struct xdp_sock *xs;
	struct net *net;
	char ifname[IFNAMSIZ];
	u32 ifindex, queue, flags;

	struct tp4_chan *chan; /* NULL: released.  Written under lock */
	struct tp4_view_port *view;
	u32 slot;

	struct mutex lock; /* one pass at a time; all below */
	unsigned long pending;
	struct tp4_flow flow[TP4_DIRS];
	struct tp4_area area;
	struct xdp_umem *umem;
	struct tp4_pool *pool;
	struct tp4_policy_rule rule;
	struct ratelimit_state events; /* LIVE and FAILED: the P4 VM brings them about */
	u8 state;                      /* enum tp4_state */
	u32 epoch;
	u64 since[TP4_DIRS];    /* ns: undecided packets wait since; 0: none do */
	u32 activity;           /* frames moved, for the thread's pace */
	bool tx_full;           /* what is decided waits for the real TX ring */
	struct tp4_frees frees; /* of a pass; kernels clear what is on the stack */
	u64 called;             /* ns: when the switch last called */
	unsigned int send_cpu;  /* that sent last */
	u32 send_tail;          /* of that one's backlog, behind what was sent */
	bool send_waits;        /* another one waits for that */
	u64 active;             /* ns: when it last sent */

	wait_queue_head_t wait;     /* the switch in poll() */
	wait_queue_entry_t on_data; /* in the socket's wait queue */
	struct task_struct *thread;
	wait_queue_head_t thread_wait;
	bool kicked;
	spinlock_t timer_lock;
	struct hrtimer timer; /* kicks the thread */
	u64 due;              /* ns; U64_MAX: not armed */

	struct tp4_xring xring[TP4_XRINGS]; /* FILL and COMPLETION move to the pool */
};

extern struct list_head tp4_ports; /* tp4_control */

/* Bytes of what the P4 VM writes; rounded up so that no page shows anything else. */
static inline size_t tp4_judged_size(u32 entries)
{
	/* struct_size_t() says the same, but 6.1 has it only since one of its late releases. */
	return entries ? PAGE_ALIGN(struct_size((struct tp4_judged *)NULL, verdict, entries)) : 0;
}

static inline size_t tp4_patches_size(u32 entries)
{
	return PAGE_ALIGN((size_t)entries * TP4_PATCH_SIZE);
}

/*
 * The life of a port, each step undone by the one named beside it:
 *   tp4_port_new       allocates everything (tp4_port_free)
 *   tp4_port_exchange  swaps the rings of the unbound socket (tp4_port_restore)
 *   ... the original bind ...
 *   tp4_port_start     begins to relay (tp4_port_stop)
 * Each returns 0 or -errno; -E2BIG: a ring is too large for the channel; -EFBIG:
 * the real FILL ring is too large for this kernel.
 */
struct tp4_port *tp4_port_new(struct socket *sock);
void tp4_port_free(struct tp4_port *port);
int tp4_port_exchange(struct tp4_port *port, struct xdp_umem *umem);
void tp4_port_restore(struct tp4_port *port);
/* Under tp4_control, with the socket bound.  After an error the port is inert,
 * and the pool, as always, is left by who releases the socket.  *why: a sentence.
 */
int tp4_port_start(struct tp4_port *port, struct tp4_chan *chan, const char **why);
void tp4_port_stop(struct tp4_port *port);
/* Then, without tp4_control, for it may take long: sends what is decided, counts the rest. */
void tp4_port_drain(struct tp4_port *port);
/* Its interface is there and up. */
bool tp4_port_up(const struct tp4_port *port);
/* Under tp4_control: no policy any more; everything passes until the switch closes. */
void tp4_port_release(struct tp4_port *port);
/* What the owner of the host should know of its UMEM; NULL: nothing. */
const char *tp4_port_warning(const struct tp4_port *port);
/* Under tp4_control: a new rule; a released port comes under chan again. */
void tp4_port_adopt(struct tp4_port *port, struct tp4_chan *chan,
		    const struct tp4_policy_rule *rule);

/*
 * Two UMEMs that were registered as intervals of one mapping have pages in common if
 * one begins in the other: DPDK registers the same memory pool for each queue, VPP all
 * its buffers.
 */
bool tp4_umem_begins_in(const struct xdp_umem *umem, const struct xdp_umem *other);
/*
 * Under tp4_control.  A P4 VM sees a UMEM whole.  Has this one pages that chan's must
 * not see (or, chan NULL, that a P4 VM sees), because of who else uses them?  -EACCES:
 * yes; 0; -ENOMEM: unknown.  @adopt: for a port that was released, perhaps with others,
 * whose turn may come.
 */
int tp4_umem_foreign(const struct xdp_umem *umem, const struct tp4_chan *chan, bool adopt);
#define TP4_WHY_SHARED                                                                             \
	"its UMEM is shared with a socket that another tenant, or nobody, covers; "                \
	"give each tenant's ports memory of their own"

/* Under tp4_control: the pool of the port's queue. */
int tp4_pool_get(struct tp4_port *port);
/* Under tp4_control, before the socket's release; port->pool stays for the last user. */
void tp4_pool_leave(struct tp4_port *port);
/* After the release: the switch's mappings of these rings are gone.  May be NULL. */
void tp4_pool_free(struct tp4_pool *pool);
/*
 * FILL to the driver, COMPLETION to the switch, a batch of each at most; how many of the
 * one that moved more.
 */
u32 tp4_pool_run(struct tp4_pool *pool);
/* The switch is asked, by its FILL ring, to call; or no longer. */
void tp4_pool_owe(struct tp4_pool *pool, bool owed);
/* Give dropped frames back, under pool->lock. */
void tp4_pool_fill(struct tp4_pool *pool, const struct tp4_frees *frees);
void tp4_pool_complete(struct tp4_pool *pool, const struct tp4_frees *frees);

#endif
