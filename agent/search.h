/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * search.h - the programs of sockets that their cgroup does not tell: a search
 * of all processes' descriptors in /proc.
 *
 * One search is for all sockets that wait, a part of it each turn, within a
 * budget.  A socket that three searches have not found keeps the
 * program 0, and so does one that comes while SEARCH_MAX wait.
 */
#ifndef TP4_AGENT_SEARCH_H
#define TP4_AGENT_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "agent/budget.h"
#include "agent/flows.h"

#define SEARCH_MAX FLOWS_MAX

/* The flow of the socket with that inode will get its program when it is found. */
void search_for(uint32_t inode, uint64_t cookie);
/* Returns when to call again, on clock_now(). */
uint64_t search_turn(struct budget *budget);

#endif
