/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * fuzz_object.c - any bytes are a possible compiled program, or a p4info.
 *
 * Containers that the build made, damaged: header fields, cut off, bytes changed,
 * the check sum often set right again, so that what lies behind it is reached.
 * What container_check() lets pass has its parts inside of it; its p4info is read
 * as the control protocol reads it.  No object is executed here: code in a
 * container is native, and who may load one is another matter.
 *
 *   fuzz_object [RUNS [SEED]]
 */
#include "control/info.h"
#include "control/unpack.h"
#include "runtime/pipeline_state.h"
#include "tests/fuzz.h"

#define PASSED_FLOOR 20 /* percent of all */
#define READ_FLOOR   10 /* percent of all, with a p4info that can be read */

static uint64_t number(void)
{
	static const uint64_t odd[] = { 0, 1, ~0ULL, 1ULL << 63, 1ULL << 32, 4096 };

	return roll(2) ? odd[roll(6)] : roll(1 << 20);
}

static void damage(uint8_t *b, size_t *len)
{
	struct tp4_container *h = (struct tp4_container *)b;
	size_t info = *len > sizeof(*h) && h->p4info_len < *len - sizeof(*h) ? h->p4info_len : 0;

	switch (roll(9)) {
	case 0: h->p4info_len = number(); break;
	case 1: h->object_len = number(); break;
	case 2: { /* their sum stays as it was */
		uint64_t n = number();

		h->p4info_len += n;
		h->object_len -= n;
		break;
	}
	case 3: *len = roll(*len + 1); break;
	case 4: b[roll(sizeof(*h))] ^= (uint8_t)(1 << roll(8)); break;
	case 5: b[roll(*len)] = (uint8_t)roll(256); break;
	default: /* in the p4info */
		for (uint64_t n = 1 + roll(4); info && n--;) {
			uint8_t *at = b + sizeof(*h) + roll(info);

			*at = roll(2) ? (uint8_t)roll(256) : (uint8_t)(*at + roll(5) - 2);
		}
	}
}

static bool read_info(const void *bytes, size_t len)
{
	P4__Config__V1__P4Info *info = unpack(&p4__config__v1__p4_info__descriptor, bytes, len);

	if (!info)
		return false;
	for (size_t i = 0; i < info->n_tables; i++) {
		const P4__Config__V1__Table *t = info->tables[i];

		if (t->preamble && info_table(info, t->preamble->id))
			for (size_t k = 0; k < t->n_match_fields; k++)
				info_field(t, t->match_fields[k]->id);
	}
	unpack_free(info);
	return true;
}

int main(int argc, char **argv)
{
	long runs = fuzz_begin("fuzz_object", argc, argv, 30000), passed = 0, readable = 0;
	size_t whole;
	uint8_t *file = malloc(FUZZ_ROOM);
	FILE *f = fopen("build/tests/fuzz/entries.tp4", "r");
	bool good;

	whole = f && file ? fread(file, 1, FUZZ_ROOM, f) : 0;
	if (whole < sizeof(struct tp4_container)) {
		puts("not ok 1 - build/tests/fuzz/entries.tp4: no compiled program; run from the "
		     "root of the project");
		return 1;
	}
	fclose(f);
	for (long i = 0; i < runs; i++) {
		const struct tp4_container *h;
		struct pipeline_error err;
		uint8_t *b = malloc(whole);
		size_t len = whole;

		if (!b)
			return 1;
		memcpy(b, file, whole);
		for (uint64_t n = roll(4); n--;)
			if (len >= sizeof(*h))
				damage(b, &len);
		/* A block of its own size, so that reading on is noticed. */
		b = realloc(b, len ? len : 1);
		if (len >= sizeof(*h) && roll(4)) {
			struct tp4_container *fix = (struct tp4_container *)b;

			fix->sum = 0;
			fix->sum = tp4_sum(tp4_sum(TP4_SUM_START, fix, sizeof(*fix)), fix + 1,
					   len - sizeof(*fix));
		}
		memcpy(fuzz_now, b, fuzz_len = len);
		if (container_check(b, len, &h, &err) == 0) {
			passed++;
			if (h->p4info_len + h->object_len != len - sizeof(*h) ||
			    h->p4info_len > len)
				abort();
			readable += read_info(h + 1, h->p4info_len);
		} else if (!err.text[0]) {
			abort();
		}
		free(b);
	}
	good = passed * 100 >= runs * PASSED_FLOOR && readable * 100 >= runs * READ_FLOOR;
	printf("%s 1 - %ld runs, %ld %% pass as containers (floor %d %%), %ld %% with a p4info "
	       "(floor %d %%)\n",
	       good ? "ok" : "not ok", runs, passed * 100 / runs, PASSED_FLOOR,
	       readable * 100 / runs, READ_FLOOR);
	free(file);
	return !good;
}
