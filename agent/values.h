/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * values.h - the numbers that the agent knows, and which of them the P4 VM has.
 *
 * At most VALUES_MAX, each with a name; its place is its number on the channel.
 * When all are taken, one that was not set for VALUE_OLD makes room, and for what the agent
 * measures itself the one that was not set for longest.
 */
#ifndef TP4_AGENT_VALUES_H
#define TP4_AGENT_VALUES_H

#include <stdbool.h>

#include "control/gauge_name.h"
#include "control/invm.pb-c.h"

#define VALUES_MAX 1024
#define VALUE_OLD  (60000 * MS)

/* May a program on the VM set it?  Not what the agent measures itself. */
bool value_name_free(const char *name);

/* @time: of measure, clock_now(); false: no room, or the name is none. */
bool value_set(const char *name, uint64_t value, uint64_t time);

/* Print each measure of one: time, value. */
void value_trace(const char *name);

/* A session begins: the P4 VM knows nothing. */
void values_forget(void);

/* Put what has changed into @u, in at most @room bytes; false: nothing had. */
bool values_take(Transp4__V1__InVmUpdate *u, size_t room);

#endif
