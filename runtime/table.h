/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * table.h - match tables.
 *
 * Lookup never allocates, never fails, takes no lock.
 * Every update returns 0 or -errno and leaves the table whole.
 * Keys are those of program.h: the fields' big-endian bytes, one after another.
 *
 * Entries are kept in groups of equal mask (tuple space search; Srinivasan,
 * Suri, Varghese, SIGCOMM 1999), each a hash table of the masked keys; groups
 * are tried in the order of the best priority that they hold, until none can hold
 * a better one.  An exact table is one group.  Where an lpm key stands alone, a
 * trie over the same records finds the longest one; with exact keys beside it,
 * groups are in the order of their prefix lengths.  Other tables of up to some
 * thousand entries are bit vectors, too, which are faster where the masks are many.
 *
 * An update moves no more than a piece of a hash table, one node of a trie, or
 * the places of its array that a short prefix covers: packets wait for some
 * microseconds, however many entries there are.
 */
#ifndef TP4_TABLE_H
#define TP4_TABLE_H

#include "runtime/place.h"
#include "runtime/program.h"

/* What control keeps with an entry for itself (P4Runtime, 9.1). */
struct note {
	uint64_t cookie;
	size_t len;
	uint8_t bytes[];
};

struct record {
	struct record *chain; /* same masked key, next lower priority */
	struct group *group;
	uint64_t order; /* of insertion: the earlier wins a tie */
	int32_t priority;
	uint32_t bit : 31; /* its place in the vectors */
	bool is_const : 1;
	uint8_t *value;         /* key_size bytes; range: low */
	const uint8_t *mask;    /* key_size bytes; range: high */
	const uint16_t *prefix; /* of each field */
	struct note *note;      /* NULL: none; whoever frees the table frees it first */
	struct tp4_entry entry; /* last: ends in the action's data */
};

struct tp4_table *table_new(const struct tp4_table_desc *desc, const struct tp4_program *program);
void table_free(struct tp4_table *t);
const struct tp4_table_desc *table_desc(const struct tp4_table *t);

/* The default action; data as the program lays it out. */
int table_set_default(struct tp4_table *t, uint32_t action, const void *data);
struct tp4_entry *table_default(struct tp4_table *t);

/*
 * value, mask and prefix as in struct tp4_const_entry.  -EEXIST, -ENOSPC,
 * -ENOMEM, -EPERM (a constant entry), -ENOENT.
 */
int table_insert(struct tp4_table *t, const uint8_t *value, const uint8_t *mask,
		 const uint16_t *prefix, int32_t priority, uint32_t action, const void *data,
		 uint32_t member, bool is_const, struct record **out);
struct record *table_find(struct tp4_table *t, const uint8_t *value, const uint8_t *mask,
			  int32_t priority);
int table_change(struct tp4_table *t, struct record *r, uint32_t action, const void *data,
		 uint32_t member);
int table_delete(struct tp4_table *t, struct record *r);
/* From @at on (NULL: all), which stays at the entry that the visitor stopped at. */
int table_visit(struct tp4_table *t, struct place *at, int (*visit)(void *arg, struct record *r),
		void *arg);
/* NULL: the table has none, or it is the default entry. */
struct tp4_timer *table_timer(const struct tp4_table *t, struct tp4_entry *e);
/* The default entry's note. */
struct note **table_note(struct tp4_table *t);
/* For whoever looks for entries that have run out: when it did so last. */
uint64_t *table_looked(struct tp4_table *t);
uint64_t table_count(const struct tp4_table *t);

/*
 * Entries that packets will look up, brought into the caches before they do: for
 * all packets of a batch tp4_peek() starts to fetch the place in the table, then
 * table_peeks_follow() what stands there.  Only where table_large() says that it
 * is not there anyway.
 */
#define PEEKS_MAX 256

struct tp4_peeks {
	uint32_t n;
	struct peek {
		const struct tp4_table *table;
		uint64_t hash;
		uint8_t key[16];
	} at[PEEKS_MAX];
};

bool table_large(const struct tp4_table *t);
void table_peeks_follow(struct tp4_peeks *peeks);

#endif
