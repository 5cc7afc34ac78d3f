/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* table_lookup.c - what packets ask of match tables. */
#include "runtime/table_state.h"

/* From so many entries on (some megabytes) they are worth fetching before they are looked up. */
#define LARGE 32768U

/* A program's key in words: it can be read some bytes beyond its end (tp4_exact_lookup). */
static inline void packet_words(const struct tp4_table *t, const uint8_t *key, uint64_t *to)
{
	uint32_t last = t->words - 1;

	for (uint32_t i = 0; i <= last; i++)
		to[i] = load_word(key + i * 8);
	to[last] &= t->last_mask;
}

struct tp4_entry *tp4_exact_lookup(struct tp4_table *t, const uint8_t *key)
{
	uint64_t k[TP4_KEY_MAX / 8];
	const struct group *g;
	struct record *r;

	if (!t->n_groups)
		return NULL;
	g = t->groups[0];
	if (t->words == 1) {
		uint64_t hash = hash_word(load_word(key) & t->last_mask);
		struct hash_walk w = hash_walk(&g->hash, hash);
		struct hash_slot *s = hash_next(&g->hash, &w, hash);

		return s ? &((struct record *)s->item)->entry : NULL;
	}
	packet_words(t, key, k);
	r = group_find(t, g, k, hash_words(k, t->words));
	return r ? &r->entry : NULL;
}

/* The first record with the key; groups are in the order of falling prefix length. */
struct record *table_longest(const struct tp4_table *t, const uint8_t *key, uint32_t group)
{
	uint64_t k[TP4_KEY_MAX / 8], m[TP4_KEY_MAX / 8];

	key_words(t, key, k);
	for (; group < t->n_groups; group++) {
		const struct group *g = t->groups[group];
		struct record *r;

		r = group_find(t, g, m, group_hash(t, g, k, m));
		if (r)
			return r;
	}
	return NULL;
}

struct tp4_entry *tp4_lpm_lookup(struct tp4_table *t, const uint8_t *key)
{
	struct record *r = t->trie ? trie_find(t->trie, key) : table_longest(t, key, 0);

	return r ? &r->entry : NULL;
}

/* Wait for the memory of several groups at once. */
static void groups_prefetch(const struct tp4_table *t, const uint64_t *key)
{
	uint64_t m[TP4_KEY_MAX / 8];

	for (uint32_t i = 0; i < t->n_groups && i < 32; i++)
		hash_prefetch(&t->groups[i]->hash, group_hash(t, t->groups[i], key, m));
}

struct tp4_entry *tp4_any_lookup(struct tp4_table *t, const uint8_t *key)
{
	uint64_t k[TP4_KEY_MAX / 8], m[TP4_KEY_MAX / 8];
	struct record *best = NULL;

	if (t->by_vectors) {
		best = vectors_find(t->vectors, key);
		return best ? &best->entry : NULL;
	}
	packet_words(t, key, k);
	if (table_large(t))
		groups_prefetch(t, k);
	for (uint32_t i = 0; i < t->n_groups; i++) {
		const struct group *g = t->groups[i];
		struct record *r;

		if (best && best->priority > g->best)
			break;
		for (r = group_find(t, g, m, group_hash(t, g, k, m)); r; r = r->chain)
			if (!t->has_range || ranges_hold(t->desc, r, key)) {
				if (!best || r->priority > best->priority ||
				    (r->priority == best->priority && r->order < best->order))
					best = r;
				break;
			}
	}
	return best ? &best->entry : NULL;
}

bool table_large(const struct tp4_table *t)
{
	return t->count >= LARGE;
}

void tp4_peek(struct tp4_ctx *c, uint32_t table, const uint8_t *key)
{
	struct tp4_table *t = c->tables[table];
	struct peek *p = &c->peeks->at[c->peeks->n];
	uint64_t k[TP4_KEY_MAX / 8];

	if (!table_large(t) || c->peeks->n == PEEKS_MAX)
		return;
	c->peeks->n++;
	p->table = t;
	if (t->trie) {
		memcpy(p->key, key, t->desc->key_size);
		trie_prefetch(t->trie, key);
		return;
	}
	packet_words(t, key, k);
	p->hash = group_hash(t, t->groups[0], k, k);
	hash_prefetch(&t->groups[0]->hash, p->hash);
}

void table_peeks_follow(struct tp4_peeks *peeks)
{
	for (uint32_t i = 0; i < peeks->n; i++) {
		const struct peek *p = &peeks->at[i];
		const struct tp4_table *t = p->table;
		struct record *r = NULL;

		if (t->trie) {
			r = trie_find(t->trie, p->key);
		} else {
			struct hash_walk w = hash_walk(&t->groups[0]->hash, p->hash);
			struct hash_slot *s = hash_next(&t->groups[0]->hash, &w, p->hash);

			r = s ? s->item : NULL;
			if (r && t->words > 1)
				__builtin_prefetch((const uint8_t *)r + t->value_at);
		}
		if (r)
			__builtin_prefetch(&r->entry);
	}
	peeks->n = 0;
}
