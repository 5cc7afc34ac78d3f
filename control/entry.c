/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * entry.c - table entries to and from messages.
 */
#include "control/entry.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control/info.h"

#define TYPE(x) P4__CONFIG__V1__MATCH_FIELD__MATCH_TYPE__##x
#define CASE(x) P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_##x

__attribute__((format(printf, 3, 4))) static int fail(struct pipeline_error *err, int ret,
						      const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(err->text, sizeof(err->text), format, ap);
	va_end(ap);
	return ret;
}

static int fail_field(struct pipeline_error *err, uint32_t table, uint32_t field)
{
	return fail(err, -EINVAL, "table 0x%08x has no field %u, or one of another match kind",
		    table, field);
}

static struct pipeline_bytes bytes_of(ProtobufCBinaryData b)
{
	return (struct pipeline_bytes){ .data = b.data, .len = b.len };
}

static ProtobufCBinaryData data_of(struct pipeline_bytes b)
{
	return (ProtobufCBinaryData){ .data = (uint8_t *)b.data, .len = b.len };
}

/* From a message */

/* False: the kind is not the one that the program's key has. */
static bool match_from(const P4__V1__FieldMatch *f, int type, struct pipeline_match *m)
{
	m->field_id = f->field_id;
	switch (f->field_match_type_case) {
	case CASE(EXACT): m->value = bytes_of(f->exact->value); return type == TYPE(EXACT);
	case CASE(TERNARY):
		m->value = bytes_of(f->ternary->value);
		m->mask = bytes_of(f->ternary->mask);
		return type == TYPE(TERNARY);
	case CASE(LPM):
		m->value = bytes_of(f->lpm->value);
		m->prefix_len = f->lpm->prefix_len;
		return type == TYPE(LPM);
	case CASE(RANGE):
		m->value = bytes_of(f->range->low);
		m->mask = bytes_of(f->range->high);
		return type == TYPE(RANGE);
	case CASE(OPTIONAL): m->value = bytes_of(f->optional->value); return type == TYPE(OPTIONAL);
	default: return false;
	}
}

int rates_from_message(const P4__V1__MeterConfig *m, struct pipeline_rates *r,
		       struct pipeline_error *err)
{
	*r = (struct pipeline_rates){ 0 };
	if (!m)
		return 0;
	/* It belongs to meters of one rate and three colours, which the runtime has not. */
	if (m->eburst)
		return fail(err, -EINVAL, "a meter has no excess burst here");
	/* No rates would mean no limit. */
	if (m->cir < 0 || m->cburst < 0 || m->pir < 0 || m->pburst < 0)
		return fail(err, -EINVAL, "a meter's rates and bursts are not negative");
	*r = (struct pipeline_rates){ true, (uint64_t)m->cir, (uint64_t)m->cburst, (uint64_t)m->pir,
				      (uint64_t)m->pburst };
	return 0;
}

bool rates_to_message(const struct pipeline_rates *r, P4__V1__MeterConfig *m)
{
	p4__v1__meter_config__init(m);
	m->cir = (int64_t)r->cir;
	m->cburst = (int64_t)r->cburst;
	m->pir = (int64_t)r->pir;
	m->pburst = (int64_t)r->pburst;
	return r->set;
}

static void args_from(const P4__V1__Action *a, struct pipeline_arg *args)
{
	for (size_t i = 0; i < a->n_params; i++) {
		args[i].param_id = a->params[i]->param_id;
		args[i].value = bytes_of(a->params[i]->value);
	}
}

static int set_from(const P4__V1__ActionProfileActionSet *set, struct pipeline_entry *e,
		    struct entry_box *box, struct pipeline_error *err)
{
	size_t n = 0;

	if (!set->n_action_profile_actions)
		return fail(err, -EINVAL, "an action set has an action");
	for (size_t i = 0; i < set->n_action_profile_actions; i++) {
		if (!set->action_profile_actions[i]->action)
			return fail(err, -EINVAL, "an action of a set is missing");
		n += set->action_profile_actions[i]->action->n_params;
	}
	box->args = calloc(n + 1, sizeof(*box->args));
	box->set = calloc(set->n_action_profile_actions, sizeof(*box->set));
	if (!box->args || !box->set)
		return fail(err, -ENOMEM, "no memory for an entry");
	n = 0;
	for (size_t i = 0; i < set->n_action_profile_actions; i++) {
		const P4__V1__ActionProfileAction *k = set->action_profile_actions[i];

		args_from(k->action, box->args + n);
		box->set[i] = (struct pipeline_choice){ k->action->action_id, box->args + n,
							k->action->n_params, k->weight };
		n += k->action->n_params;
	}
	e->set = box->set;
	e->n_set = set->n_action_profile_actions;
	return 0;
}

int entry_from_message(const P4__Config__V1__P4Info *info, const P4__V1__TableEntry *t,
		       struct pipeline_entry *e, struct entry_box *box, struct pipeline_error *err)
{
	P4__Config__V1__Table view;
	const P4__Config__V1__Table *table = info_keys(info, t->table_id, &view);
	const P4__V1__Action *action = NULL;
	int ret;

	memset(box, 0, sizeof(*box));
	*e = (struct pipeline_entry){
		.table_id = t->table_id,
		.priority = t->priority,
		.is_default = t->is_default_action,
		.is_const = t->const_,
	};
	if (!table)
		return fail(err, -ENOENT, "the program has no table 0x%08x", t->table_id);
	switch (t->action ? t->action->type_case : P4__V1__TABLE_ACTION__TYPE__NOT_SET) {
	case P4__V1__TABLE_ACTION__TYPE_ACTION: action = t->action->action; break;
	case P4__V1__TABLE_ACTION__TYPE_ACTION_PROFILE_MEMBER_ID:
		e->member_id = t->action->action_profile_member_id;
		break;
	case P4__V1__TABLE_ACTION__TYPE_ACTION_PROFILE_GROUP_ID:
		e->group_id = t->action->action_profile_group_id;
		break;
	case P4__V1__TABLE_ACTION__TYPE_ACTION_PROFILE_ACTION_SET:
		ret = set_from(t->action->action_profile_action_set, e, box, err);
		if (ret)
			return ret;
		break;
	default: break;
	}
	if (t->idle_timeout_ns < 0)
		return fail(err, -EINVAL, "a timeout is not negative");
	e->idle_ns = (uint64_t)t->idle_timeout_ns;
	e->cookie = t->controller_metadata;
	e->metadata = bytes_of(t->metadata);
	e->has_age = t->time_since_last_hit;
	if (e->has_age && t->time_since_last_hit->elapsed_ns > 0)
		e->age_ns = (uint64_t)t->time_since_last_hit->elapsed_ns;
	e->has_count = t->counter_data;
	if (e->has_count)
		e->count = (struct pipeline_count){ (uint64_t)t->counter_data->packet_count,
						    (uint64_t)t->counter_data->byte_count };
	e->has_rates = t->meter_config;
	ret = rates_from_message(t->meter_config, &e->rates, err);
	if (ret)
		return ret;
	box->match = calloc(t->n_match + 1, sizeof(*box->match));
	if (!box->args)
		box->args = calloc(action ? action->n_params + 1 : 1, sizeof(*box->args));
	if (!box->match || !box->args)
		return fail(err, -ENOMEM, "no memory for an entry");
	for (size_t i = 0; i < t->n_match; i++) {
		const P4__Config__V1__MatchField *field = info_field(table, t->match[i]->field_id);

		if (!field || !match_from(t->match[i], field->match_type, &box->match[i]))
			return fail_field(err, t->table_id, t->match[i]->field_id);
	}
	e->match = box->match;
	e->n_match = t->n_match;
	if (action)
		args_from(action, box->args);
	e->args = box->args;
	e->action_id = action ? action->action_id : 0;
	e->n_args = action ? action->n_params : 0;
	return 0;
}

void entry_box_free(struct entry_box *box)
{
	free(box->match);
	free(box->args);
	free(box->set);
	memset(box, 0, sizeof(*box));
}

/* To a message */

struct message_choice {
	P4__V1__ActionProfileAction one;
	P4__V1__Action action;
};

/* The action's message; its parameters in what is left of the box's, from *at on. */
static void action_to(P4__V1__Action *a, uint32_t id, const struct pipeline_arg *args, size_t n,
		      struct message_box *box, size_t *at)
{
	p4__v1__action__init(a);
	a->action_id = id;
	a->params = box->params + *at;
	a->n_params = n;
	for (size_t i = 0; i < n; i++, ++*at) {
		p4__v1__action__param__init(&box->param[*at]);
		box->param[*at].param_id = args[i].param_id;
		box->param[*at].value = data_of(args[i].value);
		box->params[*at] = &box->param[*at];
	}
}

struct message_match {
	P4__V1__FieldMatch field;
	union {
		P4__V1__FieldMatch__Exact exact;
		P4__V1__FieldMatch__Ternary ternary;
		P4__V1__FieldMatch__LPM lpm;
		P4__V1__FieldMatch__Range range;
		P4__V1__FieldMatch__Optional optional;
	};
};

static bool match_to(struct message_match *r, const struct pipeline_match *m, int type)
{
	P4__V1__FieldMatch *f = &r->field;

	p4__v1__field_match__init(f);
	f->field_id = m->field_id;
	switch (type) {
	case TYPE(EXACT):
		p4__v1__field_match__exact__init(&r->exact);
		r->exact.value = data_of(m->value);
		f->exact = &r->exact;
		f->field_match_type_case = CASE(EXACT);
		return true;
	case TYPE(TERNARY):
		p4__v1__field_match__ternary__init(&r->ternary);
		r->ternary.value = data_of(m->value);
		r->ternary.mask = data_of(m->mask);
		f->ternary = &r->ternary;
		f->field_match_type_case = CASE(TERNARY);
		return true;
	case TYPE(LPM):
		p4__v1__field_match__lpm__init(&r->lpm);
		r->lpm.value = data_of(m->value);
		r->lpm.prefix_len = m->prefix_len;
		f->lpm = &r->lpm;
		f->field_match_type_case = CASE(LPM);
		return true;
	case TYPE(RANGE):
		p4__v1__field_match__range__init(&r->range);
		r->range.low = data_of(m->value);
		r->range.high = data_of(m->mask);
		f->range = &r->range;
		f->field_match_type_case = CASE(RANGE);
		return true;
	case TYPE(OPTIONAL):
		p4__v1__field_match__optional__init(&r->optional);
		r->optional.value = data_of(m->value);
		f->optional = &r->optional;
		f->field_match_type_case = CASE(OPTIONAL);
		return true;
	default: return false;
	}
}

int entry_to_message(const P4__Config__V1__P4Info *info, const struct pipeline_entry *e,
		     struct message_box *box, struct pipeline_error *err)
{
	P4__Config__V1__Table view;
	const P4__Config__V1__Table *table = info_keys(info, e->table_id, &view);
	P4__V1__TableEntry *t = &box->entry;
	size_t n_args = e->n_args, at = 0;

	memset(box, 0, sizeof(*box));
	p4__v1__table_entry__init(t);
	if (!table)
		return fail(err, -ENOENT, "the program has no table 0x%08x", e->table_id);
	box->match = calloc(e->n_match + 1, sizeof(*box->match));
	box->matches = calloc(e->n_match + 1, sizeof(*box->matches));
	for (size_t i = 0; i < e->n_set; i++)
		n_args += e->set[i].n_args;
	box->param = calloc(n_args + 1, sizeof(*box->param));
	box->params = calloc(n_args + 1, sizeof(*box->params));
	box->choice = calloc(e->n_set + 1, sizeof(*box->choice));
	box->choices = calloc(e->n_set + 1, sizeof(*box->choices));
	if (!box->match || !box->matches || !box->param || !box->params || !box->choice ||
	    !box->choices)
		return fail(err, -ENOMEM, "no memory for an entry");
	for (size_t i = 0; i < e->n_match; i++) {
		const P4__Config__V1__MatchField *field = info_field(table, e->match[i].field_id);

		if (!field || !match_to(&box->match[i], &e->match[i], field->match_type))
			return fail_field(err, e->table_id, e->match[i].field_id);
		box->matches[i] = &box->match[i].field;
	}
	action_to(&box->action, e->action_id, e->args, e->n_args, box, &at);
	p4__v1__table_action__init(&box->table_action);
	box->table_action.type_case = P4__V1__TABLE_ACTION__TYPE_ACTION;
	box->table_action.action = &box->action;
	if (e->member_id) {
		box->table_action.type_case = P4__V1__TABLE_ACTION__TYPE_ACTION_PROFILE_MEMBER_ID;
		box->table_action.action_profile_member_id = e->member_id;
	} else if (e->group_id) {
		box->table_action.type_case = P4__V1__TABLE_ACTION__TYPE_ACTION_PROFILE_GROUP_ID;
		box->table_action.action_profile_group_id = e->group_id;
	} else if (e->n_set) {
		p4__v1__action_profile_action_set__init(&box->set);
		for (size_t i = 0; i < e->n_set; i++) {
			struct message_choice *k = &box->choice[i];

			p4__v1__action_profile_action__init(&k->one);
			action_to(&k->action, e->set[i].action_id, e->set[i].args, e->set[i].n_args,
				  box, &at);
			k->one.action = &k->action;
			k->one.weight = e->set[i].weight;
			box->choices[i] = &k->one;
		}
		box->set.action_profile_actions = box->choices;
		box->set.n_action_profile_actions = e->n_set;
		box->table_action.type_case = P4__V1__TABLE_ACTION__TYPE_ACTION_PROFILE_ACTION_SET;
		box->table_action.action_profile_action_set = &box->set;
	}
	if (e->has_count) {
		p4__v1__counter_data__init(&box->count);
		box->count.packet_count = (int64_t)e->count.packets;
		box->count.byte_count = (int64_t)e->count.bytes;
		t->counter_data = &box->count;
	}
	if (e->has_rates && rates_to_message(&e->rates, &box->rates))
		t->meter_config = &box->rates;
	t->table_id = e->table_id;
	t->match = box->matches;
	t->n_match = e->n_match;
	t->action =
		e->action_id || e->member_id || e->group_id || e->n_set ? &box->table_action : NULL;
	t->idle_timeout_ns = (int64_t)e->idle_ns;
	t->controller_metadata = e->cookie;
	t->metadata = (ProtobufCBinaryData){ e->metadata.len, (uint8_t *)e->metadata.data };
	if (e->has_age) {
		p4__v1__table_entry__idle_timeout__init(&box->age);
		box->age.elapsed_ns = (int64_t)e->age_ns;
		t->time_since_last_hit = &box->age;
	}
	t->priority = e->priority;
	t->is_default_action = e->is_default;
	t->const_ = e->is_const;
	return 0;
}

void message_box_free(struct message_box *box)
{
	free(box->match);
	free(box->matches);
	free(box->param);
	free(box->params);
	free(box->choice);
	free(box->choices);
	memset(box, 0, sizeof(*box));
}
