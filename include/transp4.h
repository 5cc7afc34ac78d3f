/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * transp4.h - the contract between the kernel, the P4 VM and the tools.
 *
 * Part 1 is the channel: the memory that one P4 VM shares with the kernel.
 * Part 2 is the generic netlink family by which the owner of the host rules.
 *
 * All integers are in the byte order of the machine; kernel and P4 VM run on
 * the same one.  A change of any layout or meaning changes TP4_CHANNEL_VERSION.
 */
#ifndef TRANSP4_H
#define TRANSP4_H

#include <linux/types.h>

/*
 * Part 1: the channel
 * ===================
 *
 * A channel is two character devices.  Every device is TP4_SLOTS slots of
 * equal size; slot 0 is a header, slot N > 0 belongs to port N of the channel.
 *
 *   /dev/transp4/NAME.view     read only for the P4 VM, 16 slots of 1 GiB
 *   /dev/transp4/NAME.verdict  read-write for the P4 VM, 16 slots of 64 MiB
 *
 *  view, slot 0                 written by the kernel
 *  +------------------------------------------------------------+
 *  | struct tp4_view: version, sizes, one tp4_view_port per slot |
 *  +------------------------------------------------------------+
 *  view, slot N
 *  0               TP4_VIEW_TX       TP4_VIEW_UMEM               1 GiB
 *  +---------------+-----------------+-----------------------------+
 *  | P4-RX(rx)     | P4-RX(tx)       | UMEM window: byte a of the  |
 *  | = the real    | = the switch's  | UMEM at TP4_VIEW_UMEM + a   |
 *  |   RX ring     |   TX ring       |                             |
 *  +---------------+-----------------+-----------------------------+
 *   written by the   written by the    written by driver, switch and,
 *   AF_XDP core      switch            for rewritten headers, the kernel
 *
 *  verdict, slot 0              written by the P4 VM
 *  +------------------------------------------------------------+
 *  | struct tp4_vm: sleeping flag, one tp4_vm_port per slot      |
 *  +------------------------------------------------------------+
 *  verdict, slot N: two directions of TP4_VERDICT_DIR bytes each, rx then tx
 *  0                    TP4_VERDICT_PATCH                       32 MiB
 *  +--------------------+------------------------------------------+
 *  | struct tp4_judged  | patch slots: TP4_PATCH_SIZE bytes for     |
 *  | = P4-TX            | each index of the ring                    |
 *  +--------------------+------------------------------------------+
 *   written by the P4 VM; the kernel sets @prod once when a port goes live
 *
 * Where nothing is attached, the view reads as zeros and what is written to
 * the verdict device goes to a page that nobody reads.  Pages come and go as
 * the switch binds and closes its sockets; the mapping itself stays.
 *
 * The rings have AF_XDP's layout (linux/if_xdp.h): the producer index is at
 * byte TP4_RING_PROD, descriptors (struct xdp_desc) start at TP4_RING_DESC;
 * indices run freely modulo 2^32 and slot = index & (entries - 1).
 *
 * The life of a port, as the P4 VM sees it:
 *
 *   1. kernel:  @epoch = E (never 0 while a socket is attached), @live != E
 *   2. P4 VM:   tp4_vm_port.hello = E, then write(verdict fd, any byte)
 *   3. kernel:  per direction @start = first undecided index and
 *               tp4_judged.prod = @start; then @live = E
 *   4. P4 VM:   decides descriptors from @start on, in order: writes
 *               verdict[index & mask] (and its patch slot), then advances
 *               tp4_judged.prod.  prod never passes the ring's producer.
 *   5. when the switch goes away or takes back what is decided, the deadline
 *      passes or the law above is broken, the kernel changes @epoch; verdicts
 *      of the old epoch are void and the P4 VM starts again at 2.
 *
 * The kernel believes nothing: every word is read once, checked, counted.
 */

#define TP4_CHANNEL_MAGIC   0x34507854U /* "TxP4" */
#define TP4_CHANNEL_VERSION 3U

#define TP4_SLOTS      16U
#define TP4_RING_MAX   65536U /* entries of one RX or TX ring */
/* Descriptors of one packet; 64 KiB of the smallest chunks arrive in 41 at most. */
#define TP4_PACKET_MAX 64U

#define TP4_VIEW_SLOT (1ULL << 30)
#define TP4_VIEW_TX   (1ULL << 21)
#define TP4_VIEW_UMEM (1ULL << 22)
#define TP4_VIEW_SIZE (TP4_SLOTS * TP4_VIEW_SLOT)
#define TP4_UMEM_MAX  (TP4_VIEW_SLOT - TP4_VIEW_UMEM)

#define TP4_VERDICT_SLOT  (1ULL << 26)
#define TP4_VERDICT_DIR   (1ULL << 25)
#define TP4_VERDICT_PATCH (1ULL << 20)
#define TP4_VERDICT_SIZE  (TP4_SLOTS * TP4_VERDICT_SLOT)

#define TP4_PATCH_SIZE 256U /* longest new header prefix, bytes */

#define TP4_RING_PROD  0U /* AF_XDP ring layout with 64-byte cache lines */
#define TP4_RING_CONS  128U
#define TP4_RING_FLAGS 196U
#define TP4_RING_DESC  320U

enum tp4_dir {
	TP4_RX, /* towards the switch */
	TP4_TX, /* from the switch */
	TP4_DIRS
};

/* One direction of one port; @entries is 0 where the socket has no such ring. */
struct tp4_view_dir {
	__u32 entries; /* power of two, at most TP4_RING_MAX */
	__u32 start;   /* first index to decide; valid while live == epoch */
};

struct tp4_view_port {
	__u32 epoch; /* 0: nothing attached */
	__u32 live;  /* == epoch: verdicts count */
	struct tp4_view_dir dir[TP4_DIRS];
	__u64 umem_size;  /* bytes in the UMEM window */
	__u32 chunk_size; /* of the UMEM, bytes */
	__u32 flags;      /* TP4_PORT_* */
	__u32 ifindex;
	__u32 queue;
	char ifname[16]; /* NUL-terminated */
	/*
	 * != 0: the relay looks for this port's verdicts by itself; a bell is needed when it
	 * is 0 after a full barrier that follows the advance of tp4_judged.prod.
	 */
	__u32 relaying;
	__u32 reserved[15];
};

/* UMEM in unaligned chunk mode: the upper 16 bits of an address are an offset to add. */
#define TP4_PORT_UNALIGNED (1U << 0)
#define TP4_PORT_ZEROCOPY  (1U << 1)
#define TP4_PORT_WAKEUP    (1U << 2) /* bound with XDP_USE_NEED_WAKEUP */
#define TP4_PORT_SG        (1U << 3) /* packets may span descriptors (XDP_PKT_CONTD) */

struct tp4_view {
	__u32 magic;
	__u32 version;
	__u32 changes; /* another value after each change of an @epoch or a @live */
	__u32 reserved[29];
	struct tp4_view_port port[TP4_SLOTS]; /* [0] is unused */
};

struct tp4_vm_port {
	__u32 hello; /* the epoch that the P4 VM is ready for */
	__u32 reserved[15];
};

struct tp4_vm {
	__u32 sleeping; /* != 0: the P4 VM waits for its bell.  After setting it, and
			 * a full barrier, it must look at all rings once more. */
	__u32 reserved[15];
	struct tp4_vm_port port[TP4_SLOTS]; /* [0] is unused */
};

/*
 * P4-TX of one direction: an array parallel to P4-RX.
 *
 *   kernel's cons        prod          producer of P4-RX
 *        |   decided      |   undecided     |
 *
 * A packet that spans descriptors (XDP_PKT_CONTD) is decided by the verdict of
 * its first one; prod must step over the whole packet at once.  One of more than
 * TP4_PACKET_MAX is cut there, as is one that fills the ring: each part is decided
 * like a packet, and the kernel drops all of them whatever the verdicts are.
 */
struct tp4_judged {
	__u32 prod;
	__u32 reserved[15];
	__u64 verdict[]; /* TP4_VERDICT(), one per ring entry */
};

/*
 * A verdict is one word, so that one read takes it whole.
 *   bits 0-7    action
 *   bits 16-31  old: so many leading bytes of the packet are replaced ...
 *   bits 32-47  new: ... by so many bytes of the patch slot (<= TP4_PATCH_SIZE)
 * old and new are 0 where the packet stays as it is.
 */
#define TP4_FORWARD 1U
#define TP4_DROP    2U
#define TP4_VERDICT(action, old_len, new_len)                                                      \
	((__u64)(action) | (__u64)(old_len) << 16 | (__u64)(new_len) << 32)
#define TP4_VERDICT_ACTION(v) ((__u32)(0xff & (v)))
#define TP4_VERDICT_OLD(v)    ((__u32)((v) >> 16 & 0xffff))
#define TP4_VERDICT_NEW(v)    ((__u32)((v) >> 32 & 0xffff))

/*
 * The bell, on the verdict device's file descriptor:
 *   write(fd, any, n > 0)  "verdicts, or a hello, are there": the relay runs
 *                          before the call returns; returns n
 *   read(fd, any, n > 0)   the same, then sleeps until there is something to
 *                          decide or to notice; returns 1 byte.  O_NONBLOCK:
 *                          -EAGAIN in place of sleep; poll() says when.
 * The kernel rings only while tp4_vm.sleeping != 0.
 */

/*
 * Part 2: generic netlink
 * =======================
 *
 * Family "transp4", version 1.  Every command needs CAP_NET_ADMIN in the initial
 * user namespace; listening needs it in the one that owns the network namespace,
 * and brings what happens there.  Interfaces are those of the caller's network
 * namespace; names of P4 VMs are one space.  Errors carry a sentence in the
 * extended acknowledgement.
 */
#define TP4_GENL_NAME    "transp4"
#define TP4_GENL_VERSION 1

#define TP4_GROUP_EVENTS  "events"  /* TP4_CMD_EVENT */
#define TP4_GROUP_CAPTURE "capture" /* TP4_CMD_PACKET; listening switches it on */

#define TP4_NAME_MAX         32 /* of a P4 VM, with NUL: letters, digits, - and _ */
#define TP4_QUEUE_ALL        0xffffffffU
#define TP4_DEADLINE_DEFAULT 100U   /* ms */
#define TP4_DEADLINE_MAX     60000U /* ms */
#define TP4_SPIN_MAX         1000U  /* us */

enum tp4_cmd {
	TP4_CMD_UNSPEC,
	TP4_CMD_VM_ADD,   /* VM_NAME [VM_SPIN_US] [VM_PROCESS]: make a channel.  -EEXIST */
	TP4_CMD_VM_DEL,   /* VM_NAME.  -ENOENT; -EBUSY: ports name it or it is open */
	TP4_CMD_VM_GET,   /* dump: VM_* of each channel */
	TP4_CMD_PORT_ADD, /* IFNAME [QUEUE] VM_NAME [ON_FAILURE] [DEADLINE]; with
			   * NLM_F_REPLACE changes ON_FAILURE and DEADLINE.
			   * -ENODEV, -ERANGE (queue), -ENOENT (VM), -EEXIST */
	TP4_CMD_PORT_DEL, /* IFNAME [QUEUE].  -ENOENT.  A socket that is attached
			   * then passes everything until the switch closes it. */
	TP4_CMD_PORT_GET, /* dump: one message per policy: IFNAME QUEUE VM_NAME
			   * ON_FAILURE DEADLINE and a SOCKET nest for each socket; messages
			   * without IFNAME go on with the sockets of the one before */
	TP4_CMD_EVENT,    /* notification: EVENT [VM_NAME] [IFNAME QUEUE] [REASON] */
	TP4_CMD_PACKET,   /* notification: IFNAME QUEUE DIR PACKET_* */
	__TP4_CMD_MAX
};
#define TP4_CMD_MAX (__TP4_CMD_MAX - 1)

enum tp4_attr {
	TP4_A_UNSPEC,
	TP4_A_PAD,
	TP4_A_VM_NAME,     /* string */
	TP4_A_VM_SPIN_US,  /* u32: how long the kernel looks for work before it sleeps:
			     * a blocking read of the bell for packets, or, where
			     * nobody reads so, a relay thread for verdicts; 0: never */
	TP4_A_VM_OPENERS,  /* u32: open file descriptors of the verdict device */
	TP4_A_VM_PORTS,    /* u32: attached sockets */
	TP4_A_IFNAME,      /* string */
	TP4_A_QUEUE,       /* u32, TP4_QUEUE_ALL */
	TP4_A_ON_FAILURE,  /* u8, enum tp4_on_failure */
	TP4_A_DEADLINE,    /* u32, ms */
	TP4_A_SOCKET,      /* nest, repeated: TP4_S_* */
	TP4_A_DIR,         /* u8, enum tp4_dir */
	TP4_A_EVENT,       /* u8, enum tp4_event */
	TP4_A_REASON,      /* string: one line for people */
	TP4_A_PACKET_TIME, /* u64: ns, CLOCK_REALTIME, when it was decided */
	TP4_A_PACKET_STAT, /* u8, enum tp4_stat: what became of it */
	TP4_A_PACKET_LEN,  /* u32: bytes on the wire */
	TP4_A_PACKET_DATA, /* binary: its first bytes, after rewriting */
	TP4_A_IFINDEX,     /* u32: 0 while it waits for an interface of its name */
	TP4_A_VM_PROCESS,  /* flag, VM_ADD: no guest will serve it, so a switch may keep its
			      huge pages; VM_GET: it may, so KVM of this kernel cannot */
	__TP4_A_MAX
};
#define TP4_A_MAX (__TP4_A_MAX - 1)

/* In TP4_A_SOCKET: one AF_XDP socket on a covered interface and queue. */
enum tp4_sock_attr {
	TP4_S_UNSPEC,
	TP4_S_PAD,
	TP4_S_QUEUE,      /* u32 */
	TP4_S_STATE,      /* u8, enum tp4_state */
	TP4_S_SLOT,       /* u32: slot in the channel; absent while uncovered */
	TP4_S_FLAGS,      /* u32: TP4_PORT_* */
	TP4_S_RX_ENTRIES, /* u32 */
	TP4_S_TX_ENTRIES, /* u32 */
	TP4_S_UMEM_SIZE,  /* u64 */
	TP4_S_STATS,      /* nest, one per direction in order rx, tx: attribute
			   * type 1 + enum tp4_stat, u64 each */
	__TP4_S_MAX
};
#define TP4_S_MAX (__TP4_S_MAX - 1)

enum tp4_on_failure { TP4_ON_FAILURE_DROP, TP4_ON_FAILURE_PASS };

enum tp4_state {
	TP4_STATE_UNCOVERED, /* bound before the module or the policy was there:
			      * its packets are NOT decided; restart the switch */
	TP4_STATE_WAITING,   /* attached; the deadline for the P4 VM runs */
	TP4_STATE_LIVE,      /* the P4 VM decides */
	TP4_STATE_FAILED,    /* on-failure decides */
	TP4_STATE_RELEASED   /* port deleted under the switch: everything passes */
};

enum tp4_event {
	TP4_EVENT_UNSPEC,
	TP4_EVENT_ATTACH,    /* a switch bound a covered socket */
	TP4_EVENT_DETACH,    /* ... closed it */
	TP4_EVENT_LIVE,      /* the P4 VM decides */
	TP4_EVENT_FAILED,    /* it does not any more; REASON says why */
	TP4_EVENT_UNCOVERED, /* a covered port has a socket that we do not hold */
	TP4_EVENT_REFUSED,   /* a bind was refused; REASON says why */
	TP4_EVENT_OPEN,      /* a P4 VM opened its channel */
	TP4_EVENT_CLOSE      /* ... closed it */
};

/*
 * What became of packets, per direction.  Every packet that the relay takes
 * up is counted in exactly one of the first TP4_STAT_OUTCOMES.
 */
/* clang-format off */
#define TP4_STATS(X)                                                              \
	X(FORWARDED,        "forwarded")        /* by verdict */                  \
	X(DROPPED,          "dropped")          /* by verdict */                  \
	X(PASSED,           "passed")           /* by on-failure pass */          \
	X(DROP_NO_VM,       "drop_no_vm")       /* on-failure drop: none there */ \
	X(DROP_DEADLINE,    "drop_deadline")    /* ... it did not answer */       \
	X(DROP_PROTOCOL,    "drop_protocol")    /* ... it broke the law */        \
	X(DROP_BAD_PATCH,   "drop_bad_patch")   /* new header does not fit */     \
	X(DROP_BAD_PACKET,  "drop_bad_packet")  /* too many descriptors */       \
	X(DROP_CLOSED,      "drop_closed")      /* undecided when the switch left */ \
	X(BYTES,            "bytes")            /* of forwarded and passed */     \
	X(REWRITTEN,        "rewritten")        /* of forwarded */                \
	X(PEER_FULL,        "peer_full")        /* passes that met a full ring */ \
	X(FRAMES_LOST,      "frames_lost")      /* switch returned more frames    \
						 * than its UMEM has */           \
	X(PASSES,           "passes")           /* runs of the relay */           \
	X(BELLS,            "bells")            /* rung for the P4 VM */          \
	X(FAILURES,         "failures")         /* times on-failure took over */  \
	X(REWINDS,          "rewinds")          /* switch took back what it had   \
						 * sent, and the P4 VM decided */

#define TP4_STAT_OUTCOMES 9
enum tp4_stat {
#define TP4_STAT_ENUM(id, name) TP4_STAT_##id,
	TP4_STATS(TP4_STAT_ENUM)
#undef TP4_STAT_ENUM
	TP4_STAT_MAX
};
/* clang-format on */

#endif
