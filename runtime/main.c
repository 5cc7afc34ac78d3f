/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * main.c - transp4-runtime, the only program of a P4 VM.
 *
 *	transp4-runtime --view-fd N --verdict-fd N --control-fd N
 *	                [--program-fd N] [--invm-fd N]
 *
 * Started by `transp4 vm start` with open descriptors: the two devices of the
 * channel, a control socket (listening, or one connection), a compiled
 * program, and a listening socket for the agent in the tenant's VM.  It goes
 * behind a wall (isolate.h), prints "ready PID" when it decides packets, and
 * leaves the wall's process PID running.  Before that, an error is one line on
 * stderr and exit status 1.
 *
 * As process 1 of a guest (guest.h) it takes only --spin-us N, from the kernel's
 * command line after "--"; the program comes over control.
 */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "include/transp4.h"
#include "runtime/guest.h"
#include "runtime/isolate.h"
#include "runtime/poll.h"

#define PROGRAM_MAX (8UL << 20) /* bytes of a compiled program */

struct options {
	int view, verdict, control, program, invm, spin_us;
};

static int usage(void)
{
	fprintf(stderr, "usage: transp4-runtime --view-fd N --verdict-fd N --control-fd N "
			"[--program-fd N] [--invm-fd N]\n"
			"It is started by `transp4 vm start`.\n");
	return 2;
}

static int parse(int argc, char **argv, struct options *o)
{
	static const struct option longs[] = {
		{ "view-fd", required_argument, NULL, 'v' },
		{ "verdict-fd", required_argument, NULL, 'd' },
		{ "control-fd", required_argument, NULL, 'c' },
		{ "program-fd", required_argument, NULL, 'p' },
		{ "invm-fd", required_argument, NULL, 'i' },
		{ "spin-us", required_argument, NULL, 's' },
		{ NULL },
	};
	int opt;

	*o = (struct options){ -1, -1, -1, -1, -1, 0 };
	while ((opt = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		char *end;
		long n = optarg ? strtol(optarg, &end, 10) : -1;

		if (opt == '?' || n < 0 || n > INT_MAX || *end || !*optarg)
			return -1;
		*(opt == 'v'   ? &o->view
		  : opt == 'd' ? &o->verdict
		  : opt == 'c' ? &o->control
		  : opt == 'p' ? &o->program
		  : opt == 'i' ? &o->invm
			       : &o->spin_us) = n;
	}
	return optind == argc ? 0 : -1;
}

static void *map_fd(int fd, size_t size, int prot, const char *what)
{
	void *mem = mmap(NULL, size, prot, MAP_SHARED, fd, 0);

	if (mem == MAP_FAILED) {
		fprintf(stderr, "transp4: cannot map the channel's %s memory: %s\n", what,
			strerror(errno));
		return NULL;
	}
	isolate_hold(mem, size);
	return mem;
}

/* The whole file at @fd; NULL after a line on stderr. */
static uint8_t *read_program(int fd, size_t *len)
{
	uint8_t *bytes = malloc(PROGRAM_MAX);
	size_t n = 0;
	ssize_t got = 1;

	while (bytes && got > 0 && n < PROGRAM_MAX) {
		got = read(fd, bytes + n, PROGRAM_MAX - n);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got > 0)
			n += got;
	}
	if (!bytes || got < 0 || n == PROGRAM_MAX) {
		fprintf(stderr, "transp4: cannot read the program: %s\n",
			!bytes || got < 0 ? strerror(errno) : "it is too long");
		free(bytes);
		return NULL;
	}
	close(fd);
	*len = n;
	return bytes;
}

static int run_process(const struct options *o)
{
	struct poll_config config = { .isolation = "process", .bell_runs_relay = true };
	int keep[3] = { o->verdict, o->control, o->invm };
	socklen_t size = sizeof(int);
	int listening = 0;
	uint8_t *program = NULL;
	size_t len = 0;
	struct poll *p;

	config.view = map_fd(o->view, TP4_VIEW_SIZE, PROT_READ, "view");
	config.verdict = map_fd(o->verdict, TP4_VERDICT_SIZE, PROT_READ | PROT_WRITE, "verdict");
	if (!config.view || !config.verdict)
		return 1;
	if (o->program >= 0 && !(program = read_program(o->program, &len)))
		return 1;
	if (getsockopt(o->control, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size)) {
		fprintf(stderr, "transp4: the control descriptor is no socket: %s\n",
			strerror(errno));
		return 1;
	}
	config.bell = o->verdict;
	config.control = o->control;
	config.control_listening = listening;
	config.invm = o->invm;
	config.invm_listening = true;
	poll_signals();
	/* A wake-up must not preempt whoever sends packets: what follows comes as one batch. */
	sched_setscheduler(0, SCHED_BATCH, &(struct sched_param){ 0 });
	if (isolate_enter(keep, o->invm < 0 ? 2 : 3))
		return 1;
	/* From here on nothing but the channel is in reach. */
	if (poll_new(&config, &p))
		return 1;
	if (program && poll_load(p, program, len))
		return 1;
	free(program);
	isolate_ready();
	return poll_run(p) ? 1 : 0;
}

static void run_guest(const struct options *o)
{
	struct poll_config config = { .isolation = "vm" };
	struct guest g;
	struct poll *p;

	if (guest_enter(&g))
		return;
	config.view = g.view;
	config.verdict = g.verdict;
	config.reach = guest_reach;
	config.bell = g.bell;
	config.control = g.control;
	config.invm = g.invm;
	config.invm_key = g.has_invm_key ? g.invm_key : NULL;
	config.spin_us = o->spin_us;
	poll_signals();
	if (poll_new(&config, &p))
		return;
	printf("transp4: P4 VM guest is ready\n");
	fflush(stdout);
	poll_run(p);
}

int main(int argc, char **argv)
{
	struct options o;
	int bad = parse(argc, argv, &o);

	if (getpid() == 1 && o.view < 0) {
		run_guest(&o);
		guest_end();
	}
	/* A process looks for packets inside its bell instead. */
	if (bad || o.view < 0 || o.verdict < 0 || o.control < 0 || o.spin_us)
		return usage();
	return run_process(&o);
}
