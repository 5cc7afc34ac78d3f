// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * xsk - a small AF_XDP switch that knows where each frame is.
 *
 *	xsk MODE [OPTIONS] IFACE[:QUEUE]...
 *
 * Modes:
 *	reflect   echo requests are answered, all else is sent back with its
 *	          Ethernet addresses swapped
 *	forward   between the first interface and the second
 *	sink      receives only
 *	source    sends numbered frames of the local experimental EtherType only
 *
 * Options:
 *	-n N  frames of each UMEM (256)         -s N  frame size (2048)
 *	-H N  headroom (0)                      -u    unaligned chunks
 *	-r N -t N -f N -o N  entries of RX, TX, FILL, COMPLETION (256)
 *	-R    no RX ring     -X  no TX ring
 *	-c -z copy, zero copy                   -w    need_wakeup
 *	-k    XDP in generic mode               -g    packets may span frames
 *	-S    all sockets share one UMEM        -2    two sockets on each queue
 *	-p poll|epoll|busy|recv  how to wait    -C N  source: packets to send
 *	-m    map rings after bind              -F    do it in a child, fork()ed
 *	                                              after bind
 *	-l N  source: length (100), of several  -i N  source: us between packets
 *	      frames if need be, with -g
 *	-L    UMEM in huge pages
 *	-P IFACE  that lends us its queue 0: what arrives there is for us
 *
 * It prints "ready" when it is bound.  On SIGTERM it waits until what it sent
 * is completed and reports.  On SIGUSR1 it gives no frame to FILL any more, keeps
 * what it receives, and ends when every frame has come back: the peer must go on
 * sending.  Exit status 1: a frame came back twice, was never given, or did not
 * come back.
 */
#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/xsk_lib.h"

#define SOCKS 16
#define BATCH 64

enum place { HELD, IN_FILL, IN_TX };

struct memory {
	struct xsk_umem umem;
	__u32 frames, held;
	__u8 *place;
	__u64 *stack; /* of frames that we hold */
};

struct queue_rings { /* FILL and COMPLETION, perhaps of two sockets */
	struct xsk_ring fill, comp;
	__u32 given; /* frames in FILL and beyond */
};

struct sock {
	int fd;
	const char *ifname;
	__u32 queue;
	struct xsk_ring rx, tx;
	struct queue_rings *q;
	bool keeper; /* of q */
	struct memory *mem;
	unsigned long received, sent;
};

static struct {
	const char *mode, *wait, *lessor;
	__u32 frames, size, headroom, rx, tx, fill, comp, length, gap_us;
	unsigned long count;
	bool unaligned, no_rx, no_tx, copy, zero_copy, wakeup, generic, sg, share, two, late_map,
		fork, huge;
} opt = { .wait = "poll",
	  .frames = 256,
	  .size = 2048,
	  .rx = 256,
	  .tx = 256,
	  .fill = 256,
	  .comp = 256,
	  .length = 100 };

static struct sock sock[SOCKS];
static unsigned int socks;
static struct memory memory[SOCKS];
static unsigned int memories;
static struct queue_rings rings[SOCKS];
static struct {
	const char *ifname;
	struct xsk_prog prog;
} prog[SOCKS];
static unsigned int progs;
static volatile sig_atomic_t over, collect;
static unsigned long faults, completed, truncated;

static pid_t child;

static void on_term(int sig)
{
	over = 1;
	if (child)
		kill(child, sig);
}

static void on_usr1(int sig)
{
	collect = 1;
	if (child)
		kill(child, sig);
}

__attribute__((format(printf, 1, 2), noreturn)) static void die(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	fprintf(stderr, "xsk: ");
	vfprintf(stderr, format, ap);
	fprintf(stderr, "\n");
	exit(2);
}

__attribute__((format(printf, 1, 2))) static void fault(const char *format, ...)
{
	va_list ap;

	if (faults++ >= 10)
		return;
	va_start(ap, format);
	printf("xsk: FAULT ");
	vprintf(format, ap);
	printf("\n");
	va_end(ap);
}

static __u64 now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000ULL + ts.tv_nsec / 1000;
}

/* Frames */

static __u64 addr_base(const struct memory *m, __u64 addr)
{
	return opt.unaligned ? addr & ((1ULL << 48) - 1) : addr;
}

static __u8 *addr_data(const struct memory *m, __u64 addr)
{
	return m->umem.area + (opt.unaligned ? addr_base(m, addr) + (addr >> 48) : addr);
}

/* The frame of addr moves from one place to another. */
static bool frame_move(struct memory *m, __u64 addr, enum place from, enum place to)
{
	static const char *const name[] = { "in our hands", "in FILL", "in TX" };
	__u64 n = addr_base(m, addr) / opt.size;

	if (n >= m->frames) {
		fault("address %#llx is of no frame", (unsigned long long)addr);
		return false;
	}
	if (m->place[n] != from) {
		fault("frame %llu comes from %s but was %s", (unsigned long long)n, name[from],
		      name[m->place[n]]);
		return false;
	}
	m->place[n] = to;
	if (to == HELD)
		m->stack[m->held++] = n * opt.size;
	return true;
}

static __u64 frame_take(struct memory *m)
{
	return m->stack[--m->held];
}

/* Set-up */

static struct memory *memory_make(void)
{
	struct memory *m = &memory[memories++];
	__u32 i;
	int err = xsk_umem_alloc(&m->umem, opt.frames, opt.size, opt.headroom,
				 opt.unaligned ? XDP_UMEM_UNALIGNED_CHUNK_FLAG : 0,
				 (opt.fork ? MAP_SHARED : MAP_PRIVATE) |
					 (opt.huge ? MAP_HUGETLB : 0));

	if (err)
		die("no memory: %s", strerror(-err));
	m->frames = opt.frames;
	m->place = calloc(m->frames, 1);
	m->stack = calloc(m->frames, sizeof(*m->stack));
	for (i = 0; i < m->frames; i++)
		m->stack[m->held++] = (__u64)i * opt.size;
	return m;
}

static void check(int err, const char *what, const struct sock *s)
{
	if (err < 0)
		die("%s of %s queue %u: %s", what, s->ifname, s->queue, strerror(-err));
}

static struct xsk_prog *prog_get(const char *ifname)
{
	unsigned int i;
	int err;

	for (i = 0; i < progs; i++)
		if (!strcmp(prog[i].ifname, ifname))
			return &prog[i].prog;
	prog[progs].ifname = ifname;
	err = xsk_prog_attach(&prog[progs].prog, ifname,
			      (opt.generic ? XSK_PROG_SKB : 0) | (opt.sg ? XSK_PROG_FRAGS : 0) |
				      (opt.two ? XSK_PROG_SPLIT : 0));
	if (err)
		die("XDP program on %s: %s", ifname, strerror(-err));
	return &prog[progs++].prog;
}

/* @first: the socket whose UMEM this one shares, or NULL. */
static void sock_make(const char *ifname, __u32 queue, struct sock *first, bool same_queue)
{
	struct sock *s = &sock[socks++];
	int flags = (opt.copy ? XDP_COPY : 0) | (opt.zero_copy ? XDP_ZEROCOPY : 0) |
		    (opt.wakeup ? XDP_USE_NEED_WAKEUP : 0) | (opt.sg ? XDP_USE_SG : 0);

	s->ifname = ifname;
	s->queue = queue;
	s->fd = socket(AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (s->fd < 0)
		die("socket: %s", strerror(errno));
	s->mem = first ? first->mem : memory_make();
	if (!first)
		check(xsk_umem_register(s->fd, &s->mem->umem), "UMEM", s);
	s->q = same_queue ? first->q : &rings[socks - 1];
	s->keeper = !same_queue;
	if (s->keeper) {
		check(xsk_ring_create(s->fd, XSK_FILL, opt.fill), "FILL", s);
		check(xsk_ring_create(s->fd, XSK_COMP, opt.comp), "COMPLETION", s);
	}
	if (!opt.no_rx)
		check(xsk_ring_create(s->fd, XSK_RX, opt.rx), "RX", s);
	if (!opt.no_tx)
		check(xsk_ring_create(s->fd, XSK_TX, opt.tx), "TX", s);
	if (opt.late_map)
		check(xsk_bind(s->fd, ifname, queue, first ? XDP_SHARED_UMEM : flags,
			       first ? first->fd : 0),
		      "bind", s);
	if (s->keeper) {
		check(xsk_ring_map(s->fd, XSK_FILL, opt.fill, &s->q->fill), "map of FILL", s);
		check(xsk_ring_map(s->fd, XSK_COMP, opt.comp, &s->q->comp), "map of COMPLETION", s);
	}
	if (!opt.no_rx)
		check(xsk_ring_map(s->fd, XSK_RX, opt.rx, &s->rx), "map of RX", s);
	if (!opt.no_tx)
		check(xsk_ring_map(s->fd, XSK_TX, opt.tx, &s->tx), "map of TX", s);
	if (!opt.late_map)
		check(xsk_bind(s->fd, ifname, queue, first ? XDP_SHARED_UMEM : flags,
			       first ? first->fd : 0),
		      "bind", s);
	if (!opt.no_rx)
		check(xsk_prog_put(prog_get(opt.lessor ?: ifname),
				   (opt.lessor ? 0 : queue) + (same_queue ? 64 : 0), s->fd),
		      "XSKMAP", s);
}

/* Work */

static unsigned int sock_complete(struct sock *s)
{
	struct xsk_ring *comp = &s->q->comp;
	__u32 n = xsk_ring_ready(comp, XSK_COMP), i;

	for (i = 0; i < n; i++)
		frame_move(s->mem, *xsk_ring_addr(comp, comp->idx++), IN_TX, HELD);
	if (n)
		xsk_ring_publish(comp, XSK_COMP);
	completed += n;
	return n;
}

/* Keep half of the frames, or a ring full, in FILL. */
static void sock_refill(struct sock *s)
{
	struct xsk_ring *fill = &s->q->fill;
	__u32 want = s->mem->frames / (opt.no_tx ? 1 : 2), room = xsk_ring_ready(fill, XSK_FILL);

	if (opt.share)
		want /= socks;
	if (want > fill->size)
		want = fill->size;
	if (s->q->given >= want)
		return;
	while (room-- && s->q->given < want && s->mem->held) {
		__u64 addr = frame_take(s->mem);

		s->mem->place[addr / opt.size] = IN_FILL;
		*xsk_ring_addr(fill, fill->idx++) = addr;
		s->q->given++;
	}
	xsk_ring_publish(fill, XSK_FILL);
}

static void turn_around(__u8 *p, __u32 len)
{
	__u8 t[6];

	if (len < 14)
		return;
	memcpy(t, p, 6);
	memcpy(p, p + 6, 6);
	memcpy(p + 6, t, 6);
	/* An IPv4 echo request becomes its answer. */
	if (len >= 42 && p[12] == 8 && !p[13] && p[14] == 0x45 && p[23] == 1 && p[34] == 8) {
		__u32 sum = (p[36] << 8 | p[37]) + 0x800;

		memcpy(t, p + 26, 4);
		memcpy(p + 26, p + 30, 4);
		memcpy(p + 30, t, 4);
		p[34] = 0;
		sum = (sum & 0xffff) + (sum >> 16);
		p[36] = sum >> 8;
		p[37] = sum;
	}
}

/* What one descriptor received becomes one to send, or is given up. */
static unsigned int sock_receive(struct sock *s, struct sock *out)
{
	__u32 n = xsk_ring_ready(&s->rx, XSK_RX), room = out ? xsk_ring_ready(&out->tx, XSK_TX) : 0,
	      i;
	bool first = true;

	if (n > s->rx.size) {
		fault("RX holds %u of %u", n, s->rx.size);
		n = 0;
	}
	if (out && n > room)
		n = room; /* what is behind waits, as a slow switch would let it */
	for (i = 0; i < n; i++) {
		struct xdp_desc d = *xsk_ring_desc(&s->rx, s->rx.idx++);

		if (d.len > opt.size || !d.len)
			fault("a descriptor of %u bytes", d.len);
		if (s->q->given)
			s->q->given--;
		if (!frame_move(s->mem, d.addr, IN_FILL, out && s->mem == out->mem ? IN_TX : HELD))
			continue;
		if (d.options & XDP_PKT_CONTD)
			truncated++;
		s->received++;
		if (!out)
			continue;
		if (!strcmp(opt.mode, "reflect") && first)
			turn_around(addr_data(s->mem, d.addr), d.len);
		first = !(d.options & XDP_PKT_CONTD);
		if (s->mem != out->mem) {
			__u64 to;

			if (!out->mem->held)
				continue; /* counted as received and not as sent */
			to = frame_take(out->mem);
			out->mem->place[to / opt.size] = IN_TX;
			memcpy(out->mem->umem.area + to, addr_data(s->mem, d.addr), d.len);
			d.addr = to;
		}
		*xsk_ring_desc(&out->tx, out->tx.idx++) = d;
		out->sent++;
	}
	if (n)
		xsk_ring_publish(&s->rx, XSK_RX);
	if (n && out)
		xsk_ring_publish(&out->tx, XSK_TX);
	return n;
}

/* Frames of each packet of a source. */
static __u32 source_parts(void)
{
	return (opt.length + opt.size - 1) / opt.size;
}

static bool source_over(const struct sock *s)
{
	return s->sent >= opt.count * source_parts();
}

static unsigned int sock_source(struct sock *s)
{
	static __u64 due;
	__u32 room = xsk_ring_ready(&s->tx, XSK_TX), parts = source_parts(), n = 0;

	if (opt.gap_us && now_us() < due)
		return 0;
	while (n + parts <= room && n < (opt.gap_us ? 1 : BATCH) && s->mem->held >= parts &&
	       !source_over(s)) {
		for (__u32 part = 1; part <= parts; part++, n++) {
			__u64 addr = frame_take(s->mem);
			__u8 *p = s->mem->umem.area + addr;
			__u32 len = part < parts ? opt.size : opt.length - (parts - 1) * opt.size;

			memset(p, 0, len);
			if (part == 1) {
				memset(p, 0xff, 6);
				p[6] = 2;
				p[12] = 0x88;
				p[13] = 0xb5;
				memcpy(p + 14, &s->sent, 4);
			}
			s->mem->place[addr / opt.size] = IN_TX;
			*xsk_ring_desc(&s->tx, s->tx.idx++) =
				(struct xdp_desc){ addr, len, part < parts ? XDP_PKT_CONTD : 0 };
			s->sent++;
		}
	}
	due = now_us() + opt.gap_us;
	xsk_ring_publish(&s->tx, XSK_TX);
	return n;
}

static void sock_wake(struct sock *s)
{
	if (s->tx.map && xsk_ring_ready(&s->tx, XSK_TX) != s->tx.size &&
	    (!opt.wakeup || xsk_ring_needs_wakeup(&s->tx)) &&
	    sendto(s->fd, NULL, 0, MSG_DONTWAIT, NULL, 0) < 0 && errno != EAGAIN &&
	    errno != EBUSY && errno != ENOBUFS && errno != ENETDOWN && errno != ENXIO)
		fault("sendto: %s", strerror(errno));
	if (s->rx.map && opt.wakeup && xsk_ring_needs_wakeup(&s->q->fill))
		recvfrom(s->fd, NULL, 0, MSG_DONTWAIT, NULL, NULL);
}

static void idle(int epoll)
{
	struct pollfd p[SOCKS];
	struct epoll_event e[SOCKS];
	unsigned int i;

	if (!strcmp(opt.wait, "busy"))
		return;
	if (!strcmp(opt.wait, "epoll")) {
		epoll_wait(epoll, e, SOCKS, 20);
	} else if (!strcmp(opt.wait, "recv")) {
		for (i = 0; i < socks; i++)
			recvfrom(sock[i].fd, NULL, 0, MSG_DONTWAIT, NULL, NULL);
		usleep(500);
	} else {
		for (i = 0; i < socks; i++)
			p[i] = (struct pollfd){ sock[i].fd, opt.no_rx ? POLLOUT : POLLIN, 0 };
		poll(p, socks, 20);
	}
}

static struct sock *sock_out(unsigned int i)
{
	if (over || collect || opt.no_tx || !strcmp(opt.mode, "sink") ||
	    !strcmp(opt.mode, "source"))
		return NULL;
	if (!strcmp(opt.mode, "forward"))
		return &sock[(i + socks / 2) % socks];
	return &sock[i];
}

static __u32 count(enum place place)
{
	unsigned int m;
	__u32 n = 0, i;

	for (m = 0; m < memories; m++)
		for (i = 0; i < memory[m].frames; i++)
			n += memory[m].place[i] == place;
	return n;
}

static void run(int epoll)
{
	__u64 last = 0;
	unsigned int i, work;

	for (;;) {
		for (i = work = 0; i < socks; i++) {
			struct sock *s = &sock[i];

			work += sock_complete(s);
			work += sock_receive(s, sock_out(i));
			if (!collect && !over && !opt.no_rx && strcmp(opt.mode, "source"))
				sock_refill(s);
			if (!over && !collect && !strcmp(opt.mode, "source"))
				work += sock_source(s);
			sock_wake(s);
		}
		if (collect && count(HELD) == opt.frames * memories)
			return;
		if (!strcmp(opt.mode, "source") && source_over(&sock[0]) && !count(IN_TX))
			return;
		if (over) {
			last = last ? last : now_us();
			if (!count(IN_TX) || now_us() - last > 3000000)
				return;
		}
		if (!work)
			idle(epoll);
	}
}

static int report(void)
{
	unsigned long received = 0, sent = 0;
	unsigned int i;
	bool good;

	for (i = 0; i < socks; i++) {
		received += sock[i].received;
		sent += sock[i].sent;
	}
	printf("xsk: received %lu sent %lu completed %lu frames %u held %u fill %u tx %u parts %lu "
	       "faults %lu\n",
	       received, sent, completed, opt.frames * memories, count(HELD), count(IN_FILL),
	       count(IN_TX), truncated, faults);
	good = !faults && !count(IN_TX) && sent == completed && (!collect || !count(IN_FILL));
	return good ? 0 : 1;
}

static void options(int argc, char **argv)
{
	int c;

	if (argc < 3)
		die("usage: xsk reflect|forward|sink|source [OPTIONS] IFACE[:QUEUE]...");
	opt.mode = argv[1];
	if (strcmp(opt.mode, "reflect") && strcmp(opt.mode, "forward") &&
	    strcmp(opt.mode, "sink") && strcmp(opt.mode, "source"))
		die("no such mode: %s", opt.mode);
	optind = 2;
	while ((c = getopt(argc, argv, "n:s:H:ur:t:f:o:RXczwkgS2p:C:mFl:i:LP:")) != -1) {
		__u32 n = optarg ? strtoul(optarg, NULL, 0) : 0;

		switch (c) {
		case 'n': opt.frames = n; break;
		case 's': opt.size = n; break;
		case 'H': opt.headroom = n; break;
		case 'u': opt.unaligned = true; break;
		case 'r': opt.rx = n; break;
		case 't': opt.tx = n; break;
		case 'f': opt.fill = n; break;
		case 'o': opt.comp = n; break;
		case 'R': opt.no_rx = true; break;
		case 'X': opt.no_tx = true; break;
		case 'c': opt.copy = true; break;
		case 'z': opt.zero_copy = true; break;
		case 'w': opt.wakeup = true; break;
		case 'k': opt.generic = true; break;
		case 'g': opt.sg = true; break;
		case 'S': opt.share = true; break;
		case '2': opt.two = opt.share = true; break;
		case 'p': opt.wait = optarg; break;
		case 'C': opt.count = n; break;
		case 'm': opt.late_map = true; break;
		case 'F': opt.fork = true; break;
		case 'l': opt.length = n; break;
		case 'i': opt.gap_us = n; break;
		case 'L': opt.huge = true; break;
		case 'P': opt.lessor = optarg; break;
		default: exit(2);
		}
	}
	if (optind == argc)
		die("no interface given");
}

int main(int argc, char **argv)
{
	struct sigaction term = { .sa_handler = on_term }, usr1 = { .sa_handler = on_usr1 };
	unsigned int i;
	int epoll = epoll_create1(EPOLL_CLOEXEC);

	setvbuf(stdout, NULL, _IOLBF, 0);
	options(argc, argv);
	sigaction(SIGTERM, &term, NULL);
	sigaction(SIGINT, &term, NULL);
	sigaction(SIGUSR1, &usr1, NULL);
	for (; optind < argc; optind++) {
		char *colon = strchr(argv[optind], ':');
		__u32 queue = colon ? strtoul(colon + 1, NULL, 0) : 0;

		if (colon)
			*colon = 0;
		if (socks + 2 > SOCKS)
			die("too many sockets");
		sock_make(argv[optind], queue, opt.share && socks ? &sock[0] : NULL, false);
		if (opt.two)
			sock_make(argv[optind], queue, &sock[socks - 1], true);
	}
	for (i = 0; i < socks; i++) {
		struct epoll_event e = { .events = EPOLLIN };

		epoll_ctl(epoll, EPOLL_CTL_ADD, sock[i].fd, &e);
	}
	if (opt.fork) {
		int status;

		child = fork();
		if (child) {
			while (waitpid(child, &status, 0) < 0)
				;
			return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
		}
	}
	printf("ready\n");
	run(epoll);
	return report();
}
