// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * stress - everything about the module at the same time, at random.
 *
 *	stress SECONDS [SEED [WORKER...]]
 *
 * In rounds, each with a seed of its own, which is printed: processes make, use and
 * close AF_XDP sockets, rule P4 VMs and ports, open channels, change interfaces,
 * send; some threads run into each other on one socket.  All are killed at once.
 * Then the module must go within a time limit, and comes back for the next round.
 * Whoever hangs is named with his kernel stack.  With WORKERs only these run.
 *
 * The interfaces are p0 to p3, their other ends q0 to q3; p4 and q4 may be cards, for
 * zero copy.  Namespace s is for moves.
 * $MODULE is the module's file, $JUDGE and $XSK are the tools of that name.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/find.h"
#include "cli/kernel.h"
#include "tests/xsk_lib.h"

/* What kernel_open() has to say is no news here. */
int complain(const char *format, ...)
{
	return 1;
}

bool find_module(char *path, size_t size)
{
	return false;
}

#define VETHS    4
#define PORTS    (VETHS + 1)
#define QUEUES   4
#define SOCKETS  8
#define ROUND    30 /* seconds */
#define PATIENCE 60

static __thread __u64 state;

static __u32 roll(__u32 n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (state >> 11) % n;
}

static const char *const vms[] = { "a", "b" };

static const char *some_port(char *name)
{
	sprintf(name, "p%u", roll(PORTS));
	return name;
}

/* ------------------------------------------------------------------ sockets */

struct slot {
	int fd;
	struct xsk_umem umem;
	struct xsk_ring ring[4];
	struct xsk_prog prog;
	bool has_prog;
	__u64 seed; /* for who meddles */
};

static struct slot slots[SOCKETS];
static struct xsk_umem common; /* that several register */

static const __u16 bind_flags[] = { 0,
				    XDP_COPY,
				    XDP_USE_NEED_WAKEUP,
				    XDP_COPY | XDP_USE_NEED_WAKEUP,
				    XDP_ZEROCOPY,
				    XDP_USE_SG,
				    XDP_USE_SG | XDP_USE_NEED_WAKEUP | XDP_COPY };

static int bind_any(struct slot *s, bool share)
{
	char name[IF_NAMESIZE];
	__u16 flags = bind_flags[roll(sizeof(bind_flags) / sizeof(*bind_flags))];

	if (share)
		flags = XDP_SHARED_UMEM;
	if (!roll(30))
		flags = roll(1 << 6);
	return xsk_bind(s->fd, some_port(name), roll(10) ? roll(2) : roll(QUEUES + 1), flags,
			slots[roll(SOCKETS)].fd);
}

static int slot_make(struct slot *s)
{
	static const __u32 chunk[] = { 2048, 4096, 3000 };
	__u32 c = roll(3), i, entries[4];
	bool late = !roll(4), share = !roll(3), alone = share && roll(2);
	int err;

	s->fd = socket(AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (s->fd < 0)
		return 0;
	s->umem = common;
	if (roll(3) && xsk_umem_alloc(&s->umem, 1 + roll(300), chunk[c], roll(2) * 64,
				      c == 2 ? XDP_UMEM_UNALIGNED_CHUNK_FLAG : 0,
				      roll(2) ? MAP_SHARED : MAP_PRIVATE))
		s->umem.area = NULL;
	if (s->umem.area && !share)
		xsk_umem_register(s->fd, &s->umem);
	for (i = 0; i < 4; i++) {
		entries[i] = 1U << roll(10);
		if (!roll(30) || (alone && i >= XSK_FILL))
			continue;
		xsk_ring_create(s->fd, i, entries[i]);
		if (!late)
			xsk_ring_map(s->fd, i, entries[i], &s->ring[i]);
	}
	err = bind_any(s, share);
	for (i = 0; late && i < 4; i++)
		xsk_ring_map(s->fd, i, entries[i], &s->ring[i]);
	return err;
}

static void slot_close(struct slot *s)
{
	bool first = roll(2);
	int i;

	if (first)
		close(s->fd);
	for (i = 0; i < 4; i++)
		xsk_ring_unmap(&s->ring[i]);
	if (!first)
		close(s->fd);
	if (s->has_prog)
		xsk_prog_detach(&s->prog);
	if (s->umem.area && s->umem.area != common.area)
		munmap(s->umem.area, s->umem.size);
	memset(s, 0, sizeof(*s));
	s->fd = -1;
}

static void slot_program(struct slot *s)
{
	static const int modes[] = { XSK_PROG_SKB, XSK_PROG_DRV, XSK_PROG_DRV | XSK_PROG_FRAGS };
	char name[IF_NAMESIZE];
	__u32 q;

	if (s->has_prog)
		xsk_prog_detach(&s->prog);
	s->has_prog = !xsk_prog_attach(&s->prog, some_port(name), modes[roll(3)]);
	for (q = 0; s->has_prog && q < QUEUES; q++)
		xsk_prog_put(&s->prog, q, slots[roll(SOCKETS)].fd);
}

static __u64 some_addr(const struct slot *s)
{
	__u64 addr = s->umem.chunk ? roll(s->umem.size / s->umem.chunk + 1) * s->umem.chunk : 0;

	if (!roll(30))
		addr = (__u64)roll(1U << 31) << roll(40);
	else if (!roll(4))
		addr += roll(256);
	return addr;
}

static void slot_use(struct slot *s)
{
	struct pollfd p = { s->fd, POLLIN | POLLOUT, 0 };
	struct xsk_ring *r;
	__u32 n, i;

	r = &s->ring[XSK_FILL];
	for (n = r->map ? roll(64) : 0; n && xsk_ring_ready(r, XSK_FILL); n--)
		*xsk_ring_addr(r, r->idx++) = some_addr(s);
	r = &s->ring[XSK_TX];
	for (n = r->map ? roll(16) : 0; n && xsk_ring_ready(r, XSK_TX); n--)
		*xsk_ring_desc(r, r->idx++) =
			(struct xdp_desc){ some_addr(s), roll(20) ? 14 + roll(1500) : roll(1 << 20),
					   roll(6) ? 0 : roll(4) };
	for (i = 0; i < 4; i++) {
		r = &s->ring[i];
		if (!r->map)
			continue;
		if (i == XSK_RX || i == XSK_COMP)
			r->idx += xsk_ring_ready(r, i);
		if (!roll(300))
			r->idx += roll(1000); /* not what the kernel awaits */
		xsk_ring_publish(r, i);
	}
	if (roll(4))
		sendto(s->fd, NULL, 0, roll(20) ? MSG_DONTWAIT : 0, NULL, 0);
	if (!roll(3))
		recvfrom(s->fd, NULL, 0, MSG_DONTWAIT, NULL, NULL);
	if (!roll(4))
		poll(&p, 1, roll(10));
}

/* Another thread that does something else to the same socket. */
static void *meddle(void *arg)
{
	struct slot *s = arg;
	struct xsk_ring r;
	int i, fd = s->fd;

	state = s->seed;
	for (i = 0; i < 20; i++)
		switch (roll(6)) {
		case 0: bind_any(s, roll(2)); break;
		case 1:
			if (!xsk_ring_map(fd, roll(4), 64, &r))
				xsk_ring_unmap(&r);
			break;
		case 2: xsk_ring_create(fd, roll(4), 64); break;
		case 3: xsk_umem_register(fd, &common); break;
		case 4: sendto(fd, NULL, 0, MSG_DONTWAIT, NULL, 0); break;
		case 5:
			if (!roll(20))
				close(dup2(s->fd, 900)); /* a reference more, and less */
			break;
		}
	return NULL;
}

static void work_sockets(void)
{
	struct slot *s;
	pthread_t other;
	__u32 i;

	if (xsk_umem_alloc(&common, 256, 2048, 0, 0, MAP_SHARED))
		return;
	for (i = 0; i < SOCKETS; i++)
		slots[i].fd = -1;
	for (;;) {
		s = &slots[roll(SOCKETS)];
		switch (roll(12)) {
		case 0:
			if (s->fd >= 0)
				slot_close(s);
			break;
		case 1:
			if (s->fd >= 0 && !roll(3))
				slot_program(s);
			break;
		case 2:
			s->seed = state ^ 1;
			if (s->fd < 0 || pthread_create(&other, NULL, meddle, s))
				break;
			if (roll(2))
				slot_use(s);
			else
				bind_any(s, roll(2));
			if (!roll(4))
				close(s->fd); /* under him; another may get the number */
			pthread_join(other, NULL);
			break;
		case 3: /* a child that has them for a while */
			if (!roll(4) && !fork()) {
				usleep(roll(100000));
				_exit(0);
			}
			while (waitpid(-1, NULL, WNOHANG) > 0)
				;
			break;
		default:
			if (s->fd >= 0)
				slot_use(s);
			else if (slot_make(s) && roll(8))
				slot_close(s);
		}
	}
}

/* ... and where the interfaces are sometimes. */
static void work_away(void)
{
	int ns = open("/run/netns/s", O_RDONLY);

	if (ns >= 0 && !setns(ns, CLONE_NEWNET)) {
		close(ns);
		work_sockets();
	}
}

/* ------------------------------------------------------------------ policy */

/* By enum tp4_event; shared with the parent. */
static unsigned long *events;

static void count_event(void *arg, const struct kernel_event *e)
{
	if (e->event <= TP4_EVENT_CLOSE)
		events[e->event]++;
}

static void work_rule(void)
{
	struct kernel *k = NULL;
	char name[IF_NAMESIZE];

	for (;;) {
		__u32 queue = roll(2) ? TP4_QUEUE_ALL : roll(QUEUES), deadline = 1 + roll(300);
		const char *vm = vms[roll(2)];
		struct kernel_port *ports;
		struct kernel_vm *list;
		uint8_t fail = roll(2);
		size_t n;

		if (k && !roll(50)) {
			kernel_close(k);
			k = NULL;
		}
		if (!k) {
			k = kernel_open();
			for (n = 0; k && n < 2; n++)
				kernel_vm_add(k, vms[n], NULL, false);
		}
		if (!k) {
			usleep(100000);
			continue;
		}
		switch (roll(12)) {
		case 0:
			deadline = roll(1001);
			kernel_vm_add(k, vm, roll(2) ? &deadline : NULL, roll(2));
			break;
		case 1:
			if (!roll(10))
				kernel_vm_del(k, vm);
			break;
		case 2: kernel_port_del(k, some_port(name), queue); break;
		case 3:
			if (!kernel_port_list(k, &ports, &n))
				kernel_port_list_free(ports, n);
			break;
		case 4:
			if (!kernel_vm_list(k, &list, &n))
				free(list);
			break;
		case 5:
			if (!roll(4))
				kernel_listen(k, roll(2) ? TP4_GROUP_EVENTS : TP4_GROUP_CAPTURE);
			else if (poll(&(struct pollfd){ kernel_fd(k), POLLIN, 0 }, 1, 0) > 0)
				kernel_next(k, NULL, NULL, NULL);
			break;
		default: kernel_port_add(k, !roll(3), some_port(name), queue, vm, &fail, &deadline);
		}
		usleep(roll(20000));
	}
}

static void work_listen(void)
{
	struct kernel *k;
	int err;

	for (;; usleep(10000)) {
		k = kernel_open();
		if (!k)
			continue;
		err = kernel_listen(k, TP4_GROUP_EVENTS);
		while (!err || err == -ENOBUFS) {
			struct pollfd p = { kernel_fd(k), POLLIN, 0 };

			/* After a while the module may be another one. */
			err = poll(&p, 1, 300) > 0 ? kernel_next(k, count_event, NULL, NULL)
						   : -EAGAIN;
		}
		kernel_close(k);
	}
}

/* ------------------------------------------------------------------ P4 VMs */

/* Run @program for up to @ms, then kill it. */
static void run_for(__u32 ms, const char *program, const char *const *args)
{
	pid_t pid = fork();
	int null;

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		null = open("/dev/null", O_RDWR);
		dup2(null, 1);
		dup2(null, 2);
		execv(program, (char *const *)args);
		_exit(127);
	}
	for (; ms && waitpid(pid, NULL, WNOHANG) != pid; ms--)
		usleep(1000);
	if (ms)
		return;
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void work_judge(void)
{
	static const char *const modes[] = { "forward", "drop", "third",  "any3",  "ttl",  "pad",
					     "silent",  "zero", "random", "patch", "ahead" };

	for (;;) {
		const char *args[] = { "judge", vms[roll(2)], modes[roll(roll(2) ? 2 : 11)], NULL };

		run_for(500 + roll(8000), getenv("JUDGE"), args);
	}
}

static void work_channel(void)
{
	for (;;) {
		const char *vm = vms[roll(2)];
		char path[64], c;
		__u8 *view, *verdict;
		int v, w, i;
		struct pollfd p = { .events = POLLIN };

		usleep(roll(50000));
		snprintf(path, sizeof(path), "/dev/transp4/%s.view", vm);
		v = open(path, O_RDONLY);
		snprintf(path, sizeof(path), "/dev/transp4/%s.verdict", vm);
		w = open(path, O_RDWR | (roll(3) ? O_NONBLOCK : 0));
		if (v < 0 || w < 0) {
			close(v);
			close(w);
			continue;
		}
		view = mmap(NULL, TP4_VIEW_SIZE, PROT_READ, MAP_SHARED, v, 0);
		verdict = mmap(NULL, TP4_VERDICT_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, w, 0);
		for (i = roll(3000); i && view != MAP_FAILED && verdict != MAP_FAILED; i--) {
			__u64 slot = roll(4);
			__u64 base = roll(2) ? slot * TP4_VIEW_SLOT + roll(2) * TP4_VIEW_TX
					     : slot * TP4_VIEW_SLOT + TP4_VIEW_UMEM;

			(void)*(volatile __u8 *)(view + base + roll(1 << 20));
			base = slot * TP4_VERDICT_SLOT + roll(2) * TP4_VERDICT_DIR +
			       roll(2) * TP4_VERDICT_PATCH;
			*(__u64 *)(verdict + base + roll(1 << roll(17)) * 8ULL) = state;
			if (!roll(40))
				(void)!write(w, &c, 1);
			if (!roll(40) && fcntl(w, F_GETFL) & O_NONBLOCK)
				(void)!read(w, &c, 1);
			p.fd = w;
			if (!roll(40))
				poll(&p, 1, roll(10));
			if (!roll(200))
				usleep(roll(5000));
		}
		if (roll(2))
			close(w);
		if (view != MAP_FAILED)
			munmap(view, TP4_VIEW_SIZE);
		if (verdict != MAP_FAILED)
			munmap(verdict, TP4_VERDICT_SIZE);
		close(v);
		close(w);
	}
}

/* An honest switch, among all the others. */
static void work_switch(void)
{
	static const char *const opts[] = { "-w", "-k", "-u", "-2", "-m", "-F" };

	for (;;) {
		char a[16], b[16];
		const char *args[] = { "xsk", "reflect", "-n", "128", opts[roll(6)], a, b, NULL };

		snprintf(a, sizeof(a), "p%u:%u", roll(PORTS), roll(2));
		snprintf(b, sizeof(b), "p%u:%u", roll(PORTS), roll(2));
		args[6] = roll(2) ? b : NULL;
		run_for(500 + roll(8000), getenv("XSK"), args);
	}
}

/* ------------------------------------------------------------------ interfaces */

static void work_devices(void)
{
	for (;;) {
		char line[200];
		__u32 n = roll(PORTS);
		FILE *ip;

		usleep(roll(1000000));
		switch (roll(16)) {
		case 0: snprintf(line, sizeof(line), "link del p%u\n", n); break;
		case 1: snprintf(line, sizeof(line), "link set p%u netns s\n", n); break;
		case 2:
			snprintf(line, sizeof(line),
				 "link set p%u down\nlink set p%u name x%u\nlink set x%u up\n", n,
				 n, n, n);
			break;
		case 3:
			snprintf(line, sizeof(line), "link set p%u mtu %u\n", n,
				 roll(2) ? 1500 : 3000 + roll(6000));
			break;
		case 4:
			snprintf(line, sizeof(line), "link set %c%u down\n", "pq"[roll(2)], n);
			break;
		case 5:
			snprintf(line, sizeof(line),
				 "exec ethtool -L p%u rx %u tx %u >/dev/null 2>&1", n,
				 1 + roll(QUEUES), 1 + roll(QUEUES));
			(void)!system(line);
			continue;
		case 6: /* it may have moved, or not be there */
			snprintf(line, sizeof(line),
				 "exec ip -n s link set p%u netns 1 2>/dev/null", n);
			(void)!system(line);
			continue;
		case 7:
			if (roll(4))
				continue;
			(void)!system("ip netns del s 2>/dev/null; ip netns add s 2>/dev/null");
			continue;
		default:
			snprintf(line, sizeof(line),
				 "link set x%u down\nlink set x%u name p%u\n"
				 "%s p%u numrxqueues 4 numtxqueues 4 type veth "
				 "peer name q%u numrxqueues 4 numtxqueues 4\n"
				 "link set p%u up\nlink set q%u up\n",
				 n, n, n, n < VETHS ? "link add" : "#", n, n, n, n);
		}
		ip = popen("exec ip -force -batch - >/dev/null 2>&1", "w");
		if (ip) {
			fputs(line, ip);
			pclose(ip);
		}
	}
}

static void work_traffic(void)
{
	__u8 frame[8000] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x88, 0xb5 };
	int fd = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));

	for (;;) {
		struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_halen = 6 };
		char name[IF_NAMESIZE];
		__u32 n = 1 + roll(100), len = 60 + roll(roll(4) ? 1400 : 7000);

		snprintf(name, sizeof(name), "%c%u", "qqqp"[roll(4)], roll(PORTS));
		to.sll_ifindex = if_nametoindex(name);
		for (; to.sll_ifindex && n; n--) {
			frame[14] = roll(256); /* several queues */
			sendto(fd, frame, len, MSG_DONTWAIT, (void *)&to, sizeof(to));
		}
		usleep(roll(20000));
	}
}

/* ------------------------------------------------------------------ module */

static int module_in(void)
{
	int fd = open(getenv("MODULE"), O_RDONLY | O_CLOEXEC);
	int err = fd < 0 || syscall(SYS_finit_module, fd, "", 0) ? errno : 0;

	close(fd);
	return err;
}

static int module_out(void)
{
	return syscall(SYS_delete_module, "transp4", O_NONBLOCK) ? errno : 0;
}

static void work_module(void)
{
	for (;;) {
		sleep(5 + roll(20));
		if (!module_out())
			usleep(roll(200000));
		module_in();
	}
}

/* ------------------------------------------------------------------ rounds */

static const struct worker {
	const char *name;
	void (*work)(void);
} workers[] = { { "sockets", work_sockets }, { "sockets2", work_sockets },
		{ "away", work_away },       { "rule", work_rule },
		{ "judge", work_judge },     { "channel", work_channel },
		{ "switch", work_switch },   { "devices", work_devices },
		{ "traffic", work_traffic }, { "module", work_module },
		{ "listen", work_listen } };
#define WORKERS (sizeof(workers) / sizeof(*workers))

static void quiet(void)
{
	int fd = open("/dev/null", O_RDWR);

	dup2(fd, 0);
	dup2(fd, 2);
	close(fd);
}

static void stacks(void)
{
	fflush(stdout);
	(void)!system("for t in /proc/[0-9]*/task/*; do [ -e $t/exe ] || continue; "
		      "echo $t $(cat $t/comm); cat $t/stack; done; "
		      "grep . /sys/module/transp4/refcnt; cat /proc/net/protocols | grep XDP");
}

/* 0, or after a word of why not. */
static int wait_all(const pid_t *pid, size_t n)
{
	time_t end = time(NULL) + PATIENCE;
	size_t i;

	for (i = 0; i < n; i++)
		while (pid[i] && waitpid(pid[i], NULL, WNOHANG) != pid[i]) {
			if (time(NULL) > end) {
				printf("the worker %s does not end\n", workers[i].name);
				stacks();
				return 1;
			}
			usleep(10000);
		}
	/* What they left behind is ours: PR_SET_CHILD_SUBREAPER. */
	while (time(NULL) <= end) {
		pid_t child = waitpid(-1, NULL, WNOHANG);

		if (child < 0)
			return 0;
		if (!child)
			usleep(10000);
	}
	printf("somebody does not end\n");
	stacks();
	return 1;
}

static long available(void)
{
	char line[100];
	FILE *f = fopen("/proc/meminfo", "r");
	long kb = 0;

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "MemAvailable: %ld", &kb) == 1)
			break;
	if (f)
		fclose(f);
	return kb;
}

static bool wanted(const char *name, char **only)
{
	if (!*only)
		return true;
	for (; *only; only++)
		if (!strcmp(name, *only))
			return true;
	return false;
}

static int round_run(__u64 seed, int seconds, char **only)
{
	pid_t pid[WORKERS] = { 0 };
	time_t end;
	size_t i;
	int err;

	printf("seed %llu, %ld MB available\n", (unsigned long long)seed, available() >> 10);
	fflush(stdout);
	for (i = 0; i < WORKERS; i++) {
		if (!wanted(workers[i].name, only))
			continue;
		pid[i] = fork();
		if (pid[i])
			continue;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		setpgid(0, 0);
		quiet();
		state = (seed + 1) * 0x9e3779b97f4a7c15ULL ^ (i + 1) * 0xbf58476d1ce4e5b9ULL;
		for (int n = 0; n < 10; n++)
			roll(2);
		workers[i].work();
		_exit(0);
	}
	sleep(seconds);
	for (i = 0; i < WORKERS; i++)
		if (pid[i])
			kill(-pid[i], SIGKILL);
	if (wait_all(pid, WORKERS))
		return 1;
	for (i = TP4_EVENT_ATTACH; i <= TP4_EVENT_CLOSE; i++)
		printf(" %s %lu", kernel_event_name(i), events[i]);
	printf("\n");
	for (end = time(NULL) + PATIENCE; (err = module_out()) == EWOULDBLOCK || err == EBUSY;) {
		if (time(NULL) > end) {
			printf("the module does not go: %s\n", strerror(err));
			stacks();
			return 1;
		}
		usleep(100000);
	}
	err = module_in();
	if (err)
		printf("the module does not come back: %s\n", strerror(err));
	return !!err;
}

int main(int argc, char **argv)
{
	time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 0);
	__u64 seed = argc > 2 ? strtoull(argv[2], NULL, 0) : (__u64)time(NULL);

	events = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (events == MAP_FAILED)
		return 1;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	errno = module_in();
	if (errno && errno != EEXIST) {
		perror("stress: $MODULE");
		return 1;
	}
	for (; time(NULL) < end; seed++)
		if (round_run(seed, ROUND, argc > 3 ? argv + 3 : argv + argc))
			return 1;
	if (argc <= 3 && (!events[TP4_EVENT_ATTACH] || !events[TP4_EVENT_LIVE])) {
		printf("no port ever went live\n");
		return 1;
	}
	return 0;
}
