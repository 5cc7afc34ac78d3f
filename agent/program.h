/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * program.h - from a socket to its program and its cgroup's path, cheaply.
 *
 * The kernel says a socket's cgroup as a number.  Which folder that is it says
 * to who has CAP_DAC_READ_SEARCH; else a walk through all folders finds out,
 * within a budget.
 * Where all processes of that cgroup run one program, as those of a service do,
 * it is that program: a look at the cgroup, within a budget, and beyond it one a
 * second.  Otherwise the
 * descriptors of all processes are searched (search.h).  Of other users'
 * processes this needs CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH; without them the
 * program stays unknown (0).
 */
#ifndef TP4_AGENT_PROGRAM_H
#define TP4_AGENT_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "control/invm.pb-c.h"

/* The id of the path of the cgroup that the kernel calls @id; 0: not known. */
uint64_t cgroup_id(uint64_t id);

/* The id of the program that all processes of that cgroup run; 0: none, or not known. */
uint64_t program_of_cgroup(uint64_t id);
/* What process @pid runs; 0: not known, or a file that others do not have there. */
uint64_t program_of_pid(const char *pid);

/* The texts behind ids: a session begins; put them into @u; false: all are told. */
void labels_forget(void);
bool labels_take(Transp4__V1__InVmUpdate *u, size_t room);

#endif
