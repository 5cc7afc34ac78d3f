/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * isolate.h - the wall around a P4 VM that is a process.
 *
 * What runs inside is native code of a tenant.  Behind the wall it has the
 * channel's memory, its bell, its control socket, and nothing else:
 *
 *   user          0x54000000 + the process's id, as uid and gid: nobody's, and
 *                 no other P4 VM's.  Started without root: the starter's.
 *   capabilities  none, none to be had (bounding set, no_new_privs)
 *   namespaces    its own user, mount, network, IPC, UTS, cgroup and pid
 *   files         an empty, read-only root; no /proc
 *   descriptors   those that are named at isolate_enter(), and stderr
 *   system calls  an allow-list (isolate.c); all else fails with EPERM
 *   resources     limits on memory, descriptors, file size; no new processes;
 *                 the first to be killed when the host's memory is short
 *
 * A program is loaded with dlopen("/proc/self/fd/N") of a memfd.  There is no
 * /proc: the open is caught (SIGSYS) and answered with a duplicate of N, and
 * every other open fails.  So no open is possible at all, and loading is.
 */
#ifndef TP4_ISOLATE_H
#define TP4_ISOLATE_H

#include <stddef.h>

/*
 * Go behind the wall.  Forks: the parent stays outside until the child calls
 * isolate_ready(), then prints "ready PID" on stdout and exits with 0; if the
 * child ends before, the parent exits with 1.  Returns 0 in the child, which
 * is process 1 of its namespace, or -1 after one line on stderr.
 * @keep: descriptors that stay, @n of them.
 */
int isolate_enter(const int *keep, unsigned int n);

/*
 * Memory that stays where it is: a program that unmapped the channel could take
 * as much of other memory.  -1 where the kernel has no mseal().
 */
int isolate_hold(void *mem, size_t size);

/* The child works: let the parent say so, and let go of stdout. */
void isolate_ready(void);

#endif
