// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * cgroup.c - control groups of P4 VMs.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "cli/cgroup.h"
#include "cli/command.h"
#include "include/transp4.h"

#define ROOT  "/sys/fs/cgroup"
#define TASKS "64" /* threads of QEMU, for the most part */

static const char *path_of(const char *name, const char *file)
{
	static char path[sizeof(ROOT) + TP4_NAME_MAX + 64];

	snprintf(path, sizeof(path), "%s/transp4-%s/%s", ROOT, name, file);
	return path;
}

static bool put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool done = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return done;
}

int cgroup_make(const char *name, uint32_t memory)
{
	struct statfs fs;
	char bytes[32];
	int fd = -1;

	snprintf(bytes, sizeof(bytes), "%llu", (unsigned long long)memory << 20);
	cgroup_remove(name);
	if (!statfs(ROOT, &fs) && fs.f_type == CGROUP2_SUPER_MAGIC &&
	    put(ROOT "/cgroup.subtree_control", "+memory +pids") &&
	    !mkdir(path_of(name, ""), 0755) && put(path_of(name, "memory.max"), bytes) &&
	    put(path_of(name, "pids.max"), TASKS))
		fd = open(path_of(name, "cgroup.procs"), O_WRONLY | O_CLOEXEC);
	if (fd < 0) {
		cgroup_remove(name);
		notice("P4 VM %s: no control group bounds its memory, only limits of its own; "
		       "mount cgroup v2 with memory and pids at " ROOT,
		       name);
		return -1;
	}
	put(path_of(name, "memory.swap.max"), "0"); /* where the kernel counts swap */
	return fd;
}

void cgroup_remove(const char *name)
{
	put(path_of(name, "cgroup.kill"), "1");
	/* What was killed is in it until it has gone. */
	for (int i = 0; i < 500 && rmdir(path_of(name, "")) && errno == EBUSY; i++)
		nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
}
