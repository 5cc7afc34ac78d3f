/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * measure.c - utilisation of interfaces, processors and memory.
 *
 * Rates are over the last WINDOW measures, so that a single packet more or
 * less does not show as a jump.
 */
#include "agent/measure.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/clock.h"
#include "agent/values.h"

#define LINKS_MAX 64
#define WINDOW    4U

struct sample {
	uint64_t time, bytes[2], packets[2]; /* rx, tx */
};

static struct link {
	char name[16];
	uint64_t stated, line; /* bit/s; 0: not stated; the line does not say */
	struct sample sample[WINDOW];
	unsigned int n;    /* samples taken */
	unsigned int seen; /* in that reading of the list */
} links[LINKS_MAX];
static unsigned int n_links, readings;

static struct link *link_find(const char *name)
{
	struct link *free = NULL;
	static bool said, odd;

	for (unsigned int i = 0; i < n_links; i++) {
		if (!strcmp(links[i].name, name))
			return &links[i];
		/* Gone, as those of containers are. */
		if (!links[i].stated && readings - links[i].seen > 1)
			free = &links[i];
	}
	if (!gauge_name_ok(name)) {
		if (!odd)
			fprintf(stderr,
				"transp4-agent: interface '%s' is not measured; give it a name of "
				"letters, digits and . _ -\n",
				name);
		odd = true;
		return NULL;
	}
	if (n_links < LINKS_MAX)
		free = &links[n_links++];
	if (!free && !said)
		fprintf(stderr,
			"transp4-agent: more than %d interfaces; those beyond, as %s, are not "
			"measured, unless --rate names them\n",
			LINKS_MAX, name);
	said |= !free;
	if (!free || strlen(name) >= sizeof(free->name))
		return NULL;
	*free = (struct link){ .seen = readings };
	strcpy(free->name, name);
	return free;
}

bool measure_rate(const char *text)
{
	char name[16], more;
	double mbit;
	struct link *l;

	if (sscanf(text, "%15[^=]=%lf%c", name, &mbit, &more) != 2 || !(mbit >= 1e-3) ||
	    !(mbit < 1e7) || !(l = link_find(name)))
		return false;
	l->stated = mbit * 1e6;
	return true;
}

static char text[65536];

/* A file of the kernel's, which stays open: each read is as of now. */
struct file {
	const char *path;
	int fd; /* 0: not opened yet */
};

/* Its beginning, into @text; false: it cannot be read. */
static bool file_read(struct file *f)
{
	size_t len = 0;
	ssize_t n;

	if (f->fd <= 0)
		f->fd = open(f->path, O_RDONLY | O_CLOEXEC);
	while (len < sizeof(text) - 1 &&
	       (n = pread(f->fd, text + len, sizeof(text) - 1 - len, len)) > 0)
		len += n;
	text[len] = 0;
	return len;
}

static void line_ask(struct link *l)
{
	long mbit = 0;
	char path[64];
	FILE *f;

	snprintf(path, sizeof(path), "/sys/class/net/%s/speed", l->name);
	f = fopen(path, "re");
	if (f && (fscanf(f, "%ld", &mbit) != 1 || mbit < 0))
		mbit = 0;
	if (f)
		fclose(f);
	l->line = mbit * 1000000ULL;
}

static void set(const struct link *l, int dir, const char *what, uint64_t value, uint64_t now)
{
	char name[GAUGE_NAME_MAX + 1];

	snprintf(name, sizeof(name), "net.%s.%s%s", l->name, dir ? "tx" : "rx", what);
	value_set(name, value, now);
}

static void link_sample(struct link *l, const struct sample *s)
{
	const struct sample *old = &l->sample[l->n < WINDOW ? 0 : l->n % WINDOW];
	uint64_t rate = l->stated ? l->stated : l->line, ns = s->time - old->time;

	for (int dir = 0; l->n && ns && dir < 2; dir++) {
		double bps = 8e9 * (s->bytes[dir] - old->bytes[dir]) / ns;

		if (s->bytes[dir] < old->bytes[dir] || s->packets[dir] < old->packets[dir])
			continue; /* the interface is a new one */
		if (rate)
			set(l, dir, "", 1000 * bps / rate + 0.5, s->time);
		set(l, dir, "_bps", bps, s->time);
		set(l, dir, "_pps", 1e9 * (s->packets[dir] - old->packets[dir]) / ns, s->time);
	}
	l->sample[l->n++ % WINDOW] = *s;
}

static void measure_links(bool slow)
{
	static struct file dev = { .path = "/proc/net/dev" };
	char *rest = file_read(&dev) ? text : NULL, *line;

	readings++;
	while ((line = strsep(&rest, "\n"))) {
		struct sample s = { .time = clock_now() };
		unsigned long long v[10];
		char name[16];
		struct link *l;

		if (sscanf(line, " %15[^: ]: %llu %llu %llu %llu %llu %llu %llu %llu %llu %llu",
			   name, v, v + 1, v + 2, v + 3, v + 4, v + 5, v + 6, v + 7, v + 8,
			   v + 9) != 11 ||
		    !strcmp(name, "lo") || !(l = link_find(name)))
			continue;
		l->seen = readings;
		if (!l->stated && (slow || !l->n))
			line_ask(l);
		s.bytes[0] = v[0];
		s.packets[0] = v[1];
		s.bytes[1] = v[8];
		s.packets[1] = v[9];
		link_sample(l, &s);
	}
}

static void measure_cpu(void)
{
	static unsigned long long last_busy, last_all;
	unsigned long long v[8] = { 0 }, all = 0, idle, part;
	static struct file stat = { .path = "/proc/stat" };
	const char *run;

	if (!file_read(&stat) || sscanf(text, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", v,
					v + 1, v + 2, v + 3, v + 4, v + 5, v + 6, v + 7) < 4)
		return;
	for (int i = 0; i < 8; i++)
		all += v[i];
	idle = v[3] + v[4];
	/* The kernel takes back some of the time that it counted as idle. */
	if (last_all && all > last_all && all - idle >= last_busy) {
		part = 1000 * (all - idle - last_busy) / (all - last_all);
		value_set("cpu", part < 1000 ? part : 1000, clock_now());
	}
	last_all = all;
	last_busy = all - idle;
	run = strstr(text, "procs_running ");
	if (run)
		value_set("run", strtoull(run + 14, NULL, 10), clock_now());
}

static void measure_memory(void)
{
	static struct file meminfo = { .path = "/proc/meminfo" };
	unsigned long long total, available;
	const char *t, *a;

	if (!file_read(&meminfo) || !(t = strstr(text, "MemTotal:")) ||
	    !(a = strstr(text, "MemAvailable:")))
		return;
	total = strtoull(t + 9, NULL, 10);
	available = strtoull(a + 13, NULL, 10);
	if (total && available <= total)
		value_set("mem", 1000 * (total - available) / total, clock_now());
}

void measure(bool slow)
{
	measure_links(slow);
	if (slow) {
		measure_cpu();
		measure_memory();
	}
}
