/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * table.c - what a look-up and an update cost, by kind of match and number of entries.
 *
 * This is what the choice of the structures in runtime/table.h rests on: "hashes" is
 * longest prefixes by one hash table for each length (what an lpm key with an exact
 * one beside it gets), to compare with the trie; "few masks" and "many masks" show
 * what ternary tables depend on.
 *
 *   table [ENTRIES ...]   prints a line for each
 */
#include "bench/random.h"
#include "runtime/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LOOKUPS 20000

static double now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

struct shape {
	const char *name;
	const struct tp4_key_desc *keys;
	uint32_t n_keys;
	struct tp4_entry *(*lookup)(struct tp4_table *t, const uint8_t *key);
	uint32_t masks; /* ternary: how many different ones; 0: any */
	uint64_t most;  /* entries that it is tried with */
};

/* Lengths of prefixes as routers of the Internet have them: most are 24 bits long. */
static uint32_t route_length(uint32_t width)
{
	uint32_t r = rnd() % 100;
	uint32_t len = r < 60   ? 24
		       : r < 90 ? 16 + rnd() % 8
		       : r < 95 ? 8 + rnd() % 8
				: 25 + rnd() % 8;

	return width == 32 ? len : len * 2;
}

static void prefix_mask(uint8_t *mask, uint32_t width, uint32_t len)
{
	for (uint32_t b = 0; b < width; b++)
		if (b < len)
			mask[b / 8] |= (uint8_t)(0x80 >> b % 8);
}

struct made {
	uint8_t value[32], mask[32];
	uint16_t prefix[4];
	int32_t priority;
};

static void make(const struct shape *s, uint32_t number, struct made *m)
{
	uint32_t at = 0, which = s->masks ? rnd() % s->masks : rnd();

	memset(m, 0, sizeof(*m));
	for (uint32_t i = 0; i < s->n_keys; i++) {
		uint32_t w = s->keys[i].width, bytes = w / 8;

		for (uint32_t b = 0; b < bytes; b++)
			m->value[at + b] = (uint8_t)(rnd() >> 8);
		switch (s->keys[i].match) {
		case TP4_LPM:
			m->prefix[i] = (uint16_t)route_length(w);
			prefix_mask(m->mask + at, w, m->prefix[i]);
			break;
		case TP4_TERNARY:
			/* Each field: all, nothing or a prefix, as the number of the mask says. */
			prefix_mask(m->mask + at, w, (which >> 4 * i) * 2654435761U % (w + 1));
			m->priority = (int32_t)(number % 1000 + 1);
			break;
		case TP4_RANGE: {
			uint32_t low = rnd() % 60000, high = low + rnd() % 500;

			m->value[at] = (uint8_t)(low >> 8);
			m->value[at + 1] = (uint8_t)low;
			m->mask[at] = (uint8_t)(high >> 8);
			m->mask[at + 1] = (uint8_t)high;
			m->priority = (int32_t)(number % 1000 + 1);
			break;
		}
		default:
			memset(m->mask + at, 0xff, bytes);
			if (s->n_keys > 1) /* the constant beside an lpm key */
				memset(m->value + at, 1, bytes);
		}
		if (s->keys[i].match != TP4_RANGE)
			for (uint32_t b = at; b < at + bytes; b++)
				m->value[b] &= m->mask[b];
		at += bytes;
	}
}

static void measure(const struct shape *s, uint32_t n)
{
	static const struct tp4_action_desc action = { .name = "a" };
	static const struct tp4_action_ref ref;
	struct tp4_program program = { .n_actions = 1, .actions = &action };
	struct tp4_table_desc d = { .name = "t",
				    .n_keys = s->n_keys,
				    .keys = s->keys,
				    .n_actions = 1,
				    .actions = &ref,
				    .size = n };
	struct made *made = malloc(sizeof(*made) * n);
	uint8_t(*keys)[48] = calloc(LOOKUPS, sizeof(*keys));
	double start, insert, lookup, delete, worst = 0;
	uint64_t hits = 0, count;
	struct tp4_table *t;

	for (uint32_t i = 0; i < s->n_keys; i++)
		d.key_size += s->keys[i].width / 8;
	t = table_new(&d, &program);
	if (!made || !keys || !t)
		exit(1);
	for (uint32_t i = 0; i < n; i++)
		make(s, i, &made[i]);
	start = now_ns();
	for (uint32_t i = 0; i < n; i++) {
		double before = now_ns(), took;

		table_insert(t, made[i].value, made[i].mask, made[i].prefix, made[i].priority, 0,
			     NULL, 0, false, NULL);
		took = now_ns() - before;
		worst = took > worst ? took : worst;
	}
	insert = (now_ns() - start) / n;
	count = table_count(t);
	for (int i = 0; i < LOOKUPS; i++) {
		const struct made *m = &made[rnd() % n];

		for (uint32_t b = 0; b < d.key_size; b++)
			keys[i][b] = m->value[b] | (uint8_t)(rnd() & ~m->mask[b]);
	}
	for (int round = 0; round < 2; round++) {
		start = now_ns();
		for (int i = 0; i < LOOKUPS; i++)
			hits += s->lookup(t, keys[i]) != NULL;
		lookup = (now_ns() - start) / LOOKUPS;
	}
	start = now_ns();
	for (uint32_t i = 0; i < n; i++) {
		struct record *r = table_find(t, made[i].value, made[i].mask, made[i].priority);

		if (r)
			table_delete(t, r);
	}
	delete = (now_ns() - start) / n;
	printf("%-26s %8llu entries  look-up %8.0f ns  insert %6.0f ns (worst %5.0f us)  delete "
	       "%6.0f ns  hits %3.0f %%\n",
	       s->name, (unsigned long long)count, lookup, insert, worst / 1000, delete,
	       (double)hits * 50 / LOOKUPS);
	fflush(stdout);
	table_free(t);
	free(made);
	free(keys);
}

int main(int argc, char **argv)
{
	static const struct tp4_key_desc exact[] = { { "a", 1, 48, .match = TP4_EXACT } };
	static const struct tp4_key_desc exact5[] = { { "a", 1, 104, .match = TP4_EXACT } };
	static const struct tp4_key_desc lpm[] = { { "a", 1, 32, .match = TP4_LPM } };
	static const struct tp4_key_desc lpm6[] = { { "a", 1, 128, .match = TP4_LPM } };
	static const struct tp4_key_desc hashes[] = { { "a", 1, 8, .match = TP4_EXACT },
						      { "b", 2, 32, .match = TP4_LPM } };
	static const struct tp4_key_desc ternary[] = {
		{ "a", 1, 32, .match = TP4_TERNARY },
		{ "b", 2, 32, .match = TP4_TERNARY },
		{ "c", 3, 16, .match = TP4_TERNARY },
		{ "d", 4, 16, .match = TP4_TERNARY },
	};
	static const struct tp4_key_desc range[] = { { "a", 1, 32, .match = TP4_TERNARY },
						     { "b", 2, 16, .match = TP4_RANGE } };
	static const struct tp4_key_desc ranges[] = { { "a", 1, 16, .match = TP4_RANGE } };
	static const struct shape shapes[] = {
		{ "exact, 48 bits", exact, 1, tp4_exact_lookup, 0, 1 << 30 },
		{ "exact, 104 bits", exact5, 1, tp4_exact_lookup, 0, 1 << 30 },
		{ "lpm, 32 bits", lpm, 1, tp4_lpm_lookup, 0, 1 << 30 },
		{ "lpm, 32 bits, hashes", hashes, 2, tp4_lpm_lookup, 0, 1 << 30 },
		{ "lpm, 128 bits", lpm6, 1, tp4_lpm_lookup, 0, 1 << 30 },
		{ "ternary, few masks", ternary, 4, tp4_any_lookup, 16, 1 << 30 },
		{ "ternary, many masks", ternary, 4, tp4_any_lookup, 0, 20000 },
		{ "range and 16 masks", range, 2, tp4_any_lookup, 16, 200000 },
		{ "range alone", ranges, 1, tp4_any_lookup, 0, 20000 },
	};
	uint32_t sizes[16] = { 100, 1000, 10000, 1000000 };
	int n = 4;

	if (argc > 1)
		for (n = 0; n < argc - 1 && n < 16; n++)
			sizes[n] = (uint32_t)atol(argv[n + 1]);
	for (size_t s = 0; s < sizeof(shapes) / sizeof(shapes[0]); s++)
		for (int i = 0; i < n; i++)
			if (sizes[i] <= shapes[s].most)
				measure(&shapes[s], sizes[i]);
	return 0;
}
