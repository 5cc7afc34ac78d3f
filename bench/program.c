/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * program.c - generated code against the same thing written by hand.
 *
 * Both forward the same packets over the same tables: look up a route (lpm) and
 * a next hop (exact), rewrite addresses, TTL and checksum into the patch.  Then
 * one exact table with 1,000 and with 1,000,000 entries.  Runs alternate and the
 * best of each counts, so what else the machine does matters little.
 *
 *   program L3.tp4   prints a JSON object
 */
#include "runtime/pipeline_state.h"
#include "runtime/program_bits.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PACKETS 4096
#define ROUTES  10000
#define ROUNDS  30
#define BATCH_ROUNDS 3
#define BATCHES      40

static uint8_t frames[PACKETS][64];
static uint8_t patches[PACKETS][256];

static double now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static uint32_t rnd(void)
{
	static uint64_t s = 88172645463325252ULL;

	s ^= s << 13;
	s ^= s >> 7;
	s ^= s << 17;
	return (uint32_t)(s >> 16);
}

/* The program by hand, as a careful person writes it. */
static void by_hand(struct tp4_table *routes, struct tp4_table *hops, struct pipeline_packet *k)
{
	struct next_hop {
		uint16_t hop;
	};
	struct rewrite {
		uint64_t dst, src;
	};
	uint8_t b[64], key[20] = { 0 };
	const struct tp4_entry *e;
	uint16_t hop = 0, old;

	k->verdict = PIPELINE_DROP;
	k->old_prefix = k->new_prefix = 0;
	if (k->len < 14)
		return;
	memcpy(b, k->data, k->len < 34 ? k->len : 34);
	__asm__ volatile("" : : "r"(b) : "memory");
	if (k->len < 34 || tp4_be16(b + 12) != 0x0800 || b[22] <= 1)
		return;
	memcpy(key, b + 30, 4);
	e = tp4_lpm_lookup(routes, key);
	if (!e)
		return;
	if (e->action == 0)
		hop = ((const struct next_hop *)e->data)->hop;
	else
		return;
	key[0] = (uint8_t)(hop >> 8);
	key[1] = (uint8_t)hop;
	e = tp4_exact_lookup(hops, key);
	if (!e || e->action != 0)
		return;
	tp4_put(b, 0, 48, ((const struct rewrite *)e->data)->dst);
	tp4_put(b, 48, 48, ((const struct rewrite *)e->data)->src);
	old = tp4_be16(b + 22);
	b[22]--;
	tp4_put(b, 192, 16, tp4_csum_replace(tp4_be16(b + 24), old, tp4_be16(b + 22)));
	memcpy(k->patch, b, 34);
	k->verdict = PIPELINE_FORWARD;
	k->old_prefix = k->new_prefix = 34;
}

static void put(struct pipeline *p, uint32_t table, uint32_t action, const void *key, size_t n, int prefix,
		const struct pipeline_arg *args, size_t n_args)
{
	struct pipeline_match m = { .field_id = 1, .value = { key, n }, .prefix_len = prefix };
	struct pipeline_entry e = { .table_id = p->program->tables[table].id, .match = &m, .n_match = 1,
				    .action_id = p->program->actions[p->program->tables[table].actions[action].action].id,
				    .args = args, .n_args = n_args };
	struct pipeline_error err;
	int ret = pipeline_entry_update(p, PIPELINE_INSERT, &e, &err);

	if (ret && ret != -17)
		fprintf(stderr, "bench: %s\n", err.text);
}

static void fill(struct pipeline *p)
{
	for (uint32_t i = 0; i < 256; i++) {
		uint8_t hop[2] = { 0, (uint8_t)i }, mac[6] = { 2, 0, 0, 0, 1, (uint8_t)i };
		struct pipeline_arg args[] = { { 1, { mac, 6 } }, { 2, { mac, 6 } } };

		put(p, 1, 0, hop, 2, 0, args, 2);
	}
	for (uint32_t i = 0; i < ROUTES; i++) {
		uint32_t len = 16 + rnd() % 9, net = rnd() & ~0U << (32 - len);
		uint8_t key[4] = { (uint8_t)(net >> 24), (uint8_t)(net >> 16), (uint8_t)(net >> 8), (uint8_t)net };
		uint8_t hop[1] = { (uint8_t)i };
		struct pipeline_arg arg = { 1, { hop, 1 } };

		put(p, 0, 0, key, 4, (int)len, &arg, 1);
		if (i < PACKETS) {
			memcpy(&frames[i][30], key, 4);
			frames[i][33] |= (uint8_t)(len <= 24 ? rnd() : 0);
		}
	}
}

static struct pipeline_packet pkts[PACKETS];

static void packets_make(void)
{
	for (uint32_t i = 0; i < PACKETS; i++) {
		uint8_t *f = frames[i];

		f[12] = 8;
		f[14] = 0x45;
		f[22] = 64;
		f[23] = 17;
		pkts[i] = (struct pipeline_packet){ .data = f, .len = 64, .total_len = 64, .patch = patches[i],
						    .patch_size = 256 };
	}
}

static double exact_ns(uint32_t n)
{
	static const struct tp4_action_desc action = { .name = "a" };
	static const struct tp4_action_ref ref;
	static const struct tp4_key_desc key = { "k", 1, 64, TP4_EXACT };
	struct tp4_program program = { .n_actions = 1, .actions = &action };
	struct tp4_table_desc desc = { .name = "t", .n_keys = 1, .key_size = 8, .keys = &key, .n_actions = 1,
				       .actions = &ref, .size = n };
	struct tp4_table *t = table_new(&desc, &program);
	uint8_t ones[8];
	double best = 1e18;
	uint64_t hits = 0;
	/* Caches are emptied before each batch, so that both tables miss alike. */
	static uint8_t *cold;
	size_t cold_size = 64u << 20;

	memset(ones, 0xff, 8);
	for (uint64_t i = 0; i < n; i++)
		table_insert(t, (const uint8_t *)&i, ones, NULL, 0, 0, NULL, 0, false, NULL);
	if (!cold)
		cold = calloc(1, cold_size);
	for (int round = 0; round < BATCH_ROUNDS; round++) {
		double start, spent = 0;

		for (int k = 0; k < BATCHES; k++) {
			uint64_t keys[64];

			for (size_t at = 0; at < cold_size; at += 64)
				cold[at]++;
			for (int i = 0; i < 64; i++)
				keys[i] = rnd() % n;
			start = now_ns();
			for (int i = 0; i < 64; i++)
				hits += tp4_exact_lookup(t, (const uint8_t *)&keys[i]) != NULL;
			spent += now_ns() - start;
		}
		best = spent < best ? spent : best;
	}
	if (hits != BATCH_ROUNDS * BATCHES * 64)
		fprintf(stderr, "bench: entries are missing\n");
	table_free(t);
	return best / (BATCHES * 64);
}

int main(int argc, char **argv)
{
	double hand = 1e18, made = 1e18;
	struct pipeline_error err;
	struct pipeline *p;
	uint64_t sum[2] = { 0, 0 };
	double small, large;
	void *object;
	size_t len;
	FILE *f;

	if (argc != 2 || !(f = fopen(argv[1], "r"))) {
		fputs("usage: program L3.tp4\n", stderr);
		return 2;
	}
	object = malloc(4 << 20);
	len = object ? fread(object, 1, 4 << 20, f) : 0;
	fclose(f);
	if (pipeline_load(object, len, &p, &err)) {
		fprintf(stderr, "bench: %s\n", err.text);
		return 1;
	}
	packets_make();
	fill(p);
	for (int r = 0; r < ROUNDS; r++) {
		double start = now_ns();

		pipeline_run(p, pkts, PACKETS);
		start = now_ns() - start;
		made = start < made ? start : made;
		for (int i = 0; i < PACKETS; i++)
			sum[0] += pkts[i].verdict + tp4_sum(1, patches[i], 34);
		start = now_ns();
		for (int i = 0; i < PACKETS; i++)
			by_hand(p->ctx.tables[0], p->ctx.tables[1], &pkts[i]);
		start = now_ns() - start;
		hand = start < hand ? start : hand;
		for (int i = 0; i < PACKETS; i++)
			sum[1] += pkts[i].verdict + tp4_sum(1, patches[i], 34);
	}
	small = exact_ns(1000);
	large = exact_ns(1000000);
	printf("{\"l3_generated_ns\":%.2f,\"l3_by_hand_ns\":%.2f,\"l3_ratio\":%.3f,"
	       "\"exact_1000_ns\":%.2f,\"exact_1000000_ns\":%.2f,\"exact_ratio\":%.3f,\"same\":%s}\n",
	       made / PACKETS, hand / PACKETS, made / hand, small, large, large / small,
	       sum[0] == sum[1] ? "true" : "false");
	pipeline_free(p);
	free(object);
	return sum[0] == sum[1] ? 0 : 1;
}
