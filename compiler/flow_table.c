/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* flow_table.c - which of a table's actions may be done, and what is known behind them. */
#include "compiler/flow.h"

#include <string.h>

/* A table does this one of its actions. */
static void do_listed(struct flow *f, struct node *ref)
{
	static const nodes none;

	if (ref->decl)
		flow_action(f, ref->decl, ref->a->kind == N_CALL ? &ref->a->params : &none);
}

static struct node *property(struct node *table, enum node_kind kind)
{
	for (int i = 0; i < table->list.n; i++)
		if (table->list.v[i]->kind == kind &&
		    (kind != N_PROP || !strcmp(table->list.v[i]->name, "default_action")))
			return table->list.v[i];
	return NULL;
}

/* Its entries, if these are all that there will be */
static struct node *fixed_entries(struct node *table)
{
	struct node *entries = property(table, N_ENTRIES);

	return entries && entries->is_const ? entries : NULL;
}

static bool is_idle(const struct node *ref)
{
	return ref->name && !strcmp(ref->name, "NoAction");
}

/* Can the action be what a table does where it hits? */
static bool may_hit(struct node *table, const struct node *ref)
{
	return property(table, N_KEY) && !node_anno(ref, "defaultonly") &&
	       (!fixed_entries(table) || ref->flag);
}

/* And where it does not?  Control may replace a default that is no constant. */
static bool may_miss(struct node *table, const struct node *ref)
{
	struct node *entries = fixed_entries(table), *dflt = property(table, N_PROP);

	if (entries && entries->flag)
		return false;
	if (dflt && dflt->is_const)
		return dflt->index == ref->index;
	return !node_anno(ref, "tableonly") || (!dflt && is_idle(ref));
}

/* Does a table nothing by default, by an action that is not in its list? */
static bool idles(struct node *table, const struct node *actions)
{
	struct node *entries = fixed_entries(table);

	for (int i = 0; actions && i < actions->list.n; i++)
		if (is_idle(actions->list.v[i]))
			return false;
	return !property(table, N_PROP) && !(entries && entries->flag);
}

/* One of its actions is done where a table hits, its default or what that becomes where not. */
void flow_table(struct flow *f, struct node *table, struct state *miss)
{
	struct node *key = property(table, N_KEY), *actions = property(table, N_ACTIONS);
	struct state *hit = state_new(f), *before = state_new(f);
	struct around around = { table, f->around };

	f->around = &around;
	miss->reached = false;
	for (int i = 0; key && i < key->list.n; i++)
		flow_read(f, key->list.v[i]->a);
	state_copy(f, before, f->now);
	for (int i = 0; actions && i < actions->list.n; i++) {
		struct node *ref = actions->list.v[i];
		bool hits = may_hit(table, ref), misses = may_miss(table, ref);

		if (!hits && !misses)
			continue;
		state_copy(f, f->now, before);
		do_listed(f, ref);
		if (hits)
			state_join(f, hit, f->now);
		if (misses)
			state_join(f, miss, f->now);
	}
	if (idles(table, actions))
		state_join(f, miss, before);
	state_swap(&f->now, &hit);
	state_drop(f, hit);
	state_drop(f, before);
	f->around = around.up;
}

void flow_label(struct flow *f, struct node *table, int label, const struct state *before,
		const struct state *named, struct state *to)
{
	struct node *actions = property(table, N_ACTIONS);
	int n = actions ? actions->list.n : 0;
	int end = label >= 0 ? label + 1 : n + idles(table, actions);
	bool quiet = f->quiet;

	f->quiet = true; /* what is in them was told where the table is applied */
	for (int i = label >= 0 ? label : 0; i < end; i++) {
		struct node *ref = i < n ? actions->list.v[i] : NULL;

		if (label < 0 && i < PLACES && named->bits[i])
			continue;
		if (ref && !may_hit(table, ref) && !may_miss(table, ref))
			continue;
		state_copy(f, f->now, before);
		if (ref)
			do_listed(f, ref);
		state_join(f, to, f->now);
	}
	f->quiet = quiet;
}
