/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * reconcile.c - the state of the program that runs, in one that is to take
 * over (P4Runtime, 7.2: RECONCILE_AND_COMMIT).
 *
 * Tables, keys, actions, parameters and profiles are the same where their names
 * are, whatever their ids.  Every entry, member and group must fit, else the
 * program stays what it is.  What a program brings itself and nobody can change,
 * or, of defaults, has set, is the new program's, but for counts and rates.  A
 * table that could be changed does not begin anew with the new program's entries:
 * who has changed or deleted some wants them so.
 */
#include "control/call.h"
#include "control/info.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef P4__Config__V1__P4Info p4info;

struct keep {
	const p4info *from, *to;
	struct pipeline *new;
	uint32_t profile; /* whose members and groups they are; 0: it has none of that name */
	struct pipeline_error *err;
};

static int misfit(const struct keep *k, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static int misfit(const struct keep *k, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(k->err->text, sizeof(k->err->text), format, ap);
	va_end(ap);
	return -EINVAL;
}

static const P4__Config__V1__Table *table_named(const p4info *info, const char *name)
{
	for (size_t i = 0; i < info->n_tables; i++)
		if (info->tables[i]->preamble && !strcmp(info->tables[i]->preamble->name, name))
			return info->tables[i];
	return NULL;
}

/* By id, or, @name not NULL, by name. */
static const P4__Config__V1__Action *action_find(const p4info *info, uint32_t id, const char *name)
{
	for (size_t i = 0; i < info->n_actions; i++) {
		const P4__Config__V1__Preamble *p = info->actions[i]->preamble;

		if (p && (name ? !strcmp(p->name, name) : p->id == id))
			return info->actions[i];
	}
	return NULL;
}

static int keys_keep(const struct keep *k, const P4__Config__V1__Table *a,
		     const P4__Config__V1__Table *b, struct pipeline_match *match, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const P4__Config__V1__MatchField *f = info_field(a, match[i].field_id);
		size_t j = 0;

		while (f && j < b->n_match_fields && strcmp(b->match_fields[j]->name, f->name))
			j++;
		if (!f || j == b->n_match_fields)
			return misfit(k, "it has no key %s in %s", f ? f->name : "of this id",
				      b->preamble->name);
		/* What a match means hangs on its kind: a range's end is no mask. */
		if (b->match_fields[j]->match_type != f->match_type)
			return misfit(k, "key %s is of another kind", f->name);
		match[i].field_id = b->match_fields[j]->id;
	}
	return 0;
}

static int action_keep(const struct keep *k, uint32_t *id, struct pipeline_arg *args, size_t n)
{
	const P4__Config__V1__Action *a = action_find(k->from, *id, NULL), *b;

	if (!*id)
		return 0; /* a member of a profile, or a set */
	b = a ? action_find(k->to, 0, a->preamble->name) : NULL;
	if (!b)
		return misfit(k, "it has no action %s", a ? a->preamble->name : "of this id");
	*id = b->preamble->id;
	for (size_t i = 0; i < n; i++) {
		const char *name = "";
		size_t j = 0;

		for (size_t p = 0; p < a->n_params; p++)
			if (a->params[p]->id == args[i].param_id)
				name = a->params[p]->name;
		while (j < b->n_params && strcmp(b->params[j]->name, name))
			j++;
		if (j == b->n_params)
			return misfit(k, "%s has no argument %s", b->preamble->name, name);
		args[i].param_id = b->params[j]->id;
	}
	return 0;
}

/* The copies are ours to change. */
static int entry_move(const struct keep *k, const struct pipeline_entry *e,
		      struct pipeline_match *match, struct pipeline_arg *args,
		      struct pipeline_choice *set)
{
	/* What a program brings may be missing in the next one, or be something else. */
	bool brought = (e->is_default || e->is_const) && !e->is_set;
	const P4__Config__V1__Table *a = info_table(k->from, e->table_id), *b;
	struct pipeline_entry new = *e;
	int ret;

	b = a ? table_named(k->to, a->preamble->name) : NULL;
	if (!b)
		return brought ? 0 : misfit(k, "it has no such table");
	new.table_id = b->preamble->id;
	new.match = match;
	new.args = args;
	new.set = set;
	new.has_count &= info_direct_counter(k->to, new.table_id) != NULL;
	new.has_rates &= new.rates.set;
	for (size_t i = 0; i < e->n_match; i++)
		match[i] = e->match[i];
	for (size_t i = 0; i < e->n_args; i++)
		args[i] = e->args[i];
	ret = keys_keep(k, a, b, match, e->n_match);
	if (!ret)
		ret = action_keep(k, &new.action_id, args, e->n_args);
	args += e->n_args;
	for (size_t i = 0; !ret && i < e->n_set; i++) {
		set[i] = e->set[i];
		set[i].args = args;
		for (size_t j = 0; j < set[i].n_args; j++)
			args[j] = e->set[i].args[j];
		ret = action_keep(k, &set[i].action_id, args, set[i].n_args);
		args += set[i].n_args;
	}
	if (!ret)
		ret = pipeline_entry_update(k->new,
					    brought         ? PIPELINE_DIRECT
					    : e->is_default ? PIPELINE_MODIFY
							    : PIPELINE_INSERT,
					    &new, k->err);
	return brought && ret != -ENOMEM ? 0 : ret;
}

static int entry_keep(void *arg, const struct pipeline_entry *e)
{
	const struct keep *k = arg;
	size_t n_args = e->n_args;
	struct pipeline_match *match;
	struct pipeline_choice *set;
	struct pipeline_arg *args;
	int ret;

	for (size_t i = 0; i < e->n_set; i++)
		n_args += e->set[i].n_args;
	match = calloc(e->n_match + 1, sizeof(*match));
	args = calloc(n_args + 1, sizeof(*args));
	set = calloc(e->n_set + 1, sizeof(*set));
	if (match && args && set) {
		ret = entry_move(k, e, match, args, set);
	} else {
		snprintf(k->err->text, sizeof(k->err->text), "no memory");
		ret = -ENOMEM;
	}
	free(match);
	free(args);
	free(set);
	return ret;
}

static int member_keep(void *arg, const struct pipeline_member *m)
{
	const struct keep *k = arg;
	struct pipeline_arg *args = calloc(m->n_args + 1, sizeof(*args));
	struct pipeline_member new = *m;
	int ret;

	if (!args)
		return -ENOMEM;
	for (size_t i = 0; i < m->n_args; i++)
		args[i] = m->args[i];
	new.profile_id = k->profile;
	new.args = args;
	ret = k->profile ? action_keep(k, &new.action_id, args, m->n_args)
			 : misfit(k, "it has no such profile");
	if (!ret)
		ret = pipeline_member_update(k->new, PIPELINE_INSERT, &new, k->err);
	free(args);
	return ret;
}

static int group_keep(void *arg, const struct pipeline_group *g)
{
	const struct keep *k = arg;
	struct pipeline_group new = *g;

	new.profile_id = k->profile;
	return k->profile ? pipeline_group_update(k->new, PIPELINE_INSERT, &new, k->err)
			  : misfit(k, "it has no such profile");
}

static int profile_keep(struct keep *k, struct pipeline *old, const P4__Config__V1__Preamble *p)
{
	uint64_t at = 0;
	int ret;

	k->profile = 0;
	for (size_t i = 0; i < k->to->n_action_profiles; i++) {
		const P4__Config__V1__Preamble *b = k->to->action_profiles[i]->preamble;

		if (b && !strcmp(b->name, p->name))
			k->profile = b->id;
	}
	ret = pipeline_member_visit(old, p->id, 0, &at, member_keep, k);
	at = 0;
	return ret ? ret : pipeline_group_visit(old, p->id, 0, &at, group_keep, k);
}

/* Says whose what does not fit is.  Whatever was wrong with it: it is the program that is refused. */
static int refused(int ret, const char *what, const char *name, const struct keep *k,
		   struct pipeline_error *err)
{
	if (ret)
		snprintf(err->text, sizeof(err->text),
			 "%s%.60s does not fit the new program: %.140s", what, name, k->err->text);
	return ret && ret != -ENOMEM ? -EINVAL : ret;
}

int config_reconcile(struct pipeline *old, const p4info *from, struct pipeline *new,
		     struct pipeline_error *err)
{
	struct pipeline_error why = { "" };
	struct keep k = { .from = from, .new = new, .err = &why };
	p4info *to;
	size_t len;
	const void *bytes = pipeline_p4info(new, &len);
	int ret = 0;

	k.to = to = unpack(&p4__config__v1__p4_info__descriptor, bytes, len);
	if (!to) {
		snprintf(err->text, sizeof(err->text), "the new program's p4info is damaged");
		return -EINVAL;
	}
	for (size_t i = 0; !ret && i < from->n_action_profiles; i++) {
		const P4__Config__V1__Preamble *p = from->action_profiles[i]->preamble;

		if (p)
			ret = refused(profile_keep(&k, old, p), "what is in ", p->name, &k, err);
	}
	for (size_t i = 0; !ret && i < from->n_tables; i++) {
		const P4__Config__V1__Preamble *p = from->tables[i]->preamble;
		const P4__Config__V1__Table *b = p ? table_named(to, p->name) : NULL;

		if (b && !from->tables[i]->is_const_table)
			pipeline_entry_clear(new, b->preamble->id);
		if (p)
			ret = refused(pipeline_entry_visit(old, p->id, NULL, entry_keep, &k),
				      "an entry of ", p->name, &k, err);
	}
	if (!ret)
		ret = refused(pipeline_keep(new, old, &why), "a value set", "", &k, err);
	unpack_free(to);
	return ret;
}
