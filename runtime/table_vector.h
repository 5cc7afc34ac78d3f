/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * table_vector.h - which of some thousand entries a key matches, by bit vectors.
 *
 * One bit for each entry (Lakshman, Stiliadis, SIGCOMM 1998).  For every byte of the
 * key and every value of that byte there is a row of those entries that this byte
 * lets through; the rows that a key names, taken together by AND, are the entries
 * that match, and the best of these is the answer.  So the time depends on the
 * number of entries (500 a step), not on how many different masks they have.
 *
 *   row[byte 0][0x0a]  1 0 1 1 0 ...
 *   row[byte 1][0x01]  1 1 0 1 0 ...      AND:  1 0 0 1 0 ...
 *   ...                                         entries 0 and 3
 *
 * A range lets through by its first byte, and by the next one where its ends begin
 * alike; what comes through is compared with the range's ends.
 */
#ifndef TP4_TABLE_VECTOR_H
#define TP4_TABLE_VECTOR_H

#include "runtime/table.h"

/* More entries than this are not kept in vectors. */
#define VECTORS_MAX 32768U

struct vectors;

/* The key is between the ends of all ranges of r. */
bool ranges_hold(const struct tp4_table_desc *d, const struct record *r, const uint8_t *key);

struct vectors *vectors_new(const struct tp4_table_desc *desc);
void vectors_free(struct vectors *v);
/*
 * 0; -ENOSPC: more than VECTORS_MAX, or than keys of this size leave room for; -ENOMEM.
 * r->bit is ours while it is in.
 */
int vectors_add(struct vectors *v, struct record *r);
void vectors_remove(struct vectors *v, struct record *r);
struct record *vectors_find(const struct vectors *v, const uint8_t *key);
/* Bytes of rows that one look-up goes through. */
uint32_t vectors_cost(const struct vectors *v);

#endif
