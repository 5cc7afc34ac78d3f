/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * measure.h - what the agent measures by itself, from /proc and /sys.
 */
#ifndef TP4_AGENT_MEASURE_H
#define TP4_AGENT_MEASURE_H

#include <stdbool.h>

/* "IF=MBIT": the rate that counts as 1000 per mille there; false: it is none. */
bool measure_rate(const char *text);

/* Measure now and set the values; @slow: also what changes slowly. */
void measure(bool slow);

#endif
