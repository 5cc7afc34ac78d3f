/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_literal.c - lists, records and defaults (8.11 to 8.13, 8.26). */
#include "compiler/check.h"

/* So far as it is known what it is. */
static bool may_default(struct unit *u, struct type *t)
{
	t = type_real(t);
	return t->kind == T_VAR || t->kind == T_ERR || has_default(u, t);
}

/* Is there a default value, as `...` asks for? */
bool has_default(struct unit *u, struct type *t)
{
	t = type_under(t);
	switch (t->kind) {
	case T_INT:
	case T_BITS:
	case T_BOOL:
	case T_ERRORS:
	case T_ENUM:
	case T_VARBIT:
	case T_HEADER:
	case T_UNION:
	case T_STRING: return true;
	case T_STACK: return has_default(u, t->args[0]);
	case T_STRUCT:
	case T_TUPLE:
		for (int i = 0, n = type_n_fields(t); i < n; i++)
			if (!may_default(u, type_field_at(u, t, i)))
				return false;
		return true;
	}
	return false;
}

/* What `...` and an omitted field stand for (8.26). */
static struct value *default_value(struct unit *u, struct type *t)
{
	struct value *v;

	t = type_real(t);
	if (t->kind == T_NEWTYPE)
		return default_value(u, t->args[0]);
	if (t->kind == T_BOOL)
		return value_bool(u, false);
	if (t->kind == T_BITS || t->kind == T_INT || t->kind == T_SENUM)
		return value_si(u, 0);
	v = arena_alloc(&u->arena, sizeof(*v));
	switch (t->kind) {
	case T_ENUM:
		v->kind = VAL_ENUM;
		v->member = t->decl->list.n ? t->decl->list.v[0] : NULL;
		return v->member ? v : NULL;
	case T_STRING:
		v->kind = VAL_STRING;
		v->s = "";
		return v;
	case T_HEADER:
	case T_UNION: v->kind = VAL_INVALID; return v;
	case T_STRUCT:
	case T_TUPLE:
		v->kind = VAL_LIST;
		v->n = type_n_fields(t);
		v->v = arena_alloc(&u->arena, sizeof(*v->v) * (size_t)(v->n + 1));
		for (int i = 0; i < v->n; i++)
			if (!(v->v[i] = default_value(u, type_field_at(u, t, i))))
				return NULL;
		return v;
	}
	return NULL;
}

void check_dots(struct checker *c, struct node *n, struct type *t)
{
	n->type = t;
	n->known = true;
	if (type_real(t)->kind == T_ERRORS && c->errors->list.n) {
		n->val = arena_alloc(&c->u->arena, sizeof(*n->val));
		n->val->kind = VAL_ENUM;
		n->val->member = c->errors->list.v[0];
	} else {
		n->val = default_value(c->u, t);
	}
}

static struct node *dots(struct checker *c, struct node *at, struct type *t)
{
	struct node *d = node_new(c->u, N_DOTS, at->end);

	d->flag = true;
	if (!may_default(c->u, t))
		report(c->u, dots_place, at->end);
	check_dots(c, d, t);
	return d;
}

/* Can a list or a record hold e, of type t, where nobody asked a type of it? */
static bool holds(struct checker *c, struct node *e, struct type *t)
{
	if (t->kind == T_TYPE)
		report_span(c->u, type_as_value, e->tok, e->end, type_name(c->u, t->args[0]));
	else if (!passable(t, false))
		report_span(c->u, tuple_element, e->tok, e->end, type_name(c->u, t));
	else
		return true;
	return false;
}

/* "{" e, ... "}" as a value of `want`, or as a tuple. */
struct type *check_list(struct checker *c, struct node *n, struct type *want)
{
	struct type **args;
	int wanted = -1;
	bool ok = true, open = false;

	n->known = true;
	if (want && (want->kind == T_SET))
		want = type_real(want->args[0]);
	if (want && want->kind == T_VAR)
		want = NULL;
	if (want && want->kind == T_ERR) {
		for (int i = 0; i < n->list.n; i++)
			check_expr(c, n->list.v[i], want);
		return want;
	}
	if (want && (want->kind == T_LIST || want->kind == T_STACK)) {
		struct type *elem = type_real(want->args[0]);

		if (want->kind == T_STACK && n->flag) {
			while (n->list.n < want->width)
				vec_push(&c->u->arena, &n->list, dots(c, n, elem));
		} else if (want->kind == T_STACK && n->list.n != want->width) {
			report_span(c->u, element_count, n->tok, n->end, type_name(c->u, want),
				    want->width, n->list.n);
			return err_type(c);
		}
		for (int i = 0; i < n->list.n; i++) {
			/* Of elements that do not fit the first is told. */
			ok = (ok ? check_as(c, &n->list.v[i], elem)
				 : check_expr(c, n->list.v[i], NULL))
					     ->kind != T_ERR &&
			     ok;
			n->known &= n->list.v[i]->known;
		}
		return ok ? want : err_type(c);
	}
	if (want && (want->kind == T_STRUCT || want->kind == T_HEADER || want->kind == T_TUPLE))
		wanted = type_n_fields(want);
	if (wanted >= 0 && n->flag)
		while (n->list.n < wanted) {
			struct node *rest = dots(c, n, type_field_at(c->u, want, n->list.n));

			vec_push(&c->u->arena, &n->list, rest);
		}
	else if (n->flag) {
		report(c->u, dots_place, n->end);
		return err_type(c);
	}
	if (wanted >= 0 && wanted != n->list.n) {
		report_span(c->u, element_count, n->tok, n->end, type_name(c->u, want), wanted,
			    n->list.n);
		return err_type(c);
	}
	args = arena_alloc(&c->u->arena, sizeof(*args) * (size_t)(n->list.n + 1));
	for (int i = 0; i < n->list.n; i++) {
		struct type *t = wanted >= 0 ? type_field_at(c->u, want, i) : NULL;

		if (!ok) {
			args[i] = check_expr(c, n->list.v[i], NULL);
		} else if (t && !type_has_unknown(t)) {
			args[i] = check_as(c, &n->list.v[i], t);
		} else {
			args[i] = check_expr(c, n->list.v[i], t);
			/* A later element may give the type. */
			if (type_gives_way(c->u, args[i]))
				open = true;
			else if (t && args[i]->kind != T_ERR && !type_unify(c->u, t, args[i])) {
				report_span(c->u, type_mismatch, n->list.v[i]->tok,
					    n->list.v[i]->end, type_name(c->u, t),
					    type_name(c->u, args[i]));
				ok = false;
			}
		}
		ok &= args[i]->kind != T_ERR;
		n->known &= n->list.v[i]->known;
		if (ok && !holds(c, n->list.v[i], args[i]))
			ok = false;
	}
	if (!ok)
		return err_type(c);
	if (wanted >= 0 && !open && !type_has_unknown(want))
		return want;
	return type_tuple(c->u, args, n->list.n);
}

/* The type of a record that nobody asked a type of: a structure with these fields. */
static struct type *record_type(struct checker *c, struct node *n)
{
	struct node *d = arena_alloc(&c->u->arena, sizeof(*d));

	d->kind = N_STRUCT;
	for (int i = 0; i < n->list.n; i++) {
		struct node *f = node_new(c->u, N_FIELD, n->list.v[i]->tok), *a = n->list.v[i];

		f->name = a->name;
		f->index = i;
		f->type = a->a ? check_expr(c, a->a, NULL) : err_type(c);
		if (a->a && !holds(c, a->a, f->type))
			return err_type(c);
		f->parent = d;
		n->known &= a->a && a->a->known;
		vec_push(&c->u->arena, &d->list, f);
	}
	return type_nominal(c->u, T_STRUCT, d, NULL, 0);
}

/* "{" name = e, ... "}": ordered as the fields of `want` afterwards. */
struct type *check_record(struct checker *c, struct node *n, struct type *want)
{
	nodes ordered = { 0 };
	struct scope names = { 0 };
	int fields;
	bool ok = true;

	n->known = true;
	for (int i = 0; i < n->list.n; i++)
		ok &= declare_member(c, &names, n->list.v[i]);
	if (want && want->kind == T_ERR)
		for (int i = 0; i < n->list.n; i++)
			if (n->list.v[i]->a)
				check_expr(c, n->list.v[i]->a, want);
	if (!ok || (want && want->kind == T_ERR))
		return err_type(c);
	if (!want || (want->kind != T_STRUCT && want->kind != T_HEADER) || type_has_unknown(want)) {
		if (want && want->kind != T_VAR && want->kind != T_STRUCT &&
		    want->kind != T_HEADER && want->kind != T_DONTCARE) {
			report_span(c->u, record_type, n->tok, n->end, type_name(c->u, want));
			return err_type(c);
		}
		if (want && want->kind != T_VAR && want->kind != T_DONTCARE) {
			/* Generic structure: learn its arguments from the fields. */
			for (int i = 0; i < n->list.n; i++) {
				struct type *f = type_field(c->u, want, n->list.v[i]->name, NULL);
				struct type *t = n->list.v[i]->a ? check_expr(c, n->list.v[i]->a, f)
								 : err_type(c);

				if (!f || type_gives_way(c->u, t) || type_unify(c->u, f, t))
					continue;
				report_span(c->u, type_mismatch, n->list.v[i]->tok,
					    n->list.v[i]->end, type_name(c->u, f),
					    type_name(c->u, t));
				return err_type(c);
			}
			if (type_has_unknown(want))
				return record_type(c, n);
		} else {
			return record_type(c, n);
		}
	}
	fields = type_n_fields(want);
	for (int j = 0; j < n->list.n; j++)
		if (!type_field(c->u, want, n->list.v[j]->name, NULL)) {
			if (newly_missing(c, type_name(c->u, want), n->list.v[j]->name)) {
				report(c->u, no_field, n->list.v[j]->tok, type_name(c->u, want),
				       n->list.v[j]->name);
				hint_member(c, want, n->list.v[j]->name);
			}
			return err_type(c);
		}
	for (int i = 0; i < fields; i++) {
		struct node *arg = lookup_here(&names, want->decl->list.v[i]->name);

		if (!arg && n->flag) {
			arg = node_new(c->u, N_ARG, n->end);
			arg->name = want->decl->list.v[i]->name;
			arg->a = dots(c, n, type_field_at(c->u, want, i));
		} else if (!arg) {
			report_span(c->u, missing_field, n->tok, n->end,
				    want->decl->list.v[i]->name, type_name(c->u, want));
			ok = false;
			continue;
		} else if (!arg->a) {
			report(c->u, syntax, arg->tok, "a value", "_");
			ok = false;
			continue;
		} else {
			ok &= check_as(c, &arg->a, type_field_at(c->u, want, i))->kind != T_ERR;
		}
		n->known &= arg->a->known;
		vec_push(&c->u->arena, &ordered, arg);
	}
	if (!ok)
		return err_type(c);
	n->list = ordered;
	return want;
}
