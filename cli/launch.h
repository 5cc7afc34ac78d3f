/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * launch.h - starts the P4 VM itself, as a process or as a QEMU guest.
 *
 * The channel and the folder of vmstate.h are there; on return the P4 VM runs
 * in the background, answers the control protocol and decides by the program.
 * Where that fails, nothing of it runs any more, and it was complained.
 */
#ifndef CLI_LAUNCH_H
#define CLI_LAUNCH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "cli/object.h"

#define LAUNCH_SPIN_UNSET UINT32_MAX

struct vmstate;

struct launch {
	const char *name;
	const struct object *program;
	uint32_t spin_us;        /* how long it looks for packets before it sleeps */
	uint32_t memory;         /* MiB, of a guest */
	const char *image;       /* folder of a guest's image; NULL: the one that is made for all */
	int cgroup;              /* of cgroup_make(), or -1 */
	int invm;                /* where the agent connects; -1: nowhere */
	const uint8_t *invm_key; /* of INVM_KEY_SIZE bytes; NULL: none */
};

/*
 * While it is on, SIGINT, SIGTERM and SIGHUP make a launch fail and clean up, and
 * whoever called says so.  Off again, they are ignored: what is done stays done.
 */
void launch_guard(bool on);
bool launch_interrupted(void);

/* They write the state as soon as there is a process; it is not ready before they return true. */
bool launch_process(const struct launch *l, struct vmstate *s);
bool launch_guest(const struct launch *l, struct vmstate *s);

#endif
