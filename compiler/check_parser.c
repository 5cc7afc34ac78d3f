/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_parser.c - parser states and transitions (section 13). */
#include "compiler/check.h"

#include <string.h>

static void resolve_state(struct checker *c, struct node *name, struct node *parser)
{
	if (!strcmp(name->name, "accept") || !strcmp(name->name, "reject"))
		return;
	/* States live in the parser's scope, just above the state's own. */
	name->decl = lookup_here(c->scope->up, name->name);
	if (name->decl && name->decl->kind == N_STATE) {
		name->decl->used = true;
	} else {
		name->decl = NULL;
		/* Told of: a state that is there twice, or beside something of its name */
		for (int i = 0; i < parser->list.n; i++)
			if (parser->list.v[i]->kind == N_STATE &&
			    parser->list.v[i]->name == name->name)
				return;
		if (newly_missing(c, parser->name, name->name)) {
			struct meant m = meant_for(name->name);

			report(c->u, no_state, name->tok, parser->name, name->name);
			meant_try(&m, "accept");
			meant_try(&m, "reject");
			for (int i = 0; i < parser->list.n; i++)
				if (parser->list.v[i]->kind == N_STATE)
					meant_try(&m, parser->list.v[i]->name);
			meant_hint(c->u, &m);
		}
	}
}

/* What a value set can hold: numbers and the like, tuples and structures of them (13.11) */
bool selectable(struct unit *u, struct type *t)
{
	t = type_under(t);
	switch (t->kind) {
	case T_ERR:
	case T_BITS:
	case T_BOOL:
	case T_ENUM:
	case T_VAR: return true;
	case T_STRUCT:
	case T_TUPLE:
		for (int i = 0; i < type_n_fields(t); i++)
			if (!selectable(u, type_field_at(u, t, i)))
				return false;
		return true;
	}
	return false;
}

/* What select takes: by p4c and 13.6 neither structures, but for their fields, nor new types. */
static bool can_select(struct unit *u, struct type *t)
{
	t = type_real(t);
	if (t->kind != T_TUPLE)
		return t->kind != T_STRUCT && t->kind != T_NEWTYPE && selectable(u, t);
	for (int i = 0; i < type_n_fields(t); i++)
		if (!can_select(u, type_field_at(u, t, i)))
			return false;
	return true;
}

/* A call in a label; what types have by themselves, as isValid(), is none. */
static const struct node *find_call(const struct node *n)
{
	const struct node *found;

	if (!n || (n->kind == N_CALL && n->decl))
		return n;
	for (int i = 0; i < n->list.n; i++)
		if ((found = find_call(n->list.v[i])))
			return found;
	found = find_call(n->a);
	found = found ? found : find_call(n->b);
	return found ? found : find_call(n->c);
}

static void check_select(struct checker *c, struct node *n, struct node *parser)
{
	struct type **types;
	bool ok = true, covered = false;
	struct intern seen = { 0 };

	types = arena_alloc(&c->u->arena, sizeof(*types) * (size_t)(n->list.n + 1));
	for (int i = 0; i < n->list.n; i++) {
		struct type *t = types[i] = check_expr(c, n->list.v[i], NULL);

		if (t->kind == T_INT) {
			report_span(c->u, needs_width, n->list.v[i]->tok, n->list.v[i]->end);
			ok = false;
		} else if (t->kind == T_ERR) {
			ok = false;
		} else if (!can_select(c->u, t)) {
			report_span(c->u, select_type, n->list.v[i]->tok, n->list.v[i]->end,
				    type_name(c->u, t));
			ok = false;
		}
	}
	/* select({a, b}) is select(a, b) */
	if (ok && n->list.n == 1 && n->list.v[0]->kind == N_LIST) {
		nodes inner = n->list.v[0]->list;

		n->list = inner;
		types = arena_alloc(&c->u->arena, sizeof(*types) * (size_t)(inner.n + 1));
		for (int i = 0; i < inner.n; i++)
			types[i] = type_real(inner.v[i]->type);
	}
	for (int i = 0; i < n->list2.n; i++) {
		struct node *k = n->list2.v[i];
		const char *text;

		if (covered) {
			report(c->u, dead_case, k->tok);
			covered = false;
		}
		if (ok)
			check_keysets(c, &k->list, types, n->list.n, k->tok);
		text = ok && !covered ? keyset_text(c, &k->list) : NULL;
		if (text && !intern_new(&c->u->arena, &seen, text))
			report(c->u, dead_case, k->tok);
		for (int s = 0; s < k->list.n; s++) {
			const struct node *call = find_call(k->list.v[s]);

			if (call)
				report(c->u, statement_place, call->tok, call->decl->name,
				       "a label");
		}
		if (k->list.n == 1 &&
		    (k->list.v[0]->kind == N_DEFAULT || k->list.v[0]->kind == N_DONTCARE))
			covered = true;
		resolve_state(c, k->a, parser);
	}
	if (!n->list2.n)
		report(c->u, empty_select, n->tok);
}

static void check_state(struct checker *c, struct node *s, struct node *parser)
{
	c->state = s;
	scope_enter(c, s);
	for (int i = 0; i < s->list.n; i++)
		check_statement(c, s->list.v[i]);
	if (s->a && s->a->kind == N_SELECT)
		check_select(c, s->a, parser);
	else if (s->a)
		resolve_state(c, s->a, parser);
	else
		report(c->u, no_transition, s->tok, s->name);
	scope_leave(c);
	c->state = NULL;
}

static bool covers_all(const struct node *select)
{
	for (int i = 0; i < select->list2.n; i++) {
		const nodes *set = &select->list2.v[i]->list;

		if (set->n == 1 && (set->v[0]->kind == N_DEFAULT || set->v[0]->kind == N_DONTCARE))
			return true;
	}
	return false;
}

static void reach(struct checker *c, nodes *reached, struct node *s)
{
	if (!s || s->flag)
		return;
	s->flag = true;
	vec_push(&c->u->arena, reached, s);
}

/* With a list, not by recursion: there may be any number of states. */
static void mark_reached(struct checker *c, struct node *parser, struct node *start)
{
	nodes reached = { 0 };
	bool ends = false, accepts = false;

	reach(c, &reached, start);
	for (int i = 0; i < reached.n; i++) {
		struct node *next = reached.v[i]->a, *to = NULL;

		for (int k = 0; next && next->kind == N_SELECT && k < next->list2.n; k++) {
			to = next->list2.v[k]->a->decl;
			ends |= !to;
			accepts |= !strcmp(next->list2.v[k]->a->name, "accept");
			reach(c, &reached, to);
		}
		if (next && next->kind == N_NAME) {
			to = next->decl;
			accepts |= !strcmp(next->name, "accept");
		}
		/* Accept and reject are no states that are declared; what fits no case rejects. */
		ends |= !to || (next->kind == N_SELECT && !covers_all(next));
		accepts |= !next; /* that is told */
		reach(c, &reached, to);
	}
	if (!ends)
		report(c->u, endless_parser, parser->tok, parser->name);
	else if (!accepts)
		report(c->u, never_accepts, parser->tok, parser->name);
}

void check_states(struct checker *c, struct node *parser)
{
	struct node *start = NULL;

	for (int i = 0; i < parser->list.n; i++) {
		struct node *d = parser->list.v[i];

		switch (d->kind) {
		case N_STATE:
			if (!strcmp(d->name, "accept") || !strcmp(d->name, "reject"))
				report(c->u, reserved_state, d->tok, d->name);
			else if (declare(c, d) && !strcmp(d->name, "start"))
				start = d;
			break;
		case N_CONST:
		case N_VAR:
		case N_INSTANCE:
		case N_VALUESET: check_declaration(c, d); break;
		default: report_member(c, d, "a parser");
		}
	}
	if (!start && newly_missing(c, parser->name, "start"))
		report(c->u, no_start, parser->tok, parser->name);
	for (int i = 0; i < parser->list.n; i++)
		if (parser->list.v[i]->kind == N_STATE)
			check_state(c, parser->list.v[i], parser);
	if (!start)
		return;
	mark_reached(c, parser, start);
	for (int i = 0; i < parser->list.n; i++)
		if (parser->list.v[i]->kind == N_STATE && !parser->list.v[i]->flag)
			report(c->u, dead_state, parser->list.v[i]->tok, parser->list.v[i]->name);
}
