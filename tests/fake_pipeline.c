/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * fake_pipeline.c - pipeline.h without a compiler, for tests of what is around it.
 *
 * A "compiled object" is text: "FAKE forward", "FAKE drop", "FAKE third" (every
 * third packet is dropped), "FAKE mark N" (the first byte becomes N), "FAKE
 * grow N" (so many bytes 0xee are put in front).  It has one table with a key
 * of every kind, one counter and one register; the table does not match packets.
 */
#include "tests/fake_pipeline.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control/p4info.pb-c.h"

struct bytes {
	uint8_t data[16];
	size_t len;
};

struct entry {
	bool is_default;
	int32_t priority;
	uint32_t action_id;
	size_t n_match, n_args;
	struct {
		uint32_t id;
		struct bytes value, mask;
		int prefix_len;
	} match[8];
	struct {
		uint32_t id;
		struct bytes value;
	} arg[4];
};

struct pipeline {
	char what[16];
	unsigned int number;
	uint64_t seen;
	uint8_t *info;
	size_t info_len;
	struct entry *entry;
	size_t n_entries;
	struct pipeline_count count[FAKE_COUNTER_SIZE];
	uint32_t reg[FAKE_REGISTER_SIZE];
};

unsigned int fake_pipelines; /* alive */

static bool take(struct bytes *to, struct pipeline_bytes from)
{
	while (from.len && !*from.data)
		from.data++, from.len--;
	if (from.len > sizeof(to->data))
		return false;
	if (from.len)
		memcpy(to->data, from.data, from.len);
	to->len = from.len;
	return true;
}

static struct pipeline_bytes give(const struct bytes *b)
{
	static const uint8_t zero;

	/* Canonical: zero is one byte. */
	return b->len ? (struct pipeline_bytes){ b->data, b->len }
		      : (struct pipeline_bytes){ &zero, 1 };
}

static void make_info(struct pipeline *p)
{
	P4__Config__V1__P4Info info = P4__CONFIG__V1__P4_INFO__INIT;
	P4__Config__V1__PkgInfo pkg = P4__CONFIG__V1__PKG_INFO__INIT;
	P4__Config__V1__Table table = P4__CONFIG__V1__TABLE__INIT, *tables = &table;
	P4__Config__V1__Preamble pt = P4__CONFIG__V1__PREAMBLE__INIT, pa = pt, pc = pt, pr = pt;
	P4__Config__V1__MatchField field[5], *fields[5];
	P4__Config__V1__Action action = P4__CONFIG__V1__ACTION__INIT, *actions = &action;
	P4__Config__V1__Action__Param param = P4__CONFIG__V1__ACTION__PARAM__INIT, *params = &param;
	P4__Config__V1__Counter counter = P4__CONFIG__V1__COUNTER__INIT, *counters = &counter;
	P4__Config__V1__Register reg = P4__CONFIG__V1__REGISTER__INIT, *registers = &reg;
	static char *names[] = { "exact", "lpm", "ternary", "range", "optional" };
	static const int kinds[] = { 2, 3, 4, 5, 6 };

	pkg.name = p->what;
	info.pkg_info = &pkg;
	pt.id = FAKE_TABLE;
	pt.name = "ingress.t";
	table.preamble = &pt;
	for (int i = 0; i < 5; i++) {
		p4__config__v1__match_field__init(&field[i]);
		field[i].id = i + 1;
		field[i].name = names[i];
		field[i].bitwidth = 32;
		field[i].match_case = P4__CONFIG__V1__MATCH_FIELD__MATCH_MATCH_TYPE;
		field[i].match_type = kinds[i];
		fields[i] = &field[i];
	}
	table.match_fields = fields;
	table.n_match_fields = 5;
	table.size = FAKE_TABLE_SIZE;
	info.tables = &tables;
	info.n_tables = 1;
	pa.id = FAKE_ACTION;
	pa.name = "ingress.a";
	param.id = 1;
	param.name = "x";
	param.bitwidth = 32;
	action.preamble = &pa;
	action.params = &params;
	action.n_params = 1;
	info.actions = &actions;
	info.n_actions = 1;
	pc.id = FAKE_COUNTER;
	counter.preamble = &pc;
	counter.size = FAKE_COUNTER_SIZE;
	info.counters = &counters;
	info.n_counters = 1;
	pr.id = FAKE_REGISTER;
	reg.preamble = &pr;
	reg.size = FAKE_REGISTER_SIZE;
	info.registers = &registers;
	info.n_registers = 1;
	p->info_len = p4__config__v1__p4_info__get_packed_size(&info);
	p->info = malloc(p->info_len);
	p4__config__v1__p4_info__pack(&info, p->info);
}

int pipeline_load(const void *bytes, size_t len, struct pipeline **out, struct pipeline_error *err)
{
	struct pipeline *p;
	char text[64] = "";

	if (len >= sizeof(text) || len < 5 || memcmp(bytes, "FAKE ", 5)) {
		snprintf(err->text, sizeof(err->text), "not a compiled TransP4 program");
		return -ENOEXEC;
	}
	memcpy(text, bytes, len);
	p = calloc(1, sizeof(*p));
	if (sscanf(text + 5, "%15s %u", p->what, &p->number) < 1) {
		free(p);
		snprintf(err->text, sizeof(err->text), "compiled for another version");
		return -EPROTONOSUPPORT;
	}
	make_info(p);
	fake_pipelines++;
	*out = p;
	return 0;
}

void pipeline_free(struct pipeline *p)
{
	if (!p)
		return;
	free(p->entry);
	free(p->info);
	free(p);
	fake_pipelines--;
}

const void *pipeline_p4info(const struct pipeline *p, size_t *len)
{
	*len = p->info_len;
	return p->info;
}

void pipeline_run(struct pipeline *p, struct pipeline_packet *pkts, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++) {
		struct pipeline_packet *pkt = &pkts[i];

		p->count[pkt->port].packets++;
		p->count[pkt->port].bytes += pkt->total_len;
		pkt->verdict = PIPELINE_FORWARD;
		pkt->old_prefix = pkt->new_prefix = 0;
		if (!strcmp(p->what, "drop") || (!strcmp(p->what, "third") && p->seen++ % 3 == 2))
			pkt->verdict = PIPELINE_DROP;
		if (!strcmp(p->what, "mark") && pkt->len) {
			pkt->patch[0] = p->number;
			pkt->old_prefix = pkt->new_prefix = 1;
		}
		if (!strcmp(p->what, "grow")) {
			pkt->new_prefix = p->number;
			memset(pkt->patch, 0xee,
			       p->number < pkt->patch_size ? p->number : pkt->patch_size);
		}
	}
}

static bool same_key(const struct entry *a, const struct entry *b)
{
	if (a->is_default != b->is_default || a->priority != b->priority ||
	    a->n_match != b->n_match)
		return false;
	return !memcmp(a->match, b->match, sizeof(a->match));
}

int pipeline_entry_update(struct pipeline *p, enum pipeline_update op,
			  const struct pipeline_entry *e, struct pipeline_error *err)
{
	struct entry new;
	size_t i;

	memset(&new, 0, sizeof(new));
	new.is_default = e->is_default;
	new.priority = e->priority;
	new.action_id = e->action_id;
	new.n_match = e->n_match;
	new.n_args = e->n_args;
	if (e->table_id != FAKE_TABLE)
		return -ENOENT;
	if (e->n_match > 8 || e->n_args > 4)
		return -EINVAL;
	for (i = 0; i < e->n_match; i++) {
		new.match[i].id = e->match[i].field_id;
		new.match[i].prefix_len = e->match[i].prefix_len;
		if (!take(&new.match[i].value, e->match[i].value) ||
		    !take(&new.match[i].mask, e->match[i].mask))
			return -EINVAL;
	}
	for (i = 0; i < e->n_args; i++) {
		new.arg[i].id = e->args[i].param_id;
		if (!take(&new.arg[i].value, e->args[i].value))
			return -EINVAL;
	}
	for (i = 0; i < p->n_entries && !same_key(&p->entry[i], &new); i++)
		;
	if (op == PIPELINE_INSERT && i < p->n_entries) {
		snprintf(err->text, sizeof(err->text), "the entry is there already");
		return -EEXIST;
	}
	if (op == PIPELINE_DELETE || op == PIPELINE_MODIFY)
		if (i == p->n_entries && !e->is_default)
			return -ENOENT;
	if (op == PIPELINE_DELETE) {
		p->entry[i] = p->entry[--p->n_entries];
		return 0;
	}
	if (i == p->n_entries) {
		if (p->n_entries == FAKE_TABLE_SIZE)
			return -ENOSPC;
		p->entry = realloc(p->entry, (i + 1) * sizeof(*p->entry));
		p->n_entries++;
	}
	p->entry[i] = new;
	return 0;
}

int pipeline_idle_visit(struct pipeline *p, struct place *at,
			int (*visit)(void *arg, const struct pipeline_entry *e), void *arg)
{
	(void)p;
	(void)at;
	(void)visit;
	(void)arg;
	return 0;
}

/* A program begins with none here. */
void pipeline_entry_clear(struct pipeline *p, uint32_t table_id)
{
}

int pipeline_entry_visit(struct pipeline *p, uint32_t table_id, struct place *at,
			 int (*visit)(void *arg, const struct pipeline_entry *e), void *arg)
{
	struct place start = { 0 };
	int ret = 0;

	if (table_id != FAKE_TABLE)
		return -ENOENT;
	for (at = at ? at : &start; at->slot < p->n_entries; at->slot++) {
		size_t i = at->slot;
		const struct entry *x = &p->entry[i];
		struct pipeline_match match[8];
		struct pipeline_arg arg_[4];
		struct pipeline_entry e = {
			.table_id = table_id,
			.match = match,
			.n_match = x->n_match,
			.priority = x->priority,
			.action_id = x->action_id,
			.args = arg_,
			.n_args = x->n_args,
			.is_default = x->is_default,
			.is_set = x->is_default,
		};

		for (size_t k = 0; k < x->n_match; k++)
			match[k] =
				(struct pipeline_match){ x->match[k].id, give(&x->match[k].value),
							 give(&x->match[k].mask),
							 x->match[k].prefix_len };
		for (size_t k = 0; k < x->n_args; k++)
			arg_[k] = (struct pipeline_arg){ x->arg[k].id, give(&x->arg[k].value) };
		ret = visit(arg, &e);
		if (ret)
			return ret;
	}
	return 0;
}

int pipeline_set_write(struct pipeline *p, uint32_t set_id, const struct pipeline_entry *members,
		       size_t n, struct pipeline_error *err)
{
	return -ENOENT;
}

int pipeline_set_visit(struct pipeline *p, uint32_t set_id, struct place *at,
		       int (*visit)(void *arg, const struct pipeline_entry *member), void *arg)
{
	return -ENOENT;
}

int pipeline_keep(struct pipeline *to, struct pipeline *from, struct pipeline_error *err)
{
	return 0;
}

int pipeline_counter_size(struct pipeline *p, uint32_t id, uint64_t *size)
{
	*size = FAKE_COUNTER_SIZE;
	return id == FAKE_COUNTER ? 0 : -ENOENT;
}

int pipeline_counter_read(struct pipeline *p, uint32_t id, uint64_t index,
			  struct pipeline_count *out)
{
	if (id != FAKE_COUNTER)
		return -ENOENT;
	if (index >= FAKE_COUNTER_SIZE)
		return -ERANGE;
	*out = p->count[index];
	return 0;
}

int pipeline_counter_write(struct pipeline *p, uint32_t id, uint64_t index,
			   const struct pipeline_count *in)
{
	if (id != FAKE_COUNTER)
		return -ENOENT;
	if (index >= FAKE_COUNTER_SIZE)
		return -ERANGE;
	p->count[index] = *in;
	return 0;
}

int pipeline_register_size(struct pipeline *p, uint32_t id, uint64_t *size)
{
	*size = FAKE_REGISTER_SIZE;
	return id == FAKE_REGISTER ? 0 : -ENOENT;
}

int pipeline_register_read(struct pipeline *p, uint32_t id, uint64_t index, uint8_t *value,
			   size_t size, size_t *len)
{
	if (id != FAKE_REGISTER)
		return -ENOENT;
	if (index >= FAKE_REGISTER_SIZE)
		return -ERANGE;
	for (int i = 0; i < 4; i++)
		value[i] = p->reg[index] >> (24 - 8 * i);
	*len = 4;
	return 0;
}

int pipeline_register_write(struct pipeline *p, uint32_t id, uint64_t index, const uint8_t *value,
			    size_t len)
{
	uint32_t v = 0;

	if (id != FAKE_REGISTER)
		return -ENOENT;
	if (index >= FAKE_REGISTER_SIZE)
		return -ERANGE;
	if (len > 4)
		return -EINVAL;
	for (size_t i = 0; i < len; i++)
		v = v << 8 | value[i];
	p->reg[index] = v;
	return 0;
}

/* What the fake program does not have */

int pipeline_meter_size(struct pipeline *p, uint32_t id, uint64_t *size)
{
	return -ENOENT;
}

int pipeline_meter_read(struct pipeline *p, uint32_t id, uint64_t index, struct pipeline_rates *out)
{
	return -ENOENT;
}

int pipeline_meter_write(struct pipeline *p, uint32_t id, uint64_t index,
			 const struct pipeline_rates *in)
{
	return -ENOENT;
}

int pipeline_member_update(struct pipeline *p, enum pipeline_update op,
			   const struct pipeline_member *m, struct pipeline_error *err)
{
	return -ENOENT;
}

int pipeline_member_visit(struct pipeline *p, uint32_t profile_id, uint32_t wanted, uint64_t *at,
			  int (*visit)(void *arg, const struct pipeline_member *m), void *arg)
{
	return -ENOENT;
}

int pipeline_group_update(struct pipeline *p, enum pipeline_update op,
			  const struct pipeline_group *g, struct pipeline_error *err)
{
	return -ENOENT;
}

int pipeline_group_visit(struct pipeline *p, uint32_t profile_id, uint32_t wanted, uint64_t *at,
			 int (*visit)(void *arg, const struct pipeline_group *g), void *arg)
{
	return -ENOENT;
}

bool pipeline_digest_next(struct pipeline *p, struct pipeline_digest *out)
{
	return false;
}

const char *pipeline_log_next(struct pipeline *p)
{
	return !strcmp(p->what, "log") && p->number ? p->number--, "a line" : NULL;
}

struct pipeline_lost pipeline_lost(const struct pipeline *p)
{
	return (struct pipeline_lost){ .digests = 3 };
}
