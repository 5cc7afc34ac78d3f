/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * poll.h - the P4 VM's one loop: packets, bell and control.
 *
 * One thread does everything.  Under load it makes no system call but the bell
 * that the relay asks for; with nothing to do it sleeps in one, from which the
 * bell and SIGIO (control) wake it.  An idle P4 VM uses no processor time.
 *
 * The channel's memory is the caller's and must stay mapped.  File descriptors
 * and the pipeline that are handed over are closed and freed by poll_free().
 */
#ifndef TP4_POLL_H
#define TP4_POLL_H

#include <stdbool.h>
#include <stddef.h>

#include "runtime/port.h"

struct poll;

struct poll_config {
	const void *view;       /* TP4_VIEW_SIZE bytes */
	void *verdict;          /* TP4_VERDICT_SIZE bytes */
	port_reach reach;       /* NULL: all of it is mapped */
	int bell;               /* taken over */
	bool bell_runs_relay;   /* the bell is the device itself: a read of it runs the
				 * relay.  Otherwise only a write does. */
	unsigned int spin_us;   /* how long to look for packets before sleep */
	int control;            /* taken over; -1: none */
	bool control_listening; /* a listening socket; else one stream */
	int invm;               /* for the agent in the tenant's VM (invm.h), taken over; -1 */
	bool invm_listening;
	const uint8_t *invm_key; /* from the image, for good; NULL: comes over control */
	const char *isolation;   /* for people: "process" or "vm" */
};

/* -EPROTO: no channel, or one of another version; says so on stderr.  -ENOMEM. */
int poll_new(const struct poll_config *config, struct poll **out);
void poll_free(struct poll *p);

/* The first program, where it does not come over control.  See pipeline_load(). */
int poll_load(struct poll *p, const void *bytes, size_t len);

/* Catch SIGIO and SIGTERM, which poll_run() relies on. */
void poll_signals(void);

/*
 * Decide packets until SIGTERM (0) or until the channel is gone (-errno).
 * Takes SIGIO; one loop per process.
 */
int poll_run(struct poll *p);

#endif
