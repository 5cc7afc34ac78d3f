/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * program.c - cgroups, programs, and the texts behind their ids.
 */
#include "agent/program.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "agent/budget.h"
#include "control/session.h"

#define LABELS_MAX    1024U
#define LABEL_BYTES   200U
#define CGROUPS       8192U /* a power of two; half of them are used */
#define PIDS_ALIKE    64    /* processes that are looked at, to see if they are alike */
#define ALIKE_AGE     (1000 * MS)
#define CGROUP2_MAGIC 0x63677270
#define FILEID_KERNFS 0xfe /* of a handle that is a cgroup's id */

/* Texts */

static struct label {
	uint64_t id;
	char text[LABEL_BYTES + 1];
	bool told;
} labels[LABELS_MAX];
static unsigned int n_labels; /* runs freely: a new one takes the oldest one's place */

static uint64_t label(const char *text)
{
	uint64_t id = invm_id(text);
	struct label *l;

	for (unsigned int i = 0; i < LABELS_MAX && i < n_labels; i++)
		if (labels[i].id == id)
			return id;
	l = &labels[n_labels++ % LABELS_MAX];
	l->id = id;
	l->told = false;
	snprintf(l->text, sizeof(l->text), "%.200s", text);
	return id;
}

void labels_forget(void)
{
	for (unsigned int i = 0; i < LABELS_MAX; i++)
		labels[i].told = false;
}

bool labels_take(Transp4__V1__InVmUpdate *u, size_t room)
{
	static Transp4__V1__InVmLabel all[LABELS_MAX], *list[LABELS_MAX];

	u->labels = list;
	for (unsigned int i = 0; i < LABELS_MAX && i < n_labels; i++) {
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
	uint64_t id;        /* of the path; 0: there is no such folder here */
	char *path;         /* of the folder */
	uint64_t looked;    /* at its processes */
	uint64_t program;   /* that all of them run; 0: they differ, or nobody knows */
} cgroups[CGROUPS];
static unsigned int n_cgroups;
static char *root; /* of cgroup v2; NULL: not here */
static int root_fd = -1;
static struct budget walks = { .share = 200 };
static struct budget peeks = { .share = 2000 }; /* looks at what a cgroup runs, before ALIKE_AGE */

/* Why cgroups are not known, once. */
static void no_cgroups(const char *why)
{
	static bool said;

	if (!said)
		fprintf(stderr, "transp4-agent: %s; cgroups of sockets are not known\n", why);
	said = true;
}

static struct cgroup *cgroup_find(uint64_t kernel_id)
{
	unsigned int i = kernel_id * 0x9e3779b97f4a7c15ULL >> 40 & (CGROUPS - 1);

	while (cgroups[i].kernel_id && cgroups[i].kernel_id != kernel_id)
		i = (i + 1) & (CGROUPS - 1);
	return &cgroups[i];
}

/* @path NULL: nobody finds a folder for it.  The kernel gives no id to another one later. */
static void cgroup_add(uint64_t kernel_id, const char *path)
{
	struct cgroup *c = cgroup_find(kernel_id);

	if (!c->kernel_id && n_cgroups == CGROUPS / 2)
		return;
	if (!c->kernel_id)
		n_cgroups++;
	else if (c->path && path && !strcmp(c->path, path))
		return;
	free(c->path);
	*c = (struct cgroup){ .kernel_id = kernel_id, .path = path ? strdup(path) : NULL };
	if (c->path)
		c->id = label(path[strlen(root)] ? path + strlen(root) : "/");
}

static int cgroup_seen(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	if (type == FTW_D)
		cgroup_add(st->st_ino, path);
	return n_cgroups == CGROUPS / 2; /* whoever may make some can make any number */
}

static bool is_cgroup2(const char *path)
{
	struct statfs fs;

	return !statfs(path, &fs) && fs.f_type == CGROUP2_MAGIC;
}

/* Where the agent sees cgroup v2: at the usual place, or the first that no other mount hides. */
static char *root_find(void)
{
	FILE *mounts = setmntent("/proc/self/mounts", "re");
	char *found = is_cgroup2("/sys/fs/cgroup") ? strdup("/sys/fs/cgroup") : NULL;
	struct mntent *m;

	while (mounts && !found && (m = getmntent(mounts)))
		if (!strcmp(m->mnt_type, "cgroup2") && is_cgroup2(m->mnt_dir))
			found = strdup(m->mnt_dir);
	if (mounts)
		endmntent(mounts);
	return found;
}

/* It is full of those that are no more? */
static void cgroups_room(void)
{
	if (n_cgroups < CGROUPS / 2)
		return;
	for (unsigned int i = 0; i < CGROUPS; i++)
		free(cgroups[i].path);
	memset(cgroups, 0, sizeof(cgroups));
	n_cgroups = 0;
}

static void cgroups_walk(void)
{
	uint64_t cost = clock_cost();

	if (!root)
		root = root_find();
	if (root && root_fd < 0)
		root_fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	cgroups_room();
	if (!root)
		no_cgroups("no cgroup v2 is mounted");
	else
		nftw(root, cgroup_seen, 16, FTW_PHYS);
	budget_use(&walks, clock_cost() - cost);
}

/* Ask the kernel for the folder of that one; false: it does not tell (CAP_DAC_READ_SEARCH). */
static bool cgroup_ask(uint64_t kernel_id)
{
	struct {
		struct file_handle h;
		uint64_t id;
	} handle = { { .handle_bytes = 8, .handle_type = FILEID_KERNFS }, kernel_id };
	int fd = open_by_handle_at(root_fd, &handle.h, O_RDONLY | O_CLOEXEC);
	char link[32], path[4096];
	struct stat st;
	ssize_t n;
	bool here;

	if (fd < 0 && errno != ESTALE)
		return false;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = fd < 0 ? 0 : readlink(link, path, sizeof(path) - 1);
	path[n > 0 ? n : 0] = 0;
	if (fd >= 0)
		close(fd);
	/* One that is no more, or outside of what is mounted here, has no path. */
	here = !strncmp(path, root, strlen(root)) && !stat(path, &st) && st.st_ino == kernel_id;
	cgroups_room();
	cgroup_add(kernel_id, here ? path : NULL);
	return true;
}

uint64_t cgroup_id(uint64_t kernel_id)
{
	struct cgroup *c;

	if (!kernel_id) {
		no_cgroups("the kernel does not tell them (CONFIG_SOCK_CGROUP_DATA)");
		return 0;
	}
	c = cgroup_find(kernel_id);
	if (!c->kernel_id && !cgroup_ask(kernel_id) && clock_now() >= budget_due(&walks)) {
		cgroups_walk();
		if (!cgroup_find(kernel_id)->kernel_id && !cgroup_ask(kernel_id))
			cgroup_add(kernel_id, NULL);
	}
	return cgroup_find(kernel_id)->id;
}

/* Programs */

/* Is the file the one that others have there?  @gone: is its mount that of its folder? */
static bool same_place(const struct statx *a, bool gone, const char *root, const char *path)
{
	char full[600];
	struct statx b;

	snprintf(full, sizeof(full), "%s%s", root, path);
	if (gone)
		strrchr(full, '/')[1] = 0;
	if (statx(AT_FDCWD, full, 0, STATX_INO | STATX_MNT_ID, &b))
		return false;
	if (gone)
		return a->stx_mask & b.stx_mask & STATX_MNT_ID && a->stx_mnt_id == b.stx_mnt_id;
	return a->stx_ino == b.stx_ino && a->stx_dev_major == b.stx_dev_major &&
	       a->stx_dev_minor == b.stx_dev_minor;
}

/*
 * A path says nothing by itself: in mounts of his own, which any user can make, he
 * has his program at /usr/bin/curl, and runs it there from anywhere, through
 * /proc/PID/root.  So it must be the file that all others have at that path (the
 * agent's own view may lack /home); or have been, until it was upgraded under the
 * program's feet.
 */
uint64_t program_of_pid(const char *pid)
{
	static const char deleted[] = " (deleted)";
	char link[64], exe[512];
	struct statx st;
	ssize_t n;
	bool gone;

	snprintf(link, sizeof(link), "/proc/%s/exe", pid);
	n = readlink(link, exe, sizeof(exe));
	if (n <= 0 || n == sizeof(exe) || *exe != '/' ||
	    statx(AT_FDCWD, link, 0, STATX_NLINK | STATX_INO | STATX_MNT_ID, &st))
		return 0;
	exe[n] = 0;
	gone = !st.stx_nlink && n > (ssize_t)strlen(deleted) &&
	       !strcmp(exe + n - strlen(deleted), deleted);
	if (gone)
		exe[n - strlen(deleted)] = 0;
	if (!same_place(&st, gone, "/proc/1/root", exe) && !same_place(&st, gone, "", exe))
		return 0;
	return label(exe);
}

static FILE *procs_open(const struct cgroup *c)
{
	char path[4096]; /* one that is cut is another's */

	if (snprintf(path, sizeof(path), "%s/cgroup.procs", c->path) >= (int)sizeof(path))
		return NULL;
	return fopen(path, "re");
}

uint64_t program_of_cgroup(uint64_t kernel_id)
{
	struct cgroup *c = cgroup_find(kernel_id);
	uint64_t now = clock_now(), cost, one = 0;
	char pid[32];
	FILE *f;
	int n = 0;

	/* It may run another one meanwhile: only if it has many new sockets it is not asked. */
	if (!c->id || (c->looked && now - c->looked < ALIKE_AGE && now < budget_due(&peeks)))
		return c->program;
	cost = clock_cost(); /* a system call: not where the answer is known */
	c->looked = now;
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
	budget_use(&peeks, clock_cost() - cost);
	return c->program = one;
}
