/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * fuzz_flow.c - a P4 VM that writes anything anywhere at any moment.
 *
 * The input is a program of steps for tests/world.h.  The P4 VM's steps are
 * mostly honest; others write words of the input over verdicts, indices and
 * patches, between runs of the relay and, from its tap, in the middle of one.
 * Whatever it does, every frame stays in exactly one place, order is kept and
 * every packet has one outcome.  With libFuzzer:
 *
 *	clang -DTP4_LIBFUZZER -fsanitize=fuzzer,address,undefined \
 *		-I. -Iinclude -D_GNU_SOURCE tests/fuzz_flow.c
 *
 * Without: fuzz_flow [RUNS [SEED]] makes its own input, and fails, too, when
 * fewer packets get through than the floor: a fuzzer that tests nothing.
 */
#include "tests/tap.h"
#include "tests/world.h"

#define FLOOR_PERCENT 20

struct input {
	const __u8 *at, *end;
};

static struct input input;
static __u64 total_in, total_on, total_breaches, total_writes;

static __u32 input_byte(void)
{
	return input.at < input.end ? *input.at++ : 0;
}

static __u32 input_word(void)
{
	return input_byte() | input_byte() << 8 | input_byte() << 16 | input_byte() << 24;
}

/* The enemy's hand. */
static void scribble(struct world *w)
{
	int dir = input_byte() & 1;
	__u32 entries = w->shape.entries, slot = input_byte() % entries;
	struct tp4_judged *j = w->judged[dir];

	total_writes++;
	switch (input_byte() % 8) {
	case 0: tp4_write_once(j->prod, input_word()); break;
	case 1: /* close to the truth is more dangerous than far from it */
		tp4_write_once(j->prod, w->flow[dir].src.idx + input_byte() % (2 * entries));
		break;
	case 2:
		tp4_write_once(j->prod,
			       *tp4_ring_word(&w->flow[dir].src, TP4_RING_PROD) - input_byte() % 4);
		break;
	case 3: j->verdict[slot] = (__u64)input_word() << 32 | input_word(); break;
	case 4:
		j->verdict[slot] =
			TP4_VERDICT(TP4_FORWARD, input_word() & 0xffff, input_word() & 0xffff);
		break;
	case 5: j->verdict[slot] = TP4_VERDICT(TP4_FORWARD, input_byte(), input_byte()); break;
	case 6: j->verdict[slot] = input_byte() % 4; break;
	case 7:
		memset(w->patches[dir] + slot * TP4_PATCH_SIZE, input_byte(), TP4_PATCH_SIZE);
		break;
	}
}

static void tap(struct tp4_flow *flow, const struct xdp_desc *desc, __u32 len,
		enum tp4_stat outcome)
{
	struct world *w = flow->owner;
	__u64 start, room;

	world_tap(flow, desc, len, outcome);
	if (!tp4_area_locate(&w->area, desc, &start, &room))
		world_fail(w, "a packet outside its frame");
	if (input_byte() % 16 == 0)
		scribble(w);
}

static void step(struct world *w)
{
	__u32 n = 1 + input_byte() % 16, parts, len[WORLD_PARTS], i;
	int dir = n & 1, what = input_byte() % 16;

	for (i = 0; i < WORLD_PARTS; i++)
		len[i] = 14 + (n * 37 + i * 61) % (w->shape.chunk - w->shape.headroom - 13);
	parts = n % 5 ? 1 : 1 + n % WORLD_PARTS;
	switch (what) {
	case 0:
	case 1:
		while (n-- && world_receive(w, parts, len))
			;
		break;
	case 2:
	case 3:
		while (n-- && world_send(w, parts, len))
			;
		break;
	case 4:
	case 5:
		while (n-- && world_read(w))
			;
		break;
	case 6:
	case 7:
		while (n-- && world_transmit(w))
			;
		break;
	case 8:
		world_keep(w, n);
		world_pool(w);
		break;
	case 9:
	case 10:
		while (n-- && world_judge(w, dir,
					  input_byte() % 4 ? TP4_VERDICT(TP4_FORWARD, 0, 0)
							   : TP4_VERDICT(TP4_DROP, 0, 0)))
			;
		break;
	case 11:
	case 12:
	case 13:
		world_relay(w, dir, input_byte() % (TP4_FREES_MAX + 1), 1 + input_byte() % 64);
		break;
	case 14: scribble(w); break;
	case 15:
		world_live(w); /* the host starts the P4 VM's port again */
		break;
	}
}

static int fuzz_one(const __u8 *data, size_t size, char *fault, size_t fault_size)
{
	struct world_shape shape = { .hostile = true };
	struct world *w;
	int bad, dir;

	input = (struct input){ data, data + size };
	shape.unaligned = input_byte() & 1;
	shape.frames = 16 + input_byte();
	shape.chunk = shape.unaligned ? 300 + input_byte() : 512;
	shape.headroom = input_byte() % 128;
	shape.entries = 4 << input_byte() % 5;
	shape.frame_entries = 4 << input_byte() % 6;
	shape.start = -(input_byte() & 63);
	w = world_new(&shape);
	for (dir = 0; dir < TP4_DIRS; dir++)
		w->flow[dir].tap = tap;
	while (input.at < input.end && !w->fault[0]) {
		step(w);
		if (input_byte() % 8 == 0)
			world_frames(w);
	}
	world_frames(w);
	world_counts(w);
	if (w->lost)
		world_fail(w, "%u frames found no way back", w->lost);
	for (dir = 0; dir < TP4_DIRS; dir++) {
		total_in += w->track[dir].in;
		total_on += w->track[dir].out_in;
	}
	total_breaches += w->breaches;
	bad = !!w->fault[0];
	snprintf(fault, fault_size, "%s", w->fault);
	world_free(w);
	return bad;
}

#ifdef TP4_LIBFUZZER
int LLVMFuzzerTestOneInput(const __u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const __u8 *data, size_t size)
{
	char fault[200];

	if (fuzz_one(data, size, fault, sizeof(fault))) {
		fprintf(stderr, "%s\n", fault);
		abort();
	}
	return 0;
}
#else
int main(int argc, char **argv)
{
	unsigned long runs = argc > 1 ? strtoul(argv[1], NULL, 0) : 3000, n;
	unsigned long seed = argc > 2 ? strtoul(argv[2], NULL, 0) : 1;
	unsigned int percent;
	char fault[200] = "";
	static __u8 data[4096];

	for (n = 0; n < runs; n++) {
		__u64 x = (seed + n) * 0x9e3779b97f4a7c15ULL;
		size_t size, i;

		for (i = 0; i < sizeof(data); i++) {
			x = x * 6364136223846793005ULL + 1442695040888963407ULL;
			data[i] = x >> 56;
		}
		size = 64 + (x >> 40) % (sizeof(data) - 64);
		if (fuzz_one(data, size, fault, sizeof(fault)))
			break;
	}
	ok(n == runs, "%lu runs of a hostile P4 VM%s%s", n, fault[0] ? ": " : "", fault);
	percent = total_in ? total_on * 100 / total_in : 0;
	ok(percent >= FLOOR_PERCENT, "%llu packets, %u%% got through (floor %u%%)",
	   (unsigned long long)total_in, percent, FLOOR_PERCENT);
	ok(total_breaches > runs / 4, "%llu breaches seen, %llu hostile writes",
	   (unsigned long long)total_breaches, (unsigned long long)total_writes);
	return tap_end();
}
#endif
