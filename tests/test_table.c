/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * test_table.c - tables against the plainest thing that can be right: a list of
 * entries that is searched from end to end.  Random inserts, deletes, changes
 * and look-ups, for exact, lpm, ternary and range keys, over narrow keys so that
 * entries meet.  Then large tables, filled and emptied, of which every entry is
 * looked up.
 */
#include "runtime/table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define MODEL_MAX 400

static uint64_t state = 0x123456789abcdefULL;

static uint32_t roll(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 20) % n;
}

struct model {
	uint8_t value[16], mask[16];
	uint16_t prefix[2];
	int32_t priority;
	uint64_t order;
	uint32_t data;
} model[MODEL_MAX];
static int n_model;
static uint64_t serial;

static bool matches(const struct tp4_table_desc *d, const struct model *m, const uint8_t *key)
{
	for (uint32_t i = 0, at = 0; i < d->n_keys; i++) {
		uint32_t n = (d->keys[i].width + 7) / 8;

		if (d->keys[i].match == TP4_RANGE) {
			if (memcmp(key + at, m->value + at, n) < 0 ||
			    memcmp(key + at, m->mask + at, n) > 0)
				return false;
		} else {
			for (uint32_t b = at; b < at + n; b++)
				if ((key[b] & m->mask[b]) != m->value[b])
					return false;
		}
		at += n;
	}
	return true;
}

static const struct model *best(const struct tp4_table_desc *d, const uint8_t *key)
{
	const struct model *b = NULL;

	for (int i = 0; i < n_model; i++)
		if (matches(d, &model[i], key) &&
		    (!b || model[i].priority > b->priority ||
		     (model[i].priority == b->priority && model[i].order < b->order)))
			b = &model[i];
	return b;
}

static void random_entry(const struct tp4_table_desc *d, struct model *m, bool *prioritised)
{
	memset(m, 0, sizeof(*m));
	for (uint32_t i = 0, at = 0; i < d->n_keys; i++) {
		uint32_t w = d->keys[i].width, n = (w + 7) / 8, low, high;
		/* Only the last bytes vary, so that a wide key collides, too. */
		uint8_t *v = m->value + at + n - 1, *k = m->mask + at + n - 1;

		memset(m->mask + at, 0xff, n);
		*v = (uint8_t)roll(16);
		switch (d->keys[i].match) {
		case TP4_LPM:
			if (d->n_keys == 1) { /* any length, over bytes that repeat */
				m->prefix[i] = m->priority = (int32_t)roll(w + 1);
				for (uint32_t b = 0; b < n; b++)
					m->value[b] = (uint8_t[]){ 0, 0xff, 0x80, 0x2a }[roll(4)];
				for (uint32_t b = m->prefix[i]; b < w; b++)
					m->mask[(n * 8 - w + b) / 8] &=
						(uint8_t) ~(0x80 >> (n * 8 - w + b) % 8);
				if (w % 8)
					m->mask[0] &= (uint8_t)(0xff >> (8 - w % 8));
				for (uint32_t b = 0; b < n; b++)
					m->value[b] &= m->mask[b];
				break;
			}
			m->prefix[i] = (uint16_t)(w - roll(5));
			*k = (uint8_t)(0xff << (w - m->prefix[i]));
			m->priority = m->prefix[i];
			break;
		case TP4_TERNARY:
			memset(m->mask + at, roll(2) ? 0xff : 0, n);
			*k = (uint8_t)roll(16);
			*prioritised = true;
			break;
		case TP4_RANGE:
			memset(m->mask + at, 0, n);
			low = roll(3) << 8 | *v;
			high = low + (roll(2) ? roll(6) : roll(700));
			v[-1] = (uint8_t)(low >> 8);
			k[-1] = (uint8_t)(high >> 8);
			*k = (uint8_t)high;
			*prioritised = true;
			break;
		default: break;
		}
		if (d->keys[i].match != TP4_RANGE)
			*v &= *k;
		at += n;
	}
	if (*prioritised)
		m->priority = (int32_t)roll(4) + 1;
}

static int find(const struct tp4_table_desc *d, const struct model *m)
{
	for (int i = 0; i < n_model; i++)
		if (!memcmp(model[i].value, m->value, d->key_size) &&
		    !memcmp(model[i].mask, m->mask, d->key_size) &&
		    model[i].priority == m->priority)
			return i;
	return -1;
}

static bool run(const char *name, const struct tp4_key_desc *keys, uint32_t n_keys,
		struct tp4_entry *(*lookup)(struct tp4_table *t, const uint8_t *key))
{
	static const struct tp4_param_desc param = { "x", 1, 32, 0, 4, false };
	static const struct tp4_action_desc action = { "a", 1, 1, &param, 4 };
	static const struct tp4_action_ref ref;
	struct tp4_program program = { .n_actions = 1, .actions = &action };
	struct tp4_table_desc d = { .name = name,
				    .n_keys = n_keys,
				    .keys = keys,
				    .n_actions = 1,
				    .actions = &ref,
				    .size = MODEL_MAX };
	struct tp4_table *t;
	bool ok = true;

	for (uint32_t i = 0; i < n_keys; i++)
		d.key_size += (keys[i].width + 7) / 8;
	n_model = 0;
	t = table_new(&d, &program);
	for (int step = 0; step < 20000 && ok; step++) {
		bool prioritised = false;
		struct model m;
		struct record *r;
		int at, ret;

		random_entry(&d, &m, &prioritised);
		at = find(&d, &m);
		r = table_find(t, m.value, m.mask, m.priority);
		ok = ok && (at >= 0) == (r != NULL);
		/* It fills, and empties. */
		if (roll(step / 2000 % 2 ? 3 : 8) > 1 && n_model < MODEL_MAX - 1) {
			m.data = roll(1000000);
			m.order = serial++;
			ret = table_insert(t, m.value, m.mask, m.prefix, m.priority, 0, &m.data, 0,
					   false, NULL);
			ok = ok && ret == (at >= 0 ? -EEXIST : 0);
			if (at < 0)
				model[n_model++] = m;
		} else if (n_model) {
			if (!r) {
				at = (int)roll((uint32_t)n_model);
				m = model[at];
				r = table_find(t, m.value, m.mask, m.priority);
				ok = ok && r;
			}
			ok = ok && r && table_delete(t, r) == 0;
			model[at] = model[--n_model];
		}
		for (int k = 0; k < 4 && ok; k++) {
			uint8_t key[16] = { 0 };
			const struct model *want;
			struct tp4_entry *have;
			uint32_t x = 0;

			for (uint32_t i = 0, b = 0; i < n_keys; i++) {
				b += (keys[i].width + 7) / 8;
				key[b - 1] = (uint8_t)roll(18);
				if (keys[i].match == TP4_RANGE)
					key[b - 2] = (uint8_t)roll(6);
			}
			if (n_keys == 1 && n_model) {
				uint32_t w = keys[0].width;

				memcpy(key, model[roll((uint32_t)n_model)].value, d.key_size);
				for (uint32_t b = roll(w + 8); b < w; b++)
					key[d.key_size - 1 - b / 8] ^= (uint8_t)(roll(2) << b % 8);
			}
			want = best(&d, key);
			have = lookup(t, key);
			if (have)
				memcpy(&x, have->data, 4);
			ok = (want != NULL) == (have != NULL) && (!want || want->data == x);
		}
		ok = ok && table_count(t) == (uint64_t)n_model;
	}
	table_free(t);
	return ok;
}

static void number_key(uint32_t i, uint8_t *key)
{
	/* Spread like addresses, never the same twice. */
	uint32_t x = i * 2654435761U;

	key[0] = (uint8_t)(x >> 24);
	key[1] = (uint8_t)(x >> 16);
	key[2] = (uint8_t)(x >> 8);
	key[3] = (uint8_t)x;
}

struct visit {
	uint8_t *seen; /* how often, by number */
	uint32_t left;
};

static int visit(void *arg, struct record *r)
{
	struct visit *v = arg;
	uint32_t i;

	if (!v->left--)
		return 1;
	memcpy(&i, r->entry.data, 4);
	v->seen[i]++;
	return 0;
}

/*
 * Seen in parts, each is seen once; also while others double their number, but
 * where a piece of the hash is split just then.
 */
static bool parts(struct tp4_table *t, uint32_t n, const uint8_t *ones, bool grow)
{
	struct visit v = { calloc(2, n), 100 };
	struct place at = { 0 };
	uint16_t prefix = 32;
	uint32_t more = n, not_once = 0;
	uint8_t key[4];

	while (table_visit(t, &at, visit, &v)) {
		for (int i = 0; i < 100 && grow && more < 2 * n; i++, more++) {
			number_key(more, key);
			if (table_insert(t, key, ones, &prefix, (int32_t)n, 0, &more, 0, false,
					 NULL))
				return false;
		}
		v.left = 100;
	}
	for (uint32_t i = 0; i < n; i++)
		not_once += v.seen[i] != 1;
	number_key(more, key);
	if (grow && table_insert(t, key, ones, &prefix, 1, 0, &more, 0, false, NULL) != -ENOSPC)
		return false;
	while (more-- > n) {
		number_key(more, key);
		if (table_delete(t, table_find(t, key, ones, (int32_t)n)))
			return false;
	}
	free(v.seen);
	if (not_once > (grow ? n / 100 : 0))
		printf("# %u of %u not seen once\n", not_once, n);
	return not_once <= (grow ? n / 100 : 0);
}

/* Many entries: each is there until it is deleted, in another order, and then it is not. */
static bool many(enum tp4_match match, uint32_t n)
{
	static const struct tp4_param_desc param = { "x", 1, 32, 0, 4, false };
	static const struct tp4_action_desc action = { "a", 1, 1, &param, 4 };
	static const struct tp4_action_ref ref;
	struct tp4_program program = { .n_actions = 1, .actions = &action };
	struct tp4_key_desc k = { "k", 1, 32, .match = match };
	struct tp4_table_desc d = { .name = "many",
				    .n_keys = 1,
				    .key_size = 4,
				    .keys = &k,
				    .n_actions = 1,
				    .actions = &ref,
				    .size = 2 * n };
	struct tp4_entry *(*lookup)(struct tp4_table * t, const uint8_t *key) =
		match == TP4_EXACT ? tp4_exact_lookup
		: match == TP4_LPM ? tp4_lpm_lookup
				   : tp4_any_lookup;
	struct tp4_table *t = table_new(&d, &program);
	uint16_t prefix = 32;
	uint8_t key[16], ones[4];
	bool ok = true;

	memset(ones, 0xff, 4);
	for (uint32_t i = 0; i < n && ok; i++) {
		number_key(i, key);
		/* Every priority another one: the best must not be sought anew each time. */
		ok = table_insert(t, key, ones, &prefix, (int32_t)i, 0, &i, 0, false, NULL) == 0;
	}
	ok = ok && parts(t, n, ones, false) && parts(t, n, ones, true);
	for (uint32_t i = 0; i < n && ok; i++) {
		struct tp4_entry *e;

		number_key(i, key);
		e = lookup(t, key);
		ok = e && !memcmp(e->data, &i, 4);
	}
	for (uint32_t i = 0; i < n && ok; i++) {
		uint32_t k = (uint32_t)((n - 1 - i) ^ 1);
		struct record *r;

		number_key(k < n ? k : i, key);
		r = table_find(t, key, ones, (int32_t)k);
		ok = r && table_delete(t, r) == 0 && !lookup(t, key) && table_count(t) == n - 1 - i;
	}
	table_free(t);
	return ok;
}

int main(void)
{
	static const struct tp4_key_desc exact[] = { { "a", 1, 16, .match = TP4_EXACT },
						     { "b", 2, 8, .match = TP4_EXACT } };
	static const struct tp4_key_desc wide[] = { { "a", 1, 96, .match = TP4_EXACT } };
	static const struct tp4_key_desc lpm[] = { { "a", 1, 8, .match = TP4_EXACT },
						   { "b", 2, 32, .match = TP4_LPM } };
	static const struct tp4_key_desc lpm32[] = { { "a", 1, 32, .match = TP4_LPM } };
	static const struct tp4_key_desc lpm128[] = { { "a", 1, 128, .match = TP4_LPM } };
	static const struct tp4_key_desc lpm64[] = { { "a", 1, 64, .match = TP4_LPM } };
	static const struct tp4_key_desc lpm13[] = { { "a", 1, 13, .match = TP4_LPM } };
	static const struct tp4_key_desc lpm75[] = { { "a", 1, 75, .match = TP4_LPM } };
	static const struct tp4_key_desc lpm5[] = { { "a", 1, 5, .match = TP4_LPM } };
	static const struct tp4_key_desc ternary[] = { { "a", 1, 16, .match = TP4_TERNARY },
						       { "b", 2, 80, .match = TP4_EXACT } };
	static const struct tp4_key_desc range[] = { { "a", 1, 16, .match = TP4_RANGE },
						     { "b", 2, 8, .match = TP4_TERNARY } };
	static const struct {
		const char *name;
		const struct tp4_key_desc *keys;
		uint32_t n;
		struct tp4_entry *(*lookup)(struct tp4_table *t, const uint8_t *key);
	} tables[] = {
		{ "exact", exact, 2, tp4_exact_lookup },
		{ "exact, wide", wide, 1, tp4_exact_lookup },
		{ "lpm", lpm, 2, tp4_lpm_lookup },
		{ "ternary", ternary, 2, tp4_any_lookup },
		{ "range", range, 2, tp4_any_lookup },
		{ "exact by the general look-up", exact, 2, tp4_any_lookup },
		{ "lpm of 32 bits", lpm32, 1, tp4_lpm_lookup },
		{ "lpm of 128 bits", lpm128, 1, tp4_lpm_lookup },
		{ "lpm of 64 bits", lpm64, 1, tp4_lpm_lookup },
		{ "lpm of 13 bits", lpm13, 1, tp4_lpm_lookup },
		{ "lpm of 75 bits", lpm75, 1, tp4_lpm_lookup },
		{ "lpm of 5 bits", lpm5, 1, tp4_lpm_lookup },
	};
	static const struct {
		const char *name;
		enum tp4_match match;
	} kinds[] = { { "exact", TP4_EXACT }, { "lpm", TP4_LPM }, { "ternary", TP4_TERNARY } };
	int n = 0;
	int failed = 0;

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		bool ok = run(tables[i].name, tables[i].keys, tables[i].n, tables[i].lookup);

		printf("%s %d - %s\n", ok ? "ok" : "not ok", ++n, tables[i].name);
		failed += !ok;
	}
	for (size_t i = 0; i < 3; i++) {
		bool ok = many(kinds[i].match, 200000);

		printf("%s %d - %s, 200000 entries\n", ok ? "ok" : "not ok", ++n, kinds[i].name);
		failed += !ok;
	}
	printf("1..%d\n", n);
	return failed != 0;
}
