/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * reconcile.c - the table entries of the program that runs, in one that is to
 * take over (P4Runtime, 7.2: RECONCILE_AND_COMMIT).
 *
 * Tables, keys, actions and parameters are the same where their names are,
 * whatever their ids.  Every entry must fit, else the program stays what it is.
 * What a program brings itself, its defaults among it, is the new program's.
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
	const P4__Config__V1__Table *a = info_table(k->from, e->table_id), *b;
	struct pipeline_entry new = *e;
	int ret;

	b = a ? table_named(k->to, a->preamble->name) : NULL;
	if (!b)
		return misfit(k, "it has no such table");
	new.table_id = b->preamble->id;
	new.match = match;
	new.args = args;
	new.set = set;
	new.has_count = false; /* counters start afresh */
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
	return ret ? ret : pipeline_entry_update(k->new, PIPELINE_INSERT, &new, k->err);
}

static int entry_keep(void *arg, const struct pipeline_entry *e)
{
	const struct keep *k = arg;
	size_t n_args = e->n_args;
	struct pipeline_match *match;
	struct pipeline_choice *set;
	struct pipeline_arg *args;
	int ret;

	if (e->is_default || e->is_const)
		return 0;
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
	for (size_t i = 0; !ret && i < from->n_tables; i++) {
		const P4__Config__V1__Preamble *p = from->tables[i]->preamble;

		if (!p)
			continue;
		ret = pipeline_entry_visit(old, p->id, NULL, entry_keep, &k);
		if (ret)
			snprintf(err->text, sizeof(err->text),
				 "an entry of %.60s does not fit the new program: %.140s", p->name,
				 why.text);
		/* Whatever was wrong with the entry: it is the program that is refused. */
		if (ret != -ENOMEM && ret)
			ret = -EINVAL;
	}
	unpack_free(to);
	return ret;
}
