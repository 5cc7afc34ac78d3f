// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * monitor.c - prints what happens to channels and ports, as it happens.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <time.h>

#include "cli/command.h"
#include "cli/kernel.h"
#include "cli/output.h"

struct monitor {
	uint32_t left; /* events to show; 0: no end */
	int err;
	bool done;
};

static void event_show(void *arg, const struct kernel_event *e)
{
	struct monitor *m = arg;
	struct timespec now;
	char stamp[TIME_TEXT];

	if (m->done)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	time_text(now.tv_sec, now.tv_nsec, stamp);
	if (output_json) {
		json_object *o = json_object_new_object();

		put_string(o, "time", stamp);
		put_string(o, "event", kernel_event_name(e->event));
		put_string(o, "vm", e->vm);
		put_string(o, "interface", e->ifname);
		if (e->ifname && e->queue != TP4_QUEUE_ALL)
			put_number(o, "queue", e->queue);
		put_string(o, "reason", e->reason);
		m->err = output_document(o);
	} else {
		printf("%s %s", stamp, kernel_event_name(e->event));
		if (e->ifname)
			printf(" %s", e->ifname);
		if (e->ifname && e->queue != TP4_QUEUE_ALL)
			printf(" queue %u", e->queue);
		if (e->vm)
			printf(" vm %s", e->vm);
		if (e->reason)
			printf(": %s", e->reason);
		putchar('\n');
		m->err = output_flush();
	}
	if (m->err || (m->left && !--m->left))
		m->done = true;
}

static int monitor_run(const struct call *c)
{
	struct monitor m = { 0 };
	struct kernel *k;
	struct pollfd pfd;
	int err = call_number(c, "--count", UINT32_MAX, &m.left);

	if (err)
		return err;
	k = kernel_open();
	if (!k)
		return EXIT_FAILED;
	stop_catch();
	if (kernel_listen(k, TP4_GROUP_EVENTS)) {
		m.err = kernel_complain(k, "cannot listen to events", "run it as root");
		m.done = true;
	} else {
		/* A script that waits for this line misses no event. */
		fprintf(stderr, "listening\n");
	}
	pfd = (struct pollfd){ .fd = kernel_fd(k), .events = POLLIN };
	while (!m.done && !stopped) {
		if (poll(&pfd, 1, 1000) <= 0)
			continue; /* a signal, or just time to look for one */
		err = kernel_next(k, event_show, NULL, &m);
		if (err == -ENOBUFS)
			notice("events were lost, they came faster than they were read; 'transp4 "
			       "port list' shows how things stand");
		else if (err && err != -EINTR && err != -EAGAIN) {
			m.err = kernel_complain(k, "cannot read events", "start it again");
			break;
		}
	}
	kernel_close(k);
	return m.err;
}

/* Commands are tables, laid out by hand. */
/* clang-format off */

const struct command monitor_command = {
	.name = "monitor",
	.brief = "print events as they happen: attach, detach, live, failed and more",
	.run = monitor_run,
	.options = (const struct option[]){
		{ "--count", "N", WORD_NUMBER, .help = "end after so many events; 0: never" },
		{ NULL } },
	.more = "One line for each event, with -j one JSON object for each line.\n",
};
