/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* meter.h - a meter's cells; rates in bytes or packets a second, bursts in bytes or packets. */
#ifndef TP4_METER_H
#define TP4_METER_H

#include <stdbool.h>
#include <stdint.h>

struct meter_cell {
	bool set;
	uint64_t cir, cburst, pir, pburst;
	uint64_t committed, peak, last;
};

void meter_cell_set(struct meter_cell *m, uint64_t cir, uint64_t cburst, uint64_t pir,
		    uint64_t pburst);
/* NULL: no such index */
struct meter_cell *meter_cell(void *meter, uint64_t index);

#endif
