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
	case P4__V1__ENTITY__ENTITY_TABLE_ENTRY: return e->table_entry;
	case P4__V1__ENTITY__ENTITY_DIRECT_COUNTER_ENTRY:
		return e->direct_counter_entry->table_entry;
	case P4__V1__ENTITY__ENTITY_DIRECT_METER_ENTRY: return e->direct_meter_entry->table_entry;
	default: return NULL;
	}
}

/* The objects that one entity of the request means; 0: there is no (such) object. */
static uint32_t object_id(const P4__Config__V1__P4Info *info, const P4__V1__Entity *e, size_t i)
{
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
	case P4__V1__ENTITY__ENTITY_DIGEST_ENTRY:
		named = e->digest_entry->digest_id;
		if (!named && i < info->n_digests)
			preamble = info->digests[i]->preamble;
		break;
	default: return 0;
	}
	if (named)
		return i ? 0 : named;
	return preamble ? preamble->id : 0;
}

/* Is the whole entity something that can be read? */
static void entity_check(const struct call *c, struct pipeline *p, const P4__V1__Entity *e,
			 struct outcome *o)
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
		id = entry_of(e) ? entry_of(e)->table_id : 0;
		if (!entry_of(e))
			outcome_refuse(o, CODE_INVALID_ARGUMENT,
				       "a direct counter or meter has its table entry");
		else if (id && !info_table(call_info(c), id))
			outcome_refuse(o, CODE_NOT_FOUND, "the program has no table 0x%08x", id);
		return;
	case P4__V1__ENTITY__ENTITY_VALUE_SET_ENTRY:
		id = e->value_set_entry->value_set_id;
		if (id && info_keys(call_info(c), id, &view) != &view)
			outcome_refuse(o, CODE_NOT_FOUND, "the program has no value set 0x%08x",
				       id);
		return;
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
		if (id && !info_profile(call_info(c), id))
			outcome_refuse(o, CODE_NOT_FOUND,
				       "the program has no action profile 0x%08x", id);
		return;
	case P4__V1__ENTITY__ENTITY_REGISTER_ENTRY:
		id = e->register_entry->register_id;
		index = e->register_entry->index;
		if (id)
			ret = pipeline_register_size(p, id, &size);
		break;
	case P4__V1__ENTITY__ENTITY_DIGEST_ENTRY:
		id = e->digest_entry->digest_id;
		if (id && !info_digest(call_info(c), id))
			outcome_refuse(o, CODE_NOT_FOUND, "the program has no digest 0x%08x", id);
		return;
	case P4__V1__ENTITY__ENTITY__NOT_SET:
		outcome_refuse(o, CODE_INVALID_ARGUMENT, "the Read names no entity");
		return;
	default:
		outcome_refuse(
			o, CODE_UNIMPLEMENTED,
			"only tables, value sets, action profiles, counters, meters, registers "
			"and digests can be read");
		return;
	}
	if (ret)
		outcome_refuse(o, CODE_NOT_FOUND,
			       "the program has no counter, meter or register 0x%08x", id);
	else if (index && !id)
		outcome_refuse(o, CODE_INVALID_ARGUMENT,
			       "an index needs the id of its counter or register");
	else if (index && (index->index < 0 || (uint64_t)index->index >= size))
		outcome_refuse(o, CODE_OUT_OF_RANGE, "0x%08x has %llu cells", id,
			       (unsigned long long)size);
}

/* Add what fits of the object at the job's place; true: the object is finished. */
static bool object_read(struct job *job, struct pipeline *p, const P4__V1__Entity *e, uint32_t id,
			struct part *part)
{
	switch (e->entity_case) {
	case P4__V1__ENTITY__ENTITY_TABLE_ENTRY:
	case P4__V1__ENTITY__ENTITY_DIRECT_COUNTER_ENTRY:
	case P4__V1__ENTITY__ENTITY_DIRECT_METER_ENTRY:
		return part_table(p, call_info(&job->call), e->entity_case, entry_of(e), id,
				  &job->at, part);
	case P4__V1__ENTITY__ENTITY_ACTION_PROFILE_MEMBER:
		return part_profile(p, false, id, e->action_profile_member->member_id, &job->cell,
				    part);
	case P4__V1__ENTITY__ENTITY_ACTION_PROFILE_GROUP:
		return part_profile(p, true, id, e->action_profile_group->group_id, &job->cell,
				    part);
	case P4__V1__ENTITY__ENTITY_VALUE_SET_ENTRY:
		return part_set(p, call_info(&job->call), id, &job->at, part);
	case P4__V1__ENTITY__ENTITY_DIGEST_ENTRY:
		part_digest(call_learn(&job->call), id, part);
		return true;
	case P4__V1__ENTITY__ENTITY_COUNTER_ENTRY:
		return part_cells(p, COUNTERS, id, e->counter_entry->index, &job->cell, part);
	case P4__V1__ENTITY__ENTITY_METER_ENTRY:
		return part_cells(p, METERS, id, e->meter_entry->index, &job->cell, part);
	default: return part_cells(p, REGISTERS, id, e->register_entry->index, &job->cell, part);
	}
}

static void read_step(struct job *job)
{
	struct call c = job->call;
	struct pipeline *p = call_program(&c);
	struct part part = { .data = NULL };

	while (job->entity < job->request->n_entities && !part_full(&part)) {
		const P4__V1__Entity *e = job->request->entities[job->entity];
		uint32_t id = job->outcome[job->entity].code
				      ? 0
				      : object_id(call_info(&c), e, job->object);

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
		size_t n = job->request->n_entities, failed = 0;

		while (failed < n && !job->outcome[failed].code)
			failed++;
		/* What can be read comes before word of what cannot (13.4). */
		if (failed == n || part.n)
			call_answer_bytes(&c, part.data, part.len, failed < n ? FRAME_MORE : 0);
		call_fail_each(&c, "entities", job->outcome, n);
		job_end(job);
	}
	free(part.data);
}

void job_end(struct job *job)
{
	unpack_free(job->request);
	free(job->outcome);
	memset(job, 0, sizeof(*job));
}

void read_call(const struct call *c, const uint8_t *body, size_t len)
{
	P4__V1__ReadRequest *r = unpack(&p4__v1__read_request__descriptor, body, len);
	struct pipeline *p = call_program(c);
	struct job *job = call_job(c);
	struct outcome *outcome;

	if (!r) {
		call_fail(c, CODE_INVALID_ARGUMENT, "this is no ReadRequest");
	} else if (!p) {
		call_fail(c, CODE_FAILED_PRECONDITION, "no program is loaded");
	} else if (r->n_entities > CALL_READS_MAX) {
		call_fail(c, CODE_RESOURCE_EXHAUSTED, "a Read has at most %u entities",
			  CALL_READS_MAX);
	} else if (!(outcome = calloc(r->n_entities + 1, sizeof(*outcome)))) {
		call_fail(c, CODE_RESOURCE_EXHAUSTED, "no memory for the Read");
	} else {
		for (size_t i = 0; i < r->n_entities; i++)
			entity_check(c, p, r->entities[i], &outcome[i]);
		*job = (struct job){
			.step = read_step, .call = *c, .request = r, .outcome = outcome
		};
		read_step(job);
		return;
	}
	unpack_free(r);
}
