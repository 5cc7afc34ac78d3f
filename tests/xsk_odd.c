// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * xsk_odd - orders of socket calls that nobody uses.
 *
 *	xsk_odd COVERED PLAIN OTHER
 *	xsk_odd many INTERFACE NUMBER   so many sockets on its first queue, till killed
 *	xsk_odd stuck INTERFACE         setsockopt waits for its memory, and the socket is
 *	                                bound meanwhile, till killed
 *
 * The interfaces are p1 to p3, the other ends of their cables q1 to q3, COVERED is
 * of P4 VM a, which forwards ($JUDGE is its process), OTHER of b, which drops.  $T is
 * the command.
 *
 * Each order runs on an interface of a P4 VM and on one of nobody, and the
 * kernel's answers must be the same: a covered socket behaves like any other.
 * Then come the calls that are refused because a socket is covered, where
 * OTHER is an interface of another P4 VM.  Prints TAP.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/userfaultfd.h>
#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/tap.h"
#include "tests/xsk_lib.h"

/* The answers to one order, as text. */
struct answers {
	char text[2048];
};

static void answer(struct answers *a, const char *what, long got)
{
	size_t n = strlen(a->text);

	snprintf(a->text + n, sizeof(a->text) - n, " %s=%s", what,
		 got < 0 ? strerrorname_np(-got) : "ok");
}

#define DO(what, call) answer(a, what, (call))

static struct xsk_umem umem, umem_plain, umem_other;

static int open_xsk(void)
{
	return socket(AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0);
}

static long sys(long result)
{
	return result < 0 ? -errno : result;
}

/* A queue is free a moment after its socket was closed. */
static int bind_queue(int fd, const char *ifname, __u32 queue, __u16 flags)
{
	int i, err = -EBUSY;

	for (i = 0; i < 100 && err == -EBUSY; i++) {
		usleep(i ? 10000 : 0);
		err = xsk_bind(fd, ifname, queue, flags, 0);
	}
	return err;
}

static int bind_soon(int fd, const char *ifname, __u16 flags)
{
	return bind_queue(fd, ifname, 0, flags);
}

/* Map and unmap: a mapping would keep the socket. */
static int map_once(int fd, enum xsk_which which, __u32 entries)
{
	struct xsk_ring r;
	int err = xsk_ring_map(fd, which, entries, &r);

	xsk_ring_unmap(&r);
	return err;
}

/* A bound socket with all rings, none of them mapped. */
static int bound_to(const struct xsk_umem *memory, const char *ifname, __u32 queue, __u16 flags)
{
	int fd = open_xsk(), err;

	if (xsk_umem_register(fd, memory) || xsk_ring_create(fd, XSK_FILL, 64) ||
	    xsk_ring_create(fd, XSK_COMP, 64) || xsk_ring_create(fd, XSK_RX, 64) ||
	    xsk_ring_create(fd, XSK_TX, 64))
		return -1;
	if ((err = bind_queue(fd, ifname, queue, flags))) {
		close(fd);
		return err;
	}
	return fd;
}

static int bound_in(const struct xsk_umem *memory, const char *ifname, __u16 flags)
{
	return bound_to(memory, ifname, 0, flags);
}

static int bound(const char *ifname, __u16 flags)
{
	return bound_in(&umem, ifname, flags);
}

static void odd_plain(struct answers *a, const char *ifname)
{
	struct xsk_ring r[4];
	int fd = open_xsk(), i;

	DO("umem", xsk_umem_register(fd, &umem));
	for (i = 0; i < 4; i++)
		DO("ring", xsk_ring_make(fd, i, 64, &r[i]));
	DO("bind", bind_soon(fd, ifname, 0));
	for (i = 0; i < 4; i++)
		xsk_ring_unmap(&r[i]);
	close(fd);
}

static void odd_rings_first(struct answers *a, const char *ifname)
{
	struct xsk_ring r[4] = { { 0 } };
	int fd = open_xsk(), i;

	DO("comp", xsk_ring_make(fd, XSK_COMP, 32, &r[XSK_COMP]));
	DO("tx", xsk_ring_make(fd, XSK_TX, 128, &r[XSK_TX]));
	DO("rx", xsk_ring_make(fd, XSK_RX, 16, &r[XSK_RX]));
	DO("early bind", bind_soon(fd, ifname, 0));
	DO("umem", xsk_umem_register(fd, &umem));
	DO("umem again", xsk_umem_register(fd, &umem));
	DO("bind without fill", bind_soon(fd, ifname, 0));
	DO("fill", xsk_ring_make(fd, XSK_FILL, 8, &r[XSK_FILL]));
	DO("fill again", xsk_ring_create(fd, XSK_FILL, 8));
	DO("bind", bind_soon(fd, ifname, 0));
	for (i = 0; i < 4; i++)
		xsk_ring_unmap(&r[i]);
	close(fd);
}

static void odd_map_late(struct answers *a, const char *ifname)
{
	struct xsk_ring r[4];
	int fd = bound(ifname, 0), i;
	void *p;

	DO("bound", fd);
	for (i = 0; i < 4; i++)
		DO("map", xsk_ring_map(fd, i, 64, &r[i]));
	for (i = 0; i < 4; i++)
		DO("map twice", map_once(fd, i, 64));
	for (i = 0; i < 4; i++)
		xsk_ring_unmap(&r[i]);
	DO("too long", map_once(fd, XSK_RX, 4096));
	DO("short", map_once(fd, XSK_RX, 8));
	p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0x1000);
	DO("nowhere", p == MAP_FAILED ? -errno : 0);
	p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, XDP_PGOFF_RX_RING);
	DO("read only", p == MAP_FAILED ? -errno : munmap(p, 4096));
	close(fd);
}

static void odd_map_early(struct answers *a, const char *ifname)
{
	int fd = open_xsk(), i;

	for (i = 0; i < 4; i++)
		DO("map of no ring", map_once(fd, i, 64));
	xsk_ring_create(fd, XSK_RX, 64);
	DO("too long", map_once(fd, XSK_RX, 4096));
	DO("short", map_once(fd, XSK_RX, 8));
	close(fd);
}

static void odd_one_way(struct answers *a, const char *ifname)
{
	int way, with;

	for (way = -1; way < 2; way++) {
		for (with = 0; with < 2; with++) {
			struct pollfd p = { .events = POLLIN | POLLOUT };
			int fd = open_xsk();

			xsk_umem_register(fd, &umem);
			if (with) {
				xsk_ring_create(fd, XSK_FILL, 64);
				xsk_ring_create(fd, XSK_COMP, 64);
			}
			if (way >= 0)
				xsk_ring_create(fd, way, 64);
			DO(way < 0 ? "neither" : way ? "tx" : "rx", bind_soon(fd, ifname, 0));
			DO("send", sys(sendto(fd, NULL, 0, MSG_DONTWAIT, NULL, 0)));
			DO("receive", sys(recvfrom(fd, NULL, 0, MSG_DONTWAIT, NULL, NULL)));
			p.fd = fd;
			DO("poll", sys(poll(&p, 1, 0)));
			answer(a, p.revents & POLLIN ? "in" : "no-in", 0);
			answer(a, p.revents & POLLOUT ? "out" : "no-out", 0);
			close(fd);
		}
	}
}

static void odd_twice(struct answers *a, const char *ifname)
{
	int fd = bound(ifname, 0), other;

	DO("bound", fd);
	DO("again", bind_soon(fd, ifname, 0));
	DO("again elsewhere", xsk_bind(fd, "lo", 0, 0, 0));
	other = bound(ifname, 0);
	DO("another on the queue", other);
	close(other);
	close(fd);
}

static void odd_fails_first(struct answers *a, const char *ifname)
{
	int fd = open_xsk();

	xsk_umem_register(fd, &umem);
	xsk_ring_create(fd, XSK_FILL, 64);
	xsk_ring_create(fd, XSK_COMP, 64);
	xsk_ring_create(fd, XSK_RX, 64);
	xsk_ring_create(fd, XSK_TX, 64);
	DO("no interface", xsk_bind(fd, "nothere", 0, 0, 0));
	DO("no queue", xsk_bind(fd, ifname, 77, 0, 0));
	DO("both", xsk_bind(fd, ifname, 0, XDP_COPY | XDP_ZEROCOPY, 0));
	DO("zero copy", xsk_bind(fd, ifname, 0, XDP_ZEROCOPY, 0));
	DO("flags", xsk_bind(fd, ifname, 0, 0x8000, 0));
	DO("family",
	   sys(bind(fd, (struct sockaddr *)&(struct sockaddr_xdp){ .sxdp_family = AF_INET },
		    sizeof(struct sockaddr_xdp))));
	DO("short",
	   sys(bind(fd, (struct sockaddr *)&(struct sockaddr_xdp){ .sxdp_family = AF_XDP }, 6)));
	DO("send", sys(sendto(fd, NULL, 0, MSG_DONTWAIT, NULL, 0)));
	DO("receive", sys(recvfrom(fd, NULL, 0, MSG_DONTWAIT, NULL, NULL)));
	DO("at last", bind_soon(fd, ifname, XDP_COPY));
	DO("send now", sys(sendto(fd, NULL, 0, MSG_DONTWAIT, NULL, 0)));
	DO("send and wait", sys(sendto(fd, NULL, 0, 0, NULL, 0)));
	close(fd);
}

static void odd_options_late(struct answers *a, const char *ifname)
{
	struct xdp_statistics stats;
	struct xdp_mmap_offsets off;
	struct xdp_options options;
	socklen_t len;
	int fd = bound(ifname, XDP_USE_NEED_WAKEUP), i;

	DO("bound", fd);
	for (i = 0; i < 4; i++)
		DO("ring", xsk_ring_create(fd, i, 64));
	DO("umem", xsk_umem_register(fd, &umem));
	len = sizeof(stats);
	DO("statistics", sys(getsockopt(fd, SOL_XDP, XDP_STATISTICS, &stats, &len)));
	answer(a, stats.tx_ring_empty_descs ? "emptied" : "not-emptied", 0);
	len = sizeof(off);
	DO("offsets", sys(getsockopt(fd, SOL_XDP, XDP_MMAP_OFFSETS, &off, &len)));
	len = sizeof(options);
	DO("options", sys(getsockopt(fd, SOL_XDP, XDP_OPTIONS, &options, &len)));
	answer(a, options.flags ? "zero-copy" : "copy", 0);
	DO("listen", sys(listen(fd, 1)));
	DO("connect",
	   sys(connect(fd, (struct sockaddr *)&(struct sockaddr_xdp){ .sxdp_family = AF_XDP },
		       16)));
	close(fd);
}

static void odd_sizes(struct answers *a, const char *ifname)
{
	static const __u32 bad[] = { 0, 3, 65535, 65537, 0x80000001, 0xffffffff };
	int fd = open_xsk();
	unsigned int i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		DO("ring", xsk_ring_create(fd, i % 4, bad[i]));
	close(fd);
	for (i = 1; i <= 65536; i *= 16) {
		fd = open_xsk();
		xsk_umem_register(fd, &umem);
		DO("rx", xsk_ring_create(fd, XSK_RX, i));
		DO("tx", xsk_ring_create(fd, XSK_TX, i));
		DO("fill", xsk_ring_create(fd, XSK_FILL, i * 2));
		DO("comp", xsk_ring_create(fd, XSK_COMP, i * 2));
		DO("bind", bind_soon(fd, ifname, 0));
		close(fd);
	}
}

static void odd_shared(struct answers *a, const char *ifname)
{
	int first = bound(ifname, 0), fd = open_xsk(), unbound = open_xsk(),
	    udp = socket(AF_INET, SOCK_DGRAM, 0);

	DO("bound", first);
	xsk_ring_create(fd, XSK_RX, 64);
	xsk_ring_create(fd, XSK_TX, 64);
	DO("with nothing", xsk_bind(fd, ifname, 0, XDP_SHARED_UMEM, -1));
	DO("with udp", xsk_bind(fd, ifname, 0, XDP_SHARED_UMEM, udp));
	DO("with unbound", xsk_bind(fd, ifname, 0, XDP_SHARED_UMEM, unbound));
	DO("with itself", xsk_bind(fd, ifname, 0, XDP_SHARED_UMEM, fd));
	DO("with flags", xsk_bind(fd, ifname, 0, XDP_SHARED_UMEM | XDP_COPY, first));
	DO("same queue", xsk_bind(fd, ifname, 0, XDP_SHARED_UMEM, first));
	close(first); /* the UMEM lives on */
	DO("send", sys(sendto(fd, NULL, 0, MSG_DONTWAIT, NULL, 0)));
	close(fd);
	close(unbound);
	close(udp);

	first = bound(ifname, 0);
	fd = open_xsk();
	xsk_ring_create(fd, XSK_RX, 64);
	xsk_ring_create(fd, XSK_FILL, 64);
	xsk_ring_create(fd, XSK_COMP, 64);
	DO("own fill, same queue", xsk_bind(fd, ifname, 0, XDP_SHARED_UMEM, first));
	DO("other queue", xsk_bind(fd, ifname, 1, XDP_SHARED_UMEM, first));
	close(first);
	close(fd);
	first = bound(ifname, 0);
	fd = open_xsk();
	xsk_ring_create(fd, XSK_RX, 64);
	DO("no fill, other queue", xsk_bind(fd, ifname, 1, XDP_SHARED_UMEM, first));
	close(fd);
	close(first);
}

/* A ring's mapping keeps the socket; what it shows stays readable. */
static void odd_close_mapped(struct answers *a, const char *ifname)
{
	struct xsk_ring r[4];
	__u64 sum = 0;
	int fd = open_xsk(), i;

	xsk_umem_register(fd, &umem);
	for (i = 0; i < 4; i++)
		DO("ring", xsk_ring_make(fd, i, 64, &r[i]));
	DO("bind", bind_soon(fd, ifname, 0));
	close(fd);
	for (i = 0; i < 4; i++) {
		sum += xsk_ring_ready(&r[i], i);
		*r[i].prod = *r[i].cons = 0x12345678;
	}
	answer(a, sum == 128 ? "empty" : "not-empty", 0);
	usleep(30000);
	for (i = 0; i < 4; i++)
		xsk_ring_unmap(&r[i]);
}

static void odd_fork(struct answers *a, const char *ifname)
{
	int fd = open_xsk(), status = 0;

	xsk_umem_register(fd, &umem);
	xsk_ring_create(fd, XSK_FILL, 64);
	xsk_ring_create(fd, XSK_COMP, 64);
	xsk_ring_create(fd, XSK_RX, 64);
	if (!fork())
		_exit(-bind_soon(fd, ifname, 0)); /* a child binds */
	wait(&status);
	DO("bind in child", -WEXITSTATUS(status));
	DO("bind in parent", bind_soon(fd, ifname, 0));
	DO("receive", sys(recvfrom(fd, NULL, 0, MSG_DONTWAIT, NULL, NULL)));
	if (!fork()) {
		close(fd);
		_exit(0);
	}
	wait(NULL);
	DO("receive", sys(recvfrom(fd, NULL, 0, MSG_DONTWAIT, NULL, NULL)));
	close(fd);
}

/* What a broken switch may write into its rings. */
static void odd_wild_rings(struct answers *a, const char *ifname)
{
	struct xsk_ring r[4];
	int fd = open_xsk(), i, k;

	xsk_umem_register(fd, &umem);
	for (i = 0; i < 4; i++)
		xsk_ring_make(fd, i, 64, &r[i]);
	DO("bind", bind_soon(fd, ifname, 0));
	for (k = 0; k < 200; k++) {
		for (i = 0; i < 4; i++) {
			if (k % 3)
				*r[i].prod = k % 2 ? (__u32)random() : *r[i].cons + k % 80;
			if (k % 5 == 0)
				*r[i].cons = (__u32)random();
			*(__u64 *)((__u8 *)r[i].desc + random() % 64 * 8) = (__u64)random()
									    << k % 40;
			*r[i].flags = (__u32)random();
		}
		sendto(fd, NULL, 0, MSG_DONTWAIT, NULL, 0);
		recvfrom(fd, NULL, 0, MSG_DONTWAIT, NULL, NULL);
		poll(&(struct pollfd){ fd, POLLIN | POLLOUT, 0 }, 1, 0);
	}
	answer(a, "alive", 0);
	close(fd);
	for (i = 0; i < 4; i++)
		xsk_ring_unmap(&r[i]);
}

static int race_fd;
static volatile bool race_over;

static void *race_map(void *arg)
{
	while (!race_over) {
		struct xsk_ring r;

		if (!xsk_ring_map(race_fd, XSK_RX, 64, &r))
			xsk_ring_unmap(&r);
	}
	return NULL;
}

/* mmap of one thread meets registration and bind of another. */
static void odd_race(struct answers *a, const char *ifname)
{
	int i, failed = 0;

	for (i = 0; i < 40; i++) {
		pthread_t t;

		race_fd = open_xsk();
		race_over = false;
		xsk_ring_create(race_fd, XSK_RX, 64);
		pthread_create(&t, NULL, race_map, NULL);
		failed |= xsk_umem_register(race_fd, &umem);
		failed |= xsk_ring_create(race_fd, XSK_FILL, 64);
		failed |= xsk_ring_create(race_fd, XSK_COMP, 64);
		failed |= bind_soon(race_fd, ifname, 0);
		race_over = true;
		pthread_join(t, NULL);
		close(race_fd);
	}
	answer(a, failed ? "failed" : "all-bound", 0);
}

/* A frame arrives from the other end of the cable. */
static void arrive(const char *ifname)
{
	char peer[IFNAMSIZ] = "q";
	__u8 frame[60] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 0x88, 0xb5 };
	struct sockaddr_ll to = { .sll_family = AF_PACKET };
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	strncat(peer, ifname + 1, sizeof(peer) - 2);
	to.sll_ifindex = if_nametoindex(peer);
	sendto(fd, frame, sizeof(frame), 0, (struct sockaddr *)&to, sizeof(to));
	close(fd);
}

/* The P4 VM of the covered port does not decide for half a second; wait() for its end. */
static void judge_pause(void)
{
	const char *text = getenv("JUDGE");
	pid_t judge = text ? atoi(text) : 0;

	if (judge < 2 || kill(judge, SIGSTOP))
		exit(2);
	usleep(100000);
	if (!fork()) {
		usleep(500000);
		kill(judge, SIGCONT);
		_exit(0);
	}
}

static sigset_t sigio; /* blocked */

/* It comes, and then there is something. */
static bool signalled(const struct xsk_ring *rx)
{
	while (sigtimedwait(&sigio, NULL, &(struct timespec){ .tv_sec = 5 }) == SIGIO)
		if (xsk_ring_ready(rx, XSK_RX))
			return true;
	return false;
}

/* Who waits since before bind is woken, too, and who asked for a signal gets it. */
static void odd_epoll_early(struct answers *a, const char *ifname)
{
	struct epoll_event e = { .events = EPOLLIN | EPOLLET };
	int fd = open_xsk(), ep = epoll_create1(0), i;
	struct xsk_ring r[4];
	struct xsk_prog prog;

	xsk_umem_register(fd, &umem);
	for (i = 0; i < 4; i++)
		xsk_ring_make(fd, i, 64, &r[i]);
	DO("watch", sys(epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e)));
	DO("bind", bind_soon(fd, ifname, 0));
	DO("program", xsk_prog_attach(&prog, ifname, XSK_PROG_SKB));
	DO("map", xsk_prog_put(&prog, 0, fd));
	for (i = 0; i < 32; i++)
		*xsk_ring_addr(&r[XSK_FILL], r[XSK_FILL].idx++) = i * 4096;
	xsk_ring_publish(&r[XSK_FILL], XSK_FILL);
	sendto(fd, NULL, 0, MSG_DONTWAIT, NULL, 0);
	/* Until it is there: an edge comes with each, undecided ones too. */
	for (i = 0; i < 50 && !xsk_ring_ready(&r[XSK_RX], XSK_RX); i++) {
		arrive(ifname);
		usleep(20000);
	}
	while (epoll_wait(ep, &e, 1, 100) > 0)
		;
	r[XSK_RX].idx += xsk_ring_ready(&r[XSK_RX], XSK_RX);
	xsk_ring_publish(&r[XSK_RX], XSK_RX);
	/* Decided long after its arrival, which wakes us in vain. */
	judge_pause();
	arrive(ifname);
	answer(a, epoll_wait(ep, &e, 1, 5000) == 1 && e.events & EPOLLIN ? "woken" : "asleep", 0);
	wait(NULL);
	r[XSK_RX].idx += xsk_ring_ready(&r[XSK_RX], XSK_RX);
	xsk_ring_publish(&r[XSK_RX], XSK_RX);
	DO("owner", sys(fcntl(fd, F_SETOWN, getpid())));
	DO("signals", sys(fcntl(fd, F_SETFL, O_ASYNC)));
	judge_pause();
	arrive(ifname);
	answer(a, signalled(&r[XSK_RX]) ? "signalled" : "left-alone", 0);
	wait(NULL);
	xsk_prog_detach(&prog);
	close(ep);
	for (i = 0; i < 4; i++)
		xsk_ring_unmap(&r[i]);
	close(fd);
}

/* The core waits for room for all its frames, and so does all that is behind it. */
static void odd_too_long(struct answers *a, const char *ifname)
{
	int fd = open_xsk(), i, err;
	struct xsk_ring tx, comp;

	xsk_umem_register(fd, &umem);
	xsk_ring_create(fd, XSK_FILL, 64);
	xsk_ring_make(fd, XSK_COMP, 2, &comp);
	xsk_ring_make(fd, XSK_TX, 64, &tx);
	err = bind_soon(fd, ifname, XDP_USE_SG);
	DO("bind", err); /* EINVAL before Linux 6.6 */
	for (i = 0; i < 5; i++)
		*xsk_ring_desc(&tx, tx.idx++) =
			(struct xdp_desc){ i * 4096, 100, i < 3 ? XDP_PKT_CONTD : 0 };
	xsk_ring_publish(&tx, XSK_TX);
	for (i = 0; i < 30; i++) {
		sendto(fd, NULL, 0, MSG_DONTWAIT, NULL, 0);
		usleep(10000);
	}
	answer(a, xsk_ring_ready(&comp, XSK_COMP) ? "completed" : "held", 0);
	xsk_ring_unmap(&tx);
	xsk_ring_unmap(&comp);
	close(fd);
}

static const struct {
	const char *name;
	void (*run)(struct answers *, const char *);
} odd[] = {
	{ "the usual order", odd_plain },
	{ "rings before the UMEM", odd_rings_first },
	{ "maps after bind", odd_map_late },
	{ "maps of nothing", odd_map_early },
	{ "one way, no way", odd_one_way },
	{ "bind twice", odd_twice },
	{ "bind fails, then succeeds", odd_fails_first },
	{ "options after bind", odd_options_late },
	{ "rings of all sizes", odd_sizes },
	{ "shared UMEM", odd_shared },
	{ "close before unmap", odd_close_mapped },
	{ "fork", odd_fork },
	{ "wild indices", odd_wild_rings },
	{ "mmap against bind", odd_race },
	{ "epoll before bind, and a signal", odd_epoll_early },
	{ "a packet of more frames than COMPLETION has entries", odd_too_long },
};

static void same(const char *covered, const char *plain)
{
	unsigned int i;

	for (i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		struct answers a = { "" }, b = { "" };

		odd[i].run(&a, covered);
		odd[i].run(&b, plain);
		if (ok(!strcmp(a.text, b.text), "%s: as without us", odd[i].name))
			printf("# both:%s\n", a.text);
		else
			printf("# covered:%s\n#   plain:%s\n", a.text, b.text);
	}
}

/* @frames: with FILL and COMPLETION of its own. */
static int share(const char *ifname, int with, bool frames)
{
	int fd = open_xsk(), err;

	xsk_ring_create(fd, XSK_RX, 64);
	if (frames) {
		xsk_ring_create(fd, XSK_FILL, 64);
		xsk_ring_create(fd, XSK_COMP, 64);
	}
	err = xsk_bind(fd, ifname, 0, XDP_SHARED_UMEM, with);
	close(fd);
	return err;
}

static void refusal(int got, int want, const char *what)
{
	if (!ok(got == want, "%s: %s", what, strerrorname_np(-want)))
		printf("# got %s\n", got < 0 ? strerrorname_np(-got) : "success");
}

static void refused(const char *covered, const char *plain, const char *other)
{
	int a, b, c, fd, mem, err;
	__u32 i, mib = 1100;
	struct xsk_umem huge = { .size = (__u64)mib << 20, .chunk = 4096 };
	__u32 which;

	/* One set of pages for all of it. */
	mem = memfd_create("umem", 0);
	if (ftruncate(mem, 1 << 20))
		exit(2);
	huge.area = mmap(NULL, huge.size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
			 -1, 0);
	for (i = 0; i < mib; i++)
		if (mmap(huge.area + ((size_t)i << 20), 1 << 20, PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_FIXED, mem, 0) == MAP_FAILED)
			exit(2);
	fd = open_xsk();
	ok(!xsk_umem_register(fd, &huge), "a UMEM larger than the window is registered");
	xsk_ring_create(fd, XSK_RX, 64);
	xsk_ring_create(fd, XSK_FILL, 64);
	xsk_ring_create(fd, XSK_COMP, 64);
	refusal(xsk_bind(fd, covered, 0, 0, 0), -E2BIG, "... refused on a covered port");
	err = bind_soon(fd, plain, 0);
	ok(!err, "... and welcome elsewhere, with the same socket (%d)", err);
	close(fd);
	munmap(huge.area, huge.size);
	close(mem);

	for (which = XSK_RX; which <= XSK_TX; which++) {
		fd = open_xsk();
		xsk_umem_register(fd, &umem);
		xsk_ring_create(fd, XSK_FILL, 64);
		xsk_ring_create(fd, XSK_COMP, 64);
		xsk_ring_create(fd, which, 131072);
		refusal(xsk_bind(fd, covered, 0, 0, 0), -E2BIG,
			"a ring of 131072 is refused on a covered port");
		err = bind_soon(fd, plain, 0);
		ok(!err, "... and welcome elsewhere, with the same socket (%d)", err);
		close(fd);
	}

	a = bound(covered, 0);
	b = bound_in(&umem_plain, plain, 0);
	c = bound_in(&umem_other, other, 0);
	ok(a >= 0 && b >= 0 && c >= 0, "three sockets with UMEMs of their own (%d, %d, %d)", a, b,
	   c);
	refusal(share(covered, b, true), -EACCES, "covered may not share with uncovered");
	refusal(share(plain, a, true), -EACCES, "uncovered may not share with covered");
	refusal(share(covered, c, true), -EACCES, "nor with another tenant's");
	refusal(share(other, a, true), -EACCES, "nor the other way round");
	close(a);
	close(b);
	close(c);
}

/* The same pages, registered again: the P4 VM would see them, too. */
static void registered_twice(const char *covered, const char *plain, const char *other)
{
	struct xsk_umem half = umem;
	int a = bound(covered, 0), b;

	half.area += half.size / 2;
	half.size /= 2;
	ok(a >= 0, "a covered socket (%d)", a);
	refusal(bound(plain, 0), -EACCES, "its pages, registered anew for an uncovered one");
	refusal(bound_in(&half, plain, 0), -EACCES, "half of them");
	refusal(bound(other, 0), -EACCES, "... for another tenant's");
	close(a);
	b = bound(plain, 0);
	ok(b >= 0, "an uncovered socket (%d)", b);
	refusal(bound(covered, 0), -EACCES, "its pages, registered anew for a covered one");
	refusal(bound_in(&half, covered, 0), -EACCES, "half of them");
	close(b);
	b = bound_in(&half, plain, 0);
	ok(b >= 0, "an uncovered socket of half of them (%d)", b);
	refusal(bound(covered, 0), -EACCES, "all of them for a covered one");
	close(b);
}

/* Many UMEMs that nobody covers, none of which may be forgotten. */
static void crowd(const char *covered, const char *plain)
{
	enum { CROWD = 40 };
	struct xsk_umem one = { .size = 4096, .chunk = 4096 };
	int fd[CROWD], i, n = 0, a;

	for (i = 0; i < CROWD; i++) {
		one.area = umem_plain.area + i * 4096;
		fd[i] = bound_to(&one, plain, 1 + i, 0);
		n += fd[i] >= 0;
	}
	ok(n == CROWD, "%d of %d uncovered sockets with UMEMs of their own", n, CROWD);
	a = bound(covered, 0);
	ok(a >= 0, "... leave a covered one alone (%d)", a);
	close(a);
	for (i = n = 0; i < CROWD; i++) {
		one.area = umem_plain.area + i * 4096;
		a = bound_in(&one, covered, 0);
		n += a == -EACCES;
		close(a);
	}
	ok(n == CROWD, "... whose pages %d of %d covered sockets may not have", n, CROWD);
	refusal(bound_in(&umem_plain, covered, 0), -EACCES, "... nor one all of them");
	for (i = 0; i < CROWD; i++)
		close(fd[i]);
}

/* All that is sent is dropped: the ring has room again, which is told. */
static void dropped(const char *other)
{
	struct pollfd p = { .events = POLLOUT };
	struct xsk_ring tx = { 0 };
	int fd = open_xsk(), i, err, got;
	time_t begin;

	xsk_umem_register(fd, &umem);
	xsk_ring_create(fd, XSK_FILL, 64);
	xsk_ring_create(fd, XSK_COMP, 64);
	xsk_ring_make(fd, XSK_TX, 64, &tx);
	err = bind_soon(fd, other, 0);
	ok(!err, "a socket of a P4 VM that drops (%d)", err);
	for (i = 0; i < 64; i++)
		*xsk_ring_desc(&tx, tx.idx++) = (struct xdp_desc){ i * 4096, 60, 0 };
	p.fd = fd;
	xsk_ring_publish(&tx, XSK_TX);
	/* poll() looks once more when its time is over: that would be no wake-up. */
	begin = time(NULL);
	got = poll(&p, 1, 20000);
	ok(got == 1 && p.revents == POLLOUT && time(NULL) - begin < 15,
	   "a full TX ring that is dropped is writable again (%d)", got);
	xsk_ring_unmap(&tx);
	close(fd);
}

/* What the switch puts into FILL moves without a word of its own, however much it is. */
static void large(const char *covered)
{
	enum { ENTRIES = 1 << 18 };
	struct xsk_ring fill = { 0 };
	int fd = open_xsk(), i, err;

	xsk_umem_register(fd, &umem);
	xsk_ring_create(fd, XSK_RX, 64);
	xsk_ring_create(fd, XSK_COMP, 64);
	err = xsk_ring_make(fd, XSK_FILL, ENTRIES, &fill);
	ok(!err, "a FILL ring of %u (%d)", ENTRIES, err);
	for (i = 0; !err && i < ENTRIES; i++)
		*xsk_ring_addr(&fill, fill.idx++) = i % 64 * 4096;
	xsk_ring_publish(&fill, XSK_FILL);
	err = bind_soon(fd, covered, XDP_USE_NEED_WAKEUP);
	ok(!err, "... on a covered port (%d)", err);
	for (i = 0; i < 200 && xsk_ring_ready(&fill, XSK_FILL) != ENTRIES; i++)
		usleep(100000);
	ok(xsk_ring_ready(&fill, XSK_FILL) == ENTRIES, "... all of it moves (room for %u)",
	   xsk_ring_ready(&fill, XSK_FILL));
	xsk_ring_unmap(&fill);
	close(fd);
}

static int run(const char *command)
{
	int status = system(command);

	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* What was decided is taken back: no failure of the P4 VM, which decides what comes then. */
static void taken_back(const char *other)
{
	struct xsk_ring tx = { 0 }, comp = { 0 };
	int fd = open_xsk(), i, err;

	xsk_umem_register(fd, &umem);
	xsk_ring_create(fd, XSK_FILL, 64);
	xsk_ring_make(fd, XSK_COMP, 4, &comp);
	xsk_ring_make(fd, XSK_TX, 64, &tx);
	err = bind_soon(fd, other, 0);
	ok(!err, "a socket of a P4 VM that drops (%d)", err);
	for (i = 0; i < 64; i++)
		*xsk_ring_desc(&tx, tx.idx++) = (struct xdp_desc){ i * 4096, 60, 0 };
	xsk_ring_publish(&tx, XSK_TX);
	/* The others are decided, and wait for room in COMPLETION. */
	for (i = 0; i < 200 && xsk_ring_ready(&comp, XSK_COMP) != 4; i++) {
		sendto(fd, NULL, 0, MSG_DONTWAIT, NULL, 0);
		usleep(100000);
	}
	tx.idx = *tx.cons + 1;
	xsk_ring_publish(&tx, XSK_TX);
	poll(&(struct pollfd){ fd, POLLOUT, 0 }, 1, 0);
	ok(!run("$T -j stats p3 | jq -e '.[0].tx | .rewinds == 1 and .failures == 0' >/dev/null"),
	   "what is taken back is no failure");
	comp.idx += 4;
	xsk_ring_publish(&comp, XSK_COMP);
	for (i = 0; i < 2; i++)
		*xsk_ring_desc(&tx, tx.idx++) = (struct xdp_desc){ i * 4096, 60, 0 };
	xsk_ring_publish(&tx, XSK_TX);
	for (i = 0; i < 200 && xsk_ring_ready(&comp, XSK_COMP) != 3; i++) {
		sendto(fd, NULL, 0, MSG_DONTWAIT, NULL, 0);
		usleep(100000);
	}
	ok(xsk_ring_ready(&comp, XSK_COMP) == 3, "... and what comes then is decided (%u)",
	   xsk_ring_ready(&comp, XSK_COMP));
	xsk_ring_unmap(&tx);
	xsk_ring_unmap(&comp);
	close(fd);
}

/*
 * Who may share changes with the policies.  A P4 VM sees a UMEM whole, so it is the
 * UMEM that counts, not the socket whose descriptor is shown.
 */
static void policies(const char *covered, const char *plain)
{
	int a = bound(covered, 0), b, c;

	ok(a >= 0 && !run("$T port del p1"), "a port is released");
	refusal(share(covered, a, false), -EACCES, "nobody's socket may not join its queue");
	refusal(share(plain, a, true), -EACCES, "nor its UMEM");
	b = bound(plain, 0);
	ok(b >= 0, "... whose pages may be registered anew (%d)", b);
	ok(!run("$T port add p1 --vm a && "
		"$T -j port list p1 | jq -e '.[0].sockets[0].state == \"released\"' >/dev/null"),
	   "... so no P4 VM gets it back");
	close(b);
	close(a);
	ok(!run("$T port del p1 && $T port add p1 --queue 0 --vm a && $T port add p1 --queue 1 "
		"--vm a"),
	   "two queues");
	a = open_xsk();
	xsk_ring_create(a, XSK_RX, 131072);
	refusal(xsk_bind(a, covered, 65536, 0, 0), -E2BIG, "queue 65536 is the kernel's queue 0");
	close(a);
	a = bound(covered, 0);
	b = open_xsk();
	xsk_ring_create(b, XSK_RX, 64);
	xsk_ring_create(b, XSK_FILL, 64);
	xsk_ring_create(b, XSK_COMP, 64);
	c = xsk_bind(b, covered, 1, XDP_SHARED_UMEM, a);
	ok(a >= 0 && !c, "share a UMEM (%d, %d)", a, c);
	ok(!run("$T port del p1 --queue 1"), "one is released");
	refusal(share(plain, b, true), -EACCES, "its UMEM is still the P4 VM's");
	close(b);
	close(a);
}

/* Sockets of one UMEM, in many processes, for closing one takes the kernel a while. */
static int many(const char *ifname, int n)
{
	enum { PROCESSES = 8 };
	int pipe_fd[2], i, fd, base;
	char c;

	if (pipe(pipe_fd) || xsk_umem_alloc(&umem, 64, 4096, 0, 0, MAP_SHARED))
		return 2;
	base = bound_in(&umem, ifname, 0);
	for (i = 0; i < PROCESSES; i++) {
		if (fork())
			continue;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (; n > 1 + i; n -= PROCESSES) {
			fd = open_xsk();
			if (xsk_ring_create(fd, XSK_RX, 1) ||
			    xsk_bind(fd, ifname, 0, XDP_SHARED_UMEM, base))
				_exit(1);
		}
		(void)!write(pipe_fd[1], "", 1);
		pause();
	}
	close(pipe_fd[1]);
	for (i = 0; i < PROCESSES; i++)
		if (read(pipe_fd[0], &c, 1) != 1)
			return 1;
	printf("ready\n");
	fflush(stdout);
	pause();
	return 0;
}

static int stuck_fd;
static void *stuck_memory;

static void *stuck_set(void *arg)
{
	setsockopt(stuck_fd, SOL_XDP, XDP_UMEM_REG, stuck_memory, sizeof(struct xdp_umem_reg));
	return NULL;
}

static int stuck(const char *ifname)
{
	struct uffdio_register reg = { .range.len = 4096, .mode = UFFDIO_REGISTER_MODE_MISSING };
	struct uffdio_api api = { .api = UFFD_API };
	struct uffd_msg msg;
	pthread_t thread;
	int uffd = syscall(SYS_userfaultfd, O_CLOEXEC), i;

	stuck_memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	reg.range.start = (uintptr_t)stuck_memory;
	if (ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg))
		return 2;
	stuck_fd = open_xsk();
	for (i = 0; i < 4; i++)
		xsk_ring_create(stuck_fd, i, 64);
	if (xsk_umem_alloc(&umem, 64, 4096, 0, 0, MAP_SHARED) ||
	    xsk_umem_register(stuck_fd, &umem) || pthread_create(&thread, NULL, stuck_set, NULL) ||
	    read(uffd, &msg, sizeof(msg)) != sizeof(msg) || xsk_bind(stuck_fd, ifname, 0, 0, 0))
		return 1;
	printf("ready\n");
	fflush(stdout);
	pause();
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 4 && (argc != 3 || strcmp(argv[1], "stuck"))) {
		fprintf(stderr, "usage: xsk_odd COVERED PLAIN OTHER | many INTERFACE NUMBER | "
				"stuck INTERFACE\n");
		return 2;
	}
	if (!strcmp(argv[1], "many"))
		return many(argv[2], atoi(argv[3]));
	if (!strcmp(argv[1], "stuck"))
		return stuck(argv[2]);
	alarm(200);
	sigaddset(&sigio, SIGIO);
	sigprocmask(SIG_BLOCK, &sigio, NULL);
	if (xsk_umem_alloc(&umem, 64, 4096, 0, 0, MAP_SHARED) ||
	    xsk_umem_alloc(&umem_plain, 64, 4096, 0, 0, MAP_SHARED) ||
	    xsk_umem_alloc(&umem_other, 64, 4096, 0, 0, MAP_SHARED))
		return 2;
	same(argv[1], argv[2]);
	refused(argv[1], argv[2], argv[3]);
	registered_twice(argv[1], argv[2], argv[3]);
	crowd(argv[1], argv[2]);
	dropped(argv[3]);
	large(argv[1]);
	policies(argv[1], argv[2]);
	taken_back(argv[3]);
	return tap_end();
}
