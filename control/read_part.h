/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * read_part.h - one message of a Read's answer.
 *
 * What fits of an object is added behind what is there already, from the place on
 * where the last part ended; true: the object is finished.
 */
#ifndef TP4_READ_PART_H
#define TP4_READ_PART_H

#include "control/call.h"

/* One ReadResponse in the making: entities one behind the other. */
struct part {
	uint8_t *data;
	size_t len, size;
	unsigned int n;
	bool no_memory;
};

bool part_full(const struct part *part);

/* @kind: P4__V1__ENTITY__ENTITY_TABLE_ENTRY or one of the direct kinds */
bool part_table(struct pipeline *p, const P4__Config__V1__P4Info *info, int kind,
		const P4__V1__TableEntry *asked, uint32_t id, struct place *at, struct part *part);
/* Members or groups; @wanted 0: all. */
bool part_profile(struct pipeline *p, bool groups, uint32_t id, uint32_t wanted, uint64_t *at,
		  struct part *part);
/* One entity with all its members; a large set is several. */
bool part_set(struct pipeline *p, const P4__Config__V1__P4Info *info, uint32_t id, struct place *at,
	      struct part *part);

/* The DigestEntry, if it was written */
void part_digest(struct learn *l, uint32_t id, struct part *part);

enum cells { COUNTERS, METERS, REGISTERS };
/* @index NULL: all */
bool part_cells(struct pipeline *p, enum cells kind, uint32_t id, const P4__V1__Index *index,
		uint64_t *cell, struct part *part);

#endif
