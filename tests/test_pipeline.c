// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * test_pipeline.c - compiled programs side by side, as when one replaces another.
 *
 *	test_pipeline FORWARD DROP - two compiled objects; without arguments
 *	those that the build made
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/pipeline_state.h"
#include "tests/tap.h"

static void *read_file(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	char *buf = malloc(1 << 20);

	if (!f || !buf) {
		fprintf(stderr, "%s cannot be read\n", path);
		exit(1);
	}
	*len = fread(buf, 1, 1 << 20, f);
	fclose(f);
	return buf;
}

static enum pipeline_verdict decide(struct pipeline *p)
{
	static const uint8_t bytes[64] = { [12] = 8, [14] = 0x45, [22] = 64 };
	uint8_t patch[256];
	struct pipeline_packet pkt = { .data = bytes,
				       .len = 64,
				       .total_len = 64,
				       .patch = patch,
				       .patch_size = sizeof(patch) };

	pipeline_run(p, &pkt, 1);
	return pkt.verdict;
}

/*
 * A batch over a large table is looked at in advance (tp4_program.peek): that changes
 * nothing of what becomes of its packets, among which are some cut short.
 */
static bool batch_is_the_same(void)
{
	enum { STATIONS = 40000, PACKETS = 96 };
	static uint8_t frames[PACKETS][64], patches[2][PACKETS][256];
	static struct pipeline_packet pkts[2][PACKETS];
	struct pipeline_error err = { "" };
	struct pipeline *p;
	int forwarded = 0;
	size_t len;
	void *bytes = read_file("build/bench/l2.tp4", &len);
	bool same = !pipeline_load(bytes, len, &p, &err);

	free(bytes);
	for (uint32_t i = 0; i < STATIONS && same; i++) {
		uint8_t mac[6] = { 2, 0, 0, 0, (uint8_t)(i >> 8), (uint8_t)i },
			to[1] = { (uint8_t)i };
		struct pipeline_match m = { .field_id = 1, .value = { mac, 6 } };
		struct pipeline_arg arg = { 1, { to, 1 } };
		struct pipeline_entry e = { .match = &m, .n_match = 1, .args = &arg, .n_args = 1 };

		e.table_id = p->program->tables[0].id;
		e.action_id = p->program->actions[p->program->tables[0].actions[0].action].id;
		same = !pipeline_entry_update(p, PIPELINE_INSERT, &e, &err);
	}
	for (uint32_t i = 0; i < PACKETS && same; i++) {
		uint32_t station = i * 997 % (STATIONS + 20000);

		memcpy(frames[i],
		       (uint8_t[]){ 2, 0, 0, 0, (uint8_t)(station >> 8), (uint8_t)station }, 6);
		for (int k = 0; k < 2; k++)
			pkts[k][i] = (struct pipeline_packet){ .data = frames[i],
							       .len = i % 9 ? 64 : i % 14,
							       .total_len = 64,
							       .patch = patches[k][i],
							       .patch_size = 256 };
	}
	same = same && p->program->peek;
	if (same)
		pipeline_run(p, pkts[0], PACKETS);
	for (int i = 0; i < PACKETS && same; i++) {
		pipeline_run(p, &pkts[1][i], 1);
		same = pkts[0][i].verdict == pkts[1][i].verdict &&
		       pkts[0][i].old_prefix == pkts[1][i].old_prefix &&
		       pkts[0][i].new_prefix == pkts[1][i].new_prefix &&
		       !memcmp(patches[0][i], patches[1][i], sizeof(patches[0][i]));
		forwarded += pkts[0][i].verdict == PIPELINE_FORWARD;
	}
	pipeline_free(p);
	return same && forwarded > 10 && forwarded < PACKETS - 10;
}

/* One packet through a port: what goes on, in out; -1: dropped */
static int carry(struct pipeline *p, const uint8_t *data, uint32_t len, uint8_t *out)
{
	uint8_t patch[256];
	struct pipeline_packet pkt = { .data = data,
				       .len = len,
				       .total_len = len,
				       .patch = patch,
				       .patch_size = sizeof(patch),
				       .timestamp = p->clock ? *p->clock : 0 };

	pipeline_run(p, &pkt, 1);
	if (pkt.verdict == PIPELINE_DROP)
		return -1;
	memcpy(out, patch, pkt.new_prefix);
	memcpy(out + pkt.new_prefix, data + pkt.old_prefix, len - pkt.old_prefix);
	return (int)(pkt.new_prefix + len - pkt.old_prefix);
}

static struct pipeline *load(const char *path)
{
	struct pipeline *p = NULL;
	struct pipeline_error err = { "" };
	size_t len;
	void *bytes = read_file(path, &len);

	ok(!pipeline_load(bytes, len, &p, &err), "%s loads: %s", path, err.text);
	free(bytes);
	return p;
}

static void ports(void)
{
	struct pipeline *psa = load("build/tests/programs/port-psa.tp4");
	struct pipeline *cut = load("build/tests/programs/port-truncate.tp4");
	struct pipeline *sum = load("build/tests/programs/port-payload.tp4");
	uint8_t data[300] = { 1, 2, 3, 4, 5, 6, 7, 8 }, out[600];
	struct pipeline_packet part = {
		.data = data, .len = 300, .total_len = 400, .patch = out, .patch_size = 600
	};
	const char *said;

	ok(carry(psa, data, 8, out) == 10 && !memcmp(out, "\0\0\0\2\3\4\5\6\7\10", 10),
	   "psa: both deparsers' headers, the payload behind");
	ok(carry(sum, data, 8, out) == 8 && !memcmp(out, "\xf0\xec\3\4\5\6\7\10", 8),
	   "a checksum with the payload");
	pipeline_run(sum, &part, 1);
	ok(part.verdict == PIPELINE_DROP, "none with a part of the payload");
	data[0] = 0xff;
	ok(carry(psa, data, 8, out) == -1, "psa: dropped at ingress");
	data[0] = 0xfe;
	ok(carry(psa, data, 8, out) == 10 && !memcmp(out, "\0\0\0\x42\3\4\5\6\7\10", 10),
	   "psa: resubmitted");
	data[0] = 4;
	ok(carry(cut, data, 8, out) == 4 && !memcmp(out, data, 4), "truncate() cuts");
	data[0] = 0;
	ok(carry(cut, data, 8, out) == 0, "to nothing, too");
	data[0] = 200;
	ok(carry(cut, data, 8, out) == 8, "and leaves what is shorter");
	ok(carry(cut, data, 0, out) == -1, "the parser's error is told");
	ok(carry(cut, data, 300, out) == 200 && !memcmp(out, data, 200), "a long packet is cut");
	said = pipeline_log_next(cut);
	ok(said && !strcmp(said, "cut to 4"), "log_msg: %s", said ? said : "nothing");
	for (int i = 0; i < 1000; i++)
		carry(cut, data, 8, out);
	ok(pipeline_lost(cut).logs == 1005 - 257, "what does not fit is counted as lost");
	pipeline_free(psa);
	pipeline_free(cut);
	pipeline_free(sum);
}

/* out and colour of a packet to `key` of flow `flow`; -1: dropped */
static int chosen(struct pipeline *p, uint8_t key, uint8_t flow)
{
	uint8_t data[8] = { key, flow }, out[600];

	return carry(p, data, 8, out) < 0 ? -1 : out[2] << 8 | out[3];
}

static int count_entries(void *arg, const struct pipeline_entry *e)
{
	uint64_t *packets = arg;

	if (!e->is_default)
		packets[e->group_id ? 1 : 0] = e->has_count ? e->count.packets : 99;
	return 0;
}

static int count_members(void *arg, const struct pipeline_member *m)
{
	*(int *)arg += (int)m->member_id * (m->n_args == 1 ? m->args[0].value.data[0] : 0);
	return 0;
}

static int count_groups(void *arg, const struct pipeline_group *g)
{
	for (size_t i = 0; i < g->n_members; i++)
		*(int *)arg += (int)(g->members[i].member_id * (uint32_t)g->members[i].weight);
	return 0;
}

static int count_set(void *arg, const struct pipeline_entry *e)
{
	*(int *)arg += (int)e->n_set * 100 + (int)e->idle_ns;
	return 0;
}

/* Actions of an entry's own, and how it becomes idle */
static void action_sets(struct pipeline *p, uint32_t write, const struct pipeline_arg *arg)
{
	struct pipeline_choice set[2] = { { write, &arg[0], 1, 1 }, { write, &arg[2], 1, 3 } };
	const uint8_t key = 8;
	struct pipeline_match m = { 1, { &key, 1 }, { 0 }, 0 };
	struct pipeline_entry e = { .table_id = p->program->tables[1].id,
				    .match = &m,
				    .n_match = 1,
				    .set = set,
				    .n_set = 2,
				    .idle_ns = 5 };
	struct pipeline_error err = { "" };
	uint64_t now = 100;
	int sum = 0, told = 0;

	p->clock = &now;
	ok(!pipeline_entry_update(p, PIPELINE_INSERT, &e, &err), "an action set: %s", err.text);
	pipeline_entry_visit(p, e.table_id, NULL, count_set, &sum);
	ok(sum == 205, "is shown");
	now = 104;
	pipeline_idle_visit(p, &(struct place){ 0 }, count_set, &told);
	ok(!told, "the entry is not idle yet");
	for (now = 105; now < 115; now++)
		pipeline_idle_visit(p, &(struct place){ 0 }, count_set, &told);
	ok(told == 2 * 205, "then it is, again after as long a time");
	ok(chosen(p, 8, 0) == 10 << 8 && chosen(p, 8, 1) == 30 << 8 && chosen(p, 8, 3) == 30 << 8 &&
		   chosen(p, 8, 4) == 10 << 8,
	   "the hash chooses by weight");
	set[0].weight = 0;
	ok(pipeline_entry_update(p, PIPELINE_MODIFY, &e, &err) == -EINVAL &&
		   chosen(p, 8, 0) == 10 << 8,
	   "a set without weight leaves the old one: %s", err.text);
	e.set = &set[1];
	e.n_set = 1;
	ok(!pipeline_entry_update(p, PIPELINE_MODIFY, &e, &err) && chosen(p, 8, 0) == 30 << 8,
	   "another set");
	e.is_default = true;
	ok(pipeline_entry_update(p, PIPELINE_MODIFY, &e, &err) == -EINVAL,
	   "a default action has no timeout: %s", err.text);
	e.is_default = false;
	ok(!pipeline_entry_update(p, PIPELINE_DELETE, &e, &err) && chosen(p, 8, 0) == -1, "gone");
	p->clock = NULL;
}

/* Stops at each before it takes it */
static int count_by_one(void *arg, const struct pipeline_entry *e)
{
	return ++*(int *)arg % 2;
}

/* So many, at one key, that packets have a turn in between */
static void idle_many(struct pipeline *p, uint32_t write)
{
	const uint8_t key = 8, mask = 0xff;
	struct pipeline_match m = { 1, { &key, 1 }, { &mask, 1 }, 0 };
	struct pipeline_arg arg = { 1, { &key, 1 } };
	struct pipeline_entry e = { .table_id = p->program->tables[2].id,
				    .match = &m,
				    .n_match = 1,
				    .action_id = write,
				    .args = &arg,
				    .n_args = 1,
				    .idle_ns = 5 };
	struct pipeline_error err = { "" };
	uint64_t now = 100;
	struct place at = { 0 };
	int told = 0, turns = 0;

	p->clock = &now;
	for (e.priority = 1; e.priority <= 5000; e.priority++)
		pipeline_entry_update(p, PIPELINE_INSERT, &e, &err);
	for (now = 105; pipeline_idle_visit(p, &at, count_set, &told); turns++)
		now++;
	ok(told == 5 * 5000 && turns == 5000 / 1024,
	   "%d of 5000 are idle, %d turns of packets in between: %s", told / 5, turns, err.text);
	at = (struct place){ 0 };
	for (told = turns = 0;
	     turns < 6000 && pipeline_entry_visit(p, e.table_id, &at, count_by_one, &told); turns++)
		;
	ok(turns == 5001 && told == 2 * 5001, "%d entries, one at a time, and the default",
	   turns - 1);
	p->clock = NULL;
}

/* A member stays as long as its entry does, and each way to lose that lets it go. */
static void members_held(struct pipeline *p, uint32_t profile, uint32_t write)
{
	const uint8_t key = 9;
	struct pipeline_match m = { 1, { &key, 1 }, { 0 }, 0 };
	struct pipeline_arg arg = { 1, { &key, 1 } };
	struct pipeline_member member = { profile, 100, write, &arg, 1 };
	struct pipeline_group_member list = { 100, 1 };
	struct pipeline_group group = { profile, 100, 0, &list, 1 };
	struct pipeline_entry e = { .table_id = p->program->tables[1].id,
				    .match = &m,
				    .n_match = 1 };
	struct pipeline_error err;
	int held = 0, went = 0;

	for (int way = 0; way < 5; way++) {
		pipeline_member_update(p, PIPELINE_INSERT, &member, &err);
		e.action_id = e.group_id = 0;
		e.member_id = 100;
		pipeline_entry_update(p, PIPELINE_INSERT, &e, &err);
		/* Once more, which fails, and modified to what it is. */
		pipeline_entry_update(p, PIPELINE_INSERT, &e, &err);
		pipeline_entry_update(p, PIPELINE_MODIFY, &e, &err);
		held += pipeline_member_update(p, PIPELINE_DELETE, &member, &err) == -EBUSY;
		e.member_id = 0;
		e.action_id = write;
		e.args = &arg;
		e.n_args = 1;
		if (way >= 2) {
			pipeline_group_update(p, PIPELINE_INSERT, &group, &err);
			e.action_id = 0;
			e.group_id = 100;
		}
		if (way >= 1)
			pipeline_entry_update(p, PIPELINE_MODIFY, &e, &err);
		if (way != 1) {
			held += pipeline_member_update(p, PIPELINE_DELETE, &member, &err) == -EBUSY;
			pipeline_entry_update(p, PIPELINE_DELETE, &e, &err);
		}
		if (way == 3) {
			group.n_members = 0;
			pipeline_group_update(p, PIPELINE_MODIFY, &group, &err);
			group.n_members = 1;
		} else if (way == 4) {
			held += pipeline_member_update(p, PIPELINE_DELETE, &member, &err) == -EBUSY;
		}
		went += way < 2 || !pipeline_group_update(p, PIPELINE_DELETE, &group, &err);
		went += !pipeline_member_update(p, PIPELINE_DELETE, &member, &err);
	}
	pipeline_entry_update(p, PIPELINE_DELETE, &e, &err);
	ok(held == 10 && went == 10, "members and groups in use stay (%d), others go (%d)", held,
	   went);
}

struct some {
	uint32_t n, turn;
	uint64_t sum;
};

static int member_sum(void *arg, const struct pipeline_member *m)
{
	struct some *s = arg;

	if (++s->turn % 2)
		return 1;
	s->n++;
	s->sum += m->member_id;
	return 0;
}

/* Ids that look alike, with gaps; visited one at a time */
static void members_many(struct pipeline *p, uint32_t profile, uint32_t write)
{
	enum { N = 3000, STEP = 1 << 12 };
	const uint8_t v = 1;
	struct pipeline_arg arg = { 1, { &v, 1 } };
	struct pipeline_member m = { profile, 0, write, &arg, 1 };
	struct some all = { 0 }, one = { 0 }, none = { 0 };
	struct pipeline_error err;
	uint64_t sum = 0, at = 0;
	uint32_t left = 0;
	int failed = 0, turns = 0;

	for (m.member_id = STEP; m.member_id <= N * STEP; m.member_id += STEP)
		failed |= pipeline_member_update(p, PIPELINE_INSERT, &m, &err);
	for (m.member_id = STEP; m.member_id <= N * STEP; m.member_id += 3 * STEP)
		failed |= pipeline_member_update(p, PIPELINE_DELETE, &m, &err);
	for (m.member_id = 6 * STEP + 1; m.member_id <= N * STEP; m.member_id += 6 * STEP)
		failed |= pipeline_member_update(p, PIPELINE_INSERT, &m, &err);
	for (uint32_t i = 1; i <= N; i++) {
		if (i % 3 != 1)
			sum += (uint64_t)i * STEP, left++;
		if (i % 6 == 0)
			sum += (uint64_t)i * STEP + 1, left++;
	}
	sum -= 6ULL * STEP * (N / 6) + 1; /* this one is beyond the last */
	left--;
	while (pipeline_member_visit(p, profile, 0, &at, member_sum, &all) == 1)
		turns++;
	ok(!failed && all.n == left && all.sum == sum && turns == (int)left,
	   "%u members, one at a time", all.n);
	for (at = 0; pipeline_member_visit(p, profile, 2 * STEP, &at, member_sum, &one) == 1;)
		;
	at = 0;
	pipeline_member_visit(p, profile, STEP, &at, member_sum, &none);
	ok(one.n == 1 && one.sum == 2 * STEP && !none.turn, "one alone, and one that is gone");
}

/* Numbers as P4Runtime writes them: bytes, and those that are read; none: refused */
static void registers(struct pipeline *p)
{
	static const struct {
		bool is_signed;
		size_t len, shown;
		const char *bytes;
	} numbers[] = {
		{ true, 2, 2, "\xfd\x1d" },     { true, 3, 2, "\xff\xfd\x1d" },
		{ true, 1, 1, "\x9d" },         { true, 2, 1, "\xff\x9d" },
		{ true, 2, 2, "\x07\xff" },     { true, 2, 2, "\xf8\0" },
		{ true, 2, 2, "\0\x9d" },       { true, 1, 1, "\0" },
		{ true, 2, 1, "\0\0" },         { true, 2, 0, "\x08\0" },
		{ true, 2, 0, "\x8d\x1d" },     { true, 2, 0, "\xf7\xff" },
		{ true, 3, 0, "\xff\x07\xff" }, { true, 0, 0, "" },
		{ false, 2, 2, "\x0f\xff" },    { false, 3, 2, "\0\x0f\xff" },
		{ false, 2, 1, "\0\x9d" },      { false, 2, 1, "\0\0" },
		{ false, 2, 0, "\x10\x63" },    { false, 0, 0, "" },
	};
	const struct tp4_register_desc *d = p->program->registers;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		uint32_t id = d[d[0].is_signed == numbers[i].is_signed ? 0 : 1].id;
		const uint8_t *b = (const uint8_t *)numbers[i].bytes;
		size_t len = numbers[i].len, shown = numbers[i].shown, got = 0;
		int ret = pipeline_register_write(p, id, 1, b, len);
		uint8_t value[32];

		if (!ret)
			ret = pipeline_register_read(p, id, 1, value, sizeof(value), &got);
		ok(shown ? !ret && got == shown && !memcmp(value, b + len - shown, shown)
			 : ret == -EINVAL,
		   "number %zu of a register", i);
	}
}

/* Written again, what was there before is forgotten. */
static void value_set(struct pipeline *p)
{
	const uint8_t bytes[2][2] = { { 1, 2 }, { 3, 4 } };
	struct pipeline_match m[2] = { { 1, { bytes[0], 2 }, { 0 }, 0 },
				       { 1, { bytes[1], 2 }, { 0 }, 0 } };
	struct pipeline_entry e[2] = { { .match = &m[0], .n_match = 1 },
				       { .match = &m[1], .n_match = 1 } };
	uint32_t id = p->program->tables[0].id;
	struct pipeline_error err = { "" };
	int n = 0;

	ok(!pipeline_set_write(p, id, e, 2, &err) && !pipeline_set_write(p, id, e, 1, &err),
	   "a value set: %s", err.text);
	m[1].value = m[0].value;
	ok(pipeline_set_write(p, id, e, 2, &err) == -EEXIST, "not with one twice: %s", err.text);
	pipeline_set_visit(p, id, NULL, count_by_one, &n);
	ok(n == 1, "it is as it was");
}

static void profiles(void)
{
	struct pipeline *p = load("build/tests/programs/port-select.tp4");
	const struct tp4_program *g = p->program;
	uint32_t profile = g->profiles[0].id, write = g->actions[g->tables[1].actions[0].action].id;
	const uint8_t v[] = { 10, 20, 30, 40 };
	struct pipeline_arg arg[4];
	struct pipeline_error err = { "" };
	struct pipeline_group_member list[2] = { { 1, 1 }, { 2, 3 } };
	struct pipeline_group group = { profile, 7, 0, list, 2 };
	uint8_t key[2] = { 1, 2 };
	struct pipeline_match m[2] = { { 1, { &key[0], 1 }, { 0 }, 0 },
				       { 1, { &key[1], 1 }, { 0 }, 0 } };
	struct pipeline_entry e = {
		.table_id = g->tables[1].id, .match = &m[0], .n_match = 1, .group_id = 7
	};
	uint64_t packets[2] = { 0 }, at = 0;
	int sum = 0, failed = 0;

	for (uint32_t i = 0; i < 3; i++) {
		arg[i] = (struct pipeline_arg){ 1, { &v[i], 1 } };
		failed |= pipeline_member_update(
			p, PIPELINE_INSERT,
			&(struct pipeline_member){ profile, i + 1, write, &arg[i], 1 }, &err);
	}
	ok(!failed, "three members: %s", err.text);
	ok(pipeline_member_update(p, PIPELINE_INSERT,
				  &(struct pipeline_member){ profile, 1, write, arg, 1 },
				  &err) == -EEXIST,
	   "not twice: %s", err.text);
	ok(pipeline_entry_update(p, PIPELINE_INSERT, &e, &err) == -ENOENT,
	   "no entry for a group that is not there");
	ok(!pipeline_group_update(p, PIPELINE_INSERT, &group, &err), "a group");
	ok(!pipeline_entry_update(p, PIPELINE_INSERT, &e, &err), "its entry");
	e.group_id = 0;
	e.member_id = 3;
	e.match = &m[1];
	ok(!pipeline_entry_update(p, PIPELINE_INSERT, &e, &err), "and an entry with a member");
	ok(chosen(p, 1, 0) == 10 << 8 && chosen(p, 1, 1) == 20 << 8 && chosen(p, 1, 3) == 20 << 8 &&
		   chosen(p, 1, 4) == 10 << 8,
	   "the hash chooses by weight");
	ok(chosen(p, 2, 5) == 30 << 8 && chosen(p, 3, 0) == -1, "a member of its own; a miss");
	pipeline_entry_visit(p, g->tables[1].id, NULL, count_entries, packets);
	ok(packets[0] == 1 && packets[1] == 4, "entries are counted, not members");
	pipeline_member_visit(p, profile, 0, &at, count_members, &sum);
	at = 0;
	pipeline_group_visit(p, profile, 0, &at, count_groups, &sum);
	ok(sum == 10 + 40 + 90 + 1 + 6, "members and groups are shown");
	ok(pipeline_member_update(
		   p, PIPELINE_DELETE,
		   &(struct pipeline_member){ .profile_id = profile, .member_id = 2 },
		   &err) == -EBUSY,
	   "a member of a group stays: %s", err.text);
	arg[3] = (struct pipeline_arg){ 1, { &v[3], 1 } };
	ok(!pipeline_member_update(p, PIPELINE_MODIFY,
				   &(struct pipeline_member){ profile, 2, write, &arg[3], 1 },
				   &err) &&
		   chosen(p, 1, 1) == 40 << 8,
	   "changed for all at once");
	group.n_members = 0;
	ok(!pipeline_group_update(p, PIPELINE_MODIFY, &group, &err) && chosen(p, 1, 1) == -1,
	   "an empty group is a miss");
	e.has_rates = e.has_count = true;
	e.rates = (struct pipeline_rates){ true, 0, 1, 0, 2 };
	e.count = (struct pipeline_count){ 50, 0 };
	ok(!pipeline_entry_update(p, PIPELINE_DIRECT, &e, &err) && chosen(p, 2, 0) == 30 << 8 &&
		   chosen(p, 2, 0) == (30 << 8 | 1) && chosen(p, 2, 0) == (30 << 8 | 2),
	   "green, yellow, red: %s", err.text);
	pipeline_entry_visit(p, g->tables[1].id, NULL, count_entries, packets);
	ok(packets[0] == 53, "the counter was set");
	ok(!pipeline_entry_update(p, PIPELINE_DELETE, &e, &err) &&
		   !pipeline_member_update(
			   p, PIPELINE_DELETE,
			   &(struct pipeline_member){ .profile_id = profile, .member_id = 3 },
			   &err),
	   "what nobody refers to goes: %s", err.text);
	members_held(p, profile, write);
	pipeline_free(p);
	p = load("build/tests/programs/port-select.tp4");
	registers(p);
	value_set(p);
	action_sets(p, write, arg);
	members_many(p, profile, write);
	idle_many(p, g->actions[g->tables[2].actions[0].action].id);
	pipeline_free(p);
}

static int count_one(void *arg, const struct pipeline_entry *e)
{
	++*(int *)arg;
	return 0;
}

/* Of many entries every third has not expired: packets have turns while the others are passed. */
static void expired_many(struct pipeline *p, uint64_t *now)
{
	const uint8_t key = 8, mask = 0xff;
	struct pipeline_match m = { 1, { &key, 1 }, { &mask, 1 }, 0 };
	const struct tp4_table_desc *d = &p->program->tables[1];
	struct pipeline_entry e = { .table_id = d->id,
				    .match = &m,
				    .n_match = 1,
				    .action_id = p->program->actions[d->actions[0].action].id };
	struct pipeline_error err = { "" };
	struct place at = { 0 };
	int shown = 0, turns = 0, all = 0;

	for (e.priority = 1; e.priority <= 4500; e.priority++) {
		e.idle_ns = e.priority % 3 ? 5 : 0;
		pipeline_entry_update(p, PIPELINE_INSERT, &e, &err);
	}
	*now += 5;
	while (pipeline_entry_visit(p, d->id, &at, count_one, &shown))
		turns++;
	ok(shown == 1501 && turns == 4500 / 1024, "%d are shown, and %d turns in between: %s",
	   shown, turns, err.text);
	pipeline_entry_visit(p, d->id, NULL, count_one, &all);
	ok(all == 1501, "and all at once for who takes them to another program");
}

/* Entries that packets make and time takes away */
static void expiry(void)
{
	struct pipeline *p = load("build/tests/programs/port-expire.tp4");
	const struct tp4_program *g = p->program;
	uint8_t key = 1, out[600];
	struct pipeline_match m = { .field_id = 1, .value = { &key, 1 } };
	struct pipeline_entry e = { .table_id = g->tables[0].id,
				    .match = &m,
				    .n_match = 1,
				    .action_id = g->actions[g->tables[0].actions[0].action].id };
	struct pipeline_error err = { "" };
	uint64_t now = 100000000000, second = 1000000000;
	struct tp4_table *t = p->ctx.tables[0];

	p->clock = &now;
	carry(p, (uint8_t[]){ 1 }, 1, out);
	ok(!pipeline_entry_update(p, PIPELINE_MODIFY, &e, &err), "an entry from a packet: %s",
	   err.text);
	e.idle_ns = 10 * second;
	pipeline_entry_update(p, PIPELINE_MODIFY, &e, &err);
	now += second / 2;
	carry(p, (uint8_t[]){ 2 }, 1, out);
	now += 19 * second / 2;
	ok(pipeline_entry_update(p, PIPELINE_MODIFY, &e, &err) == -ENOENT && table_count(t) == 1,
	   "what has expired is not there to modify, and what has not stays: %s", err.text);
	ok(!pipeline_entry_update(p, PIPELINE_INSERT, &e, &err), "it can be inserted anew: %s",
	   err.text);
	carry(p, (uint8_t[]){ 3 }, 1, out);
	now += second / 2;
	carry(p, (uint8_t[]){ 3 }, 1, out);
	key = 3;
	ok(pipeline_entry_update(p, PIPELINE_DELETE, &e, &err) == -ENOENT,
	   "packets that find the table full do not look for room all the time");
	now += second / 2;
	carry(p, (uint8_t[]){ 3 }, 1, out);
	ok(!pipeline_entry_update(p, PIPELINE_DELETE, &e, &err), "a second later they do: %s",
	   err.text);
	expired_many(p, &now);
	pipeline_free(p);
}

/* What registers that are maps hold goes to the program that takes over. */
static void maps(void)
{
	struct pipeline *old = load("build/tests/programs/port-map.tp4");
	struct pipeline *new = load("build/tests/programs/port-map.tp4");
	struct pipeline_error err = { "" };
	uint8_t far[5] = { 0x80, 0, 0, 9 }, near[5] = { 0, 0, 0, 3 }, out[600];

	carry(old, far, 5, out);
	carry(old, near, 5, out);
	ok(!pipeline_keep(new, old, &err) && carry(new, far, 5, out) == 5 && out[4] == 1 &&
		   carry(new, near, 5, out) == 5 && out[4] == 1,
	   "a map is kept: %s", err.text);
	pipeline_free(old);
	pipeline_free(new);
}

int main(int argc, char **argv)
{
	size_t len[2];
	void *bytes[2] = {
		read_file(argc > 2 ? argv[1] : "build/tests/programs/forward-all.tp4", &len[0]),
		read_file(argc > 2 ? argv[2] : "build/tests/programs/drop-all.tp4", &len[1]),
	};
	struct pipeline *forward = NULL, *drop = NULL, *again = NULL;
	struct pipeline_error err = { "" };
	size_t cut;
	int refused = 0;

	ok(!pipeline_load(bytes[0], len[0], &forward, &err), "the first program loads: %s",
	   err.text);
	ok(decide(forward) == PIPELINE_FORWARD, "it forwards");
	ok(!pipeline_load(bytes[1], len[1], &drop, &err), "the second loads beside it: %s",
	   err.text);
	ok(decide(drop) == PIPELINE_DROP, "it drops");
	ok(decide(forward) == PIPELINE_FORWARD, "the first still forwards");
	pipeline_free(forward);
	ok(decide(drop) == PIPELINE_DROP, "without the first, the second drops");
	ok(!pipeline_load(bytes[0], len[0], &again, &err), "the first loads again: %s", err.text);
	ok(decide(again) == PIPELINE_FORWARD, "it forwards");
	pipeline_free(drop);
	pipeline_free(again);

	for (cut = 0; cut < len[0]; cut += 97)
		refused += pipeline_load(bytes[0], cut, &again, &err) < 0 && err.text[0];
	ok(refused == (int)((len[0] + 96) / 97), "each truncated object is refused, with a reason");
	((char *)bytes[0])[len[0] / 2] ^= 1;
	ok(pipeline_load(bytes[0], len[0], &again, &err) < 0, "a damaged object is refused: %s",
	   err.text);
	ok(batch_is_the_same(), "a batch that is looked at in advance");
	free(bytes[0]);
	free(bytes[1]);
	if (argc <= 2) {
		ports();
		profiles();
		expiry();
		maps();
	}
	return tap_end();
}
