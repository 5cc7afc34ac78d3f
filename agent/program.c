/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * program.c - cgroups, programs, and the texts behind their ids.
 */
#include "agent/program.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "agent/clock.h"
#include "agent/search.h"
#include "control/session.h"

#define LABELS_MAX    1024U
#define LABEL_BYTES   200U
#define CGROUPS       4096U /* a power of two */
#define PIDS_ALIKE    64    /* processes that are looked at, to see if they are alike */
#define ALIKE_AGE     (1000 * MS)
#define CGROUP2_MAGIC 0x63677270

/* Texts */

static struct label {
	uint64_t id;
	char text[LABEL_BYTES + 1];
	bool told;
} labels[LABELS_MAX];
static unsigned int n_labels;

static uint64_t label(const char *text)
{
	uint64_t id = invm_id(text);

	for (unsigned int i = 0; i < n_labels; i++)
		if (labels[i].id == id)
			return id;
	if (n_labels < LABELS_MAX) {
		snprintf(labels[n_labels].text, sizeof(labels[0].text), "%.200s", text);
		labels[n_labels++].id = id;
	}
	return id;
}

void labels_forget(void)
{
	for (unsigned int i = 0; i < n_labels; i++)
		labels[i].told = false;
}

bool labels_take(Transp4__V1__InVmUpdate *u, size_t room)
{
	static Transp4__V1__InVmLabel all[LABELS_MAX], *list[LABELS_MAX];

	u->labels = list;
	for (unsigned int i = 0; i < n_labels; i++) {
		size_t need = strlen(labels[i].text) + 20;

		if (labels[i].told)
			continue;
		if (need > room)
			break;
		room -= need;
		transp4__v1__in_vm_label__init(&all[i]);
		all[i].id = labels[i].id;
		all[i].text = labels[i].text;
		list[u->n_labels++] = &all[i];
		labels[i].told = true;
	}
	return u->n_labels;
}

/* Cgroups, by the kernel's id, which is the inode of the folder */

static struct cgroup {
	uint64_t kernel_id; /* 0: free */
	uint64_t id;        /* of the path */
	char *path;         /* of the folder */
	uint64_t looked;    /* at its processes */
	uint64_t program;   /* that all of them run; 0: they differ, or nobody knows */
} cgroups[CGROUPS];
static unsigned int n_cgroups;
static const char *root; /* of cgroup v2; NULL: not here */
static uint64_t walk_due;

static struct cgroup *cgroup_find(uint64_t kernel_id)
{
	unsigned int i = kernel_id * 0x9e3779b97f4a7c15ULL >> 40 & (CGROUPS - 1);

	while (cgroups[i].kernel_id && cgroups[i].kernel_id != kernel_id)
		i = (i + 1) & (CGROUPS - 1);
	return &cgroups[i];
}

static int cgroup_seen(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	struct cgroup *c;

	if (type != FTW_D || n_cgroups >= CGROUPS / 2)
		return 0;
	c = cgroup_find(st->st_ino);
	if (c->kernel_id && !strcmp(c->path, path))
		return 0;
	if (!c->kernel_id)
		n_cgroups++;
	free(c->path);
	*c = (struct cgroup){ .kernel_id = st->st_ino, .path = strdup(path) };
	c->id = label(path[strlen(root)] ? path + strlen(root) : "/");
	return 0;
}

static void cgroups_walk(void)
{
	static const char *const places[] = { "/sys/fs/cgroup", "/sys/fs/cgroup/unified" };
	uint64_t cost = clock_cost();
	struct statfs fs;

	for (int i = 0; !root && i < 2; i++)
		if (!statfs(places[i], &fs) && fs.f_type == CGROUP2_MAGIC)
			root = places[i];
	if (n_cgroups >= CGROUPS / 2) { /* full of those that are no more */
		for (unsigned int i = 0; i < CGROUPS; i++)
			free(cgroups[i].path);
		memset(cgroups, 0, sizeof(cgroups));
		n_cgroups = 0;
	}
	if (root)
		nftw(root, cgroup_seen, 16, FTW_PHYS);
	walk_due = clock_now() + 100 * (clock_cost() - cost) + MS;
}

uint64_t cgroup_id(uint64_t kernel_id)
{
	struct cgroup *c;

	if (!kernel_id)
		return 0;
	c = cgroup_find(kernel_id);
	if (!c->kernel_id && clock_now() >= walk_due) {
		cgroups_walk();
		c = cgroup_find(kernel_id);
	}
	return c->kernel_id ? c->id : 0;
}

static struct cgroup *cgroup_by_id(uint64_t id)
{
	static struct cgroup *last;

	if (last && last->id == id)
		return last;
	for (unsigned int i = 0; id && i < CGROUPS; i++)
		if (cgroups[i].kernel_id && cgroups[i].id == id)
			return last = &cgroups[i];
	return NULL;
}

/* Programs */

uint64_t program_of_pid(const char *pid)
{
	static const char deleted[] = " (deleted)";
	char path[64], exe[512];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%s/exe", pid);
	n = readlink(path, exe, sizeof(exe) - 1);
	if (n <= 0)
		return 0;
	exe[n] = 0;
	/* Upgraded under its feet: it is still that program. */
	if (n > (ssize_t)strlen(deleted) && !strcmp(exe + n - strlen(deleted), deleted))
		exe[n - strlen(deleted)] = 0;
	return label(exe);
}

static FILE *procs_open(const struct cgroup *c)
{
	char path[1024];

	snprintf(path, sizeof(path), "%s/cgroup.procs", c->path);
	return fopen(path, "re");
}

/* The one program that all processes of a cgroup run; 0: there is no such. */
static uint64_t cgroup_program(struct cgroup *c)
{
	uint64_t now = clock_now(), one = 0;
	char pid[32];
	FILE *f;
	int n = 0;

	if (c->looked && now - c->looked < ALIKE_AGE)
		return c->program;
	c->looked = now;
	c->program = 0;
	f = procs_open(c);
	while (f && fgets(pid, sizeof(pid), f)) {
		uint64_t program;

		pid[strcspn(pid, "\n")] = 0;
		program = program_of_pid(pid);
		if (!program || (one && one != program) || ++n > PIDS_ALIKE) {
			one = 0;
			break;
		}
		one = program;
	}
	if (f)
		fclose(f);
	return c->program = one;
}

uint64_t program_of(uint32_t inode, const struct flow_record *r)
{
	struct cgroup *c = cgroup_by_id(flow_get(r->cgroup, 8));
	uint64_t program = c ? cgroup_program(c) : 0;

	if (!program && inode)
		search_for(inode, r->key);
	return program;
}
