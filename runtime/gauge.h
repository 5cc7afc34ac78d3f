/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * gauge.h - numbers that the agent in the tenant's VM reports, by name.
 *
 * One store for each P4 VM, which outlives its programs.  A slot stays where
 * it is as long as a program uses it, so that reading is a load (struct
 * tp4_gauge in program.h).  There are GAUGE_MAX slots at most, whoever asks;
 * a session that begins gives back those that no program uses.
 *
 * Threads: all of it belongs to the thread that decides packets.
 */
#ifndef TP4_GAUGE_H
#define TP4_GAUGE_H

#include "control/gauge_name.h"
#include "runtime/program.h"

#define GAUGE_MAX 1024

/* A program's gauge; NULL: no room, or the name is none. */
struct tp4_gauge *gauge_use(const char *name);
void gauge_unuse(struct tp4_gauge *g);

/* The slot of a gauge that the agent names; -1: no room, or the name is none. */
int gauge_find(const char *name);
/* @time: when it was measured, on the clock of packets; 0 is never. */
void gauge_set(int slot, uint64_t value, uint64_t time);
/* Forget it, unless a program uses it. */
void gauge_drop(int slot);
/* Forget what no program uses. */
void gauge_tidy(void);

struct gauge_seen {
	const char *name;
	uint64_t value, time;
	bool used;
};
/* By slot; false: the slot is free. */
bool gauge_show(int slot, struct gauge_seen *out);

#endif
