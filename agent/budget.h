/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * budget.h - leave to use 0.5 % of a processor: at most BUDGET_BURST of
 * processor time at once, after which work waits until its time is earned.
 */
#ifndef TP4_AGENT_BUDGET_H
#define TP4_AGENT_BUDGET_H

#include "agent/clock.h"

#define BUDGET_SHARE 200 /* of this many ns one is for work */
#define BUDGET_BURST (5 * MS)

struct budget {
	uint64_t earned; /* when all that was used will be */
};

/* When work may go on, on clock_now(). */
static inline uint64_t budget_due(const struct budget *b)
{
	return b->earned > BUDGET_SHARE * BUDGET_BURST ? b->earned - BUDGET_SHARE * BUDGET_BURST
						       : 0;
}

/* Work has taken @cost of processor time. */
static inline void budget_use(struct budget *b, uint64_t cost)
{
	uint64_t now = clock_now();

	b->earned = (b->earned > now ? b->earned : now) + BUDGET_SHARE * cost;
}

#endif
