/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * budget.h - leave to use a part of a processor: at most BUDGET_BURST of
 * processor time at once, after which work waits until its time is earned.
 */
#ifndef TP4_AGENT_BUDGET_H
#define TP4_AGENT_BUDGET_H

#include "agent/clock.h"

#define BUDGET_BURST (5 * MS)

struct budget {
	uint64_t share;  /* of this many ns one is for work */
	uint64_t earned; /* when all that was used will be */
};

/* When work may go on, on clock_now(). */
static inline uint64_t budget_due(const struct budget *b)
{
	uint64_t burst = b->share * BUDGET_BURST;

	return b->earned > burst ? b->earned - burst : 0;
}

/* Work has taken @cost of processor time. */
static inline void budget_use(struct budget *b, uint64_t cost)
{
	uint64_t now = clock_now();

	b->earned = (b->earned > now ? b->earned : now) + b->share * cost;
}

#endif
