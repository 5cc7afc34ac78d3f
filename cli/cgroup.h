/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * cgroup.h - a bound on the memory and the tasks of a P4 VM: a control group of
 * its own (cgroup v2), /sys/fs/cgroup/transp4-NAME, that stands as long as the
 * P4 VM's folder (vmstate.h).  Whoever starts a P4 VM holds the folder's lock.
 */
#ifndef CLI_CGROUP_H
#define CLI_CGROUP_H

#include <stdint.h>

/*
 * Makes it anew for a P4 VM that may have so many MiB.  Returns a descriptor: a
 * process that writes "0" to it goes in.  -1: not here, said already.
 */
int cgroup_make(const char *name, uint32_t memory);
/* Removes it, if it is there, with what is left in it. */
void cgroup_remove(const char *name);

#endif
