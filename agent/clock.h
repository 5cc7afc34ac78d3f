/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* clock.h - the agent's clocks, in ns. */
#ifndef TP4_AGENT_CLOCK_H
#define TP4_AGENT_CLOCK_H

#include "control/clock.h"

#define MS 1000000ULL

/* Goes on while the machine sleeps; no setting of the date moves it. */
static inline uint64_t clock_now(void)
{
	return clock_ns(CLOCK_BOOTTIME);
}

/* Processor time of the agent itself. */
static inline uint64_t clock_cost(void)
{
	return clock_ns(CLOCK_THREAD_CPUTIME_ID);
}

#endif
