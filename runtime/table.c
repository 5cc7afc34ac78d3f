/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* table.c - match tables: entries, groups of equal mask, and their changes. */
#include "runtime/table_state.h"

#include <errno.h>
#include <stdlib.h>

/* With fewer entries than this, there are no vectors. */
#define VECTORS_FROM 16U

static void record_free(struct tp4_table *t, struct record *r)
{
	r->chain = t->spare;
	t->spare = r;
}

static uint32_t data_size(const struct tp4_table *t)
{
	uint32_t most = 16;

	for (uint32_t i = 0; i < t->desc->n_actions; i++) {
		uint32_t n = t->program->actions[t->desc->actions[i].action].data_size;

		most = n > most ? n : most;
	}
	return most;
}

static void entry_set(const struct tp4_table *t, struct tp4_entry *e, uint32_t action,
		      const void *data, uint32_t member)
{
	uint32_t n = action < t->desc->n_actions
			     ? t->program->actions[t->desc->actions[action].action].data_size
			     : 0;

	e->action = action;
	e->member = member;
	if (data)
		memcpy(e->data, data, n);
	else
		memset(e->data, 0, t->data_size);
}

/* Memory for one record: one that was used before, or the next of the newest slab. */
static struct record *record_room(struct tp4_table *t)
{
	size_t size = t->record_size;
	struct record *r = t->spare;
	struct slab *s = t->slabs;

	if (r) {
		t->spare = r->chain;
		memset(r, 0, size);
		return r;
	}
	if (!s || s->used == s->size) {
		/* Each slab holds as many as all before it, until one fills a huge page. */
		size_t n = s ? s->size * 2 : 16;

		if (sizeof(*s) + n * size + 64 > HUGE_PAGE)
			n = size > HUGE_PAGE / 2 ? 1 : (HUGE_PAGE - sizeof(*s) - 64) / size;
		s = large_calloc(sizeof(*s) + n * size + 64);
		if (!s)
			return NULL;
		s->size = (uint32_t)n;
		s->next = t->slabs;
		t->slabs = s;
	}
	return (struct record *)((((uintptr_t)s->data + 63) & ~(uintptr_t)63) + s->used++ * size);
}

static void group_free(struct tp4_table *t, struct group *g)
{
	if (!g)
		return;
	hash_free(&g->hash);
	free(g);
}

static uint64_t hash_bytes(const struct tp4_table *t, const uint8_t *key)
{
	uint64_t k[TP4_KEY_MAX / 8];

	key_words(t, key, k);
	return hash_words(k, t->words);
}

static struct group *group_of(const struct tp4_table *t, const uint8_t *mask)
{
	uint64_t hash = hash_bytes(t, mask);
	struct hash_walk w = hash_walk(&t->by_mask, hash);
	struct hash_slot *s;

	while ((s = hash_next(&t->by_mask, &w, hash)))
		if (!memcmp(((struct group *)s->item)->mask, mask, t->desc->key_size))
			return s->item;
	return NULL;
}

/* An empty one, last among the groups. */
static struct group *group_new(struct tp4_table *t, const uint8_t *mask, const uint16_t *prefix)
{
	size_t size = t->words * 8;
	struct group *g;

	if (t->n_groups == t->cap_groups) {
		uint32_t cap = t->cap_groups ? t->cap_groups * 2 : 8;
		struct group **more = realloc(t->groups, sizeof(*more) * cap);

		if (!more)
			return NULL;
		t->groups = more;
		t->cap_groups = cap;
	}
	g = calloc(1, sizeof(*g) + size + sizeof(*prefix) * t->desc->n_keys);
	if (!g || hash_init(&g->hash)) {
		free(g);
		return NULL;
	}
	memcpy(g->mask, mask, t->desc->key_size);
	g->prefix = (uint16_t *)(g->mask + size);
	if (prefix)
		memcpy(g->prefix, prefix, sizeof(*prefix) * t->desc->n_keys);
	g->best = INT32_MIN;
	g->mask_hash = hash_bytes(t, mask);
	if (hash_add(&t->by_mask, g->mask_hash, g)) {
		group_free(t, g);
		return NULL;
	}
	t->groups[t->n_groups++] = g;
	return g;
}

static uint32_t group_place(const struct tp4_table *t, const struct group *g)
{
	uint32_t i = 0;

	while (t->groups[i] != g)
		i++;
	return i;
}

static void group_drop(struct tp4_table *t, struct group *g)
{
	struct hash_walk w = hash_walk(&t->by_mask, g->mask_hash);
	uint32_t i = group_place(t, g);
	struct hash_slot *s;

	while ((s = hash_next(&t->by_mask, &w, g->mask_hash))->item != g)
		;
	hash_remove(&t->by_mask, s);
	memmove(&t->groups[i], &t->groups[i + 1], sizeof(*t->groups) * (t->n_groups - i - 1));
	t->n_groups--;
	group_free(t, g);
}

/* Keep the order that the look-ups rely on, when one group's best has changed. */
static void group_move(struct tp4_table *t, struct group *g)
{
	uint32_t i = group_place(t, g), low = 0, high;

	memmove(&t->groups[i], &t->groups[i + 1], sizeof(*t->groups) * (t->n_groups - i - 1));
	high = t->n_groups - 1;
	while (low < high) {
		uint32_t mid = (low + high) / 2;

		if (t->groups[mid]->best >= g->best)
			low = mid + 1;
		else
			high = mid;
	}
	memmove(&t->groups[low + 1], &t->groups[low], sizeof(*t->groups) * (t->n_groups - 1 - low));
	t->groups[low] = g;
}

/* The mask that decides the group: ranges are looked at one by one. */
static void group_mask(const struct tp4_table *t, const uint8_t *mask, uint8_t *to)
{
	memcpy(to, mask, t->desc->key_size);
	for (uint32_t i = 0, at = 0; i < t->desc->n_keys; i++) {
		uint32_t n = (t->desc->keys[i].width + 7) / 8;

		if (t->desc->keys[i].match == TP4_RANGE)
			memset(to + at, 0, n);
		at += n;
	}
}

static struct record *record_new(struct tp4_table *t, struct group *g, const uint8_t *value,
				 const uint8_t *mask)
{
	struct record *r = record_room(t);

	if (!r)
		return NULL;
	r->group = g;
	r->value = (uint8_t *)r + t->value_at;
	r->prefix = g->prefix;
	r->mask = g->mask;
	memcpy(r->value, value, t->desc->key_size);
	if (t->has_range) {
		uint8_t *own = r->value + t->words * 8;

		memcpy(own, mask, t->desc->key_size);
		r->mask = own;
	}
	return r;
}

static int32_t lpm_priority(const struct tp4_table *t, const uint16_t *prefix)
{
	int32_t sum = 0;

	for (uint32_t i = 0; i < t->desc->n_keys; i++)
		if (t->desc->keys[i].match == TP4_LPM)
			sum += prefix[i];
	return sum;
}

/* What follows from the keys and actions, once. */
static void table_shape(struct tp4_table *t)
{
	const struct tp4_table_desc *d = t->desc;

	t->words = d->key_size ? (d->key_size + 7) / 8 : 1;
	memset(&t->last_mask, 0xff, d->key_size - (t->words - 1) * 8);
	for (uint32_t i = 0; i < d->n_keys; i++) {
		t->has_range |= d->keys[i].match == TP4_RANGE;
		t->own_priority |= d->keys[i].match == TP4_TERNARY ||
				   d->keys[i].match == TP4_RANGE ||
				   d->keys[i].match == TP4_OPTIONAL;
	}
	t->data_size = data_size(t);
	t->timer_at = (t->data_size + 7) & ~7U;
	t->value_at = (uint32_t)(sizeof(struct record) + t->timer_at +
				 (d->timeout ? sizeof(struct tp4_timer) : 0));
	t->record_size = (t->value_at + t->words * 8 * (t->has_range ? 2 : 1) + 63) & ~63U;
}

struct tp4_table *table_new(const struct tp4_table_desc *desc, const struct tp4_program *program)
{
	struct tp4_table *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->desc = desc;
	t->program = program;
	table_shape(t);
	t->head.miss =
		aligned_alloc(16, (sizeof(struct tp4_entry) + t->data_size + 15) & ~(size_t)15);
	if (!t->head.miss || desc->key_size > (uint32_t)TP4_KEY_MAX || hash_init(&t->by_mask)) {
		table_free(t);
		return NULL;
	}
	if (desc->n_keys == 1 && desc->keys[0].match == TP4_LPM && desc->keys[0].width &&
	    desc->keys[0].width <= TRIE_BITS_MAX) {
		t->trie = trie_new(desc->keys[0].width, desc->size);
		if (!t->trie) {
			table_free(t);
			return NULL;
		}
	}
	memset(t->head.miss, 0, sizeof(struct tp4_entry) + t->data_size);
	entry_set(t, t->head.miss, desc->default_action, desc->default_data, 0);
	for (uint32_t i = 0; i < desc->n_entries; i++) {
		const struct tp4_const_entry *e = &desc->entries[i];
		int err = table_insert(t, e->value, e->mask, e->prefix, e->priority, e->action,
				       e->data, 0, e->is_const, NULL);

		/* Of two equal entries the first counts. */
		if (err && err != -EEXIST && err != -ENOSPC) {
			table_free(t);
			return NULL;
		}
	}
	return t;
}

void table_free(struct tp4_table *t)
{
	if (!t)
		return;
	for (uint32_t g = 0; g < t->n_groups; g++)
		group_free(t, t->groups[g]);
	hash_free(&t->by_mask);
	trie_free(t->trie);
	vectors_free(t->vectors);
	while (t->slabs) {
		struct slab *next = t->slabs->next;

		free(t->slabs);
		t->slabs = next;
	}
	free(t->groups);
	free(t->head.miss);
	free(t);
}

const struct tp4_table_desc *table_desc(const struct tp4_table *t)
{
	return t->desc;
}

struct tp4_entry *table_default(struct tp4_table *t)
{
	return t->head.miss;
}

int table_set_default(struct tp4_table *t, uint32_t action, const void *data)
{
	entry_set(t, t->head.miss, action, data, 0);
	return 0;
}

static uint64_t masked_hash(const struct tp4_table *t, const struct group *g, const uint8_t *value,
			    uint64_t *masked)
{
	key_words(t, value, masked);
	return group_hash(t, g, masked, masked);
}

/* The trie without r; its group is still among the groups. */
static void trie_forget(struct tp4_table *t, const struct record *r)
{
	uint32_t len = r->prefix[0];
	const struct record *cover = NULL;

	if (trie_needs_cover(t->trie, len))
		cover = table_longest(t, r->value, group_place(t, r->group) + 1);
	trie_remove(t->trie, r->value, len, (struct record *)cover, cover ? cover->prefix[0] : 0);
}

struct record *table_find(struct tp4_table *t, const uint8_t *value, const uint8_t *mask,
			  int32_t priority)
{
	uint8_t gm[TP4_KEY_MAX] = { 0 };
	uint64_t masked[TP4_KEY_MAX / 8];
	struct group *g;
	uint64_t hash;

	group_mask(t, mask, gm);
	g = group_of(t, gm);
	if (!g)
		return NULL;
	hash = masked_hash(t, g, value, masked);
	for (struct record *r = group_find(t, g, masked, hash); r; r = r->chain)
		if ((!t->own_priority || r->priority == priority) &&
		    !memcmp(r->value, value, t->desc->key_size) &&
		    !memcmp(r->mask, mask, t->desc->key_size))
			return r;
	return NULL;
}

/* Too many, or no memory: the groups know them all. */
static void vectors_drop(struct tp4_table *t)
{
	vectors_free(t->vectors);
	t->vectors = NULL;
	t->too_many = true;
}

static void vectors_make(struct tp4_table *t)
{
	t->vectors = vectors_new(t->desc);
	if (!t->vectors)
		return;
	for (uint32_t g = 0; g < t->n_groups; g++) {
		uint64_t place = 0;
		struct hash_slot *s;

		while ((s = hash_each(&t->groups[g]->hash, &place)))
			for (struct record *r = s->item; r; r = r->chain)
				if (vectors_add(t->vectors, r)) {
					vectors_drop(t);
					return;
				}
	}
}

/*
 * Groups or vectors: a group costs about as much as 96 bytes of rows, and so does each
 * entry of a chain that is walked because of its range.  A table that was too large
 * for vectors gets them again when it has been emptied, and one of few entries has none.
 */
static void way_choose(struct tp4_table *t)
{
	if (!t->count)
		t->too_many = false;
	if (t->own_priority && t->desc->key_size && !t->vectors && !t->too_many &&
	    t->count == VECTORS_FROM)
		vectors_make(t);
	t->by_vectors =
		t->vectors && (t->n_groups + (t->has_range ? t->count / (t->chains + 1) : 0)) * 96 >
				      vectors_cost(t->vectors);
}

int table_insert(struct tp4_table *t, const uint8_t *value, const uint8_t *mask,
		 const uint16_t *prefix, int32_t priority, uint32_t action, const void *data,
		 uint32_t member, bool is_const, struct record **out)
{
	uint8_t gm[TP4_KEY_MAX] = { 0 };
	uint64_t masked[TP4_KEY_MAX / 8], hash;
	struct hash_slot *slot;
	struct record *r, *next = NULL;
	struct group *g;
	int err = -ENOMEM;

	if (!is_const && t->count >= t->desc->size)
		return -ENOSPC;
	if (!t->own_priority)
		priority = prefix ? lpm_priority(t, prefix) : 0;
	if (table_find(t, value, mask, priority))
		return -EEXIST;
	group_mask(t, mask, gm);
	g = group_of(t, gm);
	if (!g)
		g = group_new(t, gm, prefix);
	if (!g)
		return -ENOMEM;
	r = record_new(t, g, value, mask);
	if (!r)
		goto out;
	r->priority = priority;
	r->is_const = is_const;
	r->order = t->serial++;
	entry_set(t, &r->entry, action, data, member);

	if (t->trie) {
		err = trie_insert(t->trie, r->value, g->prefix[0], r);
		if (err)
			goto out_record;
	}
	hash = masked_hash(t, g, value, masked);
	slot = group_slot(t, g, masked, hash);
	if (slot) {
		struct record **at = (struct record **)&slot->item;

		while (*at && (*at)->priority >= priority)
			at = &(*at)->chain;
		next = *at;
		*at = r;
	} else {
		err = hash_add(&g->hash, hash, r);
		if (err)
			goto out_trie;
		t->chains++;
	}
	r->chain = next;
	if (priority > g->best) {
		g->best = priority;
		group_move(t, g);
	}
	t->count++;
	if (t->vectors && vectors_add(t->vectors, r))
		vectors_drop(t);
	way_choose(t);
	if (out)
		*out = r;
	return 0;

out_trie:
	if (t->trie)
		trie_forget(t, r);
out_record:
	record_free(t, r);
out:
	if (!g->hash.count)
		group_drop(t, g);
	return err;
}

int table_change(struct tp4_table *t, struct record *r, uint32_t action, const void *data,
		 uint32_t member)
{
	if (r->is_const)
		return -EPERM;
	entry_set(t, &r->entry, action, data, member);
	return 0;
}

/* After every change of half of a group, so that many deletions stay cheap. */
static void group_rate(struct tp4_table *t, struct group *g)
{
	uint64_t place = 0;
	struct hash_slot *s;

	g->gone = 0;
	g->best = INT32_MIN;
	while ((s = hash_each(&g->hash, &place))) {
		struct record *r = s->item;

		if (r->priority > g->best)
			g->best = r->priority;
	}
	group_move(t, g);
}

int table_delete(struct tp4_table *t, struct record *r)
{
	struct group *g = r->group;
	uint64_t masked[TP4_KEY_MAX / 8];
	struct hash_slot *slot;
	struct record **at;

	if (r->is_const)
		return -EPERM;
	if (t->trie)
		trie_forget(t, r);
	slot = group_slot(t, g, masked, masked_hash(t, g, r->value, masked));
	for (at = (struct record **)&slot->item; *at != r; at = &(*at)->chain)
		;
	*at = r->chain;
	if (t->vectors)
		vectors_remove(t->vectors, r);
	if (!slot->item) {
		hash_remove(&g->hash, slot);
		t->chains--;
	}
	t->count--;
	if (!g->hash.count)
		group_drop(t, g);
	else if (t->own_priority && ++g->gone > g->hash.count / 2)
		group_rate(t, g);
	record_free(t, r);
	way_choose(t);
	return 0;
}

int table_visit(struct tp4_table *t, struct place *at, int (*visit)(void *arg, struct record *r),
		void *arg)
{
	struct place start = { 0 };

	if (!at)
		at = &start;
	for (; at->group < t->n_groups; at->group++, at->slot = 0) {
		uint64_t next = at->slot;
		struct hash_slot *s;

		while ((s = hash_each(&t->groups[at->group]->hash, &next))) {
			struct record *r = s->item;

			at->slot = next - 1;
			for (uint64_t i = 0; r && i < at->chained; i++)
				r = r->chain;
			for (; r; r = r->chain, at->chained++) {
				int err = visit(arg, r);

				if (err)
					return err;
			}
			at->slot = next;
			at->chained = 0;
		}
	}
	return 0;
}

struct tp4_timer *table_timer(const struct tp4_table *t, struct tp4_entry *e)
{
	return t->desc->timeout && e != t->head.miss ? (struct tp4_timer *)(e->data + t->timer_at)
						     : NULL;
}

struct note **table_note(struct tp4_table *t)
{
	return &t->note;
}

uint64_t *table_looked(struct tp4_table *t)
{
	return &t->looked;
}

uint64_t table_count(const struct tp4_table *t)
{
	return t->count;
}
