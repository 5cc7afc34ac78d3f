/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_convert.c - values where another type is wanted: implicit casts (8.12). */
#include "compiler/check.h"

struct node *implicit_cast(struct checker *c, struct node *n, struct type *to)
{
	struct node *cast = node_new(c->u, N_CAST, n->tok);

	cast->end = n->end;
	cast->b = n;
	cast->type = to;
	cast->known = n->known;
	fold(c->u, cast);
	return cast;
}

bool convertible(struct checker *c, struct type *from, struct type *to)
{
	if (from->kind == T_INT && to->kind == T_BITS)
		return true;
	if (from->kind == T_INT && to->kind == T_SENUM)
		return false;
	if (from->kind == T_SENUM && (to->kind == T_BITS))
		return type_equal(from->args[0], to);
	if (from->kind == T_INVALID && (to->kind == T_HEADER || to->kind == T_UNION))
		return true;
	if (from->kind == T_TUPLE &&
	    (to->kind == T_STRUCT || to->kind == T_HEADER || to->kind == T_TUPLE)) {
		for (int i = 0; i < from->n_args && i < type_n_fields(to); i++)
			if (!type_equal(from->args[i], type_field_at(c->u, to, i)))
				return false;
		return from->n_args == type_n_fields(to);
	}
	return false;
}

/* How a parser or control differs from what it must be */
static void hint_parameters(struct checker *c, struct type *want, struct type *t)
{
	static const char *const dirs[] = {
		[DIR_NONE] = "", [DIR_IN] = " in", [DIR_OUT] = " out", [DIR_INOUT] = " inout"
	};
	nodes *wanted = &want->decl->params, *params = &t->decl->params;
	struct subst ws = decl_subst(want), ts = decl_subst(t);

	if (wanted->n != params->n) {
		unit_hint(c->u, "%s, at %s:%d, has %d parameters, not %d", t->decl->name,
			  t->decl->tok->src->name, t->decl->tok->line, params->n, wanted->n);
		return;
	}
	for (int i = 0; i < params->n; i++) {
		struct node *w = wanted->v[i], *p = params->v[i];
		struct type *type = type_subst(c->u, w->type, &ws);
		bool unknown = type_has_unknown(type);

		if (w->dir == p->dir && type_unify(c->u, type, type_subst(c->u, p->type, &ts)))
			continue;
		unit_hint(c->u, "its parameter '%s', at %s:%d, must be%s%s%s", p->name,
			  p->tok->src->name, p->tok->line, dirs[w->dir], unknown ? "" : " ",
			  unknown ? "" : type_name(c->u, type));
		return;
	}
}

void report_mismatch(struct checker *c, struct node *n, struct type *want, struct type *t)
{
	want = type_real(want);
	t = type_real(t);
	report_span(c->u, type_mismatch, n->tok, n->end, type_name(c->u, want), type_name(c->u, t));
	if ((want->kind == T_PARSER || want->kind == T_CONTROL) && t->kind == want->kind)
		hint_parameters(c, want, t);
}

/* Make *n a value of type `want`, or tell why not. */
bool coerce(struct checker *c, struct node **np, struct type *want)
{
	struct node *n = *np;
	struct type *t = type_real(n->type);

	want = type_real(want);
	if (t->kind == T_ERR || want->kind == T_ERR || want->kind == T_DONTCARE)
		return t->kind != T_ERR;
	if (t->kind == T_TYPE) {
		report_span(c->u, type_as_value, n->tok, n->end, type_name(c->u, t->args[0]));
		if (want->kind == T_PARSER || want->kind == T_CONTROL)
			unit_hint(c->u, "make one: %s()", type_name(c->u, t->args[0]));
		return false;
	}
	if (type_equal(t, want))
		return true;
	if ((n->kind == N_LIST || n->kind == N_RECORD || n->kind == N_COND ||
	     n->kind == N_INVALID) &&
	    !type_has_unknown(want) &&
	    (type_is_struct_like(want) || want->kind == T_TUPLE || want->kind == T_LIST ||
	     want->kind == T_STACK)) {
		/* Literals take the type that is wanted. */
		n->type = NULL;
		n->val = NULL;
		t = check_expr(c, n, want);
		if (t->kind == T_ERR || type_equal(t, want))
			return t->kind != T_ERR;
	}
	if (type_has_unknown(want) && type_unify(c->u, want, t))
		return true;
	if (t->kind == T_VAR && !t->decl && type_unify(c->u, t, want))
		return true;
	if (want->kind == T_INT && int_like(n)) {
		/* 8.12.2 has no such cast, but what is known fits an int. */
		*np = implicit_cast(c, n, want);
		return true;
	}
	if (convertible(c, t, want)) {
		if (t->kind == T_INT) {
			if (!n->val && !n->known) {
				report_span(c->u, not_constant, n->tok, n->end,
					    "a value of type int");
				return false;
			}
			if (n->val && n->val->kind == VAL_INT && !value_fits(n->val->i, want)) {
				if (mpz_sgn(n->val->i) < 0 && !want->is_signed)
					report_span(c->u, negative_cut, n->tok, n->end,
						    type_name(c->u, want));
				else
					report_span(c->u, number_cut, n->tok, n->end,
						    type_name(c->u, want));
			}
		}
		*np = implicit_cast(c, n, want);
		return true;
	}
	report_mismatch(c, n, want, t);
	if (t->kind == T_BITS && want->kind == T_BITS)
		unit_hint(c->u, "cast it: (%s)", type_name(c->u, want));
	else if (want->kind == T_BOOL && t->kind == T_BITS)
		unit_hint(c->u, "compare it, as in 'x != 0'");
	else if (want->kind == T_BOOL && t->kind == T_INT)
		unit_hint(c->u, "write true or false");
	else if (want->kind == T_BOOL && (t->kind == T_HEADER || t->kind == T_UNION))
		unit_hint(c->u, "whether it is there says isValid()");
	else if (want->kind == T_BOOL && t->kind == T_APPLIED)
		unit_hint(c->u, "ask it for .hit or .miss");
	else if (want->kind == T_BITS && t->kind == T_BOOL)
		unit_hint(c->u, "choose a number, as in 'x ? 1 : 0'");
	else if (want->kind == T_SENUM || want->kind == T_NEWTYPE)
		unit_hint(c->u, "cast it: (%s)", want->decl->name);
	return false;
}

struct type *check_as(struct checker *c, struct node **n, struct type *want)
{
	struct type *t = check_expr(c, *n, want);

	if (t->kind == T_ERR)
		return t;
	return coerce(c, n, want) ? type_real(want) : err_type(c);
}
