/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * table_state.h - a match table from inside, for its changes (table.c) and its
 * look-ups (table_lookup.c): groups, and the hashes by which they are entered.
 */
#ifndef TP4_TABLE_STATE_H
#define TP4_TABLE_STATE_H

#include "runtime/table.h"
#include "runtime/table_hash.h"
#include "runtime/table_trie.h"
#include "runtime/table_vector.h"

/* Entries of equal mask: by their masked keys. */
struct group {
	struct table_hash hash; /* of records; those of one masked key are chained */
	uint64_t mask_hash;
	int32_t best;     /* no entry has a higher priority */
	uint64_t gone;    /* entries that left since `best` was exact */
	uint16_t *prefix; /* of each field */
	uint8_t mask[];   /* key_size bytes, padded to words */
};

struct slab {
	struct slab *next;
	uint32_t used, size; /* records */
	uint8_t data[];
};

struct tp4_table {
	struct tp4_table_head head;
	const struct tp4_table_desc *desc;
	const struct tp4_program *program;
	struct trie *trie;         /* a single lpm key: finds what the groups hold */
	struct vectors *vectors;   /* neither exact nor lpm, and not too many: the same */
	bool by_vectors, too_many; /* they are the faster way; cannot be had */
	struct group **groups;     /* best first */
	uint32_t n_groups, cap_groups;
	struct table_hash by_mask; /* the same groups */
	uint32_t words;            /* of a padded key */
	uint32_t data_size, timer_at, value_at, record_size;
	uint64_t last_mask;             /* the bytes of the last word that belong to the key */
	uint64_t count, chains, serial; /* chains: different masked keys */
	uint64_t looked;                /* table_looked() */
	struct note *note;              /* table_note() */
	bool has_range, own_priority;
	struct slab *slabs;   /* where the records lie */
	struct record *spare; /* records to use again, linked by chain */
};

static inline uint64_t load_word(const uint8_t *p)
{
	uint64_t w;

	memcpy(&w, p, 8);
	return w;
}

static inline uint64_t mix(uint64_t a, uint64_t b)
{
	unsigned __int128 m = (unsigned __int128)a * b;

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/*
 * In the manner of wyhash: a multiplication for each word.  One word alone is
 * mixed by steps that can be undone (splitmix64), so equal hashes are equal keys
 * and the slot alone answers.
 */
static inline uint64_t hash_word(uint64_t k)
{
	k = (k ^ k >> 30) * 0xbf58476d1ce4e5b9ULL;
	k = (k ^ k >> 27) * 0x94d049bb133111ebULL;
	return k ^ k >> 31;
}

static inline uint64_t hash_words(const uint64_t *k, uint32_t n)
{
	uint64_t h = 0xa0761d6478bd642fULL;

	if (n == 1)
		return hash_word(k[0]);
	for (uint32_t i = 0; i < n; i++)
		h = mix(h ^ k[i], 0xe7037ed1a0b428dbULL + i);
	return mix(h, 0x8ebc6af09c88c6e3ULL);
}

/* The key's bytes in words; the last one padded with zeros. */
static inline void key_words(const struct tp4_table *t, const uint8_t *key, uint64_t *to)
{
	uint32_t n = t->desc->key_size, i = 0;

	to[0] = 0;
	for (; n >= 8; n -= 8, key += 8)
		to[i++] = load_word(key);
	if (n) {
		to[i] = 0;
		memcpy(&to[i], key, n);
	}
}

static inline bool same_key(const uint64_t *masked, const struct group *g, const struct record *r,
			    uint32_t words)
{
	const uint8_t *v = r->value, *m = g->mask;

	for (uint32_t i = 0; i < words; i++)
		if (masked[i] != (load_word(v + i * 8) & load_word(m + i * 8)))
			return false;
	return true;
}

static inline struct hash_slot *group_slot(const struct tp4_table *t, const struct group *g,
					   const uint64_t *masked, uint64_t hash)
{
	struct hash_walk w = hash_walk(&g->hash, hash);
	struct hash_slot *s;

	while ((s = hash_next(&g->hash, &w, hash)))
		if (t->words == 1 || same_key(masked, g, s->item, t->words))
			break;
	return s;
}

static inline struct record *group_find(const struct tp4_table *t, const struct group *g,
					const uint64_t *masked, uint64_t hash)
{
	struct hash_slot *s = group_slot(t, g, masked, hash);

	return s ? s->item : NULL;
}

static inline uint64_t group_hash(const struct tp4_table *t, const struct group *g,
				  const uint64_t *key, uint64_t *masked)
{
	for (uint32_t w = 0; w < t->words; w++)
		masked[w] = key[w] & load_word(g->mask + w * 8);
	return hash_words(masked, t->words);
}

/* The first record with the key, from that group on. */
struct record *table_longest(const struct tp4_table *t, const uint8_t *key, uint32_t group);

#endif
