/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_table.c - tables (section 14.2). */
#include "compiler/check.h"

#include <string.h>

/* Expressions whose text names a key (18.3.1.3); others need @name. */
static bool has_key_name(const struct node *n)
{
	switch (n->kind) {
	case N_NAME:
	case N_SELF:
	case N_INT:
	case N_BOOL: return true;
	case N_DOT:
	case N_SLICE: return n->val || has_key_name(n->a);
	case N_CAST: return has_key_name(n->b);
	case N_INDEX: return has_key_name(n->a) && has_key_name(n->b);
	case N_CALL: return n->a->kind == N_DOT && !strcmp(n->a->name, "isValid");
	case N_BINARY: return n->op == TOK_BAND && has_key_name(n->a) && has_key_name(n->b);
	}
	return n->val != NULL;
}

struct node *find_match_kind(struct checker *c, const char *name)
{
	return lookup_here(&c->match_kinds, name);
}

static void check_key(struct checker *c, struct node *key)
{
	struct scope names = { 0 };

	check_ids(c, &key->list);
	for (int i = 0; i < key->list.n; i++) {
		struct node *e = key->list.v[i], *told;
		const char *given = node_anno_string(e, "name");
		struct type *t = check_expr(c, e->a, NULL), *under = type_under(t);

		check_annotations(c, &e->annos);
		if (t->kind == T_INT) {
			report_span(c->u, needs_width, e->a->tok, e->a->end);
		} else if (under->kind != T_BITS && under->kind != T_BOOL && t->kind != T_ENUM &&
			   t->kind != T_ERRORS && t->kind != T_ERR && t->kind != T_VAR) {
			report_span(c->u, key_type, e->a->tok, e->a->end, type_name(c->u, t));
			e->a->type = err_type(c); /* whatever the entries have for it */
		} else if (t->kind != T_ERR && !has_key_name(e->a) && !node_anno(e, "name")) {
			report_span(c->u, key_name, e->a->tok, e->a->end);
		}
		e->decl = find_match_kind(c, e->name);
		if (!e->decl)
			report_missing(c, DIAG_no_match_kind, e->c->tok, e->name);
		if (!given)
			continue;
		told = node_new(c->u, N_NAME, e->tok);
		told->name = unit_name(c->u, given);
		declare_member(c, &names, told);
	}
}

static void no_action(struct checker *c, struct node *n)
{
	report_span(c->u, not_action, n->tok, n->end,
		    arena_copy(&c->u->arena, n->tok->at, (size_t)n->tok->len));
}

/* The action that a reference names, its arguments checked. */
static struct node *check_ref(struct checker *c, struct node *ref, bool in_list)
{
	struct node *name = ref->kind == N_CALL ? ref->a : ref;
	struct node *d;

	if (name->kind != N_NAME) {
		no_action(c, name);
		return NULL;
	}
	d = lookup(c, name->name, name->flag);
	if (!d) {
		report_no_name(c, name->tok, name->name);
		return NULL;
	}
	if (d->kind != N_ACTION) {
		report(c->u, not_action, name->tok, name->name);
		return NULL;
	}
	name->decl = d;
	name->type = type_nominal(c->u, T_ACTION, d, NULL, 0);
	ref->decl = d;
	ref->type = type_basic(c->u, in_list ? T_ERR : T_VOID);
	if (in_list) {
		/* Arguments for the directed parameters come first, and only these. */
		int given = ref->kind == N_CALL ? ref->list.n : 0, required = 0;
		int errors = c->u->errors;
		nodes directed = { 0 };
		bool told = false; /* that a direction is wrong */

		for (int i = 0; i < d->params.n; i++) {
			told |= d->params.v[i]->told;
			if (d->params.v[i]->dir != DIR_NONE) {
				vec_push(&c->u->arena, &directed, d->params.v[i]);
				required += !d->params.v[i]->b;
			}
		}
		if (given < required || given > directed.n) {
			if (!told)
				report_span(c->u, bound_arguments, ref->tok, ref->end, d->name,
					    directed.n, given);
			return d;
		}
		if (!bind_arguments(c, ref, &directed, &ref->list, &ref->params, d->name))
			return d;
		for (int i = 0; i < directed.n; i++) {
			struct node *p = directed.v[i], **arg = &ref->params.v[i];

			if (!*arg) {
				*arg = p->b;
				continue;
			}
			if ((*arg)->kind == N_DONTCARE) {
				(*arg)->type = p->type;
				if (p->dir == DIR_OUT)
					continue;
				report(c->u, dontcare_place, (*arg)->tok);
				return d;
			}
			check_as(c, arg, p->type ? p->type : err_type(c));
			if (p->dir != DIR_IN)
				check_lvalue(c, *arg);
		}
		if (errors == c->u->errors)
			ref->type = type_basic(c->u, T_VOID);
	}
	return d;
}

static void check_actions(struct checker *c, struct node *n)
{
	n->scope = arena_alloc(&c->u->arena, sizeof(*n->scope));
	for (int i = 0; i < n->list.n; i++) {
		struct node *r = n->list.v[i];

		r->index = i;
		check_annotations(c, &r->annos);
		r->decl = check_ref(c, r->a, true);
		r->name = r->decl ? r->decl->name : NULL;
		if (r->decl)
			declare_member(c, n->scope, r);
		else
			c->table->told = true; /* what is not listed may be what is misspelled */
		if (r->decl && node_anno(r, "tableonly") && node_anno(r, "defaultonly"))
			report(c->u, table_only, node_anno(r, "defaultonly")->tok, r->name);
	}
}

static bool same_bound(struct node *a, struct node *b)
{
	if (!a || !b)
		return a == b;
	if (a->kind == N_CAST && !a->a)
		return same_bound(a->b, b->kind == N_CAST && !b->a ? b->b : b);
	if (a->kind != b->kind || a->op != b->op || a->list.n != b->list.n)
		return false;
	switch (a->kind) {
	case N_NAME: return a->decl == b->decl;
	case N_DOT: return a->name == b->name && same_bound(a->a, b->a);
	case N_INT:
	case N_BOOL: return value_equal(a->val, b->val);
	case N_CAST: return type_equal(a->type, b->type) && same_bound(a->b, b->b);
	}
	for (int i = 0; i < a->list.n; i++)
		if (!same_bound(a->list.v[i], b->list.v[i]))
			return false;
	return same_bound(a->a, b->a) && same_bound(a->b, b->b) && same_bound(a->c, b->c);
}

/* default_action and entries: the action is in the list, and its arguments are all there. */
static struct node *check_full_ref(struct checker *c, struct node *ref, struct node *actions)
{
	struct node *d = check_ref(c, ref, false), *entry;
	nodes args = { 0 }, out;

	if (!d)
		return NULL;
	entry = action_listed(actions, d);
	if (!entry) {
		if (actions && !c->table->told)
			report_span(c->u, action_not_listed, ref->tok, ref->end, d->name);
		return NULL;
	}
	if (type_real(entry->a->type)->kind == T_ERR)
		return entry;
	if (!bind_arguments(c, ref, &d->params, &ref->list, &out, d->name))
		return entry;
	for (int i = 0; i < d->params.n; i++) {
		struct node *p = d->params.v[i], **arg = &out.v[i];

		if (*arg && (*arg)->kind == N_DONTCARE) {
			(*arg)->type = p->type;
			if (p->dir != DIR_OUT) {
				report(c->u, dontcare_place, (*arg)->tok);
				return entry;
			}
		} else if (*arg && check_as(c, arg, p->type ? p->type : err_type(c))->kind == T_ERR)
			return entry;
		if (p->dir != DIR_NONE) {
			if (i < entry->a->params.n &&
			    !same_bound(*arg ? *arg : p->b, entry->a->params.v[i]))
				report_span(c->u, bound_differs, (*arg ? *arg : ref)->tok,
					    (*arg ? *arg : ref)->end, d->name);
			continue;
		}
		if (!*arg)
			*arg = p->b;
		else if (!(*arg)->known && (*arg)->type && type_real((*arg)->type)->kind != T_ERR)
			report_span(c->u, not_constant, (*arg)->tok, (*arg)->end,
				    "an action's argument");
		vec_push(&c->u->arena, &args, *arg);
	}
	ref->params = args;
	ref->index = entry->index;
	return entry;
}

/* Ones, then zeros, in as many bits as the key has. */
static bool is_prefix(const struct value *v, const struct type *t)
{
	if (!v || v->kind != VAL_INT || t->kind != T_BITS || mpz_sgn(v->i) == 0)
		return true;
	return mpz_scan0(v->i, mpz_scan1(v->i, 0)) >= (mp_bitcnt_t)t->width;
}

/* Entries without a priority follow the one before by `step` (14.2.1.4). */
static void check_priorities(struct checker *c, struct node *n, struct node *key, long step)
{
	bool needed = false;
	long last = 0, next;

	for (int i = 0; i < key->list.n; i++)
		needed |= strcmp(key->list.v[i]->name, "exact") &&
			  strcmp(key->list.v[i]->name, "lpm");
	for (int i = 0; i < n->list.n; i++, last = next) {
		struct node *e = n->list.v[i];

		next = last + step;
		if (e->b) {
			next = const_int(c, e->b, 0, 0x7fffffff, "a priority");
			if (n->is_const)
				report(c->u, const_priority, e->b->tok);
			else if (!needed)
				report(c->u, no_priority, e->b->tok);
			else if (!n->list.v[0]->b)
				report(c->u, first_priority, n->list.v[0]->tok);
		} else if (n->list.v[0]->b && (next < 0 || next > 0x7fffffff)) {
			report(c->u, out_of_range, e->tok, "a priority", 0L, 0x7fffffffL);
			return;
		}
		if (!i || !n->list.v[0]->b)
			continue;
		if (next == last && !node_no_warning(n, "duplicate_priorities"))
			report(c->u, priority_twice, e->tok, next);
		else if ((next > last) != (step > 0) && next != last &&
			 !node_no_warning(n, "entries_out_of_priority_order"))
			report(c->u, priority_order, e->tok);
	}
}

static void check_entries(struct checker *c, struct node *n, struct node *key, struct node *actions)
{
	int nk = key ? key->list.n : 0;
	struct type **types = arena_alloc(&c->u->arena, sizeof(*types) * (size_t)(nk + 1));
	struct intern seen = { 0 };
	const char *text;

	for (int i = 0; i < nk; i++)
		types[i] =
			key->list.v[i]->a->type ? type_real(key->list.v[i]->a->type) : err_type(c);
	for (int i = 0; i < n->list.n; i++) {
		struct node *e = n->list.v[i], *ref;
		bool all = true;

		check_annotations(c, &e->annos);
		if (!check_keysets(c, &e->list, types, nk, e->tok))
			continue;
		for (int k = 0; k < e->list.n && e->list.n == nk; k++) {
			struct node *s = e->list.v[k];
			const char *kind = key->list.v[k]->name;

			if (s->kind == N_DONTCARE || s->kind == N_DEFAULT)
				continue;
			all = false;
			if (s->type && type_real(s->type)->kind == T_ERR)
				continue;
			if (!strcmp(kind, "exact") && s->kind == N_BINARY &&
			    (s->op == TOK_MASK || s->op == TOK_RANGE))
				report_span(c->u, entry_exact, s->tok, s->end);
			if ((!strcmp(kind, "ternary") || !strcmp(kind, "lpm")) &&
			    s->kind == N_BINARY && s->op == TOK_RANGE)
				report_span(c->u, entry_range, s->tok, s->end, kind);
			if ((!strcmp(kind, "range") || !strcmp(kind, "optional")) &&
			    s->kind == N_BINARY && s->op == TOK_MASK)
				report_span(c->u, entry_mask, s->tok, s->end, kind);
			if (!strcmp(kind, "range") && s->kind == N_BINARY && s->op == TOK_RANGE &&
			    s->a->val && s->b->val && s->a->val->kind == VAL_INT &&
			    s->b->val->kind == VAL_INT && mpz_cmp(s->a->val->i, s->b->val->i) > 0)
				report_span(c->u, entry_empty, s->tok, s->end);
			if (!strcmp(kind, "optional") && s->kind == N_BINARY && s->op == TOK_RANGE)
				report_span(c->u, entry_range, s->tok, s->end, kind);
			if (!strcmp(kind, "lpm") && s->kind == N_BINARY && s->op == TOK_MASK &&
			    !is_prefix(s->b->val, type_under(types[k])))
				report_span(c->u, entry_lpm, s->b->tok, s->b->end);
			if (s->kind == N_BINARY && (s->op == TOK_MASK || s->op == TOK_RANGE)) {
				if ((!s->a->known || !s->b->known))
					report_span(c->u, not_constant, s->tok, s->end,
						    "an entry's key");
			} else if (!s->known) {
				report_span(c->u, not_constant, s->tok, s->end, "an entry's key");
			}
		}
		text = n->list.v[0]->b ? NULL : keyset_text(c, &e->list);
		if (text && !intern_new(&c->u->arena, &seen, text))
			report(c->u, dead_case, e->tok);
		ref = check_full_ref(c, e->a, actions);
		e->decl = ref ? ref->decl : NULL;
		e->index = ref ? ref->index : -1;
		n->flag |= all;
		if (ref)
			ref->flag = true;
		if (ref && node_anno(ref, "defaultonly"))
			report_span(c->u, default_only, e->a->tok, e->a->end, ref->name);
	}
}

/*
 * A property that architectures have is the object that they say, if they are included; psa and
 * pna take a list of them, too.
 */
static void check_object(struct checker *c, struct node *p, struct node *value)
{
	static const struct {
		const char *property;
		enum table_object role;
		const char *externs[4];
	} objects[] = {
		{ "counters", OBJECT_COUNTER, { "direct_counter" } },
		{ "meters", OBJECT_METER, { "direct_meter" } },
		{ "implementation",
		  OBJECT_IMPLEMENTATION,
		  { "action_profile", "action_selector", "array_table", "hash_table" } },
		{ "psa_direct_counter", OBJECT_COUNTER, { "DirectCounter" } },
		{ "psa_direct_meter", OBJECT_METER, { "DirectMeter" } },
		{ "psa_implementation",
		  OBJECT_IMPLEMENTATION,
		  { "ActionProfile", "ActionSelector" } },
		{ "pna_direct_counter", OBJECT_COUNTER, { "DirectCounter" } },
		{ "pna_direct_meter", OBJECT_METER, { "DirectMeter" } },
		{ "pna_implementation",
		  OBJECT_IMPLEMENTATION,
		  { "ActionProfile", "ActionSelector" } },
	};
	struct type *t = value->type ? value->type : check_expr(c, value, NULL);
	const char *wanted = NULL;

	for (size_t i = 0; i < sizeof(objects) / sizeof(objects[0]); i++)
		for (int k = 0; !strcmp(p->name, objects[i].property) && k < 4; k++) {
			const char *name = objects[i].externs[k];
			struct node *d =
				name ? lookup_here(c->global, unit_name(c->u, name)) : NULL;

			p->index = objects[i].role;
			if (d && t->kind == T_EXTERN && t->decl == d)
				return;
			if (d && d->kind == N_EXTERN && !wanted)
				wanted = name;
		}
	if (wanted && value->kind == N_LIST && p->name[3] == '_') {
		for (int i = 0; i < value->list.n; i++)
			check_object(c, p, value->list.v[i]);
	} else if (wanted && t->kind != T_ERR) {
		report_span(c->u, type_mismatch, value->tok, value->end, wanted,
			    type_name(c->u, t));
	}
}

/* Other properties have a type, if their architecture, which declares this, is included. */
static void check_property_type(struct checker *c, struct node *p)
{
	static const struct {
		const char *property, *declares;
	} typed[] = {
		{ "support_timeout", "direct_counter" },
		{ "add_on_miss", "add_entry" },
		{ "idle_timeout_with_auto_delete", "add_entry" },
		{ "psa_idle_timeout", "PSA_IdleTimeout_t" },
		{ "pna_idle_timeout", "PNA_IdleTimeout_t" },
	};

	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++) {
		struct node *d =
			strcmp(p->name, typed[i].property)
				? NULL
				: lookup_here(c->global, unit_name(c->u, typed[i].declares));

		if (d)
			check_as(c, &p->a,
				 d->kind == N_ENUM ? type_nominal(c->u, T_ENUM, d, NULL, 0)
						   : type_basic(c->u, T_BOOL));
	}
}

static bool is_action_selector(const struct node *value)
{
	const struct type *t = value->type ? type_real(value->type) : NULL;

	for (int i = 0; value->kind == N_LIST && i < value->list.n; i++)
		if (is_action_selector(value->list.v[i]))
			return true;
	return t && t->kind == T_EXTERN && strstr(t->decl->name, "elector");
}

/* Keys of kind selector are for an action selector only; without one nothing looks at them. */
static void check_selectors(struct checker *c, const struct node *table, const struct node *key)
{
	for (int i = 0; i < table->list.n; i++)
		if (table->list.v[i]->kind == N_PROP && is_action_selector(table->list.v[i]->a))
			return;
	for (int i = 0; i < key->list.n; i++)
		if (!strcmp(key->list.v[i]->name, "selector"))
			report_span(c->u, lone_selector, key->list.v[i]->a->tok,
				    key->list.v[i]->a->end, table->name);
}

/* A property may be any; one that is spelled like one that counts hardly is. */
static void check_odd(struct checker *c, const struct node *p)
{
	static const char *const known[] = {
		"key",      "actions", "entries",        "default_action", "size", "implementation",
		"counters", "meters",  "support_timeout"
	};
	struct meant m = meant_for(p->name);

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (!strcmp(known[i], p->name))
			return;
		meant_try(&m, known[i]);
	}
	if (!m.best)
		return;
	report(c->u, odd_property, p->tok, p->name);
	meant_hint(c->u, &m);
}

void check_table(struct checker *c, struct node *n)
{
	struct node *key = NULL, *actions = NULL, *entries = NULL, *dflt = NULL, *none;
	struct node *outer = c->table;
	bool smallest_wins = false;
	long delta = 1;

	c->table = n;
	n->type = type_nominal(c->u, T_TABLE, n, NULL, 0);
	for (int i = 0; i < n->list.n; i++) {
		struct node *p = n->list.v[i];
		const char *name = p->kind == N_KEY       ? "key"
				   : p->kind == N_ACTIONS ? "actions"
				   : p->kind == N_ENTRIES ? "entries"
							  : p->name;

		check_annotations(c, &p->annos);
		for (int j = 0; j < i; j++) {
			struct node *q = n->list.v[j];

			if (q->kind == p->kind && (p->kind != N_PROP || p->name == q->name)) {
				report(c->u, duplicate, p->tok, name);
				break;
			}
		}
		if (p->kind == N_KEY && entries)
			report(c->u, property_order, entries->tok, "entries", "key");
		if (p->kind == N_ACTIONS && (dflt || entries))
			report(c->u, property_order, (dflt ? dflt : entries)->tok,
			       dflt ? "default_action" : "entries", "actions");
		if (p->kind == N_KEY)
			key = p;
		else if (p->kind == N_ACTIONS)
			actions = p;
		else if (p->kind == N_ENTRIES)
			entries = p;
		else if (!strcmp(p->name, "default_action"))
			dflt = p;
	}
	if (key) {
		c->in_key = true;
		check_key(c, key);
		c->in_key = false;
	}
	if (actions)
		check_actions(c, actions);
	else
		report(c->u, no_actions, n->tok, n->name);
	for (int i = 0; i < n->list.n; i++) {
		struct node *p = n->list.v[i];

		if (p->kind != N_PROP || p == dflt)
			continue;
		if (!strcmp(p->name, "size")) {
			if (!type_is_numeric(check_expr(c, p->a, NULL)) || p->a->val ||
			    !p->a->known)
				n->width = const_int(c, p->a, 0, 0x7fffffff, "a table's size");
		} else if (!strcmp(p->name, "priority_delta")) {
			delta = const_int(c, p->a, 1, 0x7fffffff, "priority_delta");
		} else if (!strcmp(p->name, "largest_priority_wins")) {
			check_as(c, &p->a, type_basic(c->u, T_BOOL));
			if (!p->a->known)
				report_span(c->u, not_constant, p->a->tok, p->a->end, p->name);
			smallest_wins = p->a->val && p->a->val->kind == VAL_BOOL && !p->a->val->b;
		} else {
			bool was = c->in_apply;

			c->in_apply = false;
			check_odd(c, p);
			check_object(c, p, p->a);
			check_property_type(c, p);
			c->in_apply = was;
		}
	}
	if (dflt) {
		struct node *ref = dflt->a->kind == N_CALL || dflt->a->kind == N_NAME
					   ? check_full_ref(c, dflt->a, actions)
					   : NULL;

		if (!ref && dflt->a->kind != N_CALL && dflt->a->kind != N_NAME)
			no_action(c, dflt->a);
		if (ref && node_anno(ref, "tableonly"))
			report_span(c->u, table_only, dflt->a->tok, dflt->a->end, ref->name);
		dflt->index = ref ? ref->index : -1;
	} else {
		/* What a table does that does not say (14.2.1.3) */
		none = lookup_here(c->global, unit_name(c->u, "NoAction"));
		if (none && none->kind != N_ACTION)
			report(c->u, not_action, none->tok, none->name);
		else if (none && none->params.n)
			report(c->u, argument_count, none->tok, none->name, none->params.n, 0);
		if (!none && intern_new(&c->u->arena, c->told_members, "NoAction")) {
			report(c->u, no_name, n->tok, "NoAction");
			unit_hint(c->u, "include core.p4, or give the table a default_action");
		}
	}
	if (key)
		check_selectors(c, n, key);
	if (entries && (!key || !key->list.n) && entries->list.n) {
		report(c->u, entries_no_key, entries->tok, n->name);
	} else if (entries && key) {
		check_priorities(c, entries, key, smallest_wins ? delta : -delta);
		check_entries(c, entries, key, actions);
	}
	c->table = outer;
	declare(c, n);
}
