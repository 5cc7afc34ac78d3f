/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * fuzz_object.c - any bytes are a possible compiled program, or a p4info.
 *
 * Those that the build makes of tests/p4info and the packet tests' programs, and around
 * the p4infos of tests/p4info/odd, damaged: header fields, cut off, bytes changed, the
 * check sum often set right again, so that what lies behind it is reached.
 * What container_check() lets pass has its parts inside of it; its p4info is read as the
 * control protocol and the command read it: every name and number in it is looked up, and
 * an entry of every table goes to a message and back.  No object is executed here: code in
 * a container is native, and who may load one is another matter.
 * With LIBFUZZER=container or p4info it is a target for libFuzzer.
 *
 *   fuzz_object [RUNS [SEED]]
 */
#include "cli/offer.h"
#include "control/entry.h"
#include "control/info.h"
#include "control/unpack.h"
#include "runtime/pipeline_state.h"
#include "tests/fuzz.h"

#define PASSED_FLOOR 35 /* percent of all */
#define READ_FLOOR   30 /* percent of all, with a p4info that can be read */

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

/* An entry with a byte for each key, as a message and back; one of the keys may not exist. */
static void read_entry(const offer_t *info, uint32_t table_id, const offer_table_t *t)
{
	static const uint8_t one = 1;
	struct pipeline_match *match = calloc(t->n_match_fields + 1, sizeof(*match));
	struct pipeline_entry e = { .table_id = table_id, .match = match }, back;
	struct pipeline_error err;
	struct message_box to;
	struct entry_box from;

	for (size_t i = 0; i < t->n_match_fields; i++)
		match[e.n_match++] = (struct pipeline_match){ .field_id = t->match_fields[i]->id,
							      .value = { &one, 1 },
							      .mask = { &one, 1 } };
	match[e.n_match].field_id = 77;
	for (int i = 0; i < 2; i++, e.n_match++) {
		if (entry_to_message(info, &e, &to, &err) == 0) {
			entry_from_message(info, &to.entry, &back, &from, &err);
			entry_box_free(&from);
		}
		message_box_free(&to);
	}
	free(match);
}

static void read_table(const offer_t *info, const P4__Config__V1__Preamble *p)
{
	offer_table_t view;
	const offer_table_t *t = info_keys(info, p->id, &view);
	struct offer_error why;
	const offer_action_t *a;

	if (!t)
		return;
	read_entry(info, p->id, t);
	info_has_priority(t);
	info_direct_counter(info, p->id);
	info_direct_meter(info, p->id);
	for (size_t i = 0; i < t->n_match_fields; i++) {
		const offer_field_t *f = offer_field(t, t->match_fields[i]->name, &why);

		if (f)
			strlen(offer_field_kind_name(f));
	}
	for (size_t i = 0; i < t->n_action_refs; i++) {
		a = offer_action_by_id(info, t->action_refs[i]->id);
		if (a)
			a = offer_action(info, t, a->preamble->name, &why);
		for (size_t k = 0; a && k < a->n_params; k++)
			offer_param(a, a->params[k]->name, &why);
	}
}

/* With the preamble of each of these that has one, as p */
#define EACH(items)                                                                                \
	for (size_t i = 0; i < info->n_##items; i++)                                               \
		for (const P4__Config__V1__Preamble *p = info->items[i]->preamble; p; p = NULL)

static bool p4info(const void *bytes, size_t len, size_t *ignored)
{
	P4__Config__V1__P4Info *info = unpack(&p4__config__v1__p4_info__descriptor, bytes, len);
	struct offer_error why;
	offer_table_t view;
	char text[16];

	if (!info)
		return false;
	/* clang-format off */
	EACH(tables) {
		offer_table(info, p->name, &why);
		read_table(info, p);
	}
	EACH(value_sets) {
		offer_set(info, p->alias, &view, &why);
		read_table(info, p);
	}
	EACH(counters) offer_counter(info, p->name, &why);
	EACH(direct_counters) offer_counter(info, p->name, &why);
	EACH(meters) offer_meter(info, p->alias, &why);
	EACH(direct_meters) offer_meter(info, p->name, &why);
	EACH(registers) {
		offer_register(info, p->name, &why);
		offer_type(offer_cell(info, info->registers[i]->type_spec), text);
	}
	EACH(digests) info_digest(info, p->id);
	EACH(action_profiles) info_profile(info, p->id);
	/* clang-format on */
	unpack_free(info);
	return true;
}

/* Its p4info; NULL: it is refused */
static const void *container(const void *bytes, size_t len, size_t *info_len)
{
	const struct tp4_container *h;
	struct pipeline_error err = { .text = "" };

	if (container_check(bytes, len, &h, &err)) {
		if (!err.text[0])
			abort();
		return NULL;
	}
	if (h->p4info_len + h->object_len != len - sizeof(*h) || h->p4info_len > len)
		abort();
	*info_len = h->p4info_len;
	return h + 1;
}

#ifdef LIBFUZZER
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	size_t info_len;

	LIBFUZZER(data, len, &info_len);
	return 0;
}
#else

static void sum_mend(void *bytes, size_t len)
{
	struct tp4_container *h = bytes;

	h->sum = 0;
	h->sum = tp4_sum(tp4_sum(TP4_SUM_START, h, sizeof(*h)), h + 1, len - sizeof(*h));
}

/* A p4info alone is put into the container of the first text, in place of its own. */
static void wrap(struct fuzz_text *t)
{
	struct tp4_container h = *(const struct tp4_container *)fuzz_text[0].at;

	memmove(t->at + sizeof(h), t->at, t->len);
	h.p4info_len = t->len;
	h.object_len = 0;
	memcpy(t->at, &h, sizeof(h));
	t->len += sizeof(h);
	sum_mend(t->at, t->len);
}

int main(int argc, char **argv)
{
	long runs = fuzz_begin("fuzz_object", argc, argv, 30000), passed = 0, readable = 0;
	size_t whole;
	bool good;

	fuzz_load("build/tests/fuzz/*.tp4");
	fuzz_load("build/tests/fuzz/p4info/*.tp4");
	whole = fuzz_texts;
	fuzz_load("build/tests/fuzz/p4info/*.p4info");
	for (size_t i = whole; i < fuzz_texts; i++)
		wrap(&fuzz_text[i]);
	for (long i = 0; i < runs; i++) {
		const struct fuzz_text *t = &fuzz_text[roll(fuzz_texts)];
		size_t len = t->len, info_len;
		uint8_t *b = malloc(len);
		const void *info;

		if (!b)
			return 1;
		memcpy(b, t->at, len);
		for (uint64_t n = roll(4); n--;)
			if (len >= sizeof(struct tp4_container))
				damage(b, &len);
		/* A block of its own size, so that reading on is noticed. */
		b = realloc(b, len ? len : 1);
		if (len >= sizeof(struct tp4_container) && roll(4))
			sum_mend(b, len);
		memcpy(fuzz_now, b, fuzz_len = len);
		fuzz_watch(FUZZ_SECONDS);
		info = container(b, len, &info_len);
		passed += info != NULL;
		readable += info && p4info(info, info_len, NULL);
		fuzz_watch(0);
		free(b);
	}
	good = passed * 100 >= runs * PASSED_FLOOR && readable * 100 >= runs * READ_FLOOR;
	printf("%s 1 - %ld runs, %ld %% pass as containers (floor %d %%), %ld %% with a p4info "
	       "(floor %d %%)\n",
	       good ? "ok" : "not ok", runs, passed * 100 / runs, PASSED_FLOOR,
	       readable * 100 / runs, READ_FLOOR);
	fuzz_end();
	return !good;
}
#endif
