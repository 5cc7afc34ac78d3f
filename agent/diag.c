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

#include "agent/budget.h"
#include "agent/flows.h"
#include "agent/program.h"
#include "agent/search.h"

#define LINGER      (2000 * MS) /* a closed connection's last packets are still its owner's */
#define LINGERS_MAX 65536U
#define WHOLE_PAUSE (30000 * MS) /* between looks at TCP where events and tap work */

#define LOOK_SOME 512U   /* sockets a turn: numbers that programs hand over must not wait for all */
#define LOOK_SIZE 32768U /* the kernel makes no longer messages of a dump */

/* Events and SYNs are taken several with one system call. */
#define BATCH     32U
#define BATCH_ONE 2048U /* bytes of one that tells of one socket */
#define BATCHES   4     /* a turn */

/*
 * When a connection that this VM accepts is asked for, after its SYN was answered: the far
 * end's word has to come, and a program to take it.
 */
#define ACCEPT_TRIES   3U
#define ACCEPT_PAUSE   (5 * MS) /* before the first time, and ten times as long before each more */
#define ACCEPT_WAITING 512U     /* for one of these times; the oldest makes room */

/* What has no owner is not asked for: TIME_WAIT, CLOSE, and requests to connect. */
#define STATES                                                                                     \
	(1U << TCP_ESTABLISHED | 1U << TCP_SYN_SENT | 1U << TCP_SYN_RECV | 1U << TCP_FIN_WAIT1 |   \
	 1U << TCP_FIN_WAIT2 | 1U << TCP_CLOSE_WAIT | 1U << TCP_LAST_ACK | 1U << TCP_LISTEN |      \
	 1U << TCP_CLOSING)

static int look_fd = -1, find_fd = -1, event_fd = -1, tap_fd = -1, accept_fd = -1;

/* What a look asks for, one after the other. */
static const struct {
	uint8_t family, protocol;
} parts[] = {
	{ AF_INET, IPPROTO_TCP },
	{ AF_INET6, IPPROTO_TCP },
	{ AF_INET, IPPROTO_UDP },
	{ AF_INET6, IPPROTO_UDP },
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

static struct look {
	bool running, whole; /* not whole: of TCP those that listen, which is cheap */
	bool first;
	bool lost;          /* something that only a whole look that begins from now on finds */
	bool stopped;       /* the last whole look, before its end */
	bool absent[PARTS]; /* the kernel does not tell of them; asking loads modules */
	unsigned int part;
	uint64_t pause, begun, due, whole_due;
} look = { .first = true };

static struct budget budget = { .share = 250 };   /* of looks and searches together: 0.4 % */
static struct budget accepts = { .share = 1000 }; /* of connections that are accepted: 0.1 % */

/* Closed connections, in the order of their time. */
static struct ending {
	uint64_t until, cookie;
} lingers[LINGERS_MAX];
static uint32_t linger_first, linger_last; /* run freely */

/*
 * Sockets that are no more, by the end of their cookie: an answer that the
 * kernel gave before may still say that they are.
 */
static uint64_t ended[4096];

static char buf[BATCH * BATCH_ONE] __attribute__((aligned(8)));

/* Message i of those that came is at buf + i * BATCH_ONE, its length is batch[i].msg_len. */
static struct mmsghdr batch[BATCH];
static union {
	struct sockaddr_ll ll;
	struct sockaddr_nl nl;
} from[BATCH];

static int batch_take(int fd, unsigned int n)
{
	static struct iovec iov[BATCH];

	for (unsigned int i = 0; i < n; i++) {
		iov[i] = (struct iovec){ buf + i * BATCH_ONE, BATCH_ONE };
		batch[i].msg_hdr = (struct msghdr){ .msg_name = &from[i],
						    .msg_namelen = sizeof(from[i]),
						    .msg_iov = &iov[i],
						    .msg_iovlen = 1 };
	}
	return recvmmsg(fd, batch, n, MSG_DONTWAIT, NULL);
}

/* Message i, if the kernel sent it (others can: CAP_NET_ADMIN) and it tells of a socket. */
static const struct nlmsghdr *batch_socket(int i)
{
	const struct nlmsghdr *h = (const void *)(buf + i * BATCH_ONE);

	return !from[i].nl.nl_pid && NLMSG_OK(h, batch[i].msg_len) &&
			       h->nlmsg_type == SOCK_DIAG_BY_FAMILY &&
			       h->nlmsg_len >= NLMSG_LENGTH(sizeof(struct inet_diag_msg))
		       ? h
		       : NULL;
}

static uint64_t *ended_at(uint64_t cookie)
{
	return &ended[cookie % (sizeof(ended) / sizeof(ended[0]))];
}

static uint64_t cookie_of(const struct inet_diag_msg *m)
{
	return (uint64_t)m->id.idiag_cookie[1] << 32 | m->id.idiag_cookie[0];
}

static void key_of(const struct inet_diag_msg *m, uint8_t protocol, uint8_t key[FLOW_KEY_SIZE])
{
	const struct inet_diag_sockid *id = &m->id;
	uint8_t addr[2][16] = { { 0 } };

	/* Bound only: there is no other end. */
	for (int i = 0; i < (id->idiag_dport ? 2 : 1); i++) {
		const void *raw = i ? id->idiag_dst : id->idiag_src;

		if (m->idiag_family == AF_INET6)
			memcpy(addr[i], raw, 16);
		else
			flow_map4(addr[i], raw);
	}
	flow_key(key, protocol, addr[0], ntohs(id->idiag_sport), addr[1], ntohs(id->idiag_dport));
}

static uint64_t cgroup_of(const struct nlmsghdr *h)
{
	const struct inet_diag_msg *m = NLMSG_DATA(h);
	const struct rtattr *a = (const struct rtattr *)(m + 1);
	int len = h->nlmsg_len - NLMSG_LENGTH(sizeof(*m));
	uint64_t cgroup = 0;

	for (; RTA_OK(a, len); a = RTA_NEXT(a, len))
		if (a->rta_type == INET_DIAG_CGROUP_ID && RTA_PAYLOAD(a) >= 8)
			memcpy(&cgroup, RTA_DATA(a), 8);
	return cgroup;
}

/* Whose entry the P4 VM finds for a connection that has none: its listening socket's.  Or NULL. */
static const struct flow_record *listener_of(const struct flow_record *r)
{
	static const uint8_t any6[16], any4[16] = { [10] = 0xff, [11] = 0xff };
	const uint8_t *local[] = { r->key + 5, any4, any6 };
	const struct flow_record *l = NULL;
	uint8_t key[FLOW_KEY_SIZE];
	uint64_t holder;

	if (r->key[0] != IPPROTO_TCP)
		return NULL;
	for (int i = 0; i < 3 && !l; i++) {
		if (i == 1 && memcmp(r->key + 5, any4, 12))
			continue;
		flow_key(key, IPPROTO_TCP, local[i], flow_get(r->key + 1, 2), any6, 0);
		l = flow_by_key(key, &holder);
	}
	return l;
}

/* There is such a socket; @accepted: one that was accepted just now. */
static void found(const struct nlmsghdr *h, uint8_t protocol, bool accepted)
{
	const struct inet_diag_msg *m = NLMSG_DATA(h);
	uint64_t cookie = cookie_of(m), cgroup = cgroup_of(h), holder, program = 0;
	const struct flow_record *old, *listener;
	struct flow_record r;
	bool same, known;

	if (!m->id.idiag_sport || *ended_at(cookie) == cookie)
		return;
	key_of(m, protocol, r.key);
	old = flow_by_key(r.key, &holder);
	/* A connection that nobody has accepted has no owner yet; one that was closed keeps its. */
	if (protocol == IPPROTO_TCP && !m->idiag_inode && m->idiag_state != TCP_LISTEN) {
		if (holder == cookie)
			flow_set(old, cookie);
		return;
	}
	flow_put(r.uid, m->idiag_uid, 4);
	flow_put(r.cgroup, cgroup_id(cgroup), 8);
	same = holder && !memcmp(old, &r, FLOW_RECORD_SIZE - 8);
	/* One of several that share an address (SO_REUSEPORT, SO_REUSEADDR). */
	if (holder && holder != cookie &&
	    (protocol == IPPROTO_UDP || m->idiag_state == TCP_LISTEN)) {
		if (!same)
			flow_share(holder, &r);
		return;
	}
	same &= holder == cookie;
	listener = same ? NULL : listener_of(&r);
	/* What the P4 VM finds is right, but for the program; the next look tells of that. */
	if (accepted && listener && !memcmp(listener->uid, r.uid, sizeof(r.uid) + sizeof(r.cgroup)))
		return;
	if (same)
		program = flow_get(old->program, 8);
	if (!program)
		program = program_of_cgroup(cgroup);
	known = program;
	/* Not less than before, while it is searched for. */
	if (!known && listener)
		program = flow_get(listener->program, 8);
	flow_put(r.program, program, 8);
	if (flow_set(&r, cookie) && !known && !same)
		search_for(m->idiag_inode, cookie);
}

/* It is no more. */
static void gone(const struct inet_diag_msg *m)
{
	uint64_t cookie = cookie_of(m);
	const struct flow_record *r = flow_open(cookie);

	*ended_at(cookie) = cookie;
	if (!r)
		return;
	if (r->key[0] != IPPROTO_TCP || linger_last - linger_first == LINGERS_MAX) {
		flow_del(cookie);
		return;
	}
	flow_close(cookie);
	lingers[linger_last++ % LINGERS_MAX] = (struct ending){ clock_now() + LINGER, cookie };
}

/* Returns when to call again. */
static uint64_t lingers_end(void)
{
	uint64_t now = clock_now();

	for (; linger_first != linger_last; linger_first++) {
		const struct ending *l = &lingers[linger_first % LINGERS_MAX];

		if (l->until > now)
			return l->until;
		flow_del(l->cookie);
	}
	return UINT64_MAX;
}

/* Asking */

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
		       .idiag_states = protocol == IPPROTO_UDP ? ~0U : STATES },
	};
}

static bool ask_all(uint8_t family, uint8_t protocol)
{
	struct question q = question(family, protocol, NLM_F_DUMP);

	if (protocol == IPPROTO_TCP && !look.whole)
		q.r.idiag_states = 1U << TCP_LISTEN;
	return send(look_fd, &q, sizeof(q), 0) == sizeof(q);
}

/* Looking */

/* No memory to go on: the next look begins anew. */
static void look_stop(void)
{
	if (look_fd >= 0)
		close(look_fd);
	look_fd = -1;
	look.running = false;
	look.stopped |= look.whole;
}

static void part_begin(void)
{
	while (look.part < PARTS && look.absent[look.part] && !look.whole)
		look.part++;
	if (look.part < PARTS && !ask_all(parts[look.part].family, parts[look.part].protocol))
		look_stop();
}

static void look_begin(uint64_t now)
{
	if (look_fd < 0)
		look_fd = netlink_open(0);
	look.running = true;
	look.whole =
		look.lost || look.stopped || now >= look.whole_due || tap_fd < 0 || event_fd < 0;
	look.lost = false;
	look.part = 0;
	look.begun = now;
	/* Others mark what they see, and end nothing; one that was stopped goes on with this. */
	if (look.whole && !look.stopped)
		flows_look_begin();
	look.stopped = false;
	part_begin();
}

static void look_end(void)
{
	look.running = look.first = false;
	if (!look.whole)
		return;
	flows_look_end();
	/* With events and tap it only finds what these have missed. */
	look.whole_due = clock_now() + WHOLE_PAUSE;
}

/* A part is over, with an error where the kernel cannot tell of such sockets. */
static void part_end(const struct nlmsghdr *h)
{
	/* So begin both NLMSG_ERROR and NLMSG_DONE, which it is where a module is missing. */
	int err = h->nlmsg_len >= NLMSG_LENGTH(sizeof(err)) ? *(const int *)NLMSG_DATA(h) : 0;
	bool absent = err;

	if (err == -ENOMEM || err == -ENOBUFS) {
		look_stop();
		return;
	}
	if (absent && !look.absent[look.part])
		fprintf(stderr,
			"transp4-agent: the kernel does not tell of %s sockets over IPv%d: %s; is "
			"there a module %s_diag?\n",
			parts[look.part].protocol == IPPROTO_UDP ? "UDP" : "TCP",
			parts[look.part].family == AF_INET6 ? 6 : 4, strerror(-err),
			parts[look.part].protocol == IPPROTO_UDP ? "udp" : "tcp");
	look.absent[look.part] = absent;
	look.part++;
	part_begin();
}

/* A message of the running part; returns how many sockets it tells of. */
static unsigned int look_message(const char *at, int n)
{
	unsigned int sockets = 0;

	for (const struct nlmsghdr *h = (const void *)at; NLMSG_OK(h, n); h = NLMSG_NEXT(h, n)) {
		if (h->nlmsg_type == SOCK_DIAG_BY_FAMILY) {
			found(h, parts[look.part].protocol, false);
			sockets++;
		} else if (h->nlmsg_type == NLMSG_DONE || h->nlmsg_type == NLMSG_ERROR) {
			part_end(h);
			break;
		}
	}
	return sockets;
}

/* Some of a look.  The kernel has an answer's next message ready before it is asked for. */
static void look_some(void)
{
	struct sockaddr_nl who;
	unsigned int sockets = 0;
	ssize_t n;

	while (look.running && look.part < PARTS && sockets < LOOK_SOME) {
		n = recvfrom(look_fd, buf, LOOK_SIZE, MSG_DONTWAIT, (struct sockaddr *)&who,
			     &(socklen_t){ sizeof(who) });
		if (n <= 0)
			look_stop();
		else
			sockets += who.nl_pid ? 1 : look_message(buf, n);
	}
	if (look.running && look.part >= PARTS)
		look_end();
}

/* Returns when to call again. */
static uint64_t look_turn(void)
{
	uint64_t now = clock_now(), begin = clock_cost();
	bool first = look.first;

	if (!first && look.due < budget_due(&budget))
		look.due = budget_due(&budget);
	if (now < look.due)
		return look.due;
	if (!look.running)
		look_begin(now);
	look_some();
	look.due = look.running ? now : look.begun + look.pause;
	if (!first)
		budget_use(&budget, clock_cost() - begin);
	return look.due;
}

/* Events and the tap; true: there were some */

static bool events_read(void)
{
	int n = BATCH;

	for (int k = 0; k < BATCHES && n == BATCH; k++) {
		n = batch_take(event_fd, BATCH);
		if (n < 0 && errno == ENOBUFS)
			look.lost = true; /* look at everything */
		if (n <= 0)
			return k;
		for (int i = 0; i < n; i++) {
			const struct nlmsghdr *h = batch_socket(i);

			if (h)
				gone(NLMSG_DATA(h));
		}
	}
	return true;
}

/* Whose is SYN i?  False: it is none. */
static bool tap_question(int i, struct question *q)
{
	const uint8_t *p = (uint8_t *)buf + i * BATCH_ONE;
	size_t n = batch[i].msg_len, at;
	bool v6 = n && p[0] >> 4 == 6;

	at = v6 ? 40 : n ? (p[0] & 15) * 4 : 0;
	if (at < 20 || at + 4 > n)
		return false;
	*q = question(v6 ? AF_INET6 : AF_INET, IPPROTO_TCP, 0);
	memcpy(q->r.id.idiag_src, p + (v6 ? 8 : 12), v6 ? 16 : 4);
	memcpy(q->r.id.idiag_dst, p + (v6 ? 24 : 16), v6 ? 16 : 4);
	memcpy(&q->r.id.idiag_sport, p + at, 2);
	memcpy(&q->r.id.idiag_dport, p + at + 2, 2);
	q->r.id.idiag_if = from[i].ll.sll_ifindex;
	q->r.id.idiag_cookie[0] = q->r.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
	return true;
}

/* The kernel had no room for some SYNs: look for their sockets. */
static void tap_check(void)
{
	struct tpacket_stats lost;
	socklen_t len = sizeof(lost);

	if (!getsockopt(tap_fd, SOL_PACKET, PACKET_STATISTICS, &lost, &len) && lost.tp_drops)
		look.lost = true;
}

/* All questions at once, which the kernel has answered when send() returns: how many, in order. */
static int ask_each(const struct question *all, unsigned int n)
{
	if (!n || send(find_fd, all, n * sizeof(all[0]), 0) < 0)
		return 0;
	return batch_take(find_fd, n);
}

/* The SYNs' sockets. */
static bool tap_read(void)
{
	static struct question all[BATCH];
	int n = BATCH;

	for (int k = 0; k < BATCHES && n == BATCH; k++) {
		unsigned int asked = 0;

		n = batch_take(tap_fd, BATCH);
		if (n <= 0)
			return k;
		if (n == BATCH)
			tap_check();
		for (int i = 0; i < n; i++)
			asked += tap_question(i, &all[asked]);
		for (int i = 0, m = ask_each(all, asked); i < m; i++) {
			const struct nlmsghdr *h = batch_socket(i);

			if (h)
				found(h, IPPROTO_TCP, false);
		}
	}
	return true;
}

/* Connections to accept, in the order of their time, and how often they were asked for. */
static struct accepting {
	struct question q[ACCEPT_WAITING];
	uint64_t due[ACCEPT_WAITING];
	uint32_t first, last; /* run freely */
} accepting[ACCEPT_TRIES];

static void accept_wait(unsigned int tries, const struct question *q)
{
	uint64_t pause = ACCEPT_PAUSE;
	struct accepting *a;

	if (tries == ACCEPT_TRIES)
		return;
	a = &accepting[tries];
	while (tries--)
		pause *= 10;
	if (a->last - a->first == ACCEPT_WAITING)
		a->first++;
	a->q[a->last % ACCEPT_WAITING] = *q;
	a->due[a->last++ % ACCEPT_WAITING] = clock_now() + pause;
}

/* Ask for those whose time has come. */
static void accept_ask(unsigned int tries, uint64_t now)
{
	static struct question all[BATCH];
	struct accepting *a = &accepting[tries];
	unsigned int n = 0;

	for (; n < BATCH && a->first != a->last && a->due[a->first % ACCEPT_WAITING] <= now; n++)
		all[n] = a->q[a->first++ % ACCEPT_WAITING];
	for (int i = 0, m = ask_each(all, n); i < m; i++) {
		const struct nlmsghdr *h = batch_socket(i);
		const struct inet_diag_msg *d = h ? NLMSG_DATA(h) : NULL;

		if (d && !d->idiag_inode && d->idiag_state != TCP_LISTEN)
			accept_wait(tries + 1, &all[i]);
		else if (d)
			found(h, IPPROTO_TCP, true);
	}
}

/*
 * What is accepted, within its budget: whoever is outside may send SYNs as he likes.  What
 * there is no room for is found by looks.  Returns when to call again.
 */
static uint64_t accept_turn(void)
{
	uint64_t now = clock_now(), begin = clock_cost(), next = UINT64_MAX;
	int n;

	if (accept_fd < 0)
		return UINT64_MAX;
	if (now < budget_due(&accepts))
		return budget_due(&accepts);
	n = batch_take(accept_fd, BATCH);
	for (int i = 0; i < n; i++) {
		struct question q;

		if (tap_question(i, &q))
			accept_wait(0, &q);
	}
	for (unsigned int tries = 0; tries < ACCEPT_TRIES; tries++) {
		const struct accepting *a = &accepting[tries];

		accept_ask(tries, now);
		if (a->first != a->last && a->due[a->first % ACCEPT_WAITING] < next)
			next = a->due[a->first % ACCEPT_WAITING];
	}
	budget_use(&accepts, clock_cost() - begin);
	return next;
}

/*
 * Outgoing TCP segments with SYN, and with ACK or without it; offsets are from the IP
 * header.
 */
static int tap_open(bool ack)
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
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ack ? 0x12 : 0x02, 0, 1),
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

bool diag_start(uint64_t pause)
{
	look.pause = pause;
	look_fd = netlink_open(0);
	find_fd = netlink_open(0);
	if (look_fd < 0 || find_fd < 0) {
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
			"transp4-agent: no events of closed sockets: %s; looks at all of them "
			"find out\n",
			strerror(errno));
	tap_fd = tap_open(false);
	accept_fd = tap_open(true);
	if (tap_fd < 0)
		fprintf(stderr,
			"transp4-agent: no tap for new connections: %s; looks at all sockets find "
			"them, later (CAP_NET_RAW)\n",
			strerror(errno));
	return true;
}

unsigned int diag_poll(struct pollfd *fds)
{
	/* Only when it may be read. */
	bool may = clock_now() >= budget_due(&accepts);
	int all[DIAG_FDS] = { event_fd, tap_fd, may ? accept_fd : -1 };
	unsigned int n = 0;

	for (unsigned int i = 0; i < DIAG_FDS; i++)
		if (all[i] >= 0)
			fds[n++] = (struct pollfd){ .fd = all[i], .events = POLLIN };
	return n;
}

uint64_t diag_turn(void)
{
	static unsigned int turns;
	uint64_t next, due;
	bool more = false;

	if (event_fd >= 0)
		more |= events_read();
	if (tap_fd >= 0)
		more |= tap_read();
	next = lingers_end();
	due = accept_turn();
	if (due < next)
		next = due;
	/* Looks and searches share a budget: each goes first every other time. */
	turns++;
	for (unsigned int i = turns; i < turns + 2; i++) {
		due = i % 2 ? look_turn() : search_turn(&budget);
		if (due < next)
			next = due;
	}
	/* Where something came more will come: no need to ask whether it has. */
	return more ? clock_now() : next;
}
