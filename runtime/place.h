/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * place.h - where a visit of table entries goes on; zeroed: at the beginning.
 *
 * What is visited in parts may change in between: an entry may then be missed or
 * come twice, no more.
 */
#ifndef TP4_PLACE_H
#define TP4_PLACE_H

#include <stdint.h>

struct place {
	uint32_t table, group; /* of the program, of the table */
	uint64_t slot;         /* hash_each()'s */
	uint64_t chained;      /* so many of those in this slot are done */
};

#endif
