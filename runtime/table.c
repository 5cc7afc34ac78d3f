/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* table.c - match tables: groups of equal mask, each a hash table. */
#include "runtime/table.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

#define GROUP_FIRST 16U
#define GONE        ((struct record *)1)

struct group {
	uint8_t *mask;             /* key_size bytes, padded to words */
	int32_t best;              /* highest priority in it */
	uint32_t used, dead;       /* slots with a record; slots that had one */
	uint32_t size;             /* slots, a power of two */
	struct slot {
		uint64_t hash;     /* of a key of one word: the key itself, mixed */
		struct record *record; /* NULL: never used; GONE: was deleted */
	} *slot;
};

struct slab {
	struct slab *next;
	uint32_t used, size;       /* records */
	uint8_t data[];
};

struct tp4_table {
	struct tp4_table_head head;
	const struct tp4_table_desc *desc;
	const struct tp4_program *program;
	struct group **groups;     /* best first */
	uint32_t n_groups, cap_groups;
	uint32_t words;            /* of a padded key */
	uint64_t count, serial;
	bool has_range;
	struct slab *slabs;        /* where the records lie */
	struct record *spare;      /* records to use again, linked by chain */
};

static struct record *slot_record(const struct group *g, uint32_t i)
{
	return g->slot[i].record == GONE ? NULL : g->slot[i].record;
}

static uint64_t load_word(const uint8_t *p)
{
	uint64_t w;

	memcpy(&w, p, 8);
	return w;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	unsigned __int128 m = (unsigned __int128)a * b;

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/*
 * In the manner of wyhash: a multiplication for each word.  One word alone is
 * mixed by steps that can be undone (splitmix64), so equal hashes are equal keys
 * and the slot alone answers.
 */
static uint64_t hash_words(const uint64_t *k, uint32_t n)
{
	uint64_t h = 0xa0761d6478bd642fULL;

	if (n == 1) {
		h = (k[0] ^ k[0] >> 30) * 0xbf58476d1ce4e5b9ULL;
		h = (h ^ h >> 27) * 0x94d049bb133111ebULL;
		return h ^ h >> 31;
	}

	for (uint32_t i = 0; i < n; i++)
		h = mix(h ^ k[i], 0xe7037ed1a0b428dbULL + i);
	return mix(h, 0x8ebc6af09c88c6e3ULL);
}

/* The key's bytes in words; the last one padded with zeros. */
static void key_words(const struct tp4_table *t, const uint8_t *key, uint64_t *to)
{
	uint32_t n = t->desc->key_size, i = 0;

	for (; n >= 8; n -= 8, key += 8)
		to[i++] = load_word(key);
	if (n) {
		to[i] = 0;
		memcpy(&to[i], key, n);
	}
}

static bool ranges_hold(const struct tp4_table *t, const struct record *r, const uint8_t *key)
{
	for (uint32_t i = 0, at = 0; i < t->desc->n_keys; i++) {
		uint32_t n = (t->desc->keys[i].width + 7) / 8;

		if (t->desc->keys[i].match == TP4_RANGE &&
		    (memcmp(key + at, r->value + at, n) < 0 || memcmp(key + at, r->mask + at, n) > 0))
			return false;
		at += n;
	}
	return true;
}

static bool same_key(const uint64_t *masked, const struct group *g, const struct record *r, uint32_t words)
{
	const uint8_t *v = r->value, *m = g->mask;

	for (uint32_t i = 0; i < words; i++)
		if (masked[i] != (load_word(v + i * 8) & load_word(m + i * 8)))
			return false;
	return true;
}

static struct record *group_find(const struct tp4_table *t, const struct group *g, const uint64_t *masked,
				 uint64_t hash)
{
	uint32_t i = (uint32_t)hash & (g->size - 1);

	while (g->slot[i].record) {
		if (g->slot[i].hash == hash && g->slot[i].record != GONE &&
		    (t->words == 1 || same_key(masked, g, g->slot[i].record, t->words)))
			return g->slot[i].record;
		i = (i + 1) & (g->size - 1);
	}
	return NULL;
}

struct tp4_entry *tp4_exact_lookup(struct tp4_table *t, const uint8_t *key)
{
	uint64_t k[TP4_KEY_MAX / 8];
	struct record *r;

	if (!t->n_groups)
		return NULL;
	key_words(t, key, k);
	r = group_find(t, t->groups[0], k, hash_words(k, t->words));
	return r ? &r->entry : NULL;
}

/* Groups are in the order of falling prefix length: the first hit is the longest. */
struct tp4_entry *tp4_lpm_lookup(struct tp4_table *t, const uint8_t *key)
{
	uint64_t k[TP4_KEY_MAX / 8], m[TP4_KEY_MAX / 8];

	key_words(t, key, k);
	for (uint32_t g = 0; g < t->n_groups; g++) {
		struct record *r;

		for (uint32_t i = 0; i < t->words; i++)
			m[i] = k[i] & load_word(t->groups[g]->mask + i * 8);
		r = group_find(t, t->groups[g], m, hash_words(m, t->words));
		if (r)
			return &r->entry;
	}
	return NULL;
}

struct tp4_entry *tp4_any_lookup(struct tp4_table *t, const uint8_t *key)
{
	uint64_t k[TP4_KEY_MAX / 8], m[TP4_KEY_MAX / 8];
	struct record *best = NULL;

	key_words(t, key, k);
	for (uint32_t g = 0; g < t->n_groups; g++) {
		struct record *r;

		if (best && best->priority > t->groups[g]->best)
			break;
		for (uint32_t i = 0; i < t->words; i++)
			m[i] = k[i] & load_word(t->groups[g]->mask + i * 8);
		for (r = group_find(t, t->groups[g], m, hash_words(m, t->words)); r; r = r->chain)
			if (!t->has_range || ranges_hold(t, r, key)) {
				if (!best || r->priority > best->priority ||
				    (r->priority == best->priority && r->order < best->order))
					best = r;
				break;
			}
	}
	return best ? &best->entry : NULL;
}

void tp4_table_prefetch(struct tp4_table *t, const uint8_t *key)
{
	uint64_t k[TP4_KEY_MAX / 8];

	if (!t->n_groups)
		return;
	key_words(t, key, k);
	__builtin_prefetch(&t->groups[0]->slot[hash_words(k, t->words) & (t->groups[0]->size - 1)]);
}

/*
 * Large arrays lie on huge pages where the kernel has them: with small ones, a
 * look-up among a million entries waits for the page tables, too.
 */
#define HUGE_PAGE ((size_t)2 << 20)

static void *large_calloc(size_t size)
{
	void *p;

	if (size < HUGE_PAGE)
		return calloc(1, size);
	size = (size + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
	p = aligned_alloc(HUGE_PAGE, size);
	if (p) {
		madvise(p, size, MADV_HUGEPAGE);
		memset(p, 0, size);
	}
	return p;
}

static size_t record_size(const struct tp4_table *t, uint32_t data)
{
	return sizeof(struct record) + data;
}

static void record_free(struct tp4_table *t, struct record *r)
{
	free(r->value);
	r->value = NULL;
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

static void entry_set(const struct tp4_table *t, struct tp4_entry *e, uint32_t action, const void *data,
		      uint32_t member)
{
	uint32_t n = action < t->desc->n_actions ?
			     t->program->actions[t->desc->actions[action].action].data_size : 0;

	e->action = action;
	e->member = member;
	if (data)
		memcpy(e->data, data, n);
	else
		memset(e->data, 0, data_size(t));
}

/* Memory for one record: one that was used before, or the next of the newest slab. */
static struct record *record_room(struct tp4_table *t)
{
	size_t size = (record_size(t, data_size(t)) + 63) & ~(size_t)63;
	struct record *r = t->spare;
	struct slab *s = t->slabs;

	if (r) {
		t->spare = r->chain;
		memset(r, 0, size);
		return r;
	}
	if (!s || s->used == s->size) {
		/* Each slab holds as many as all before it, up to a few megabytes. */
		uint32_t n = s ? s->size * 2 : 16;

		if (n * size > 4 * HUGE_PAGE)
			n = s->size;
		s = large_calloc(sizeof(*s) + n * size + 64);
		if (!s)
			return NULL;
		s->size = n;
		s->next = t->slabs;
		t->slabs = s;
	}
	return (struct record *)((((uintptr_t)s->data + 63) & ~(uintptr_t)63) + s->used++ * size);
}

static struct record *record_new(struct tp4_table *t)
{
	size_t key = t->words * 8;
	struct record *r = record_room(t);

	if (!r)
		return NULL;
	r->value = calloc(2, key + 8 + sizeof(uint16_t) * (t->desc->n_keys + 1));
	if (!r->value) {
		r->chain = t->spare;
		t->spare = r;
		return NULL;
	}
	r->mask = r->value + key + 8;
	r->prefix = (uint16_t *)(r->mask + key + 8);
	r->entry.owner = r;
	return r;
}

static int group_resize(struct group *g, uint32_t size)
{
	struct slot *fresh = large_calloc(size * sizeof(*fresh));

	if (!fresh)
		return -ENOMEM;
	for (uint32_t i = 0; i < g->size; i++) {
		uint32_t k;

		if (!g->slot[i].record || g->slot[i].record == GONE)
			continue;
		k = (uint32_t)g->slot[i].hash & (size - 1);
		while (fresh[k].record)
			k = (k + 1) & (size - 1);
		fresh[k] = g->slot[i];
	}
	free(g->slot);
	g->slot = fresh;
	g->size = size;
	g->dead = 0;
	return 0;
}

static void group_free(struct group *g)
{
	if (!g)
		return;
	free(g->slot);
	free(g->mask);
	free(g);
}

static struct group *group_new(const struct tp4_table *t, const uint8_t *mask)
{
	struct group *g = calloc(1, sizeof(*g));

	if (!g)
		return NULL;
	g->mask = calloc(1, t->words * 8 + 8);
	g->slot = calloc(GROUP_FIRST, sizeof(*g->slot));
	g->size = GROUP_FIRST;
	g->best = INT32_MIN;
	if (!g->mask || !g->slot) {
		group_free(g);
		return NULL;
	}
	memcpy(g->mask, mask, t->desc->key_size);
	return g;
}

/* Keep the order that the lookups rely on. */
static void groups_sort(struct tp4_table *t)
{
	for (uint32_t i = 1; i < t->n_groups; i++)
		for (uint32_t k = i; k > 0 && t->groups[k]->best > t->groups[k - 1]->best; k--) {
			struct group *g = t->groups[k];

			t->groups[k] = t->groups[k - 1];
			t->groups[k - 1] = g;
		}
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

static struct group *group_of(const struct tp4_table *t, const uint8_t *mask)
{
	for (uint32_t i = 0; i < t->n_groups; i++)
		if (!memcmp(t->groups[i]->mask, mask, t->desc->key_size))
			return t->groups[i];
	return NULL;
}

static int32_t lpm_priority(const struct tp4_table *t, const uint16_t *prefix)
{
	int32_t sum = 0;

	for (uint32_t i = 0; i < t->desc->n_keys; i++)
		if (t->desc->keys[i].match == TP4_LPM)
			sum += prefix[i];
	return sum;
}

static bool own_priority(const struct tp4_table *t)
{
	for (uint32_t i = 0; i < t->desc->n_keys; i++)
		if (t->desc->keys[i].match == TP4_TERNARY || t->desc->keys[i].match == TP4_RANGE ||
		    t->desc->keys[i].match == TP4_OPTIONAL)
			return true;
	return false;
}

struct tp4_table *table_new(const struct tp4_table_desc *desc, const struct tp4_program *program)
{
	struct tp4_table *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->desc = desc;
	t->program = program;
	t->words = (desc->key_size + 7) / 8;
	for (uint32_t i = 0; i < desc->n_keys; i++)
		t->has_range |= desc->keys[i].match == TP4_RANGE;
	t->head.miss = aligned_alloc(16, (sizeof(struct tp4_entry) + data_size(t) + 15) & ~(size_t)15);
	if (!t->head.miss || desc->key_size > (uint32_t)TP4_KEY_MAX) {
		free(t->head.miss);
		free(t);
		return NULL;
	}
	memset(t->head.miss, 0, sizeof(struct tp4_entry) + data_size(t));
	entry_set(t, t->head.miss, desc->default_action, desc->default_data, 0);
	for (uint32_t i = 0; i < desc->n_entries; i++) {
		const struct tp4_const_entry *e = &desc->entries[i];
		int err = table_insert(t, e->value, e->mask, e->prefix, e->priority, e->action, e->data, 0,
				       e->is_const, NULL);

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
	for (uint32_t g = 0; g < t->n_groups; g++) {
		for (uint32_t i = 0; i < t->groups[g]->size; i++)
			for (struct record *r = slot_record(t->groups[g], i), *next; r; r = next) {
				next = r->chain;
				free(r->value);
			}
		group_free(t->groups[g]);
	}
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
	for (uint32_t i = 0; i < t->words; i++)
		masked[i] &= load_word(g->mask + i * 8);
	return hash_words(masked, t->words);
}

struct record *table_find(struct tp4_table *t, const uint8_t *value, const uint8_t *mask, int32_t priority)
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
		if ((!own_priority(t) || r->priority == priority) &&
		    !memcmp(r->value, value, t->desc->key_size) &&
		    !memcmp(r->mask, mask, t->desc->key_size))
			return r;
	return NULL;
}

int table_insert(struct tp4_table *t, const uint8_t *value, const uint8_t *mask, const uint16_t *prefix,
		 int32_t priority, uint32_t action, const void *data, uint32_t member, bool is_const,
		 struct record **out)
{
	uint8_t gm[TP4_KEY_MAX] = { 0 };
	uint64_t masked[TP4_KEY_MAX / 8], hash;
	struct group *g;
	struct record *r, *head, **at;
	uint32_t i;
	int err;

	if (!is_const && t->count >= t->desc->size)
		return -ENOSPC;
	if (!own_priority(t))
		priority = prefix ? lpm_priority(t, prefix) : 0;
	if (table_find(t, value, mask, priority))
		return -EEXIST;
	group_mask(t, mask, gm);
	g = group_of(t, gm);
	if (!g) {
		if (t->n_groups == t->cap_groups) {
			uint32_t cap = t->cap_groups ? t->cap_groups * 2 : 8;
			struct group **more = realloc(t->groups, sizeof(*more) * cap);

			if (!more)
				return -ENOMEM;
			t->groups = more;
			t->cap_groups = cap;
		}
		g = group_new(t, gm);
		if (!g)
			return -ENOMEM;
		t->groups[t->n_groups++] = g;
	}
	if ((g->used + g->dead + 1) * 2 > g->size) {
		err = group_resize(g, g->used * 4 > g->size ? g->size * 2 : g->size);
		if (err)
			return err;
	}
	r = record_new(t);
	if (!r)
		return -ENOMEM;
	memcpy(r->value, value, t->desc->key_size);
	memcpy(r->mask, mask, t->desc->key_size);
	if (prefix)
		memcpy(r->prefix, prefix, sizeof(uint16_t) * t->desc->n_keys);
	r->priority = priority;
	r->is_const = is_const;
	r->order = t->serial++;
	r->group = g;
	entry_set(t, &r->entry, action, data, member);

	hash = masked_hash(t, g, value, masked);
	head = group_find(t, g, masked, hash);
	i = (uint32_t)hash & (g->size - 1);
	if (head) {
		while (g->slot[i].record != head)
			i = (i + 1) & (g->size - 1);
		for (at = &g->slot[i].record; *at && (*at)->priority >= priority; at = &(*at)->chain)
			;
		r->chain = *at;
		*at = r;
	} else {
		while (g->slot[i].record && g->slot[i].record != GONE)
			i = (i + 1) & (g->size - 1);
		if (g->slot[i].record == GONE)
			g->dead--;
		g->slot[i].record = r;
		g->slot[i].hash = hash;
		g->used++;
	}
	if (priority > g->best) {
		g->best = priority;
		groups_sort(t);
	}
	t->count++;
	if (out)
		*out = r;
	return 0;
}

int table_change(struct tp4_table *t, struct record *r, uint32_t action, const void *data, uint32_t member)
{
	if (r->is_const)
		return -EPERM;
	entry_set(t, &r->entry, action, data, member);
	return 0;
}

static void group_rate(struct tp4_table *t, struct group *g)
{
	g->best = INT32_MIN;
	for (uint32_t i = 0; i < g->size; i++)
		if (slot_record(g, i) && slot_record(g, i)->priority > g->best)
			g->best = slot_record(g, i)->priority;
	groups_sort(t);
}

int table_delete(struct tp4_table *t, struct record *r)
{
	struct group *g = r->group;
	uint64_t masked[TP4_KEY_MAX / 8], hash;
	struct record **at;
	uint32_t i;

	if (r->is_const)
		return -EPERM;
	hash = masked_hash(t, g, r->value, masked);
	i = (uint32_t)hash & (g->size - 1);
	while (!(g->slot[i].hash == hash && slot_record(g, i) &&
		 same_key(masked, g, g->slot[i].record, t->words)))
		i = (i + 1) & (g->size - 1);
	for (at = &g->slot[i].record; *at != r; at = &(*at)->chain)
		;
	*at = r->chain;
	if (!g->slot[i].record) {
		g->slot[i].record = GONE;
		g->used--;
		g->dead++;
	}
	t->count--;
	if (!g->used) {
		for (i = 0; t->groups[i] != g; i++)
			;
		memmove(&t->groups[i], &t->groups[i + 1], sizeof(*t->groups) * (t->n_groups - i - 1));
		t->n_groups--;
		group_free(g);
	} else if (own_priority(t) && r->priority == g->best) {
		group_rate(t, g);
	}
	record_free(t, r);
	return 0;
}

int table_visit(struct tp4_table *t, int (*visit)(void *arg, struct record *r), void *arg)
{
	for (uint32_t g = 0; g < t->n_groups; g++)
		for (uint32_t i = 0; i < t->groups[g]->size; i++)
			for (struct record *r = slot_record(t->groups[g], i); r; r = r->chain) {
				int err = visit(arg, r);

				if (err)
					return err;
			}
	return 0;
}

uint64_t table_count(const struct tp4_table *t)
{
	return t->count;
}
