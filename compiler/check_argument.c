/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_argument.c - arguments for parameters, and the types that follow from them (8.19, 8.20). */
#include "compiler/check.h"

#include <string.h>

static bool optional(const struct node *param)
{
	return param->b || node_anno(param, "optional");
}

bool names_parameter(const struct node *n, bool construct)
{
	if (!n || n->val)
		return false;
	switch (n->kind) {
	case N_NAME: return n->decl && n->decl->kind == N_PARAM && (construct || !n->decl->flag);
	case N_LIST:
	case N_RECORD:
		for (int i = 0; i < n->list.n; i++)
			if (names_parameter(n->list.v[i], construct))
				return true;
		return false;
	case N_UNARY:
	case N_BINARY:
	case N_COND:
	case N_CAST:
	case N_SLICE:
	case N_INDEX:
	case N_DOT:
	case N_ARG:
		return names_parameter(n->a, construct) || names_parameter(n->b, construct) ||
		       names_parameter(n->c, construct);
	default: return false;
	}
}

/* Could these arguments go with these parameters? */
bool arguments_fit(const nodes *params, const nodes *args)
{
	int required = 0;

	if (args->n > params->n)
		return false;
	for (int i = 0; i < params->n; i++)
		required += !optional(params->v[i]);
	if (args->n < required)
		return false;
	for (int i = 0; i < args->n; i++) {
		bool found = !args->v[i]->name;

		for (int j = 0; !found && j < params->n; j++)
			found = params->v[j]->name == args->v[i]->name;
		if (!found)
			return false;
	}
	return true;
}

static void report_count(struct checker *c, const struct node *call, const nodes *params,
			 const nodes *args, const char *name)
{
	const char *list = "";

	report_span(c->u, argument_count, call->tok, call->end, name, params->n, args->n);
	for (int i = 0; i < params->n; i++)
		list = arena_printf(&c->u->arena, "%s%s%s", list, i ? ", " : "",
				    params->v[i]->name);
	if (params->n)
		unit_hint(c->u, "it takes (%s)", list);
}

/* Order the arguments as the parameters are; NULL where one is left out. */
bool bind_arguments(struct checker *c, struct node *call, nodes *params, nodes *args, nodes *out,
		    const char *name)
{
	bool by_name = args->n && args->v[0]->name;
	bool ok = true;

	memset(out, 0, sizeof(*out));
	for (int i = 0; i < params->n; i++)
		vec_push(&c->u->arena, out, NULL);
	for (int i = 0; i < args->n; i++)
		if ((args->v[i]->name != NULL) != by_name) {
			report(c->u, mixed_arguments, args->v[i]->tok);
			return false;
		}
	for (int i = 0; i < args->n; i++) {
		struct node *a = args->v[i];
		int at = i;

		if (by_name) {
			for (at = 0; at < params->n && params->v[at]->name != a->name; at++)
				;
			if (at == params->n) {
				report(c->u, no_parameter, a->tok, name, a->name);
				ok = false;
				continue;
			}
			if (out->v[at]) {
				report(c->u, duplicate, a->tok, a->name);
				ok = false;
				continue;
			}
		} else if (at >= params->n) {
			report_count(c, call, params, args, name);
			return false;
		}
		out->v[at] = a->a ? a->a : node_new(c->u, N_DONTCARE, a->tok);
	}
	for (int i = 0; ok && i < params->n; i++)
		if (!out->v[i] && !optional(params->v[i])) {
			if (by_name)
				report_span(c->u, missing_argument, call->tok, call->end, name,
					    params->v[i]->name);
			else
				report_count(c, call, params, args, name);
			return false;
		}
	return ok;
}

/* May this expression be an argument for a parameter of this direction? */
static void check_direction(struct checker *c, struct node *p, struct node *a, const char *name)
{
	if ((p->dir == DIR_OUT || p->dir == DIR_INOUT) && a->kind != N_DONTCARE && a->type &&
	    type_real(a->type)->kind != T_ERR && !a->lvalue && param_tell_once(a)) {
		report_span(c->u, argument_lvalue, a->tok, a->end, p->name, name,
			    p->dir == DIR_OUT ? "out" : "inout");
		hint_lvalue(c, a);
	}
}

bool passable(const struct type *t, bool construct)
{
	switch (t->kind) {
	case T_VOID:
	case T_TABLE:
	case T_ACTION:
	case T_FUNCTION:
	case T_STATE:
	case T_APPLIED:
	case T_ACTIONRUN:
	case T_SET: return false;
	case T_PARSER:
	case T_CONTROL:
	case T_PACKAGE: return construct;
	}
	return true;
}

/*
 * Known when compiling, as far as calls ask: what has no direction is, too, since
 * its own caller had to know it.
 */
bool constant_like(const struct node *n)
{
	if (!n || n->known || n->val)
		return true;
	switch (n->kind) {
	case N_NAME: return n->decl && n->decl->kind == N_PARAM && n->decl->dir == DIR_NONE;
	case N_SELF: return true;
	case N_DOT:
	case N_UNARY: return constant_like(n->a);
	case N_INDEX:
	case N_BINARY: return constant_like(n->a) && constant_like(n->b);
	case N_SLICE: return constant_like(n->a);
	case N_COND: return constant_like(n->a) && constant_like(n->b) && constant_like(n->c);
	case N_CAST: return constant_like(n->b);
	case N_LIST:
	case N_RECORD:
		for (int i = 0; i < n->list.n; i++)
			if (!constant_like(n->list.v[i]->kind == N_ARG ? n->list.v[i]->a
								       : n->list.v[i]))
				return false;
		return true;
	case N_CALL:
		if (!n->decl || n->decl->kind != N_FUNCTION || n->decl->b ||
		    (type_real(n->type)->kind != T_EXTERN && !node_anno(n->decl, "pure")))
			return false;
		for (int i = 0; i < n->params.n; i++)
			if (!constant_like(n->params.v[i]))
				return false;
		return true;
	}
	return false;
}

/* Bits that can be an int: where only running tells them, C keeps it as an int64_t. */
bool int_like(const struct node *n)
{
	const struct type *t = type_under(n->type);

	return t->kind == T_BITS && constant_like(n) &&
	       (n->known || n->val || t->width + !t->is_signed <= 64);
}

/*
 * Check the arguments (in parameter order) against the parameters, whose types
 * may contain unknowns through `s`; then the unknowns must be known.
 */
bool check_arguments(struct checker *c, struct node *call, nodes *params, nodes *out,
		     const struct subst *s, const char *name, bool construct)
{
	bool ok = true;

	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < params->n; i++) {
			struct node *p = params->v[i], *a = out->v[i];
			struct type *want = type_subst(c->u, p->type ? p->type : err_type(c), s);
			struct type *t;
			/* Lists of numbers wait until the widths are known. */
			bool late = a &&
				    (a->kind == N_LIST || a->kind == N_RECORD || a->kind == N_DOTS);

			if (!a || late != (pass == 1))
				continue;
			if (!ok) {
				/* Of arguments that do not belong together the first is told. */
				if (!construct)
					check_expr(c, a, NULL);
				continue;
			}
			if (a->kind == N_DONTCARE) {
				a->type = want;
				if (p->dir != DIR_OUT) {
					report(c->u, dontcare_place, a->tok);
					ok = false;
				}
				continue;
			}
			if (p->dir == DIR_OUT || p->dir == DIR_INOUT) {
				t = check_expr(c, a, NULL);
				mark_written(c, a);
				if (t->kind == T_ERR) {
					ok = false;
					continue;
				}
				if (!a->lvalue) {
					check_direction(c, p, a, name);
					ok = false;
					continue;
				}
				if (!type_unify(c->u, want, t) ||
				    (!type_has_unknown(want) && !type_equal(want, t))) {
					report_mismatch(c, a, want, t);
					ok = false;
				} else {
					check_direction(c, p, a, name);
				}
				continue;
			}
			t = check_expr(c, a, want);
			if (t->kind == T_ERR) {
				ok = false;
				continue;
			}
			if (type_has_unknown(want)) {
				struct type *v = type_real(want);

				if (v->kind == T_VAR && type_gives_way(c->u, t))
					continue; /* second look below */
				if (t->kind == T_TYPE) {
					report_span(c->u, type_as_value, a->tok, a->end,
						    type_name(c->u, t->args[0]));
					ok = false;
				} else if (!passable(t, construct)) {
					report_span(c->u, argument_type, a->tok, a->end,
						    type_name(c->u, t));
					ok = false;
				} else if (!type_unify(c->u, want, t)) {
					report_mismatch(c, a, want, t);
					ok = false;
				}
			}
		}
	for (int i = 0; ok && i < params->n; i++) {
		struct node *p = params->v[i], *a = out->v[i];
		struct type *want = type_subst(c->u, p->type ? p->type : err_type(c), s);

		if (!a) {
			/* A default value takes part in inference, too. */
			if (p->b && p->b->type)
				type_unify(c->u, want, p->b->type);
			continue;
		}
		if (a->kind == N_DONTCARE || p->dir == DIR_OUT || p->dir == DIR_INOUT)
			continue;
		if (type_has_unknown(want) && !type_unify(c->u, want, a->type)) {
			report_mismatch(c, a, want, a->type);
			ok = false;
			continue;
		}
		if ((type_real(want)->kind == T_PARSER || type_real(want)->kind == T_CONTROL ||
		     type_real(want)->kind == T_PACKAGE) &&
		    type_unify(c->u, want, a->type)) {
			/* same parameters */
		} else if (!coerce(c, &out->v[i], type_real(want))) {
			ok = false;
			continue;
		}
		a = out->v[i];
		/* What a declared parameter cannot be (P518) no type argument makes of it, either. */
		if (p->dir != DIR_NONE && type_real(want)->kind != T_INT &&
		    lacks_direction(type_real(want))) {
			report_span(c->u, argument_type, a->tok, a->end, type_name(c->u, want));
			ok = false;
			continue;
		}
		/*
		 * What an extern function makes of what is known is known, too.  An int that a
		 * block is applied to is, in each of its calls, but the block has none then.
		 */
		if (construct && (!a->known || names_parameter(a, false)) && !a->val &&
		    a->kind != N_DONTCARE && !(a->kind == N_CALL && constant_like(a))) {
			report_span(c->u, not_constant, a->tok, a->end, "a constructor's argument");
			ok = false;
		}
	}
	return ok;
}
