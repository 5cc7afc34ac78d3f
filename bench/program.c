/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * program.c - generated code against the same thing written by hand, and large
 * tables against small ones.
 *
 * L3: both forward the same packets over the same tables: look up a route (lpm)
 * and a next hop (exact), rewrite addresses, TTL and checksum into the patch.
 * L2: one program whose exact table has 1,000 entries and 1,000,000; the caches are
 * emptied before each batch, so that both miss alike.
 *
 * Each round measures both sides, in turns first and second; the ratio is the median
 * of the rounds', so what else the machine does matters little.  Cycles are those of
 * the time stamp counter where there is one, else nanoseconds.
 *
 *   program L3.tp4 L2.tp4                prints a JSON object
 *   program L3.tp4 hand|generated ROUNDS runs one side only, for a counter of instructions
 */
#include "bench/random.h"
#include "runtime/pipeline_state.h"
#include "runtime/program_bits.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PACKETS      4096
#define ROUTES       10000
#define ROUNDS       101
#define BATCH        64
#define COLD_ROUNDS  25
#define COLD_BATCHES 12
#define COLD_BYTES   ((size_t)64 << 20) /* more than the caches hold */

static uint8_t frames[PACKETS][64];
static uint8_t patches[PACKETS][256];

#ifdef __x86_64__
#define UNIT "cycles"
static uint64_t now(void)
{
	unsigned int low, high;

	__asm__ volatile("mfence; lfence; rdtsc; lfence" : "=a"(low), "=d"(high) : : "memory");
	return (uint64_t)high << 32 | low;
}
#else
#define UNIT "ns"
static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}
#endif

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof(*v), compare);
	return v[n / 2];
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

static void put(struct pipeline *p, uint32_t table, uint32_t action, const void *key, size_t n,
		int prefix, const struct pipeline_arg *args, size_t n_args)
{
	struct pipeline_match m = { .field_id = 1, .value = { key, n }, .prefix_len = prefix };
	struct pipeline_entry e = {
		.table_id = p->program->tables[table].id,
		.match = &m,
		.n_match = 1,
		.action_id =
			p->program->actions[p->program->tables[table].actions[action].action].id,
		.args = args,
		.n_args = n_args
	};
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
		uint8_t key[4] = { (uint8_t)(net >> 24), (uint8_t)(net >> 16), (uint8_t)(net >> 8),
				   (uint8_t)net };
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
		pkts[i] = (struct pipeline_packet){ .data = f,
						    .len = 64,
						    .total_len = 64,
						    .patch = patches[i],
						    .patch_size = 256 };
	}
}

static struct pipeline *load(const char *path)
{
	struct pipeline_error err;
	struct pipeline *p;
	void *object = malloc(4 << 20);
	FILE *f = fopen(path, "r");
	size_t len = f && object ? fread(object, 1, 4 << 20, f) : 0;

	if (f)
		fclose(f);
	if (pipeline_load(object, len, &p, &err)) {
		fprintf(stderr, "transp4: %s: %s\n", path, err.text);
		exit(1);
	}
	free(object);
	return p;
}

struct result {
	double a[ROUNDS], b[ROUNDS], ratio[ROUNDS];
	bool same;
};

static uint64_t outcome(void)
{
	uint64_t sum = 0;

	for (int i = 0; i < PACKETS; i++)
		sum = sum * 31 + pkts[i].verdict + tp4_sum(1, patches[i], 34);
	return sum;
}

static uint64_t run_generated(struct pipeline *p)
{
	uint64_t start = now();

	for (int i = 0; i < PACKETS; i += BATCH)
		pipeline_run(p, &pkts[i], BATCH);
	return now() - start;
}

static uint64_t run_by_hand(struct pipeline *p)
{
	uint64_t start = now();

	for (int i = 0; i < PACKETS; i++)
		by_hand(p->ctx.tables[0], p->ctx.tables[1], &pkts[i]);
	return now() - start;
}

static void l3(struct pipeline *p, struct result *r)
{
	r->same = true;
	for (int i = 0; i < ROUNDS; i++) {
		uint64_t made = 0, hand = 0, sum[2] = { 0, 0 };

		for (int turn = 0; turn < 2; turn++)
			if ((i + turn) % 2) {
				made = run_generated(p);
				sum[0] = outcome();
			} else {
				hand = run_by_hand(p);
				sum[1] = outcome();
			}
		r->a[i] = (double)made / PACKETS;
		r->b[i] = (double)hand / PACKETS;
		r->ratio[i] = r->a[i] / r->b[i];
		r->same &= sum[0] == sum[1];
	}
}

static void station(uint32_t i, uint8_t *mac)
{
	uint64_t x = (i + 1) * 0x9e3779b97f4a7c15ULL >> 16;

	for (int b = 0; b < 6; b++)
		mac[b] = (uint8_t)(x >> 8 * b);
}

static void fill_l2(struct pipeline *p, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		uint8_t mac[6];
		struct pipeline_arg arg = { 1, { mac, 6 } };

		station(i, mac);
		put(p, 0, 0, mac, 6, 0, &arg, 1);
	}
}

/* Cycles for batches of packets to random ones of n stations, nothing in the caches. */
static double cold_batches(struct pipeline *p, uint32_t n, bool *same)
{
	static uint8_t *cold;
	uint64_t spent = 0;

	if (!cold)
		cold = calloc(1, COLD_BYTES);
	for (int k = 0; k < COLD_BATCHES; k++) {
		uint64_t start;

		for (int i = 0; i < BATCH; i++)
			station(rnd() % n, frames[i]);
		for (size_t at = 0; cold && at < COLD_BYTES; at += 64)
			cold[at]++;
		/* The packets themselves have just come. */
		for (int i = 0; i < BATCH; i++)
			frames[i][13] = 0;
		start = now();
		pipeline_run(p, pkts, BATCH);
		spent += now() - start;
		for (int i = 0; i < BATCH; i++)
			*same &= pkts[i].verdict == PIPELINE_FORWARD &&
				 !memcmp(patches[i] + 6, frames[i], 6);
	}
	return (double)spent / (COLD_BATCHES * BATCH);
}

static void l2(struct pipeline *small, struct pipeline *large, struct result *r)
{
	r->same = true;
	fill_l2(small, 1000);
	fill_l2(large, 1000000);
	for (int i = 0; i < COLD_ROUNDS; i++) {
		for (int turn = 0; turn < 2; turn++)
			if ((i + turn) % 2)
				r->a[i] = cold_batches(large, 1000000, &r->same);
			else
				r->b[i] = cold_batches(small, 1000, &r->same);
		r->ratio[i] = r->a[i] / r->b[i];
	}
}

int main(int argc, char **argv)
{
	static struct result three, two;
	struct pipeline *p[3];

	if (argc == 4) {
		p[0] = load(argv[1]);
		packets_make();
		fill(p[0]);
		for (int n = atoi(argv[3]); n--;)
			strcmp(argv[2], "hand") ? run_generated(p[0]) : run_by_hand(p[0]);
		pipeline_free(p[0]);
		return 0;
	}
	if (argc != 3) {
		fputs("usage: program L3.tp4 L2.tp4 | L3.tp4 hand|generated ROUNDS\n", stderr);
		return 2;
	}
	p[0] = load(argv[1]);
	p[1] = load(argv[2]);
	p[2] = load(argv[2]);
	packets_make();
	fill(p[0]);
	l3(p[0], &three);
	l2(p[1], p[2], &two);
	printf("{\"unit\":\"" UNIT
	       " per packet\",\"l3_generated\":%.1f,\"l3_by_hand\":%.1f,\"l3_ratio\":%.3f,"
	       "\"exact_1000\":%.1f,\"exact_1000000\":%.1f,\"exact_ratio\":%.3f,\"same\":%s}\n",
	       median(three.a, ROUNDS), median(three.b, ROUNDS), median(three.ratio, ROUNDS),
	       median(two.b, COLD_ROUNDS), median(two.a, COLD_ROUNDS),
	       median(two.ratio, COLD_ROUNDS), three.same && two.same ? "true" : "false");
	for (int i = 0; i < 3; i++)
		pipeline_free(p[i]);
	return three.same && two.same ? 0 : 1;
}
