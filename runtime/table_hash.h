/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * table_hash.h - from 64-bit hashes to things, growing a piece at a time.
 *
 * Extendible hashing (Fagin et al., TODS 1979): the first bits of a hash choose a
 * piece, which is a small hash table with linear probing of its own.  A piece that
 * is full is split in two, so no update ever moves more than one piece's things,
 * however many there are; deleted things leave no marks behind.
 *
 *   dir  0    1    2    3          hash = | first bits: piece | ... | last bits: slot |
 *        |    |     \  /
 *        v    v      v
 *      piece piece  piece          (the third has been split less often)
 *
 * Updates return 0 or -errno and leave the hash whole.  -ENOSPC: too many equal hashes.
 */
#ifndef TP4_TABLE_HASH_H
#define TP4_TABLE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hash_slot {
	uint64_t hash;
	void *item; /* NULL: empty */
};

struct hash_piece {
	uint32_t used, depth; /* so many bits of a hash lead here */
	bool pooled;
	struct hash_piece *next; /* of those to use again */
	_Alignas(64) struct hash_slot slot[];
};

struct table_hash {
	struct hash_piece **dir; /* 1 << depth of them */
	uint32_t depth, mask;    /* mask: slots of a piece, less one */
	uint64_t count;
	struct hash_piece *spare;
	struct hash_chunk *chunks; /* where pieces lie, many together */
};

int hash_init(struct table_hash *h);
void hash_free(struct table_hash *h);
int hash_add(struct table_hash *h, uint64_t hash, void *item);
void hash_remove(struct table_hash *h, struct hash_slot *slot);

static inline struct hash_piece *hash_piece(const struct table_hash *h, uint64_t hash)
{
	return h->dir[hash >> 1 >> (63 - h->depth)];
}

/* The slots of one hash, one after another; none may be removed meanwhile. */
struct hash_walk {
	struct hash_piece *piece;
	uint32_t at;
};

static inline struct hash_slot *hash_next(const struct table_hash *h, struct hash_walk *w,
					  uint64_t hash)
{
	for (;; w->at = (w->at + 1) & h->mask) {
		struct hash_slot *s = &w->piece->slot[w->at];

		if (!s->item)
			return NULL;
		if (s->hash == hash) {
			w->at = (w->at + 1) & h->mask;
			return s;
		}
	}
}

static inline struct hash_walk hash_walk(const struct table_hash *h, uint64_t hash)
{
	return (struct hash_walk){ hash_piece(h, hash), (uint32_t)hash & h->mask };
}

static inline void hash_prefetch(const struct table_hash *h, uint64_t hash)
{
	__builtin_prefetch(&hash_piece(h, hash)->slot[hash & h->mask]);
}

/* All things: start with 0; NULL: no more. A place stays one when the hash grows. */
struct hash_slot *hash_each(const struct table_hash *h, uint64_t *place);

#define HUGE_PAGE ((size_t)2 << 20)

/* Zeroed; on huge pages where it is large and the kernel has them. free() frees it. */
void *large_calloc(size_t size);

#endif
