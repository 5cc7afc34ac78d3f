/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * diag.c - netlink's SOCK_DIAG, and a packet socket for SYNs.
 */
#include "agent/diag.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agent/clock.h"
#include "agent/flows.h"
#include "agent/program.h"
#include "agent/search.h"

#define LINGER      (2000 * MS) /* a closed connection's last packets are still its owner's */
#define LINGERS_MAX 65536U
#define ROUND_LONG  (30000 * MS) /* between rounds over TCP where events and tap work */

/* Messages are taken several with one system call. */
#define BATCH     32U
#define BATCH_ONE 2048U  /* bytes of one that tells of one socket */
#define DUMP      8U     /* a few hundred sockets a turn: numbers that programs hand over */
#define DUMP_ONE  32768U /* must not wait for all; the kernel makes no longer ones */
#define BATCHES   4      /* a turn, of events and of SYNs */

static int dump_fd = -1, find_fd = -1, event_fd = -1, tap_fd = -1;
static uint64_t pause_min;

/* What a round asks for, one after the other. */
static const struct {
	uint8_t family, protocol;
} parts[] = {
	{ AF_INET, IPPROTO_TCP },
	{ AF_INET6, IPPROTO_TCP },
	{ AF_INET, IPPROTO_UDP },
	{ AF_INET6, IPPROTO_UDP },
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

static struct round {
	bool running, whole; /* not whole: of TCP those that listen, which is cheap */
	unsigned int part;
	uint64_t cost, due, whole_due;
} round = { .whole_due = 0 };

/* Closed connections, in the order of their time. */
static struct ending {
	uint64_t until;
	uint32_t stamp; /* of the flow */
	uint8_t key[FLOW_KEY_SIZE];
} * lingers;
static uint32_t linger_first, linger_last; /* run freely */

static char buf[DUMP * DUMP_ONE] __attribute__((aligned(8)));

/* Message i of those that came is at buf + i * one, its length is batch[i].msg_len. */
static struct mmsghdr batch[BATCH];

static int batch_take(int fd, unsigned int n, size_t one)
{
	static struct iovec iov[BATCH];

	for (unsigned int i = 0; i < n; i++) {
		iov[i] = (struct iovec){ buf + i * one, one };
		batch[i].msg_hdr = (struct msghdr){ .msg_iov = &iov[i], .msg_iovlen = 1 };
	}
	return recvmmsg(fd, batch, n, MSG_DONTWAIT, NULL);
}

/* One socket, as a record; false: it is none of ours. */
static bool record_of(const struct nlmsghdr *h, uint8_t protocol, struct flow_record *r,
		      uint32_t *inode)
{
	const struct inet_diag_msg *m = NLMSG_DATA(h);
	const struct inet_diag_sockid *id = &m->id;
	uint8_t addr[2][16] = { { 0 } };
	uint64_t cgroup = 0;
	const struct rtattr *a;
	int len = h->nlmsg_len - NLMSG_LENGTH(sizeof(*m));

	if (len < 0)
		return false;
	for (int i = 0; i < 2; i++) {
		const void *raw = i ? id->idiag_dst : id->idiag_src;
		uint32_t v4;

		memcpy(&v4, raw, 4);
		if (m->idiag_family == AF_INET6)
			memcpy(addr[i], raw, 16);
		else if (v4)
			flow_map4(addr[i], raw);
	}
	/* Bound only: there is no other end. */
	if (!id->idiag_dport)
		memset(addr[1], 0, 16);
	for (a = (const struct rtattr *)(m + 1); RTA_OK(a, len); a = RTA_NEXT(a, len)) {
		if (a->rta_type == INET_DIAG_CGROUP_ID)
			memcpy(&cgroup, RTA_DATA(a), 8);
		else if (a->rta_type == INET_DIAG_PROTOCOL)
			protocol = *(const uint8_t *)RTA_DATA(a);
	}
	*inode = m->idiag_inode;
	flow_key(r->key, protocol, addr[0], ntohs(id->idiag_sport), addr[1],
		 ntohs(id->idiag_dport));
	flow_put(r->uid, m->idiag_uid, 4);
	flow_put(r->cgroup, cgroup_id(cgroup), 8);
	flow_put(r->program, 0, 8);
	return protocol && id->idiag_sport;
}

static void found(const struct nlmsghdr *h, uint8_t protocol)
{
	const struct inet_diag_msg *m = NLMSG_DATA(h);
	const struct flow_record *old;
	struct flow_record r;
	uint32_t inode;
	bool known;

	if (!record_of(h, protocol, &r, &inode))
		return;
	old = flow_get_record(r.key);
	/*
	 * A connection request has no owner yet: its listening socket speaks for
	 * it.  A connection that was closed has none any more: it keeps the last.
	 */
	if (protocol == IPPROTO_TCP && !inode && m->idiag_state != TCP_LISTEN) {
		if (!old)
			return;
		r = *old;
	}
	known = old && !memcmp(old, &r, FLOW_RECORD_SIZE - 8);
	if (known)
		memcpy(r.program, old->program, 8);
	if (!flow_get(r.program, 8) && inode)
		flow_put(r.program, program_of(known ? 0 : inode, &r), 8);
	flow_set(&r);
}

static void gone(const struct nlmsghdr *h)
{
	struct flow_record r;
	struct ending *l;
	uint32_t inode;

	if (!record_of(h, 0, &r, &inode))
		return;
	if (r.key[0] != IPPROTO_TCP || linger_last - linger_first == LINGERS_MAX) {
		flow_del(r.key);
		return;
	}
	l = &lingers[linger_last++ % LINGERS_MAX];
	l->until = clock_now() + LINGER;
	l->stamp = flow_stamp(r.key);
	flow_close(r.key);
	memcpy(l->key, r.key, FLOW_KEY_SIZE);
}

static void lingers_end(void)
{
	uint64_t now = clock_now();

	while (linger_first != linger_last && lingers[linger_first % LINGERS_MAX].until <= now) {
		const struct ending *l = &lingers[linger_first++ % LINGERS_MAX];

		/* Unless another socket has taken its place. */
		if (flow_stamp(l->key) == l->stamp)
			flow_del(l->key);
	}
}

/* Asking */

struct question {
	struct nlmsghdr h;
	struct inet_diag_req_v2 r;
};

static struct question question(uint8_t family, uint8_t protocol, uint16_t flags)
{
	return (struct question){
		.h = { .nlmsg_len = sizeof(struct question),
		       .nlmsg_type = SOCK_DIAG_BY_FAMILY,
		       .nlmsg_flags = NLM_F_REQUEST | flags },
		.r = { .sdiag_family = family,
		       .sdiag_protocol = protocol,
		       /* all but what has no owner any more */
		       .idiag_states = protocol == IPPROTO_UDP
					       ? ~0U
					       : ~(1U << TCP_TIME_WAIT | 1U << TCP_CLOSE) },
	};
}

static bool ask_all(uint8_t family, uint8_t protocol)
{
	struct question q = question(family, protocol, NLM_F_DUMP);

	if (protocol == IPPROTO_TCP && !round.whole)
		q.r.idiag_states = 1U << TCP_LISTEN;
	return send(dump_fd, &q, sizeof(q), 0) == sizeof(q);
}

static void part_begin(void)
{
	while (round.part < PARTS && !ask_all(parts[round.part].family, parts[round.part].protocol))
		round.part++;
}

static void round_begin(bool whole)
{
	round.running = true;
	round.whole = whole;
	round.part = 0;
	round.cost = clock_cost();
	/* Others mark what they see, and end nothing. */
	if (whole)
		flows_round_begin();
	part_begin();
}

static void round_end(void)
{
	uint64_t cost = clock_cost() - round.cost, now = clock_now(), rest = 200 * cost;

	round.running = false;
	if (round.whole) {
		flows_round_end();
		/* With events and tap it only finds what these have missed. */
		round.whole_due = now + (rest < ROUND_LONG ? ROUND_LONG : rest);
	}
	round.due = now + (rest > pause_min ? rest : pause_min);
}

static void round_message(const char *at, int n)
{
	for (const struct nlmsghdr *h = (const struct nlmsghdr *)at; NLMSG_OK(h, n);
	     h = NLMSG_NEXT(h, n)) {
		if (h->nlmsg_type == SOCK_DIAG_BY_FAMILY) {
			found(h, parts[round.part].protocol);
		} else if (h->nlmsg_type == NLMSG_DONE || h->nlmsg_type == NLMSG_ERROR) {
			round.part++;
			part_begin();
		}
	}
}

/* Some of what there is of the running round's answers. */
static void round_read(void)
{
	int n;

	for (unsigned int k = 0; k < DUMP && round.running; k += n) {
		n = batch_take(dump_fd, DUMP - k, DUMP_ONE);
		if (n <= 0)
			return;
		for (int i = 0; i < n; i++)
			round_message(buf + i * DUMP_ONE, batch[i].msg_len);
		if (round.part >= PARTS)
			round_end();
	}
}

/* Events and the tap; true: there were some */

static bool events_read(void)
{
	int n = BATCH;

	for (int k = 0; k < BATCHES && n == BATCH; k++) {
		n = batch_take(event_fd, BATCH, BATCH_ONE);
		if (n < 0 && errno == ENOBUFS)
			round.whole_due = 0; /* some were lost: look at everything */
		if (n <= 0)
			return k;
		for (int i = 0; i < n; i++) {
			const struct nlmsghdr *h = (const void *)(buf + i * BATCH_ONE);

			if (NLMSG_OK(h, batch[i].msg_len) && h->nlmsg_type == SOCK_DIAG_BY_FAMILY)
				gone(h);
		}
	}
	return true;
}

/* Whose is this SYN?  False: it is none. */
static bool tap_question(const uint8_t *p, size_t n, struct question *q)
{
	uint8_t family = n ? p[0] >> 4 : 0;
	size_t at = family == 6 ? 40 : (p[0] & 15) * 4;

	if ((family != 4 && family != 6) || at < 20 || at + 4 > n)
		return false;
	*q = question(family == 6 ? AF_INET6 : AF_INET, IPPROTO_TCP, 0);
	memcpy(q->r.id.idiag_src, p + (family == 6 ? 8 : 12), family == 6 ? 16 : 4);
	memcpy(q->r.id.idiag_dst, p + (family == 6 ? 24 : 16), family == 6 ? 16 : 4);
	memcpy(&q->r.id.idiag_sport, p + at, 2);
	memcpy(&q->r.id.idiag_dport, p + at + 2, 2);
	q->r.id.idiag_cookie[0] = q->r.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
	return true;
}

/* The SYNs' sockets: all questions at once; the kernel has answered when send() returns. */
static bool tap_read(void)
{
	static struct question all[BATCH];
	int n = BATCH;

	for (int k = 0; k < BATCHES && n == BATCH; k++) {
		unsigned int asked = 0;

		n = batch_take(tap_fd, BATCH, BATCH_ONE);
		if (n <= 0)
			return k;
		for (int i = 0; i < n; i++)
			asked += tap_question((uint8_t *)buf + i * BATCH_ONE, batch[i].msg_len,
					      &all[asked]);
		if (!asked || send(find_fd, all, asked * sizeof(all[0]), 0) < 0)
			continue;
		for (int i = 0, m = batch_take(find_fd, asked, BATCH_ONE); i < m; i++) {
			const struct nlmsghdr *h = (const void *)(buf + i * BATCH_ONE);

			if (NLMSG_OK(h, batch[i].msg_len) && h->nlmsg_type == SOCK_DIAG_BY_FAMILY)
				found(h, IPPROTO_TCP);
		}
	}
	return true;
}

/* Outgoing TCP segments with SYN and without ACK; offsets are from the IP header. */
static int tap_open(void)
{
	struct sock_filter f[] = {
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, SKF_AD_OFF + SKF_AD_PKTTYPE),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PACKET_OUTGOING, 0, 14),
		BPF_STMT(BPF_LD | BPF_H | BPF_ABS, SKF_AD_OFF + SKF_AD_PROTOCOL),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IP, 0, 5),
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 9),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_TCP, 0, 10),
		BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
		BPF_STMT(BPF_LD | BPF_B | BPF_IND, 13),
		BPF_JUMP(BPF_JMP | BPF_JA, 4, 0, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IPV6, 0, 6),
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 6),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_TCP, 0, 4),
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 53),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0x12),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x02, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 128),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	struct sock_fprog program = { sizeof(f) / sizeof(f[0]), f };
	struct sockaddr_ll all = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL) };
	/* Protocol 0: it takes nothing before the filter is in its place. */
	int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0), big = 4 << 20;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &big, sizeof(big));
	if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)) ||
	    bind(fd, (struct sockaddr *)&all, sizeof(all))) {
		close(fd);
		return -1;
	}
	return fd;
}

static int netlink_open(unsigned int groups)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK, .nl_groups = groups };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG), big = 4 << 20;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &big, sizeof(big));
	if (bind(fd, (struct sockaddr *)&addr, sizeof(addr))) {
		close(fd);
		return -1;
	}
	return fd;
}

bool diag_start(uint64_t pause)
{
	pause_min = pause;
	dump_fd = netlink_open(0);
	find_fd = netlink_open(0);
	lingers = calloc(LINGERS_MAX, sizeof(*lingers));
	if (dump_fd < 0 || find_fd < 0 || !lingers) {
		fprintf(stderr,
			"transp4-agent: no socket diagnostics: %s; owners of flows are not told\n",
			strerror(errno));
		return false;
	}
	event_fd = netlink_open(
		1 << (SKNLGRP_INET_TCP_DESTROY - 1) | 1 << (SKNLGRP_INET_UDP_DESTROY - 1) |
		1 << (SKNLGRP_INET6_TCP_DESTROY - 1) | 1 << (SKNLGRP_INET6_UDP_DESTROY - 1));
	if (event_fd < 0)
		fprintf(stderr,
			"transp4-agent: no events of closed sockets: %s; rounds find them\n",
			strerror(errno));
	tap_fd = tap_open();
	if (tap_fd < 0)
		fprintf(stderr,
			"transp4-agent: no tap for new connections: %s; rounds find them, "
			"later (CAP_NET_RAW)\n",
			strerror(errno));
	return true;
}

unsigned int diag_poll(struct pollfd *fds)
{
	int all[DIAG_FDS] = { dump_fd, event_fd, tap_fd };
	unsigned int n = 0;

	for (unsigned int i = 0; i < DIAG_FDS; i++)
		if (all[i] >= 0)
			fds[n++] = (struct pollfd){ .fd = all[i], .events = POLLIN };
	return n;
}

uint64_t diag_turn(void)
{
	bool more = false;
	uint64_t now;

	if (dump_fd < 0)
		return UINT64_MAX;
	if (tap_fd >= 0)
		more |= tap_read();
	if (event_fd >= 0)
		more |= events_read();
	lingers_end();
	now = clock_now();
	if (!round.running && (now >= round.due || now >= round.whole_due))
		round_begin(now >= round.whole_due || tap_fd < 0 || event_fd < 0);
	if (round.running)
		round_read();
	more |= search_turn();
	/* Where something came more will come: no need to ask whether it has. */
	if (round.running || more)
		return now;
	now = round.due < round.whole_due ? round.due : round.whole_due;
	return linger_first != linger_last && lingers[linger_first % LINGERS_MAX].until < now
		       ? lingers[linger_first % LINGERS_MAX].until
		       : now;
}
