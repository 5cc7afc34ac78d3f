/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* table_vector.c - which of some thousand entries a key matches, by bit vectors. */
#include "runtime/table_vector.h"
#include "runtime/table_hash.h"

#include <errno.h>
#include <stdlib.h>

#define STEP_WORDS 8U
#define STEP_BITS  (STEP_WORDS * 64)
#define ROWS_MAX   ((size_t)32 << 20) /* bytes */

typedef uint64_t step __attribute__((vector_size(STEP_WORDS * 8)));

struct vectors {
	const struct tp4_table_desc *desc;
	bool has_range;
	uint32_t steps;         /* of a row */
	uint32_t used;          /* bits ever used: rows are empty beyond */
	step *rows;             /* [key_size][256][steps] */
	struct record **record; /* of each bit */
	int32_t *priority;
	uint32_t *spare, n_spare; /* bits below `used` that nobody has */
};

struct vectors *vectors_new(const struct tp4_table_desc *desc)
{
	struct vectors *v = calloc(1, sizeof(*v));

	if (!v)
		return NULL;
	v->desc = desc;
	for (uint32_t i = 0; i < desc->n_keys; i++)
		v->has_range |= desc->keys[i].match == TP4_RANGE;
	return v;
}

void vectors_free(struct vectors *v)
{
	if (!v)
		return;
	free(v->rows);
	free(v->record);
	free(v->priority);
	free(v->spare);
	free(v);
}

static bool list_grow(void **list, size_t size)
{
	void *more = realloc(*list, size);

	if (more)
		*list = more;
	return more;
}

/* Four times the room: rows are copied, entries are not looked at again. */
static int vectors_grow(struct vectors *v)
{
	uint32_t steps = v->steps ? v->steps * 4 : 1, rows = v->desc->key_size * 256;
	size_t size = sizeof(step) * rows * steps, bits = steps * STEP_BITS;
	step *fresh;

	if (bits > VECTORS_MAX || size > ROWS_MAX)
		return -ENOSPC;
	if (!list_grow((void **)&v->record, bits * sizeof(*v->record)) ||
	    !list_grow((void **)&v->priority, bits * sizeof(*v->priority)) ||
	    !list_grow((void **)&v->spare, bits * sizeof(*v->spare)))
		return -ENOMEM;
	fresh = aligned_alloc(sizeof(step), size);
	if (!fresh)
		return -ENOMEM;
	memset(fresh, 0, size);
	for (uint32_t r = 0; r < rows && v->steps; r++)
		memcpy(&fresh[(size_t)r * steps], &v->rows[(size_t)r * v->steps],
		       sizeof(step) * v->steps);
	free(v->rows);
	v->rows = fresh;
	v->steps = steps;
	return 0;
}

static void bit_put(struct vectors *v, uint32_t byte, uint32_t value, uint32_t bit, bool set)
{
	uint64_t *row = (uint64_t *)&v->rows[((size_t)byte * 256 + value) * v->steps];

	if (set)
		row[bit / 64] |= 1ULL << bit % 64;
	else
		row[bit / 64] &= ~(1ULL << bit % 64);
}

/* r's bit in all rows that let it through. */
static void bit_write(struct vectors *v, const struct record *r, bool set)
{
	for (uint32_t i = 0, at = 0; i < v->desc->n_keys; i++) {
		uint32_t n = (v->desc->keys[i].width + 7) / 8;
		bool range = v->desc->keys[i].match == TP4_RANGE, same = true;
		bool round = range && memcmp(r->value + at, r->mask + at, n) > 0;

		for (uint32_t end = at + n; at < end; at++) {
			uint8_t low = r->value[at], high = r->mask[at];

			for (uint32_t x = 0; x < 256; x++)
				if (!range ? (x & r->mask[at]) == low
					   : !same || (round ? x >= low || x <= high
							     : x >= low && x <= high))
					bit_put(v, at, x, r->bit, set);
			same = same && low == high && !round;
		}
	}
}

int vectors_add(struct vectors *v, struct record *r)
{
	if (!v->n_spare && v->used == v->steps * STEP_BITS) {
		int err = vectors_grow(v);

		if (err)
			return err;
	}
	r->bit = v->n_spare ? v->spare[--v->n_spare] : v->used++;
	v->record[r->bit] = r;
	v->priority[r->bit] = r->priority;
	bit_write(v, r, true);
	return 0;
}

void vectors_remove(struct vectors *v, struct record *r)
{
	bit_write(v, r, false);
	v->record[r->bit] = NULL;
	v->spare[v->n_spare++] = r->bit;
}

/* A range of signed numbers from below zero goes round the end: its low bytes are the greater. */
bool ranges_hold(const struct tp4_table_desc *d, const struct record *r, const uint8_t *key)
{
	for (uint32_t i = 0, at = 0; i < d->n_keys; i++) {
		uint32_t n = (d->keys[i].width + 7) / 8;

		if (d->keys[i].match == TP4_RANGE) {
			bool above = memcmp(key + at, r->value + at, n) >= 0;
			bool below = memcmp(key + at, r->mask + at, n) <= 0;

			if (memcmp(r->value + at, r->mask + at, n) > 0 ? !above && !below
								       : !above || !below)
				return false;
		}
		at += n;
	}
	return true;
}

struct record *vectors_find(const struct vectors *v, const uint8_t *key)
{
	uint32_t n = v->desc->key_size, steps = (v->used + STEP_BITS - 1) / STEP_BITS;
	struct record *best = NULL;
	int32_t priority = 0;

	for (uint32_t s = 0; s < steps; s++) {
		step all = v->rows[(size_t)key[0] * v->steps + s];

		for (uint32_t b = 1; b < n; b++)
			all &= v->rows[((size_t)b * 256 + key[b]) * v->steps + s];
		for (uint32_t w = 0; w < STEP_WORDS; w++)
			for (uint64_t m = all[w]; m; m &= m - 1) {
				uint32_t bit =
					s * STEP_BITS + w * 64 + (uint32_t)__builtin_ctzll(m);
				struct record *r = v->record[bit];

				if (best &&
				    (v->priority[bit] < priority ||
				     (v->priority[bit] == priority && r->order > best->order)))
					continue;
				if (v->has_range && !ranges_hold(v->desc, r, key))
					continue;
				best = r;
				priority = v->priority[bit];
			}
	}
	return best;
}

uint32_t vectors_cost(const struct vectors *v)
{
	return (v->used + STEP_BITS - 1) / STEP_BITS * (uint32_t)sizeof(step) * v->desc->key_size;
}
