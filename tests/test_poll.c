/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * test_poll.c - the P4 VM's loop against a kernel that this test plays.
 *
 *	child:  poll_run() with a fake program        (the P4 VM)
 *	parent: rings in the channel's memory, the relay of ring/flow.h, the bell
 *	        as one end of a socket pair, the controller
 *
 * The parent rings only while the P4 VM sleeps, and relays only when it is told
 * to: a wake-up that is lost, on either side, ends in a time-out and a failure.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "control/client.h"
#include "control/clock.h"
#include "ring/flow.h"
#include "runtime/poll.h"
#include "tests/fake_pipeline.h"
#include "tests/tap.h"

#define CHUNK    2048U
#define CHUNKS   1024U
#define PATIENCE 20000 /* ms without any progress */

/* One direction of one port, as the kernel has it. */
struct lane {
	struct tp4_ring src;  /* we produce: P4-RX */
	struct tp4_flow flow; /* the relay; flow.dst goes to dst */
	struct tp4_ring dst;  /* we consume */
	__u8 *dst_mem;
	__u32 sent, got; /* numbers in the packets */
	__u64 frees;
	bool marks_fall; /* out of order: a mark of an older program */
	__u8 mark;
	__u32 marked[256];
	__u32 gaps;
};

struct kport {
	__u32 slot, epoch;
	struct tp4_area area;
	struct lane lane[TP4_DIRS];
};

static __u8 *view_mem, *verdict_mem;
static struct tp4_view *view;
static struct tp4_vm *vm;
static int bell, mode_device;
static char socket_path[64];
static pid_t child;
static struct client *client;
static struct client_error err;

static void *map_memory(__u64 size)
{
	int fd = memfd_create("channel", MFD_CLOEXEC);
	void *mem;

	if (fd < 0 || ftruncate(fd, size))
		abort();
	mem = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, 0);
	if (mem == MAP_FAILED)
		abort();
	close(fd);
	return mem;
}

/* The P4 VM */

static int listen_at(void)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strcpy(addr.sun_path, socket_path);
	unlink(socket_path);
	if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) || listen(fd, 4))
		abort();
	return fd;
}

/* @device: a read of the bell runs the relay, as on the device itself. */
static void vm_start(const char *program, unsigned int spin_us, bool device)
{
	int pair[2], control = listen_at();

	memset(vm, 0, sizeof(*vm));
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		abort();
	mode_device = device;
	fflush(NULL);
	child = fork();
	if (!child) {
		struct poll_config config = {
			.view = view_mem,
			.verdict = verdict_mem,
			.bell = pair[1],
			.bell_runs_relay = device,
			.spin_us = spin_us,
			.control = control,
			.control_listening = true,
			.invm = -1,
			.isolation = "test",
		};
		struct poll *p;
		int ret;

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		poll_signals();
		if (poll_new(&config, &p) || (program && poll_load(p, program, strlen(program))))
			_exit(9);
		ret = poll_run(p);
		poll_free(p);
		exit(ret ? 1 : 0); /* the leak check runs at exit */
	}
	close(pair[1]);
	close(control);
	bell = pair[0];
	fcntl(bell, F_SETFL, O_NONBLOCK);
	if (client_open(socket_path, 20000, &client, &err))
		abort();
}

static int vm_end(int sig)
{
	int status = -1;

	client_close(client);
	kill(child, sig);
	waitpid(child, &status, 0);
	close(bell);
	unlink(socket_path);
	return status;
}

/* The kernel */

static void ring(void)
{
	char c = '!';

	if (tp4_read_once(vm->sleeping))
		(void)!write(bell, &c, 1);
}

static void changed(void)
{
	tp4_store_release(&view->changes, view->changes + 1);
	ring();
}

/* Attach a socket: rings of @entries, indices from @start on. */
static void port_attach(struct kport *p, __u32 slot, __u32 entries, __u32 start, bool unaligned)
{
	struct tp4_view_port *v = &view->port[slot];
	static __u32 epochs;

	p->slot = slot;
	p->epoch = ++epochs;
	p->area = (struct tp4_area){ view_mem + slot * TP4_VIEW_SLOT + TP4_VIEW_UMEM,
				     (__u64)CHUNK * CHUNKS, CHUNK, unaligned };
	for (int dir = 0; dir < TP4_DIRS; dir++) {
		struct lane *l = &p->lane[dir];
		__u8 *base = verdict_mem + slot * TP4_VERDICT_SLOT + dir * TP4_VERDICT_DIR;

		free(l->dst_mem);
		memset(l, 0, sizeof(*l));
		l->dst_mem = calloc(1, TP4_RING_DESC + entries * sizeof(struct xdp_desc));
		l->src = (struct tp4_ring){
			view_mem + slot * TP4_VIEW_SLOT + (dir ? TP4_VIEW_TX : 0), entries, start
		};
		*tp4_ring_word(&l->src, TP4_RING_PROD) = start;
		*tp4_ring_word(&l->src, TP4_RING_CONS) = start;
		l->dst = (struct tp4_ring){ l->dst_mem, entries, 0 };
		l->flow = (struct tp4_flow){
			.src = l->src,
			.dst = l->dst,
			.judged = (struct tp4_judged *)base,
			.patches = base + TP4_VERDICT_PATCH,
			.area = &p->area,
		};
		v->dir[dir].entries = entries;
		v->dir[dir].start = start;
	}
	v->umem_size = p->area.size;
	v->chunk_size = CHUNK;
	v->flags = unaligned ? TP4_PORT_UNALIGNED : 0;
	strcpy(v->ifname, "eth0");
	v->queue = 3;
	tp4_store_release(&v->epoch, p->epoch);
	changed();
}

/* Answer a hello. */
static void port_serve(struct kport *p)
{
	struct tp4_view_port *v = &view->port[p->slot];

	if (v->live == p->epoch || tp4_load_acquire(&vm->port[p->slot].hello) != p->epoch)
		return;
	for (int dir = 0; dir < TP4_DIRS; dir++)
		((struct tp4_judged *)p->lane[dir].flow.judged)->prod = v->dir[dir].start;
	tp4_store_release(&v->live, p->epoch);
	changed();
}

static bool port_live(const struct kport *p)
{
	return view->port[p->slot].live == p->epoch;
}

static void lane_relay(struct kport *p, struct lane *l)
{
	struct tp4_frees frees = { .max = TP4_FREES_MAX };
	__u32 moved = 0, taken = 0;
	enum tp4_flow_end end;

	do {
		frees.n = 0;
		end = tp4_flow_run(&l->flow, &frees, 256, &moved, &taken);
		l->frees += frees.n;
		/* The switch takes everything at once and reads the numbers in it. */
		while (tp4_ring_avail(&l->dst)) {
			struct xdp_desc d = tp4_ring_read(&l->dst, l->dst.idx++);
			__u64 start, room;
			__u32 number;

			tp4_ring_release(&l->dst);
			if (!tp4_area_locate(&p->area, &d, &start, &room)) {
				l->gaps += 1000000;
				continue;
			}
			memcpy(&number, p->area.base + start + d.len - 4, 4);
			if (number != l->got)
				l->gaps++;
			l->got = number + 1;
			if (p->area.base[start] < l->mark)
				l->marks_fall = true;
			l->mark = p->area.base[start];
			l->marked[l->mark]++;
		}
	} while (end == TP4_FLOW_MORE || end == TP4_FLOW_FREES || end == TP4_FLOW_FULL);
	if (end == TP4_FLOW_BREACH)
		l->gaps += 1000000;
}

/* Were we told to look?  One bell, or in device mode also a read, is the word. */
static bool told(int wait_ms)
{
	struct pollfd fd = { .fd = bell, .events = POLLIN };
	char buf[256];

	if (mode_device && tp4_read_once(vm->sleeping)) {
		usleep(wait_ms ? 100 : 0);
		return true;
	}
	if (poll(&fd, 1, wait_ms) <= 0)
		return false;
	return read(bell, buf, sizeof(buf)) > 0;
}

static void relay(struct kport *ports, unsigned int n, int wait_ms)
{
	if (!told(wait_ms))
		return;
	for (unsigned int i = 0; i < n; i++) {
		port_serve(&ports[i]);
		for (int dir = 0; port_live(&ports[i]) && dir < TP4_DIRS; dir++)
			lane_relay(&ports[i], &ports[i].lane[dir]);
	}
}

/* A packet of @parts descriptors; false: no room.  It ends with its number. */
static bool lane_send(struct kport *p, struct lane *l, __u32 parts)
{
	if (tp4_ring_room(&l->src) < parts)
		return false;
	for (__u32 i = 0; i < parts; i++) {
		/* Each direction has its half of the frames; rings are no longer than that. */
		__u64 at =
			(__u64)(l->src.idx % (CHUNKS / 2) + (l - p->lane) * (CHUNKS / 2)) * CHUNK +
			256;
		struct xdp_desc d = { at, 60 + l->sent % 100, i + 1 < parts ? XDP_PKT_CONTD : 0 };

		memset(p->area.base + at, 0, 64);
		memcpy(p->area.base + at + d.len - 4, &l->sent, 4);
		if (p->area.unaligned)
			d.addr = (at - 256) | 256ULL << 48;
		*tp4_ring_desc(&l->src, l->src.idx++) = d;
		/* The number of a packet in parts is expected in each of them. */
	}
	l->sent++;
	tp4_ring_submit(&l->src);
	return true;
}

static __u64 lane_out(const struct lane *l)
{
	return l->flow.stat[TP4_STAT_FORWARDED] + l->flow.stat[TP4_STAT_DROPPED] +
	       l->flow.stat[TP4_STAT_DROP_BAD_PATCH] + l->flow.stat[TP4_STAT_DROP_BAD_PACKET];
}

static bool wait_live(struct kport *ports, unsigned int n)
{
	int64_t end = now_ms() + PATIENCE;

	for (;;) {
		unsigned int live = 0;

		for (unsigned int i = 0; i < n; i++)
			live += port_live(&ports[i]);
		if (live == n)
			return true;
		if (now_ms() > end)
			return false;
		relay(ports, n, 10);
	}
}

/* @each packets in every direction of all ports, and all of them out again. */
static bool traffic(struct kport *ports, unsigned int n, __u32 each)
{
	int64_t end = now_ms() + PATIENCE;
	__u64 last = 0;

	for (;;) {
		__u64 out = 0, want = 0;
		bool sent = false;

		for (unsigned int i = 0; i < n; i++)
			for (int dir = 0; dir < TP4_DIRS; dir++) {
				struct lane *l = &ports[i].lane[dir];

				for (int k = random() % 70; k && l->sent < each; k--)
					if (lane_send(&ports[i], l, 1))
						sent = true;
					else
						break;
				out += lane_out(l);
				want += each;
			}
		if (sent) {
			tp4_full_barrier();
			ring();
		}
		if (out == want)
			return true;
		relay(ports, n, sent ? 0 : 10);
		if (out != last)
			end = now_ms() + PATIENCE;
		last = out;
		if (now_ms() > end) {
			printf("# stuck at %llu of %llu, sleeping %u\n", (unsigned long long)out,
			       (unsigned long long)want, vm->sleeping);
			return false;
		}
	}
}

static void port_end(struct kport *p)
{
	view->port[p->slot].epoch = 0;
	view->port[p->slot].live = 0;
	for (int dir = 0; dir < TP4_DIRS; dir++) {
		free(p->lane[dir].dst_mem);
		p->lane[dir].dst_mem = NULL;
	}
	changed();
}

/* Tests */

static void test_forward(unsigned int spin_us, bool device, const char *what)
{
	struct kport p[3] = { 0 };
	Transp4__V1__StatusResponse *st = NULL;
	bool good = true;

	vm_start(NULL, spin_us, device);
	port_attach(&p[0], 1, 64, 0, false);
	port_attach(&p[1], 7, 512, 0xfffffff0, false);
	port_attach(&p[2], 15, 2, 77, true);
	for (int i = 0; i < 20; i++)
		relay(p, 3, 1);
	ok(!vm->port[1].hello, "%s: no program, no hello", what);
	ok(!client_program_set(client, "FAKE forward", 12, CLIENT_REPLACE, &err),
	   "%s: a program comes", what);
	ok(wait_live(p, 3), "%s: the P4 VM says hello for three ports", what);
	ok(traffic(p, 3, 20000), "%s: 20000 packets in each direction of three ports", what);
	for (int i = 0; i < 3; i++)
		for (int dir = 0; dir < TP4_DIRS; dir++)
			good = good && !p[i].lane[dir].gaps && p[i].lane[dir].got == 20000;
	ok(good, "%s: all arrive, in order", what);
	ok(!client_status(client, &st, &err) && st->n_ports == 3 && st->ports[1]->live &&
		   st->ports[1]->rx->forwarded == 20000 && !st->ports[1]->rx->dropped &&
		   !strcmp(st->ports[1]->ifname, "eth0") && st->ports[1]->queue == 3,
	   "%s: status counts them", what);
	if (st)
		client_status_free(st);
	for (int i = 0; i < 3; i++)
		port_end(&p[i]);
	ok(vm_end(SIGTERM) == 0, "%s: it ends in order when told to", what);
}

static void test_verdicts(void)
{
	struct kport p = { 0 };
	struct lane *rx = &p.lane[TP4_RX];
	__u64 before;

	vm_start("FAKE third", 0, false);
	port_attach(&p, 2, 256, 0x7ffffffe, false);
	ok(wait_live(&p, 1) && traffic(&p, 1, 3000), "every third: all are decided");
	/* One program counts both directions together. */
	ok(rx->flow.stat[TP4_STAT_DROPPED] + p.lane[TP4_TX].flow.stat[TP4_STAT_DROPPED] == 2000 &&
		   rx->frees + p.lane[TP4_TX].frees == 2000,
	   "a third is dropped");
	ok(!client_program_set(client, "FAKE mark 9", 11, CLIENT_REPLACE, &err), "replace");
	memset(rx->marked, 0, sizeof(rx->marked));
	ok(traffic(&p, 1, 4000) && rx->marked[9] == 1000 &&
		   rx->flow.stat[TP4_STAT_REWRITTEN] == 1000,
	   "rewritten: the first byte is the program's");
	before = rx->flow.stat[TP4_STAT_DROPPED];
	ok(!client_program_set(client, "FAKE grow 300", 13, CLIENT_REPLACE, &err) &&
		   traffic(&p, 1, 4010) && rx->flow.stat[TP4_STAT_DROPPED] == before + 10 &&
		   !rx->flow.stat[TP4_STAT_DROP_BAD_PATCH],
	   "a prefix longer than a patch slot is a drop, not a broken verdict");
	ok(!client_program_set(client, "FAKE grow 16", 12, CLIENT_REPLACE, &err) &&
		   traffic(&p, 1, 4020) && rx->marked[0xee] == 10,
	   "a longer prefix");
	port_end(&p);
	ok(vm_end(SIGTERM) == 0, "it ends");
}

static void test_descriptors(void)
{
	struct kport p = { 0 };
	struct lane *rx = &p.lane[TP4_RX];
	Transp4__V1__StatusResponse *st;
	struct xdp_desc bad[] = {
		{ (__u64)CHUNK * CHUNKS, 1, 0 },
		{ (__u64)CHUNK * CHUNKS - 10, 11, 0 },
		{ ~0ULL, 60, 0 },
		{ 1ULL << 63, 60, 0 },
		{ ~0ULL - 30, 60, 0 },
		{ 0, 0xffffffff, 0 },
	};
	__u64 before;
	char c = 0;

	vm_start("FAKE forward", 0, false);
	port_attach(&p, 1, 128, 100, false);
	ok(wait_live(&p, 1), "live");
	for (unsigned int i = 0; i < 6; i++)
		*tp4_ring_desc(&rx->src, rx->src.idx++) = bad[i];
	tp4_ring_submit(&rx->src);
	tp4_full_barrier();
	ring();
	for (int i = 0; i < 2000 && rx->flow.stat[TP4_STAT_DROPPED] < 6; i++)
		relay(&p, 1, 5);
	ok(rx->flow.stat[TP4_STAT_DROPPED] == 6 && !client_status(client, &st, &err) &&
		   st->ports[0]->rx->bad == 6,
	   "descriptors outside the UMEM are dropped and counted");
	client_status_free(st);

	/* Two of three parts: it must wait, and must not burn time either. */
	for (int i = 0; i < 2; i++)
		*tp4_ring_desc(&rx->src, rx->src.idx++) =
			(struct xdp_desc){ 256, 60, XDP_PKT_CONTD };
	tp4_ring_submit(&rx->src);
	(void)!write(bell, &c, 1);
	for (int i = 0; i < 20; i++)
		relay(&p, 1, 5);
	ok(rx->flow.judged->prod == rx->flow.src.idx, "a packet without its end is not decided");
	*tp4_ring_desc(&rx->src, rx->src.idx++) = (struct xdp_desc){ 256, 60, 0 };
	tp4_ring_submit(&rx->src);
	tp4_full_barrier();
	ring();
	before = rx->flow.stat[TP4_STAT_FORWARDED];
	for (int i = 0; i < 2000 && rx->flow.src.idx != rx->src.idx; i++)
		relay(&p, 1, 5);
	ok(rx->flow.src.idx == rx->src.idx && rx->flow.stat[TP4_STAT_FORWARDED] == before + 1,
	   "with its end it is, as one");

	/* A chain without end: the kernel cuts it off, and so must we. */
	for (int i = 0; i < 100; i++)
		*tp4_ring_desc(&rx->src, rx->src.idx++) =
			(struct xdp_desc){ 256, 60, i < 99 ? XDP_PKT_CONTD : 0 };
	tp4_ring_submit(&rx->src);
	tp4_full_barrier();
	ring();
	for (int i = 0; i < 2000 && rx->flow.src.idx != rx->src.idx; i++)
		relay(&p, 1, 5);
	ok(rx->flow.src.idx == rx->src.idx && rx->gaps < 1000000 &&
		   rx->flow.stat[TP4_STAT_DROP_BAD_PACKET] == 1 &&
		   rx->flow.stat[TP4_STAT_FORWARDED] == before + 1,
	   "a packet that is too long is cut where the kernel cuts it, and dropped whole");
	port_end(&p);

	/* A ring full of it. */
	port_attach(&p, 1, 16, 0, false);
	ok(wait_live(&p, 1), "live again");
	for (int i = 0; i < 16; i++)
		*tp4_ring_desc(&rx->src, rx->src.idx++) =
			(struct xdp_desc){ 256, 60, XDP_PKT_CONTD };
	tp4_ring_submit(&rx->src);
	tp4_full_barrier();
	ring();
	for (int i = 0; i < 2000 && rx->flow.src.idx != rx->src.idx; i++)
		relay(&p, 1, 5);
	ok(rx->flow.src.idx == rx->src.idx, "a ring full of one packet is given up");
	port_end(&p);
	ok(vm_end(SIGTERM) == 0, "it ends");
}

/* The switch owns P4-RX(tx): whatever it writes there, the P4 VM lives. */
static void test_hostile_switch(void)
{
	struct kport p = { 0 };
	struct lane *tx = &p.lane[TP4_TX];
	Transp4__V1__StatusResponse *st = NULL;
	char c = 0;

	vm_start("FAKE mark 1", 0, false);
	port_attach(&p, 3, 64, 0, true);
	ok(wait_live(&p, 1), "live");
	for (int run = 0; run < 3000; run++) {
		struct xdp_desc *d = tp4_ring_desc(&tx->src, random());

		d->addr = (__u64)random() << (random() % 48) ^ random();
		d->len = random() % 2 ? random() % 5000 : random();
		d->options = random() % 3;
		tp4_write_once(*tp4_ring_word(&tx->src, TP4_RING_PROD),
			       random() % 2 ? tx->flow.judged->prod + random() % 64 : random());
		if (run % 16 == 0)
			(void)!write(bell, &c, 1);
		if (run % 64 == 0)
			told(1);
	}
	ok(!client_status(client, &st, &err), "random bytes in the TX ring do no harm");
	client_status_free(st);
	port_end(&p);
	ok(vm_end(SIGTERM) == 0, "it ends");
}

static void test_epochs(void)
{
	struct kport p = { 0 };
	bool good = true;

	vm_start("FAKE forward", 0, false);
	for (int i = 0; i < 40 && good; i++) {
		/* The switch comes and goes, sometimes in the middle of packets. */
		port_attach(&p, 4, 1 << random() % 10, random() * 2, i % 2);
		good = wait_live(&p, 1) && traffic(&p, 1, 50 + random() % 200) && !p.lane[0].gaps;
		for (int k = random() % 100; k; k--)
			lane_send(&p, &p.lane[random() % 2], 1);
		ring();
		if (i % 3)
			port_end(&p);
	}
	ok(good, "40 times a switch comes, sends and goes");
	port_end(&p);
	ok(vm_end(SIGTERM) == 0, "it ends");
}

static void test_replace(void)
{
	struct kport p = { 0 };
	struct lane *rx = &p.lane[TP4_RX];
	struct client *other = client;
	pid_t controller;
	int status = 0;

	vm_start("FAKE mark 1", 0, false);
	port_attach(&p, 5, 256, 0, false);
	ok(wait_live(&p, 1), "live");
	fflush(NULL);
	controller = fork();
	if (!controller) {
		char text[32];

		for (int i = 2; i <= 50; i++) {
			snprintf(text, sizeof(text), "FAKE mark %d", i);
			if (client_program_set(client, text, strlen(text), CLIENT_REPLACE, &err))
				_exit(1);
			usleep(2000);
		}
		_exit(0);
	}
	for (__u32 n = 1000; !waitpid(controller, &status, WNOHANG); n += 1000)
		if (!traffic(&p, 1, n))
			break;
	ok(!status, "49 programs in a row under traffic");
	ok(traffic(&p, 1,
		   rx->sent + 100 > p.lane[TP4_TX].sent ? rx->sent + 100 : p.lane[TP4_TX].sent) &&
		   !rx->gaps && rx->got == rx->sent && rx->marks_fall == false && rx->mark == 50,
	   "no packet lost, none out of order, none under an older program than the one before it");
	(void)other;
	port_end(&p);
	ok(vm_end(SIGTERM) == 0, "it ends");
}

static void test_idle(unsigned int spin_us)
{
	struct kport p = { 0 };
	uint64_t used;
	clockid_t clock;

	vm_start("FAKE forward", spin_us, false);
	port_attach(&p, 6, 64, 0, false);
	ok(wait_live(&p, 1) && traffic(&p, 1, 100), "some traffic, spin %u us", spin_us);
	usleep(50000);
	clock_getcpuclockid(child, &clock);
	used = clock_ns(clock);
	usleep(400000);
	ok(clock_ns(clock) - used < 40000000, "idle, it uses no processor time");
	ok(vm->sleeping, "it sleeps");
	ok(traffic(&p, 1, 200) && !p.lane[0].gaps, "and wakes");
	port_end(&p);
	ok(vm_end(SIGTERM) == 0, "it ends");
}

/* While the relay looks by itself, nobody rings for it. */
static void test_relaying(void)
{
	struct kport p = { 0 };
	struct lane *rx = &p.lane[TP4_RX];
	int64_t end = now_ms() + PATIENCE;
	char buf[256];

	vm_start("FAKE forward", 0, false);
	port_attach(&p, 8, 64, 0, false);
	ok(wait_live(&p, 1) && traffic(&p, 1, 100), "live");
	usleep(20000);
	while (read(bell, buf, sizeof(buf)) > 0)
		;
	tp4_write_once(view->port[8].relaying, 1);
	tp4_full_barrier();
	while (lane_out(rx) < 2000 && now_ms() < end) {
		if (rx->sent < 2000 && lane_send(&p, rx, 1))
			ring();
		lane_relay(&p, rx);
	}
	ok(lane_out(rx) == 2000 && !rx->gaps && read(bell, buf, sizeof(buf)) < 0 && errno == EAGAIN,
	   "2000 packets without a bell for a relay that looks");
	tp4_write_once(view->port[8].relaying, 0);
	tp4_full_barrier();
	ok(traffic(&p, 1, 3000), "and with one when it stops");
	port_end(&p);
	ok(vm_end(SIGTERM) == 0, "it ends");
}

static void test_wrong_channel(void)
{
	struct poll_config config = {
		.view = view_mem, .verdict = verdict_mem, .control = -1, .invm = -1
	};
	struct poll *p;

	view->version++;
	ok(poll_new(&config, &p) == -EPROTO, "another channel version is refused");
	view->version--;
	view->magic++;
	ok(poll_new(&config, &p) == -EPROTO, "something that is no channel, too");
	view->magic--;
}

/* A program's log must not flood the host's: 100 lines a second, and no line is lost. */
static void test_log(void)
{
	FILE *log = tmpfile();
	int err_fd = dup(2);
	unsigned int lines[2] = { 0 };
	char line[80];

	dup2(fileno(log), 2);
	vm_start("FAKE log 150", 0, true);
	dup2(err_fd, 2);
	close(err_fd);
	for (int i = 0; i < 2; i++) {
		usleep(i ? 1100000 : 100000);
		ring();
		usleep(100000);
		rewind(log);
		while (fgets(line, sizeof(line), log))
			lines[i]++;
	}
	ok(lines[0] == 100, "a hundred lines of a program's log at once: %u", lines[0]);
	ok(lines[1] == 150, "the others a second later: %u", lines[1]);
	fclose(log);
	ok(vm_end(SIGTERM) == 0, "it ends");
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	srandom(7);
	snprintf(socket_path, sizeof(socket_path), "/tmp/test_poll.%d", getpid());
	view_mem = map_memory(TP4_VIEW_SIZE);
	verdict_mem = map_memory(TP4_VERDICT_SIZE);
	view = (struct tp4_view *)view_mem;
	vm = (struct tp4_vm *)verdict_mem;
	view->magic = TP4_CHANNEL_MAGIC;
	view->version = TP4_CHANNEL_VERSION;
	test_wrong_channel();
	test_forward(0, false, "bell by write");
	test_forward(0, true, "bell by read");
	test_forward(200, false, "spinning");
	test_verdicts();
	test_descriptors();
	test_hostile_switch();
	test_epochs();
	test_replace();
	test_relaying();
	test_idle(0);
	test_idle(100);
	test_log();
	return tap_end();
}
