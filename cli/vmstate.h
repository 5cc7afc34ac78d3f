/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * vmstate.h - what is known of the P4 VMs of this host, in /run/transp4/NAME/:
 *
 *   state         JSON: pid and its start time, ready, isolation, program's file
 *   control.sock  where the control protocol answers
 *   log           what the P4 VM says
 *
 * A folder stands for a P4 VM that was started and not stopped; the channel in
 * the kernel may outlive it.  A pid counts only together with its start time,
 * so that a number which the kernel gave to somebody else is never killed.
 * Errors: functions complain by themselves where they return false or NULL,
 * unless said otherwise.
 */
#ifndef CLI_VMSTATE_H
#define CLI_VMSTATE_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "include/transp4.h"

#define VMSTATE_ROOT "/run/transp4"

struct client;

enum vmstate_life {
	VMSTATE_NONE,     /* never started, or stopped */
	VMSTATE_STARTING, /* another command is at it */
	VMSTATE_RUNNING,
	VMSTATE_DEAD, /* its process is gone, or never got ready, and nobody asked for that */
};

struct vmstate {
	char name[TP4_NAME_MAX];
	enum vmstate_life life;
	pid_t pid;
	uint64_t start_time; /* field 22 of /proc/PID/stat */
	bool ready;          /* it has its program */
	char isolation[16];
	char program[PATH_MAX]; /* the file it was started with or last replaced by */
};

/* Letters, digits, - and _, fewer than TP4_NAME_MAX. */
bool vmstate_name_check(const char *name);
/* Never complains; a state that cannot be read is that of a dead one. */
void vmstate_read(const char *name, struct vmstate *out);
bool vmstate_write(const struct vmstate *s);
/* Makes the folder and locks it; -1: somebody else is at it, or it cannot be made. */
int vmstate_lock(const char *name);
/* The same for a folder that is there, and without a complaint. */
int vmstate_try_lock(const char *name);
/* Removes the folder with all that is in it, and the control group; the lock goes with it. */
void vmstate_remove(const char *name, int lock);
const char *vmstate_path(const char *name, const char *file); /* in a buffer of its own */
const char *vmstate_life_name(enum vmstate_life life);
/* What to do where something in a folder cannot be made, for this errno. */
const char *vmstate_advice(int err);

uint64_t vmstate_start_time(pid_t pid); /* 0: there is no such process */
/* Asks the process to end, then makes it; true when it is gone. */
bool vmstate_kill(const struct vmstate *s);

/* A connection to the control protocol of a running P4 VM. */
struct client *vmstate_client(const char *name);

/* All folders; calls visit for each. */
void vmstate_each(void (*visit)(void *arg, const struct vmstate *s), void *arg);

#endif
