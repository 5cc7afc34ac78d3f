/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* read_part.c - makes one ReadResponse: entities of tables, profiles, value sets, digests and cells. */
#include "control/read_part.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "control/entry.h"
#include "control/learn.h"

#define PART_BYTES (256U << 10)

bool part_full(const struct part *part)
{
	return part->n >= CALL_PART || part->len >= PART_BYTES || part->no_memory;
}

/* Field 1 of ReadResponse: tag, length, message. */
static void part_add(struct part *part, const P4__V1__Entity *e)
{
	size_t n = p4__v1__entity__get_packed_size(e), v = n;
	uint8_t *p;

	if (part->size - part->len < n + 12) {
		size_t size = part->size * 2 + n + 4096;

		p = realloc(part->data, size);
		if (!p) {
			part->no_memory = true;
			return;
		}
		part->data = p;
		part->size = size;
	}
	p = part->data + part->len;
	*p++ = 1 << 3 | 2;
	for (; v >= 0x80; v >>= 7)
		*p++ = v | 0x80;
	*p++ = v;
	p += p4__v1__entity__pack(e, p);
	part->len = p - part->data;
	part->n++;
}

/* Table entries */

static void entry_add(struct part *part, const P4__Config__V1__P4Info *info, int kind,
		      const P4__V1__TableEntry *asked, const struct pipeline_entry *e)
{
	P4__V1__DirectCounterEntry counter = P4__V1__DIRECT_COUNTER_ENTRY__INIT;
	P4__V1__DirectMeterEntry meter = P4__V1__DIRECT_METER_ENTRY__INIT;
	P4__V1__Entity entity = P4__V1__ENTITY__INIT;
	struct message_box box;
	struct pipeline_error err;
	int ret = entry_to_message(info, e, &box, &err);

	entity.entity_case = (P4__V1__Entity__EntityCase)kind;
	if (kind == P4__V1__ENTITY__ENTITY_DIRECT_COUNTER_ENTRY) {
		counter.table_entry = &box.entry;
		counter.data = box.entry.counter_data;
		entity.direct_counter_entry = &counter;
	} else if (kind == P4__V1__ENTITY__ENTITY_DIRECT_METER_ENTRY) {
		meter.table_entry = &box.entry;
		meter.config = box.entry.meter_config;
		entity.direct_meter_entry = &meter;
	} else {
		entity.table_entry = &box.entry;
	}
	/* In an entry, only what is asked for (9.1.3). */
	if (!asked->counter_data)
		box.entry.counter_data = NULL;
	if (!asked->meter_config)
		box.entry.meter_config = NULL;
	if (!asked->time_since_last_hit)
		box.entry.time_since_last_hit = NULL;
	if (!ret)
		part_add(part, &entity);
	else if (ret == -ENOMEM)
		part->no_memory = true;
	message_box_free(&box);
}

/* Equal numbers, whatever zeros stand before them. */
static bool same_number(struct pipeline_bytes a, ProtobufCBinaryData b)
{
	while (a.len && !*a.data)
		a.data++, a.len--;
	while (b.len && !*b.data)
		b.data++, b.len--;
	return a.len == b.len && (!a.len || !memcmp(a.data, b.data, a.len));
}

static bool same_match(const struct pipeline_match *m, const P4__V1__FieldMatch *f)
{
	switch (f->field_match_type_case) {
	case P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_EXACT:
		return same_number(m->value, f->exact->value);
	case P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_TERNARY:
		return same_number(m->value, f->ternary->value) &&
		       same_number(m->mask, f->ternary->mask);
	case P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_LPM:
		return same_number(m->value, f->lpm->value) && m->prefix_len == f->lpm->prefix_len;
	case P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_RANGE:
		return same_number(m->value, f->range->low) && same_number(m->mask, f->range->high);
	case P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_OPTIONAL:
		return same_number(m->value, f->optional->value);
	default: return false;
	}
}

/* Does the entry belong to what is asked for?  Unset means any (13.3). */
static bool entry_wanted(const P4__V1__TableEntry *asked, const struct pipeline_entry *e)
{
	if (e->is_default != !!asked->is_default_action)
		return false;
	if (asked->priority && asked->priority != e->priority)
		return false;
	if (asked->action && asked->action->type_case == P4__V1__TABLE_ACTION__TYPE_ACTION &&
	    asked->action->action->action_id && asked->action->action->action_id != e->action_id)
		return false;
	if (asked->controller_metadata && asked->controller_metadata != e->cookie)
		return false;
	if (asked->metadata.len &&
	    (asked->metadata.len != e->metadata.len ||
	     memcmp(asked->metadata.data, e->metadata.data, e->metadata.len)))
		return false;
	if (!asked->n_match)
		return true;
	if (asked->n_match != e->n_match)
		return false;
	for (size_t i = 0; i < asked->n_match; i++) {
		size_t k = 0;

		while (k < e->n_match && e->match[k].field_id != asked->match[i]->field_id)
			k++;
		if (k == e->n_match || !same_match(&e->match[k], asked->match[i]))
			return false;
	}
	return true;
}

struct entry_walk {
	struct part *part;
	const P4__Config__V1__P4Info *info;
	const P4__V1__TableEntry *asked;
	int kind;
};

static int entry_visit(void *arg, const struct pipeline_entry *e)
{
	struct entry_walk *w = arg;

	if (part_full(w->part))
		return 1;
	if (entry_wanted(w->asked, e) &&
	    (w->kind != P4__V1__ENTITY__ENTITY_DIRECT_COUNTER_ENTRY || e->has_count) &&
	    (w->kind != P4__V1__ENTITY__ENTITY_DIRECT_METER_ENTRY || e->has_rates))
		entry_add(w->part, w->info, w->kind, w->asked, e);
	return 0;
}

bool part_table(struct pipeline *p, const P4__Config__V1__P4Info *info, int kind,
		const P4__V1__TableEntry *asked, uint32_t id, struct place *at, struct part *part)
{
	struct entry_walk w = {
		.part = part,
		.info = info,
		.asked = asked,
		.kind = kind,
	};

	return pipeline_entry_visit(p, id, at, entry_visit, &w) != 1;
}

/* Members and groups */

static int member_visit(void *arg, const struct pipeline_member *m)
{
	struct part *part = arg;
	P4__V1__Entity entity = P4__V1__ENTITY__INIT;
	P4__V1__ActionProfileMember out = P4__V1__ACTION_PROFILE_MEMBER__INIT;
	P4__V1__Action action = P4__V1__ACTION__INIT;
	P4__V1__Action__Param param[64], *params[64];

	if (part_full(part))
		return 1;
	for (size_t i = 0; i < m->n_args && i < 64; i++) {
		p4__v1__action__param__init(&param[i]);
		param[i].param_id = m->args[i].param_id;
		param[i].value = (ProtobufCBinaryData){ m->args[i].value.len,
							(uint8_t *)m->args[i].value.data };
		params[i] = &param[i];
		action.n_params = i + 1;
	}
	action.action_id = m->action_id;
	action.params = params;
	out.action_profile_id = m->profile_id;
	out.member_id = m->member_id;
	out.action = &action;
	entity.entity_case = P4__V1__ENTITY__ENTITY_ACTION_PROFILE_MEMBER;
	entity.action_profile_member = &out;
	part_add(part, &entity);
	return 0;
}

static int group_visit(void *arg, const struct pipeline_group *g)
{
	struct part *part = arg;
	P4__V1__Entity entity = P4__V1__ENTITY__INIT;
	P4__V1__ActionProfileGroup out = P4__V1__ACTION_PROFILE_GROUP__INIT;
	P4__V1__ActionProfileGroup__Member *member;

	if (part_full(part))
		return 1;
	member = calloc(g->n_members + 1, sizeof(*member));
	out.members = calloc(g->n_members + 1, sizeof(*out.members));
	out.n_members = g->n_members;
	for (size_t i = 0; member && out.members && i < g->n_members; i++) {
		p4__v1__action_profile_group__member__init(&member[i]);
		member[i].member_id = g->members[i].member_id;
		member[i].weight = g->members[i].weight;
		out.members[i] = &member[i];
	}
	out.action_profile_id = g->profile_id;
	out.group_id = g->group_id;
	out.max_size = g->max_size;
	entity.entity_case = P4__V1__ENTITY__ENTITY_ACTION_PROFILE_GROUP;
	entity.action_profile_group = &out;
	if (member && out.members)
		part_add(part, &entity);
	else
		part->no_memory = true;
	free(member);
	free(out.members);
	return 0;
}

bool part_profile(struct pipeline *p, bool groups, uint32_t id, uint32_t wanted, uint64_t *at,
		  struct part *part)
{
	return (groups ? pipeline_group_visit(p, id, wanted, at, group_visit, part)
		       : pipeline_member_visit(p, id, wanted, at, member_visit, part)) != 1;
}

/* Value sets: one entity each, with all members that a part has room for */

struct set_walk {
	const P4__Config__V1__P4Info *info;
	P4__V1__ValueSetEntry out;
	struct message_box *box; /* of each member */
	bool no_memory;
};

static int set_visit(void *arg, const struct pipeline_entry *e)
{
	struct set_walk *w = arg;
	size_t n = w->out.n_members;
	struct pipeline_error err;
	struct message_box *box;

	if (n == CALL_PART)
		return 1;
	box = reallocarray(w->box, n + 1, sizeof(*box));
	if (box)
		w->box = box;
	w->no_memory = !box || entry_to_message(w->info, e, &box[n], &err) == -ENOMEM;
	if (box)
		w->out.n_members++;
	return w->no_memory;
}

bool part_set(struct pipeline *p, const P4__Config__V1__P4Info *info, uint32_t id, struct place *at,
	      struct part *part)
{
	struct set_walk w = { .info = info, .out = P4__V1__VALUE_SET_ENTRY__INIT };
	P4__V1__Entity entity = P4__V1__ENTITY__INIT;
	P4__V1__ValueSetMember *member;
	bool whole;

	if (part_full(part))
		return false;
	whole = pipeline_set_visit(p, id, at, set_visit, &w) != 1;
	member = calloc(w.out.n_members + 1, sizeof(*member));
	w.out.members = calloc(w.out.n_members + 1, sizeof(*w.out.members));
	for (size_t i = 0; member && w.out.members && i < w.out.n_members; i++) {
		p4__v1__value_set_member__init(&member[i]);
		member[i].match = w.box[i].entry.match;
		member[i].n_match = w.box[i].entry.n_match;
		w.out.members[i] = &member[i];
	}
	w.out.value_set_id = id;
	entity.entity_case = P4__V1__ENTITY__ENTITY_VALUE_SET_ENTRY;
	entity.value_set_entry = &w.out;
	if (member && w.out.members && !w.no_memory)
		part_add(part, &entity);
	else
		part->no_memory = true;
	while (w.out.n_members)
		message_box_free(&w.box[--w.out.n_members]);
	free(w.box);
	free(member);
	free(w.out.members);
	return whole;
}

/* Counters, meters and registers */

static void meter_add(struct part *part, uint32_t id, uint64_t i,
		      const struct pipeline_rates *rates)
{
	P4__V1__Entity entity = P4__V1__ENTITY__INIT;
	P4__V1__MeterEntry e = P4__V1__METER_ENTRY__INIT;
	P4__V1__Index index = P4__V1__INDEX__INIT;
	P4__V1__MeterConfig config;

	index.index = i;
	e.meter_id = id;
	e.index = &index;
	e.config = rates_to_message(rates, &config) ? &config : NULL;
	entity.entity_case = P4__V1__ENTITY__ENTITY_METER_ENTRY;
	entity.meter_entry = &e;
	part_add(part, &entity);
}

static void counter_add(struct part *part, uint32_t id, uint64_t i, const struct pipeline_count *n)
{
	P4__V1__Entity entity = P4__V1__ENTITY__INIT;
	P4__V1__CounterEntry e = P4__V1__COUNTER_ENTRY__INIT;
	P4__V1__Index index = P4__V1__INDEX__INIT;
	P4__V1__CounterData data = P4__V1__COUNTER_DATA__INIT;

	index.index = i;
	data.packet_count = n->packets;
	data.byte_count = n->bytes;
	e.counter_id = id;
	e.index = &index;
	e.data = &data;
	entity.entity_case = P4__V1__ENTITY__ENTITY_COUNTER_ENTRY;
	entity.counter_entry = &e;
	part_add(part, &entity);
}

void part_digest(struct learn *l, uint32_t id, struct part *part)
{
	P4__V1__Entity entity = P4__V1__ENTITY__INIT;
	P4__V1__DigestEntry__Config config;
	P4__V1__DigestEntry e;

	if (!learn_entry(l, id, &e, &config))
		return;
	entity.entity_case = P4__V1__ENTITY__ENTITY_DIGEST_ENTRY;
	entity.digest_entry = &e;
	part_add(part, &entity);
}

static void register_add(struct part *part, uint32_t id, uint64_t i, uint8_t *value, size_t len)
{
	P4__V1__Entity entity = P4__V1__ENTITY__INIT;
	P4__V1__RegisterEntry e = P4__V1__REGISTER_ENTRY__INIT;
	P4__V1__Index index = P4__V1__INDEX__INIT;
	P4__V1__P4Data data = P4__V1__P4_DATA__INIT;

	index.index = i;
	data.data_case = P4__V1__P4_DATA__DATA_BITSTRING;
	data.bitstring.data = value;
	data.bitstring.len = len;
	e.register_id = id;
	e.index = &index;
	e.data = &data;
	entity.entity_case = P4__V1__ENTITY__ENTITY_REGISTER_ENTRY;
	entity.register_entry = &e;
	part_add(part, &entity);
}

/* One cell; false: it cannot be read. */
static bool cell_read(struct pipeline *p, enum cells kind, uint32_t id, uint64_t i,
		      struct part *part)
{
	struct pipeline_rates rates;
	struct pipeline_count count;
	uint8_t value[256];
	size_t len;

	if (kind == METERS) {
		if (pipeline_meter_read(p, id, i, &rates))
			return false;
		meter_add(part, id, i, &rates);
	} else if (kind == REGISTERS) {
		if (pipeline_register_read(p, id, i, value, sizeof(value), &len))
			return false;
		register_add(part, id, i, value, len);
	} else {
		if (pipeline_counter_read(p, id, i, &count))
			return false;
		counter_add(part, id, i, &count);
	}
	return true;
}

bool part_cells(struct pipeline *p, enum cells kind, uint32_t id, const P4__V1__Index *index,
		uint64_t *cell, struct part *part)
{
	uint64_t size;

	if (index) {
		cell_read(p, kind, id, index->index, part);
		return true;
	}
	if (kind == REGISTERS ? pipeline_register_size(p, id, &size)
	    : kind == METERS  ? pipeline_meter_size(p, id, &size)
			      : pipeline_counter_size(p, id, &size))
		return true;
	for (; *cell < size; ++*cell)
		if (part_full(part))
			return false;
		else if (!cell_read(p, kind, id, *cell, part))
			return true;
	return true;
}
