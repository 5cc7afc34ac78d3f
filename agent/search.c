/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* search.c - through /proc, with a list of sockets in hand. */
#include "agent/search.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/program.h"

#define TRIES    3
#define PIDS_MAX 32768U
#define LINKS    512       /* a turn */
#define PAUSE    (10 * MS) /* between searches */
/* Most sockets that close soon close before they are this old: nobody searches for them. */
#define PATIENCE (20 * MS)

/* The first `sorted` are searched for, by their inodes; others came meanwhile. */
static struct waiting {
	uint64_t since, cookie;
	uint32_t inode;
	uint8_t tries; /* TRIES: done */
} waiting[SEARCH_MAX];
static unsigned int n_waiting, sorted;

static struct search {
	bool running;
	unsigned int left; /* of those that are searched for */
	int pids[PIDS_MAX];
	unsigned int n_pids; /* still to look at */
	DIR *fds;            /* of the one that is looked at; NULL: of none */
	char pid[16];
	uint64_t program; /* that it runs; 0: not asked yet */
	uint64_t due;
} search;

void search_for(uint32_t inode, uint64_t cookie)
{
	struct waiting *w = &waiting[n_waiting];

	if (n_waiting == SEARCH_MAX)
		return;
	n_waiting++;
	*w = (struct waiting){ clock_now(), cookie, inode, 0 };
}

/* Is it still open? */
static bool waits(const struct waiting *w)
{
	return w->tries < TRIES && flow_open(w->cookie);
}

static int by_inode(const void *a, const void *b)
{
	const struct waiting *x = a, *y = b;

	return x->inode < y->inode ? -1 : x->inode > y->inode;
}

static int by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* False: for nobody. */
static bool search_begin(void)
{
	uint64_t now = clock_now();
	unsigned int kept = 0;
	struct dirent *d;
	DIR *proc;

	sorted = 0;
	for (unsigned int i = 0; i < n_waiting; i++) {
		if (!waits(&waiting[i]))
			continue;
		waiting[kept++] = waiting[i];
		/* The oldest stand first. */
		if (now - waiting[i].since >= PATIENCE)
			sorted = kept;
	}
	n_waiting = kept;
	search.left = sorted;
	if (!sorted)
		return false;
	qsort(waiting, sorted, sizeof(waiting[0]), by_inode);
	search.n_pids = 0;
	proc = opendir("/proc");
	while (proc && search.n_pids < PIDS_MAX && (d = readdir(proc)))
		if (isdigit((unsigned char)d->d_name[0]))
			search.pids[search.n_pids++] = atoi(d->d_name);
	if (proc)
		closedir(proc);
	qsort(search.pids, search.n_pids, sizeof(search.pids[0]), by_number);
	search.running = true;
	return true;
}

/* The newest first: it is they who open sockets that nobody knows. */
static void process_begin(void)
{
	char path[32];

	snprintf(search.pid, sizeof(search.pid), "%d", search.pids[--search.n_pids]);
	snprintf(path, sizeof(path), "/proc/%s/fd", search.pid);
	search.fds = opendir(path);
	search.program = 0;
}

static void socket_found(struct waiting *w)
{
	if (w->tries == TRIES)
		return;
	if (!search.program)
		search.program = program_of_pid(search.pid);
	if (waits(w))
		flow_set_program(w->cookie, search.program);
	w->tries = TRIES;
	search.left--;
}

static void process_some(void)
{
	static const char what[] = "socket:[";
	struct dirent *d = readdir(search.fds);
	struct waiting want, *w;
	char target[64];
	ssize_t n;

	if (!d) {
		closedir(search.fds);
		search.fds = NULL;
		return;
	}
	n = readlinkat(dirfd(search.fds), d->d_name, target, sizeof(target) - 1);
	target[n > 0 ? n : 0] = 0;
	if (strncmp(target, what, strlen(what)))
		return;
	want.inode = strtoul(target + strlen(what), NULL, 10);
	w = bsearch(&want, waiting, sorted, sizeof(want), by_inode);
	if (w)
		socket_found(w);
}

static void search_end(void)
{
	unsigned int kept = 0;

	if (search.fds)
		closedir(search.fds);
	search.fds = NULL;
	for (unsigned int i = 0; i < n_waiting; i++)
		if (i >= sorted || (waiting[i].tries < TRIES && ++waiting[i].tries < TRIES))
			waiting[kept++] = waiting[i];
	n_waiting = kept;
	sorted = 0;
	search.running = false;
}

/* The next LINKS of them; true: there are more. */
static bool search_some(void)
{
	/* Those few may be closed by now. */
	for (unsigned int i = 0; sorted < LINKS && i < sorted; i++) {
		if (waiting[i].tries < TRIES && !waits(&waiting[i])) {
			waiting[i].tries = TRIES;
			search.left--;
		}
	}
	for (int k = 0; k < LINKS && search.left && (search.fds || search.n_pids); k++) {
		if (search.fds)
			process_some();
		else
			process_begin();
	}
	return search.left && (search.fds || search.n_pids);
}

uint64_t search_turn(struct budget *budget)
{
	uint64_t now = clock_now(), begin = clock_cost();

	if (!search.running && !n_waiting)
		return UINT64_MAX;
	if (search.due < budget_due(budget))
		search.due = budget_due(budget);
	if (now < search.due)
		return search.due;
	if ((search.running || search_begin()) && search_some()) {
		search.due = now;
	} else {
		search_end();
		search.due = now + PAUSE;
	}
	budget_use(budget, clock_cost() - begin);
	return n_waiting ? search.due : UINT64_MAX;
}
