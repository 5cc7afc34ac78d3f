/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * owner.h - whose socket a packet belongs to: the flows of the tenant's VM.
 *
 * One table for each P4 VM.  Looking up costs at most five probes of a hash
 * table that is at most half full, keyed so that nobody outside can aim
 * at one place.  OWNER_MAX flows at most; memory is taken at the first one.
 *
 * Threads: all of it belongs to the thread that decides packets.
 */
#ifndef TP4_OWNER_H
#define TP4_OWNER_H

#include "control/flow_record.h"
#include "runtime/program.h"

#define OWNER_MAX    131072U
#define OWNER_PLACES (2 * OWNER_MAX)

/* 0, -ENOSPC (full), -ENOMEM, -EINVAL (no record). */
int owner_set(const struct flow_record *r);
void owner_del(const uint8_t key[FLOW_KEY_SIZE]);

/*
 * Between these two, what is not set again is kept as long as there is room, as old as
 * the last word before; then it is gone.
 */
void owner_anew(void);
void owner_whole(void);
/* Clear away a little of that; true: there is more. */
bool owner_sweep(void);

/* The agent was heard of just now, on the clock of packets. */
void owner_heard(uint64_t now);

uint32_t owner_count(void);
/* The next record from place *at on, which it advances, but not beyond @end; false: none. */
bool owner_next(uint32_t *at, uint32_t end, struct flow_record *out);

#endif
