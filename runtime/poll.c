/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * poll.c - the P4 VM's one loop.
 *
 * Sleep without a lost wake-up: the kernel side is in transp4.h (sleeping flag,
 * full barrier, one more look).  Control wakes by SIGIO, whose handler makes
 * the bell non-blocking: a signal that comes just before the blocking read
 * lets that read return at once, and one that comes during it interrupts it.
 */
#include "runtime/poll.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "control/clock.h"
#include "control/server.h"
#include "runtime/invm.h"
#include "runtime/port.h"

struct poll {
	struct server_host host; /* first: the server hands it back */
	struct poll_config config;
	struct tp4_vm *vm;
	struct pipeline *program; /* NULL: none yet; no port hears a hello */
	struct server *server;
	struct invm *invm; /* NULL: nobody listens to the agent */
	uint64_t start;
	struct port port[TP4_SLOTS]; /* [0] is unused */
	uint32_t changes;            /* of the view, that port[] has followed */
	uint8_t used[TP4_SLOTS];     /* slots where a switch's socket is attached ... */
	unsigned int n_used;         /* ... and how many */
	/* for status answers */
	Transp4__V1__StatusResponse__Port status_port[TP4_SLOTS];
	Transp4__V1__StatusResponse__Port *status_ports[TP4_SLOTS];
	Transp4__V1__StatusResponse__Direction status_dir[TP4_SLOTS][TP4_DIRS];
	char ifname[TP4_SLOTS][sizeof(((struct tp4_view_port *)0)->ifname) + 1];
	uint64_t log_since;     /* ns; since then ... */
	unsigned int log_lines; /* ... so many log lines, of LOG_LINES a second */
};

/* Set by signals. */
static volatile sig_atomic_t control_due, stop_due;
static volatile sig_atomic_t bell_fd = -1;

static void bell_block(bool on)
{
	int flags = fcntl(bell_fd, F_GETFL);

	fcntl(bell_fd, F_SETFL, on ? flags & ~O_NONBLOCK : flags | O_NONBLOCK);
}

static void on_signal(int sig)
{
	int saved = errno;

	if (sig == SIGTERM)
		stop_due = 1;
	control_due = 1;
	if (bell_fd >= 0)
		bell_block(false);
	errno = saved;
}

void poll_signals(void)
{
	struct sigaction sa = { .sa_handler = on_signal }; /* no SA_RESTART: reads end */

	sigemptyset(&sa.sa_mask);
	sigaddset(&sa.sa_mask, SIGIO);
	sigaddset(&sa.sa_mask, SIGTERM);
	sigaction(SIGIO, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	sa.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &sa, NULL);
}

/* What the control server sees */

static struct pipeline *host_program(struct server_host *host)
{
	return ((struct poll *)host)->program;
}

static void host_replace(struct server_host *host, struct pipeline *new)
{
	struct poll *p = (struct poll *)host;
	struct pipeline *old = p->program;

	p->program = new;
	if (old)
		pipeline_free(old);
}

static void host_status(struct server_host *host, Transp4__V1__StatusResponse *status)
{
	struct poll *p = (struct poll *)host;
	size_t n = 0;

	status->uptime_ns = now_ns() - p->start;
	status->isolation = (char *)p->config.isolation;
	if (p->program) {
		struct pipeline_lost lost = pipeline_lost(p->program);

		status->digests_lost = lost.digests;
		status->logs_lost = lost.logs;
	}
	for (uint32_t i = 1; i < TP4_SLOTS; i++) {
		const struct port *port = &p->port[i];
		Transp4__V1__StatusResponse__Port *s = &p->status_port[n];

		if (!tp4_read_once(port->view->epoch))
			continue;
		transp4__v1__status_response__port__init(s);
		memcpy(p->ifname[n], port->view->ifname, sizeof(port->view->ifname));
		s->slot = i;
		s->ifname = p->ifname[n];
		s->queue = tp4_read_once(port->view->queue);
		s->live = port->live;
		for (int dir = 0; dir < TP4_DIRS; dir++) {
			Transp4__V1__StatusResponse__Direction *d = &p->status_dir[n][dir];

			transp4__v1__status_response__direction__init(d);
			d->forwarded = port->count[dir].forwarded;
			d->dropped = port->count[dir].dropped;
			d->rewritten = port->count[dir].rewritten;
			d->bad = port->count[dir].bad;
		}
		s->rx = &p->status_dir[n][TP4_RX];
		s->tx = &p->status_dir[n][TP4_TX];
		p->status_ports[n++] = s;
	}
	status->ports = p->status_ports;
	status->n_ports = n;
}

static const char *host_invm(struct server_host *host, const Transp4__V1__InVmRequest *request,
			     Transp4__V1__InVmResponse *out)
{
	struct poll *p = (struct poll *)host;

	if (!p->invm)
		return "it listens to no agent; start it with --invm-listen";
	/* Who asks is the host, and the tenant does not trust it. */
	if (request->key.len && p->config.invm_key)
		return "its image brought the agent's key; leave --invm-key out";
	if (request->key.len == INVM_KEY_SIZE)
		invm_key(p->invm, request->key.data);
	return invm_show(p->invm, request, out) ? NULL : "it has no memory for the answer";
}

/* Life */

int poll_new(const struct poll_config *config, struct poll **out)
{
	const struct tp4_view *view = config->view;
	struct poll *p;

	if (view->magic != TP4_CHANNEL_MAGIC) {
		fprintf(stderr,
			"transp4: this is no TransP4 channel; is the transp4 module loaded?\n");
		return -EPROTO;
	}
	if (view->version != TP4_CHANNEL_VERSION) {
		fprintf(stderr,
			"transp4: the module speaks channel version %u, this P4 VM speaks %u; "
			"install both of one version\n",
			view->version, TP4_CHANNEL_VERSION);
		return -EPROTO;
	}
	p = calloc(1, sizeof(*p));
	if (!p)
		return -ENOMEM;
	p->config = *config;
	p->host = (struct server_host){ host_program, host_replace, host_status, host_invm,
					invm_show_end };
	p->vm = config->verdict;
	p->start = now_ns();
	for (uint32_t i = 1; i < TP4_SLOTS; i++)
		port_init(&p->port[i], config->view, config->verdict, i, config->reach);
	if (config->control >= 0) {
		p->server = server_new(&p->host, config->control, config->control_listening);
		if (!p->server) {
			free(p);
			return -ENOMEM;
		}
	}
	if (config->invm >= 0) {
		p->invm = invm_new(config->invm, config->invm_listening);
		if (!p->invm) {
			server_free(p->server);
			free(p);
			return -ENOMEM;
		}
		if (config->invm_key)
			invm_key(p->invm, config->invm_key);
	}
	*out = p;
	return 0;
}

void poll_free(struct poll *p)
{
	if (!p)
		return;
	bell_fd = -1;
	server_free(p->server);
	invm_free(p->invm);
	if (p->program)
		pipeline_free(p->program);
	close(p->config.bell);
	free(p);
}

int poll_load(struct poll *p, const void *bytes, size_t len)
{
	struct pipeline_error err = { "" };
	struct pipeline *program;
	int ret = pipeline_load(bytes, len, &program, &err);

	if (ret) {
		fprintf(stderr, "transp4: %s\n", err.text);
		return ret;
	}
	host_replace(&p->host, program);
	if (p->server)
		server_program_loaded(p->server, bytes, len);
	return 0;
}

/* The loop */

/* False: the channel is gone. */
static bool bell_ring(struct poll *p)
{
	char c = 0;

	while (write(p->config.bell, &c, 1) < 0) {
		struct pollfd fd = { .fd = p->config.bell, .events = POLLOUT };

		if (errno == EAGAIN)
			poll(&fd, 1, 10);
		else if (errno != EINTR)
			return false;
	}
	return true;
}

/* Sleep until bell or signal.  @ring: also run the relay.  False: no channel. */
static bool bell_wait(struct poll *p, bool ring)
{
	struct pollfd fds[SERVER_CLIENTS + 1];
	unsigned int n = p->server ? server_blocked(p->server, fds + 1) : 0;
	char buf[256];
	ssize_t len;

	if (ring && !p->config.bell_runs_relay && !bell_ring(p))
		return false;
	if (n) {
		/* An answer waits for room, or a client: rare, and worth a second system call. */
		fds[0] = (struct pollfd){ .fd = p->config.bell, .events = POLLIN };
		control_due = 1;
		if (poll(fds, n + 1, 10) <= 0)
			return true;
		/* With nobody at the other end (POLLHUP), a signal will say when. */
		for (unsigned int i = 1; i <= n; i++)
			if (!(fds[0].revents & POLLIN) && fds[i].revents & ~POLLHUP)
				return true;
	}
	len = read(p->config.bell, buf, sizeof(buf));
	if (len > 0 || (len < 0 && (errno == EINTR || errno == EAGAIN)))
		return true;
	/* A virtio-serial port says so while the other side is not there yet. */
	if (!len && !p->config.bell_runs_relay) {
		struct timespec ms = { .tv_nsec = 10000000 };

		nanosleep(&ms, NULL);
		return true;
	}
	fprintf(stderr, "transp4: the channel is gone: %s\n",
		len ? strerror(errno) : "end of file");
	return false;
}

static const struct tp4_view *poll_view(const struct poll *p)
{
	return p->config.view;
}

/* After a change: which ports are there, and do they live?  Returns hellos. */
static unsigned int poll_follow(struct poll *p)
{
	unsigned int n = 0;

	p->n_used = 0;
	for (uint32_t i = 1; i < TP4_SLOTS; i++) {
		n += port_follow(&p->port[i], p->config.view, p->config.verdict);
		if (p->port[i].epoch)
			p->used[p->n_used++] = i;
	}
	return n;
}

/* All ports once; returns packets and hellos, sets *ring as port_decide() does. */
static unsigned int poll_ports(struct poll *p, bool *ring)
{
	unsigned int n = 0;
	uint32_t changes;

	if (!p->program)
		return 0;
	changes = tp4_load_acquire(&poll_view(p)->changes);
	if (changes != p->changes) {
		p->changes = changes;
		n = poll_follow(p);
		*ring |= n;
	}
	for (unsigned int i = 0; i < p->n_used; i++)
		n += port_decide(&p->port[p->used[i]], p->program, ring);
	return n;
}

static bool poll_waiting(const struct poll *p)
{
	if (!p->program)
		return false;
	if (tp4_load_acquire(&poll_view(p)->changes) != p->changes)
		return true;
	for (unsigned int i = 0; i < p->n_used; i++)
		if (port_waiting(&p->port[p->used[i]]))
			return true;
	return false;
}

/* One piece of control work, if there is any; true: there may be more. */
static bool poll_control(struct poll *p, bool more)
{
	if (control_due) {
		control_due = 0;
		/* In this order: a signal in between only means one look in vain. */
		bell_block(true);
		more = true;
	}
	if (!more)
		return false;
	more = p->server && server_turn(p->server);
	return (p->invm && invm_turn(p->invm)) || more;
}

/*
 * How long to look before sleep: up to @max, as long as sleeps turn out to be
 * short, and not at all when they are long (as KVM's halt polling).
 */
static uint64_t spin_adapt(uint64_t window, uint64_t max, uint64_t slept)
{
	if (slept < max)
		return window ? (2 * window < max ? 2 * window : max) : max / 4;
	return slept > 8 * max ? (window > max / 64 ? window / 2 : 0) : window;
}

/* Not sched_yield(): it gives up a whole slice, and latency with it (EEVDF). */
static void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#endif
}

#define LOG_LINES 100 /* a second: a program's log_msg() must not flood the host's log */

/* The program's log, before going to sleep. */
static void poll_log(struct poll *p)
{
	const char *line;

	if (p->log_lines == LOG_LINES && now_ns() - p->log_since >= 1000000000U)
		p->log_lines = 0;
	while (p->program && p->log_lines < LOG_LINES && (line = pipeline_log_next(p->program))) {
		if (!p->log_lines++)
			p->log_since = now_ns();
		fprintf(stderr, "transp4-runtime: log: %s\n", line);
	}
}

int poll_run(struct poll *p)
{
	uint64_t spin_max = p->config.spin_us * 1000ULL, spin = spin_max, busy = 0, asleep;
	bool more = true, ring = false; /* ring: a bell is due */

	bell_fd = p->config.bell;
	while (!stop_due) {
		unsigned int work = poll_ports(p, &ring);

		more = poll_control(p, more);
		/* Sleep rings by the way, so a sleeper-to-be saves a system call. */
		if (ring && !p->config.bell_runs_relay) {
			if (!bell_ring(p))
				return -ENODEV;
			ring = false;
		}
		if (work && spin)
			busy = now_ns();
		if (more || (spin && now_ns() - busy < spin)) {
			relax();
			continue;
		}
		poll_log(p);
		tp4_write_once(p->vm->sleeping, 1);
		tp4_full_barrier();
		if (!poll_waiting(p) && !control_due) {
			asleep = spin_max ? now_ns() : 0;
			if (!bell_wait(p, ring)) {
				tp4_write_once(p->vm->sleeping, 0);
				return -ENODEV;
			}
			ring = false;
			if (spin_max)
				spin = spin_adapt(spin, spin_max, now_ns() - asleep);
		}
		tp4_write_once(p->vm->sleeping, 0);
		/* More has come meanwhile: let the relay have what is decided. */
		if (ring) {
			if (!bell_ring(p))
				return -ENODEV;
			ring = false;
		}
	}
	return 0;
}
