/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * write.c - the Write call (section 12 of P4Runtime).
 */
#include "control/entry.h"
#include "control/info.h"
#include "control/learn.h"
#include "control/match.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TYPE(x) P4__V1__UPDATE__TYPE__##x

struct writer {
	struct pipeline *p;
	const P4__Config__V1__P4Info *info;
	struct learn *learn;
	uint64_t cells_left;
};

static void settle(struct outcome *o, int ret)
{
	o->code = code_from_errno(ret);
	if (ret && !o->text.text[0])
		snprintf(o->text.text, sizeof(o->text.text), "%s", strerror(-ret));
}

static enum pipeline_update op_of(int type)
{
	return type == TYPE(INSERT)   ? PIPELINE_INSERT
	       : type == TYPE(MODIFY) ? PIPELINE_MODIFY
				      : PIPELINE_DELETE;
}

static bool matches_checked(const P4__Config__V1__P4Info *info, uint32_t table_id,
			    P4__V1__FieldMatch *const *match, size_t n, struct outcome *o)
{
	P4__Config__V1__Table view;
	const P4__Config__V1__Table *t = info_keys(info, table_id, &view);

	for (size_t i = 0; i < n; i++) {
		const P4__V1__FieldMatch *f = match[i];
		const char *wrong = match_wrong(t, f);

		/* A number of no bytes is none (8.3); what has a prefix or a mask may lack its value. */
		if (f->field_match_type_case == P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_EXACT
			    ? !f->exact->value.len
			    : f->field_match_type_case ==
					      P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_OPTIONAL &&
				      !f->optional->value.len) {
			outcome_refuse(o, CODE_OUT_OF_RANGE, "a value has no bytes; zero has one");
			return false;
		}
		if (wrong) {
			outcome_refuse(o, CODE_INVALID_ARGUMENT, "field %u: %s", f->field_id,
				       wrong);
			return false;
		}
	}
	return true;
}

static bool args_checked(const P4__V1__Action *a, struct outcome *o)
{
	for (size_t i = 0; a && i < a->n_params; i++)
		if (!a->params[i]->value.len) {
			outcome_refuse(o, CODE_OUT_OF_RANGE, "a value has no bytes; zero has one");
			return false;
		}
	return true;
}

/* Ports are not watched here. */
static bool watch_checked(bool watch, struct outcome *o)
{
	if (watch)
		outcome_refuse(o, CODE_UNIMPLEMENTED, "no ports are watched");
	return !watch;
}

static bool target_checked(const P4__V1__TableAction *a, struct outcome *o)
{
	if (a && a->type_case == P4__V1__TABLE_ACTION__TYPE_ACTION)
		return args_checked(a->action, o);
	if (!a || a->type_case != P4__V1__TABLE_ACTION__TYPE_ACTION_PROFILE_ACTION_SET)
		return true;
	for (size_t i = 0; i < a->action_profile_action_set->n_action_profile_actions; i++) {
		const P4__V1__ActionProfileAction *one =
			a->action_profile_action_set->action_profile_actions[i];

		if (!args_checked(one->action, o) || !watch_checked(one->watch_kind_case, o))
			return false;
	}
	return true;
}

/* What has to be there, or must not, for an entry to be inserted or modified. */
static bool entry_checked(int type, const P4__V1__TableEntry *t, struct outcome *o)
{
	bool set = t->action && t->action->type_case != P4__V1__TABLE_ACTION__TYPE__NOT_SET;

	if (t->meter_counter_data.len)
		outcome_refuse(o, CODE_UNIMPLEMENTED,
			       "meters' counts in a table entry are not offered");
	else if (t->time_since_last_hit)
		outcome_refuse(o, CODE_INVALID_ARGUMENT,
			       "the time since the last hit is read only");
	else if (!set && type == TYPE(INSERT))
		outcome_refuse(o, CODE_INVALID_ARGUMENT, "the entry names no action");
	else
		return target_checked(t->action, o);
	return false;
}

/* Of a meter, or of the table's direct one: do these rates make one of its type (9.5)? */
static bool rates_checked(const P4__Config__V1__P4Info *info, uint32_t id,
			  const P4__V1__MeterConfig *m, struct outcome *o)
{
	const P4__Config__V1__DirectMeter *direct = info_direct_meter(info, id);
	const P4__Config__V1__MeterSpec *spec = direct ? direct->spec : NULL;

	for (size_t i = 0; i < info->n_meters; i++)
		if (info->meters[i]->preamble && info->meters[i]->preamble->id == id)
			spec = info->meters[i]->spec;
	if (!m || !spec || !spec->type || (m->pir == m->cir && m->pburst == m->cburst))
		return true;
	outcome_refuse(o, CODE_INVALID_ARGUMENT, "a meter of one rate has it twice, and the burst");
	return false;
}

/* Which entry it is, and nothing else. */
static P4__V1__TableEntry key_of(const P4__V1__TableEntry *t)
{
	P4__V1__TableEntry key = P4__V1__TABLE_ENTRY__INIT;

	key.table_id = t->table_id;
	key.match = t->match;
	key.n_match = t->n_match;
	key.priority = t->priority;
	key.is_default_action = t->is_default_action;
	return key;
}

static void table_update(struct writer *w, int type, const P4__V1__TableEntry *t, struct outcome *o)
{
	P4__V1__TableEntry key = key_of(t);
	enum pipeline_update op = op_of(type);
	struct pipeline_entry e;
	struct entry_box box;
	int ret;

	if (t->is_default_action && (t->n_match || t->priority || type != TYPE(MODIFY))) {
		outcome_refuse(
			o, CODE_INVALID_ARGUMENT,
			"a default action has no match and no priority, and can only be modified");
		return;
	}
	if (t->const_) {
		outcome_refuse(o, CODE_INVALID_ARGUMENT,
			       "constant entries are the program's, nobody writes them");
		return;
	}
	if (type == TYPE(DELETE))
		t = &key; /* all else counts for nothing (9.1) */
	else if (!entry_checked(type, t, o))
		return;
	if (!info_table(w->info, t->table_id)) {
		outcome_refuse(o, CODE_NOT_FOUND, "the program has no table 0x%08x", t->table_id);
		return;
	}
	if (!matches_checked(w->info, t->table_id, t->match, t->n_match, o) ||
	    !rates_checked(w->info, t->table_id, t->meter_config, o))
		return;
	ret = entry_from_message(w->info, t, &e, &box, &o->text);
	if (!ret && type == TYPE(INSERT) && e.priority < 1 &&
	    info_has_priority(info_table(w->info, t->table_id)))
		outcome_refuse(o, CODE_INVALID_ARGUMENT, "the entry needs a priority above 0");
	else
		settle(o, ret ? ret : pipeline_entry_update(w->p, op, &e, &o->text));
	entry_box_free(&box);
}

/* Cells exist as long as the program: they are modified only, one or all. */
static bool cell_checked(int type, const P4__V1__Index *index, struct outcome *o)
{
	if (type != TYPE(MODIFY))
		outcome_refuse(o, CODE_INVALID_ARGUMENT,
			       "counters and registers can only be modified");
	else if (index && index->index < 0)
		outcome_refuse(o, CODE_INVALID_ARGUMENT, "an index is not negative");
	else
		return true;
	return false;
}

/* Writes to all cells of an array, so that one call cannot take for ever. */
static bool cells_taken(struct writer *w, uint64_t size, struct outcome *o)
{
	if (size > w->cells_left) {
		outcome_refuse(o, CODE_RESOURCE_EXHAUSTED, "a Write touches at most %u cells",
			       CALL_CELLS_MAX);
		return false;
	}
	w->cells_left -= size;
	return true;
}

static void counter_update(struct writer *w, int type, const P4__V1__CounterEntry *e,
			   struct outcome *o)
{
	struct pipeline_count count = { 0 };
	uint64_t i, size = 0;
	int ret;

	if (!cell_checked(type, e->index, o))
		return;
	if (e->data) {
		count.packets = e->data->packet_count;
		count.bytes = e->data->byte_count;
	}
	ret = pipeline_counter_size(w->p, e->counter_id, &size);
	if (!ret && e->index && !e->data) /* it stays what it is */
		ret = pipeline_counter_read(w->p, e->counter_id, e->index->index, &count);
	else if (!ret && e->index)
		ret = pipeline_counter_write(w->p, e->counter_id, e->index->index, &count);
	if (!ret && !e->index && !cells_taken(w, size, o))
		return;
	for (i = 0; !ret && !e->index && e->data && i < size; i++)
		ret = pipeline_counter_write(w->p, e->counter_id, i, &count);
	if (ret == -ENOENT)
		outcome_refuse(o, CODE_NOT_FOUND, "the program has no counter 0x%08x",
			       e->counter_id);
	else if (ret == -ERANGE)
		outcome_refuse(o, CODE_OUT_OF_RANGE, "counter 0x%08x has %llu cells", e->counter_id,
			       (unsigned long long)size);
	else
		settle(o, ret);
}

static void register_update(struct writer *w, int type, const P4__V1__RegisterEntry *e,
			    struct outcome *o)
{
	ProtobufCBinaryData value;
	uint64_t i, size = 0;
	int ret;

	if (!cell_checked(type, e->index, o))
		return;
	if (!e->data || e->data->data_case != P4__V1__P4_DATA__DATA_BITSTRING) {
		outcome_refuse(o, CODE_INVALID_ARGUMENT, "a register's value must be a bitstring");
		return;
	}
	value = e->data->bitstring;
	ret = pipeline_register_size(w->p, e->register_id, &size);
	if (!ret && e->index)
		ret = pipeline_register_write(w->p, e->register_id, e->index->index, value.data,
					      value.len);
	if (!ret && !e->index && !cells_taken(w, size, o))
		return;
	for (i = 0; !ret && !e->index && i < size; i++)
		ret = pipeline_register_write(w->p, e->register_id, i, value.data, value.len);
	if (ret == -ENOENT)
		outcome_refuse(o, CODE_NOT_FOUND, "the program has no register 0x%08x",
			       e->register_id);
	else if (ret == -ERANGE)
		outcome_refuse(o, CODE_OUT_OF_RANGE, "register 0x%08x has %llu cells",
			       e->register_id, (unsigned long long)size);
	else if (ret == -EINVAL)
		outcome_refuse(o, CODE_OUT_OF_RANGE, "the value is wider than register 0x%08x",
			       e->register_id);
	else
		settle(o, ret);
}

/* Counter or meter of an entry that is there */
static void direct_update(struct writer *w, int type, const P4__V1__TableEntry *t,
			  const P4__V1__CounterData *count, bool is_meter,
			  const P4__V1__MeterConfig *rates, struct outcome *o)
{
	P4__V1__TableEntry key;
	struct pipeline_entry e;
	struct entry_box box;
	int ret;

	if (!t || type != TYPE(MODIFY)) {
		outcome_refuse(
			o, CODE_INVALID_ARGUMENT,
			"a direct counter or meter has its table entry, and is modified only");
		return;
	}
	if (!rates_checked(w->info, t->table_id, rates, o))
		return;
	key = key_of(t);
	ret = entry_from_message(w->info, &key, &e, &box, &o->text);
	e.has_count = count; /* one that is not given stays what it is */
	e.has_rates = is_meter;
	if (count)
		e.count = (struct pipeline_count){ (uint64_t)count->packet_count,
						   (uint64_t)count->byte_count };
	if (!ret)
		ret = rates_from_message(rates, &e.rates, &o->text);
	settle(o, ret ? ret : pipeline_entry_update(w->p, PIPELINE_DIRECT, &e, &o->text));
	entry_box_free(&box);
}

static void meter_update(struct writer *w, int type, const P4__V1__MeterEntry *e, struct outcome *o)
{
	struct pipeline_rates rates;
	uint64_t i, size = 0;
	int ret;

	if (!cell_checked(type, e->index, o) || !rates_checked(w->info, e->meter_id, e->config, o))
		return;
	ret = rates_from_message(e->config, &rates, &o->text);
	if (!ret)
		ret = pipeline_meter_size(w->p, e->meter_id, &size);
	if (!ret && e->index)
		ret = pipeline_meter_write(w->p, e->meter_id, (uint64_t)e->index->index, &rates);
	if (!ret && !e->index && !cells_taken(w, size, o))
		return;
	for (i = 0; !ret && !e->index && i < size; i++)
		ret = pipeline_meter_write(w->p, e->meter_id, i, &rates);
	if (ret == -ENOENT || ret == -ERANGE)
		snprintf(o->text.text, sizeof(o->text.text),
			 "the program has no meter 0x%08x, or not this index", e->meter_id);
	settle(o, ret);
}

static void member_update(struct writer *w, int type, const P4__V1__ActionProfileMember *m,
			  struct outcome *o)
{
	size_t n = m->action ? m->action->n_params : 0;
	struct pipeline_arg *args = calloc(n + 1, sizeof(*args));
	struct pipeline_member member = { m->action_profile_id, m->member_id,
					  m->action ? m->action->action_id : 0, args, n };

	if (!args) {
		settle(o, -ENOMEM);
		return;
	}
	for (size_t i = 0; i < n; i++)
		args[i] = (struct pipeline_arg){ m->action->params[i]->param_id,
						 { m->action->params[i]->value.data,
						   m->action->params[i]->value.len } };
	settle(o, pipeline_member_update(w->p, op_of(type), &member, &o->text));
	free(args);
}

static void group_update(struct writer *w, int type, const P4__V1__ActionProfileGroup *g,
			 struct outcome *o)
{
	struct pipeline_group_member *members = calloc(g->n_members + 1, sizeof(*members));
	struct pipeline_group group = { g->action_profile_id, g->group_id, g->max_size, members,
					g->n_members };
	bool watched = false;

	if (!members) {
		settle(o, -ENOMEM);
		return;
	}
	for (size_t i = 0; i < g->n_members; i++) {
		members[i] = (struct pipeline_group_member){ g->members[i]->member_id,
							     g->members[i]->weight };
		watched |= g->members[i]->watch_kind_case;
	}
	if (type == TYPE(DELETE) || watch_checked(watched, o))
		settle(o, pipeline_group_update(w->p, op_of(type), &group, &o->text));
	free(members);
}

static void set_update(struct writer *w, int type, const P4__V1__ValueSetEntry *v,
		       struct outcome *o)
{
	struct pipeline_entry *members = calloc(v->n_members + 1, sizeof(*members));
	struct entry_box *box = calloc(v->n_members + 1, sizeof(*box));
	size_t n = 0;
	int ret = members && box ? 0 : -ENOMEM;

	if (type != TYPE(MODIFY)) {
		outcome_refuse(o, CODE_INVALID_ARGUMENT,
			       "a value set can only be modified, all its members at once");
		goto out;
	}
	while (!ret && n < v->n_members) {
		P4__V1__TableEntry t = P4__V1__TABLE_ENTRY__INIT;

		t.table_id = v->value_set_id;
		t.match = v->members[n]->match;
		t.n_match = v->members[n]->n_match;
		if (!matches_checked(w->info, t.table_id, t.match, t.n_match, o))
			goto out;
		ret = entry_from_message(w->info, &t, &members[n], &box[n], &o->text);
		n++;
	}
	settle(o, ret ? ret : pipeline_set_write(w->p, v->value_set_id, members, n, &o->text));
out:
	while (n)
		entry_box_free(&box[--n]);
	free(members);
	free(box);
}

static void update(struct writer *w, const P4__V1__Update *u, struct outcome *o)
{
	if (u->type < TYPE(INSERT) || u->type > TYPE(DELETE)) {
		outcome_refuse(o, CODE_INVALID_ARGUMENT, "the update has no type");
		return;
	}
	switch (u->entity ? u->entity->entity_case : P4__V1__ENTITY__ENTITY__NOT_SET) {
	case P4__V1__ENTITY__ENTITY_TABLE_ENTRY:
		table_update(w, u->type, u->entity->table_entry, o);
		break;
	case P4__V1__ENTITY__ENTITY_COUNTER_ENTRY:
		counter_update(w, u->type, u->entity->counter_entry, o);
		break;
	case P4__V1__ENTITY__ENTITY_REGISTER_ENTRY:
		register_update(w, u->type, u->entity->register_entry, o);
		break;
	case P4__V1__ENTITY__ENTITY_DIRECT_COUNTER_ENTRY:
		direct_update(w, u->type, u->entity->direct_counter_entry->table_entry,
			      u->entity->direct_counter_entry->data, false, NULL, o);
		break;
	case P4__V1__ENTITY__ENTITY_DIRECT_METER_ENTRY:
		direct_update(w, u->type, u->entity->direct_meter_entry->table_entry, NULL, true,
			      u->entity->direct_meter_entry->config, o);
		break;
	case P4__V1__ENTITY__ENTITY_METER_ENTRY:
		meter_update(w, u->type, u->entity->meter_entry, o);
		break;
	case P4__V1__ENTITY__ENTITY_ACTION_PROFILE_MEMBER:
		member_update(w, u->type, u->entity->action_profile_member, o);
		break;
	case P4__V1__ENTITY__ENTITY_ACTION_PROFILE_GROUP:
		group_update(w, u->type, u->entity->action_profile_group, o);
		break;
	case P4__V1__ENTITY__ENTITY_VALUE_SET_ENTRY:
		set_update(w, u->type, u->entity->value_set_entry, o);
		break;
	case P4__V1__ENTITY__ENTITY_DIGEST_ENTRY:
		learn_update(w->learn, u->type, u->entity->digest_entry, o);
		break;
	case P4__V1__ENTITY__ENTITY__NOT_SET:
		outcome_refuse(o, CODE_INVALID_ARGUMENT, "the update names no entity");
		break;
	default:
		outcome_refuse(
			o, CODE_UNIMPLEMENTED,
			"only tables, value sets, action profiles, counters, meters, registers "
			"and digests can be written");
	}
}

/* Every update is tried; if any failed, the answer tells of each (12.3). */
static void write_all(const struct call *c, struct pipeline *p, const P4__V1__WriteRequest *r)
{
	struct writer w = { p, call_info(c), call_learn(c), CALL_CELLS_MAX };
	struct outcome *outcome = calloc(r->n_updates + 1, sizeof(*outcome));

	if (!outcome) {
		call_fail(c, CODE_RESOURCE_EXHAUSTED, "no memory for the updates");
		return;
	}
	for (size_t i = 0; i < r->n_updates; i++)
		update(&w, r->updates[i], &outcome[i]);
	if (!call_fail_each(c, "updates", outcome, r->n_updates))
		call_answer_bytes(c, NULL, 0, 0);
	free(outcome);
}

void write_call(const struct call *c, const uint8_t *body, size_t len)
{
	P4__V1__WriteRequest *r = unpack(&p4__v1__write_request__descriptor, body, len);
	struct pipeline *p = call_program(c);

	if (!r)
		call_fail(c, CODE_INVALID_ARGUMENT, "this is no WriteRequest");
	else if (!p)
		call_fail(c, CODE_FAILED_PRECONDITION, "no program is loaded");
	else if (r->atomicity != P4__V1__WRITE_REQUEST__ATOMICITY__CONTINUE_ON_ERROR)
		call_fail(c, CODE_UNIMPLEMENTED,
			  "only CONTINUE_ON_ERROR is offered; nothing was written");
	else if (r->n_updates > CALL_UPDATES_MAX)
		call_fail(c, CODE_RESOURCE_EXHAUSTED, "a Write has at most %u updates",
			  CALL_UPDATES_MAX);
	else
		write_all(c, p, r);
	unpack_free(r);
}
