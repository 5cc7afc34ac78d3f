/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * read.c - the Read call (section 13 of P4Runtime).
 *
 * The answer may be longer than a message and longer than packets should wait,
 * so it is made in parts: struct job is the place in it.
 */
#include <stdlib.h>
#include <string.h>

#include "control/info.h"
#include "control/read_part.h"

/* The table entry that a direct counter's or meter's Read names; NULL: none */
static const P4__V1__TableEntry *entry_of(const P4__V1__Entity *e)
{
	switch (e->entity_case) {
	case P4__V1__ENTITY__ENTITY_TABLE_ENTRY:
		return e->table_entry;
	case P4__V1__ENTITY__ENTITY_DIRECT_COUNTER_ENTRY:
		return e->direct_counter_entry->table_entry;
	case P4__V1__ENTITY__ENTITY_DIRECT_METER_ENTRY:
		return e->direct_meter_entry->table_entry;
	default:
		return NULL;
	}
}

/* The objects that one entity of the request means; 0: there is no (such) object. */
static uint32_t object_id(const struct config *cf, const P4__V1__Entity *e, size_t i)
{
	const P4__Config__V1__P4Info *info = cf->info;
	const P4__Config__V1__Preamble *preamble = NULL;
	uint32_t named;

	switch (e->entity_case) {
	case P4__V1__ENTITY__ENTITY_TABLE_ENTRY:
	case P4__V1__ENTITY__ENTITY_DIRECT_COUNTER_ENTRY:
	case P4__V1__ENTITY__ENTITY_DIRECT_METER_ENTRY:
		named = entry_of(e)->table_id;
		if (!named && i < info->n_tables)
			preamble = info->tables[i]->preamble;
		break;
	case P4__V1__ENTITY__ENTITY_COUNTER_ENTRY:
		named = e->counter_entry->counter_id;
		if (!named && i < info->n_counters)
			preamble = info->counters[i]->preamble;
		break;
	case P4__V1__ENTITY__ENTITY_METER_ENTRY:
		named = e->meter_entry->meter_id;
		if (!named && i < info->n_meters)
			preamble = info->meters[i]->preamble;
		break;
	case P4__V1__ENTITY__ENTITY_ACTION_PROFILE_MEMBER:
	case P4__V1__ENTITY__ENTITY_ACTION_PROFILE_GROUP:
		named = e->entity_case == P4__V1__ENTITY__ENTITY_ACTION_PROFILE_MEMBER
				? e->action_profile_member->action_profile_id
				: e->action_profile_group->action_profile_id;
		if (!named && i < info->n_action_profiles)
			preamble = info->action_profiles[i]->preamble;
		break;
	case P4__V1__ENTITY__ENTITY_VALUE_SET_ENTRY:
		named = e->value_set_entry->value_set_id;
		if (!named && i < info->n_value_sets)
			preamble = info->value_sets[i]->preamble;
		break;
	case P4__V1__ENTITY__ENTITY_REGISTER_ENTRY:
		named = e->register_entry->register_id;
		if (!named && i < info->n_registers)
			preamble = info->registers[i]->preamble;
		break;
	default:
		return 0;
	}
	if (named)
		return i ? 0 : named;
	return preamble ? preamble->id : 0;
}

/* Is the whole entity something that can be read?  Answers the call if not. */
static bool entity_checked(const struct call *c, struct pipeline *p, const P4__V1__Entity *e)
{
	const P4__V1__Index *index = NULL;
	P4__Config__V1__Table view;
	uint64_t size = 0;
	uint32_t id;
	int ret = 0;

	switch (e->entity_case) {
	case P4__V1__ENTITY__ENTITY_TABLE_ENTRY:
	case P4__V1__ENTITY__ENTITY_DIRECT_COUNTER_ENTRY:
	case P4__V1__ENTITY__ENTITY_DIRECT_METER_ENTRY:
		if (!entry_of(e)) {
			call_fail(c, CODE_INVALID_ARGUMENT,
				  "a direct counter or meter has its table entry");
			return false;
		}
		id = entry_of(e)->table_id;
		if (id && !info_table(call_config(c)->info, id)) {
			call_fail(c, CODE_NOT_FOUND, "the program has no table 0x%08x", id);
			return false;
		}
		return true;
	case P4__V1__ENTITY__ENTITY_VALUE_SET_ENTRY:
		id = e->value_set_entry->value_set_id;
		if (!id || info_keys(call_config(c)->info, id, &view) == &view)
			return true;
		call_fail(c, CODE_NOT_FOUND, "the program has no value set 0x%08x", id);
		return false;
	case P4__V1__ENTITY__ENTITY_COUNTER_ENTRY:
		id = e->counter_entry->counter_id;
		index = e->counter_entry->index;
		if (id)
			ret = pipeline_counter_size(p, id, &size);
		break;
	case P4__V1__ENTITY__ENTITY_METER_ENTRY:
		id = e->meter_entry->meter_id;
		index = e->meter_entry->index;
		if (id)
			ret = pipeline_meter_size(p, id, &size);
		break;
	case P4__V1__ENTITY__ENTITY_ACTION_PROFILE_MEMBER:
	case P4__V1__ENTITY__ENTITY_ACTION_PROFILE_GROUP:
		id = e->entity_case == P4__V1__ENTITY__ENTITY_ACTION_PROFILE_MEMBER
			     ? e->action_profile_member->action_profile_id
			     : e->action_profile_group->action_profile_id;
		if (!id || info_profile(call_config(c)->info, id))
			return true;
		call_fail(c, CODE_NOT_FOUND, "the program has no action profile 0x%08x", id);
		return false;
	case P4__V1__ENTITY__ENTITY_REGISTER_ENTRY:
		id = e->register_entry->register_id;
		index = e->register_entry->index;
		if (id)
			ret = pipeline_register_size(p, id, &size);
		break;
	case P4__V1__ENTITY__ENTITY__NOT_SET:
		call_fail(c, CODE_INVALID_ARGUMENT, "the Read names no entity");
		return false;
	default:
		call_fail(
			c, CODE_UNIMPLEMENTED,
			"only tables, value sets, action profiles, counters, meters and registers "
			"can be read");
		return false;
	}
	if (ret)
		call_fail(c, CODE_NOT_FOUND, "the program has no counter, meter or register 0x%08x",
			  id);
	else if (index && !id)
		call_fail(c, CODE_INVALID_ARGUMENT,
			  "an index needs the id of its counter or register");
	else if (index && (index->index < 0 || (uint64_t)index->index >= size))
		call_fail(c, CODE_OUT_OF_RANGE, "0x%08x has %llu cells", id,
			  (unsigned long long)size);
	else
		return true;
	return false;
}

/* Add what fits of the object at the job's place; true: the object is finished. */
static bool object_read(struct job *job, struct pipeline *p, const P4__V1__Entity *e,
			uint32_t id, struct part *part)
{
	switch (e->entity_case) {
	case P4__V1__ENTITY__ENTITY_TABLE_ENTRY:
	case P4__V1__ENTITY__ENTITY_DIRECT_COUNTER_ENTRY:
	case P4__V1__ENTITY__ENTITY_DIRECT_METER_ENTRY:
		return part_table(p, call_config(&job->call), e->entity_case, entry_of(e), id,
				  &job->at, part);
	case P4__V1__ENTITY__ENTITY_ACTION_PROFILE_MEMBER:
		return part_profile(p, false, id, e->action_profile_member->member_id, &job->cell,
				    part);
	case P4__V1__ENTITY__ENTITY_ACTION_PROFILE_GROUP:
		return part_profile(p, true, id, e->action_profile_group->group_id, &job->cell,
				    part);
	case P4__V1__ENTITY__ENTITY_VALUE_SET_ENTRY:
		return part_set(p, call_config(&job->call)->info, id, &job->at, part);
	case P4__V1__ENTITY__ENTITY_COUNTER_ENTRY:
		return part_cells(p, COUNTERS, id, e->counter_entry->index, &job->cell, part);
	case P4__V1__ENTITY__ENTITY_METER_ENTRY:
		return part_cells(p, METERS, id, e->meter_entry->index, &job->cell, part);
	default:
		return part_cells(p, REGISTERS, id, e->register_entry->index, &job->cell, part);
	}
}

static void read_step(struct job *job)
{
	struct call c = job->call;
	struct pipeline *p = call_host(&c)->program(call_host(&c));
	struct part part = { .data = NULL };

	while (job->entity < job->request->n_entities && !part_full(&part)) {
		const P4__V1__Entity *e = job->request->entities[job->entity];
		uint32_t id = object_id(call_config(&c), e, job->object);

		if (!id) {
			job->entity++;
			job->object = 0;
		} else if (object_read(job, p, e, id, &part)) {
			job->object++;
			job->cell = 0;
			job->at = (struct place){ 0 };
		} else {
			break;
		}
	}
	if (part.no_memory) {
		job_end(job);
		call_fail(&c, CODE_RESOURCE_EXHAUSTED, "no memory for the answer");
	} else if (job->entity < job->request->n_entities) {
		if (part.n)
			call_answer_bytes(&c, part.data, part.len, FRAME_MORE);
	} else {
		job_end(job);
		call_answer_bytes(&c, part.data, part.len, 0);
	}
	free(part.data);
}

void job_end(struct job *job)
{
	unpack_free(job->request);
	memset(job, 0, sizeof(*job));
}

void read_call(const struct call *c, const uint8_t *body, size_t len)
{
	P4__V1__ReadRequest *r = unpack(&p4__v1__read_request__descriptor, body, len);
	struct pipeline *p = call_host(c)->program(call_host(c));
	struct job *job = call_job(c);

	if (!r) {
		call_fail(c, CODE_INVALID_ARGUMENT, "this is no ReadRequest");
	} else if (!p) {
		call_fail(c, CODE_FAILED_PRECONDITION, "no program is loaded");
	} else if (r->n_entities > CALL_READS_MAX) {
		call_fail(c, CODE_RESOURCE_EXHAUSTED, "a Read has at most %u entities",
			  CALL_READS_MAX);
	} else {
		for (size_t i = 0; i < r->n_entities; i++)
			if (!entity_checked(c, p, r->entities[i]))
				goto out;
		*job = (struct job){ .step = read_step, .call = *c, .request = r };
		read_step(job);
		return;
	}
out:
	unpack_free(r);
}
