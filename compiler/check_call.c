/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_call.c - calls, constructors and the inference of their type arguments (8.17 to 8.20). */
#include "compiler/check.h"

#include <string.h>

/* What a call means must be the only one that takes its arguments (6.8.2). */
static struct node *only(struct checker *c, struct node *call, struct node *found, struct node *n)
{
	if (found)
		report_span(c->u, ambiguous, call->tok, call->end, n->name);
	return found ? found : n;
}

/* Of functions, methods or packages of one name: the one that takes these arguments or the first */
static struct node *pick(struct checker *c, struct node *call, struct node *first, nodes *args)
{
	struct node *found = NULL;

	for (struct node *f = first; f; f = f->d)
		if (arguments_fit(&f->params, args))
			found = only(c, call, found, f);
	return found ? found : first;
}

static struct subst fresh(struct checker *c, nodes *tparams, nodes *explicit_args)
{
	struct subst s = { tparams->v, NULL, tparams->n };

	s.to = arena_alloc(&c->u->arena, sizeof(*s.to) * (size_t)(tparams->n + 1));
	for (int i = 0; i < tparams->n; i++) {
		s.to[i] = explicit_args && explicit_args->n > i
				  ? resolve_type_arg(c, explicit_args->v[i])
				  : type_unknown(c->u);
		if (s.to[i]->kind == T_DONTCARE)
			s.to[i] = type_unknown(c->u);
	}
	return s;
}

static void leave_open(struct checker *c, struct type *t)
{
	t = type_real(t);
	if (t->kind == T_VAR && !t->decl)
		t->bound = type_basic(c->u, T_BOOL);
	for (int i = 0; i < t->n_args; i++)
		leave_open(c, t->args[i]);
}

/* Are all type arguments known?  No matter those of optional parameters that are left out. */
static bool all_known(struct checker *c, struct node *call, const struct subst *s,
		      const nodes *params)
{
	for (int i = 0; i < params->n; i++) {
		struct type *t = params->v[i]->type;

		if (t && type_real(t)->kind == T_ERR)
			return false;
		if (t && !call->params.v[i] && !params->v[i]->b)
			leave_open(c, type_subst(c->u, t, s));
	}

	for (int i = 0; i < s->n; i++) {
		struct type *t = type_real(s->to[i]);

		if (type_has_unknown(t) || t->kind == T_INT || t->kind == T_INVALID) {
			report_span(c->u, cannot_infer, call->tok, call->end, s->from[i]->name);
			if (t->kind == T_INT)
				unit_hint(c->u, "give the number a width, as in 8w1");
			return false;
		}
	}
	return true;
}

static void check_directionless(struct checker *c, struct node *n, struct node *callee,
				const nodes *params, const char *name)
{
	for (int i = 0; callee->kind != N_ACTION && i < params->n; i++)
		if (params->v[i]->dir == DIR_NONE && !params->v[i]->told &&
		    !constant_like(n->params.v[i])) {
			report_span(c->u, directionless, n->params.v[i]->tok, n->params.v[i]->end,
				    params->v[i]->name, name);
			return;
		}
}

/* Arguments of what is not known are checked by themselves. */
static void check_each(struct checker *c, const nodes *args)
{
	for (int i = 0; i < args->n; i++)
		if (args->v[i]->a)
			check_expr(c, args->v[i]->a, NULL);
}

static bool mentions(struct type *t, const struct node *var)
{
	bool found = t->kind == T_VAR && t->decl == var;

	for (int i = 0; i < t->n_args && !found; i++)
		found = mentions(t->args[i], var);
	return found;
}

/* Is what is wanted all that could tell the result's type, as in h = p.lookahead()? */
static bool only_wanted(const struct node *callee, const nodes *params, const nodes *given)
{
	bool found = !callee->type || callee->type->kind != T_VAR;

	for (int i = 0; i < params->n && !found; i++)
		found = given->v[i] && params->v[i]->type &&
			mentions(params->v[i]->type, callee->type->decl);
	return !found;
}

/* A call of a function, method, action, or of apply() of a parser or control. */
static struct type *call_with(struct checker *c, struct node *n, struct node *callee, nodes *params,
			      const struct subst *outer, const char *name, struct type *want)
{
	nodes out = { 0 };
	struct subst s, all;
	struct type *result;
	bool ok;

	n->decl = callee;
	if (!bind_arguments(c, n, params, &n->list, &out, name)) {
		check_each(c, &n->list);
		return err_type(c);
	}
	if (n->targs.n && n->targs.n != callee->tparams.n) {
		report_span(c->u, type_arg_count, n->tok, n->end, name, callee->tparams.n,
			    n->targs.n);
		return err_type(c);
	}
	if (callee->kind == N_PARSER || callee->kind == N_CONTROL ||
	    callee->kind == N_PARSER_TYPE || callee->kind == N_CONTROL_TYPE) {
		s = (struct subst){ 0 };
	} else {
		s = fresh(c, &callee->tparams, &n->targs);
	}
	all.n = s.n + (outer ? outer->n : 0);
	all.from = arena_alloc(&c->u->arena, sizeof(*all.from) * (size_t)(all.n + 1));
	all.to = arena_alloc(&c->u->arena, sizeof(*all.to) * (size_t)(all.n + 1));
	for (int i = 0; i < all.n; i++) {
		all.from[i] = i < s.n ? s.from[i] : outer->from[i - s.n];
		all.to[i] = i < s.n ? s.to[i] : outer->to[i - s.n];
	}
	ok = check_arguments(c, n, params, &out, &all, name, false);
	n->params = out;
	if (ok)
		check_directionless(c, n, callee, params, name);
	result = callee->a && callee->type ? type_subst(c->u, callee->type, &all)
					   : type_basic(c->u, T_VOID);
	if (!ok)
		return err_type(c);
	if (want && type_has_unknown(result) && !only_wanted(callee, params, &out))
		type_unify(c->u, result, want);
	if (!all_known(c, n, &s, params))
		return err_type(c);
	n->inferred = s.to;
	n->n_inferred = s.n;
	result = type_real(type_subst(c->u, result, &all));
	for (int i = 0; result->kind == T_EXTERN && i < params->n; i++)
		if (!constant_like(n->params.v[i])) {
			report_span(c->u, not_constant, n->params.v[i]->tok, n->params.v[i]->end,
				    "an argument of a call that gives an object");
			return err_type(c);
		}
	return result;
}

static struct type *check_function_call(struct checker *c, struct node *n, struct node *f,
					struct type *want)
{
	struct node *chosen = pick(c, n, f, &n->list);

	check_deprecated(c, n->tok, chosen);
	if (c->callable == f && f->b) {
		report(c->u, recursion, n->tok, f->name);
		return err_type(c);
	}
	if (!strcmp(f->name, "verify") && !f->b && !c->state)
		report(c->u, statement_place, n->tok, "verify",
		       c->block                                       ? "a control"
		       : c->callable && c->callable->kind == N_ACTION ? "an action"
								      : "a function");
	want = call_with(c, n, chosen, &chosen->params, NULL, f->name, want);
	if (!strcmp(f->name, "static_assert") && !f->b && n->params.n && n->params.v[0] &&
	    n->params.v[0]->val && n->params.v[0]->val->kind == VAL_BOOL) {
		struct node *text = n->params.n > 1 ? n->params.v[1] : NULL;

		if (!n->params.v[0]->val->b)
			report_span(c->u, static_assert, n->tok, n->end,
				    text && text->val && text->val->kind == VAL_STRING
					    ? text->val->s
					    : "it is false");
		n->val = value_bool(c->u, true);
		n->known = true;
	}
	return want;
}

static struct type *check_action_call(struct checker *c, struct node *n, struct node *action)
{
	if (c->callable == action) {
		report(c->u, recursion, n->tok, action->name);
		return err_type(c);
	}
	if ((c->block && c->block->kind == N_PARSER) ||
	    (c->callable && c->callable->kind == N_FUNCTION)) {
		report_span(c->u, action_place, n->tok, n->end, action->name);
		return err_type(c);
	}
	return call_with(c, n, action, &action->params, NULL, action->name, NULL);
}

/* Headers, and what is made of nothing but headers, can be emitted (16.1). */
static bool emittable(struct checker *c, struct type *t)
{
	t = type_real(t);
	switch (t->kind) {
	case T_ERR:
	case T_VAR:
	case T_HEADER:
	case T_UNION: return true;
	case T_STACK: return emittable(c, t->args[0]);
	case T_STRUCT:
	case T_TUPLE:
		for (int i = 0; i < type_n_fields(t); i++)
			if (!emittable(c, type_field_at(c->u, t, i)))
				return false;
		return true;
	}
	return false;
}

/* What goes into and comes out of packets is made of headers (13.8, 16.1). */
static void check_packet_method(struct checker *c, struct node *n, const char *ext,
				struct type *result)
{
	struct node *a = n->params.n ? n->params.v[0] : NULL;
	struct type *t = a && a->type ? type_real(a->type) : NULL;

	/* They may reject, which controls cannot (13.8). */
	if (!strcmp(ext, "packet_in") && strcmp(n->a->name, "length") && c->block &&
	    c->block->kind == N_CONTROL)
		report(c->u, statement_place, n->a->end, n->a->name, "a control");
	if (!strcmp(ext, "packet_in") && !strcmp(n->a->name, "lookahead") &&
	    !type_has_var(result) && result->kind != T_ERR &&
	    (type_has_kind(c->u, result, T_VARBIT) || type_has_kind(c->u, result, T_UNION) ||
	     type_width(c->u, result) < 0 || size_in_bits(c, result, true) < 0))
		report_span(c->u, fixed_width, n->tok, n->end, type_name(c->u, result));
	if (!t || t->kind == T_ERR || t->kind == T_VAR || result->kind == T_ERR)
		return;
	if (!strcmp(ext, "packet_in") && !strcmp(n->a->name, "extract")) {
		bool varbit = t->kind == T_HEADER && type_has_kind(c->u, t, T_VARBIT);

		if (t->kind != T_HEADER)
			report_span(c->u, extract_type, a->tok, a->end, type_name(c->u, t));
		else if (n->params.n == 2 && !varbit)
			report_span(c->u, extract_varbit, n->tok, n->end, type_name(c->u, t));
		else if (n->params.n == 1 && varbit)
			report_span(c->u, extract_fixed, n->tok, n->end, type_name(c->u, t));
	}
	if (!strcmp(ext, "packet_out") && !strcmp(n->a->name, "emit") && !emittable(c, t))
		report_span(c->u, extract_type, a->tok, a->end, type_name(c->u, t));
}

/* object.method(...) of an extern */
static struct type *check_extern_method(struct checker *c, struct node *n, struct type *base,
					struct type *want)
{
	struct node *ext = base->decl, *chosen;
	struct subst outer = decl_subst(base);

	chosen = pick(c, n, lookup_here(ext->scope, n->a->name), &n->list);
	if (!chosen || !chosen->a) {
		if (newly_missing(c, type_name(c->u, base), n->a->name)) {
			report(c->u, no_method, n->a->end, type_name(c->u, base), n->a->name);
			hint_member(c, base, n->a->name);
		}
		return err_type(c);
	}
	if (n->a->a->kind == N_SELF && c->callable && c->callable->name == chosen->name) {
		report(c->u, recursion, n->tok, chosen->name);
		return err_type(c);
	}
	if (n->a->a->kind == N_SELF && c->callable)
		vec_push(&c->u->arena, &c->callable->list, n);
	check_deprecated(c, n->a->end, chosen);
	want = call_with(c, n, chosen, &chosen->params, &outer, chosen->name, want);
	check_packet_method(c, n, ext->name, want);
	return want;
}

static struct type *check_table_apply(struct checker *c, struct node *n, struct type *base)
{
	nodes none = { 0 };

	n->decl = base->decl;
	bind_arguments(c, n, &none, &n->list, &n->params, "apply");
	if (!c->in_key && (!c->in_apply || c->table)) {
		report_span(c->u, apply_place, n->tok, n->end, base->decl->name);
		return err_type(c);
	}
	return type_nominal(c->u, T_APPLIED, base->decl, NULL, 0);
}

static struct type *check_apply(struct checker *c, struct node *n, struct type *base)
{
	struct subst outer;

	if (base->kind == T_PARSER && (!c->block || c->block->kind != N_PARSER)) {
		report_span(c->u, apply_kind, n->tok, n->end, "a parser", "parsers");
		return err_type(c);
	}
	if (base->kind == T_CONTROL && (!c->block || c->block->kind != N_CONTROL)) {
		report_span(c->u, apply_kind, n->tok, n->end, "a control", "controls");
		return err_type(c);
	}
	if (base->kind == T_CONTROL && !c->in_apply) {
		report_span(c->u, apply_place, n->tok, n->end, base->decl->name);
		return err_type(c);
	}
	outer = decl_subst(base);
	return call_with(c, n, base->decl, &base->decl->params, &outer, base->decl->name, NULL);
}

/* A generic block by its name alone: its type arguments follow from those of apply(). */
static struct type *with_unknowns(struct checker *c, struct type *t)
{
	int n = t->decl->tparams.n;
	struct type **args = arena_alloc(&c->u->arena, sizeof(*args) * (size_t)(n + 1));

	for (int i = 0; i < n; i++)
		args[i] = type_unknown(c->u);
	return type_nominal(c->u, t->kind, t->decl, args, n);
}

/* Type(arguments): an object made when compiling. n->params: arguments in order. */
struct type *check_construct(struct checker *c, struct node *n, struct type *t, nodes *args,
			     struct type *want)
{
	nodes *params = NULL, empty = { 0 };
	struct subst s;
	struct type **targs;
	bool explicit_args = false, loose;
	nodes out = { 0 };

	switch (t->kind) {
	case T_EXTERN: {
		struct node *k = pick(c, n, lookup_here(t->decl->scope, t->decl->name), args);

		/* One of its constructors may have been called otherwise. */
		if (t->decl->told)
			return err_type(c);
		if (!k && args->n == 0 && !t->decl->list.n)
			params = &empty;
		else if (!k) {
			report_span(c->u, no_constructor, n->tok, n->end, t->decl->name);
			return err_type(c);
		} else {
			params = &k->params;
		}
		n->c = k;
		break;
	}
	case T_PARSER:
	case T_CONTROL:
		if (t->decl->kind == N_PARSER_TYPE || t->decl->kind == N_CONTROL_TYPE) {
			report_span(c->u, not_constructible, n->tok, n->end, type_name(c->u, t));
			return err_type(c);
		}
		/* Whether it is what is wanted may have to do with its errors. */
		if (t->decl->told)
			return err_type(c);
		if (t->decl == c->block) {
			report(c->u, recursion, n->tok, t->decl->name);
			return err_type(c);
		}
		params = &t->decl->list2;
		break;
	case T_PACKAGE:
		/* Of packages of one name, the one that takes so many arguments. */
		if (t->decl->type == t)
			t = pick(c, n, t->decl, args)->type;
		params = &t->decl->params;
		break;
	case T_ERR: return t;
	default:
		report_span(c->u, not_constructible, n->tok, n->end, type_name(c->u, t));
		if (args->n == 1)
			unit_hint(c->u, "a cast is written (%s)x", type_name(c->u, t));
		return err_type(c);
	}
	/* Are the type arguments the declaration's own parameters? Then infer them. */
	for (int i = 0; i < t->n_args; i++)
		explicit_args |= type_real(t->args[i])->decl != t->decl->tparams.v[i] ||
				 type_real(t->args[i])->kind != T_VAR;
	targs = arena_alloc(&c->u->arena, sizeof(*targs) * (size_t)(t->decl->tparams.n + 1));
	for (int i = 0; i < t->decl->tparams.n; i++) {
		targs[i] =
			explicit_args && i < t->n_args ? type_real(t->args[i]) : type_unknown(c->u);
		if (targs[i]->kind == T_DONTCARE)
			targs[i] = type_unknown(c->u);
	}
	s = (struct subst){ t->decl->tparams.v, targs, t->decl->tparams.n };
	if (!bind_arguments(c, n, params, args, &out, t->decl->name) ||
	    !check_arguments(c, n, params, &out, &s, t->decl->name, true)) {
		n->params = out;
		return err_type(c);
	}
	n->params = out;
	t = type_nominal(c->u, t->kind, t->decl, targs, s.n);
	if (want && type_has_unknown(t))
		type_unify(c->u, t, want);
	/*
	 * As a default of a generic type, a block gets its type arguments where it stands in;
	 * what is `_` of an extern gets known by its first use.
	 */
	loose = t->kind == T_PACKAGE ||
		(t->kind == T_EXTERN ? explicit_args
				     : want && (want->kind == T_ERR || type_has_unknown(want)));
	if (!loose && !all_known(c, n, &s, params))
		return err_type(c);
	return t;
}

/* Direct invocation (14.4): an instance without a name of its own. */
static struct type *check_direct(struct checker *c, struct node *n, struct type *t)
{
	struct type *result;

	if (t->decl->kind == N_PARSER_TYPE || t->decl->kind == N_CONTROL_TYPE) {
		report_span(c->u, not_constructible, n->tok, n->end, t->decl->name);
		return err_type(c);
	}
	if (t->decl->list2.n) {
		report_span(c->u, direct_arguments, n->tok, n->end, t->decl->name);
		return err_type(c);
	}
	if (t->decl == c->block) {
		report(c->u, recursion, n->tok, t->decl->name);
		return err_type(c);
	}
	if (n->a->a->kind == N_NAME && t->decl->tparams.n)
		t = with_unknowns(c, t);
	n->a->a->type = t;
	result = check_apply(c, n, t);
	if (result->kind != T_ERR && type_has_unknown(t)) {
		report_span(c->u, cannot_infer, n->tok, n->end, t->decl->tparams.v[0]->name);
		return err_type(c);
	}
	return result;
}

/* object.method(...), table.apply(), block.apply() */
static struct type *check_member_call(struct checker *c, struct node *n, struct type *want)
{
	struct type *base, *t;

	base = check_expr(c, n->a->a, NULL);
	if (base->kind == T_TYPE && type_real(base->args[0])->kind == T_ERR)
		base = err_type(c);
	if (base->kind == T_ERR) {
		check_each(c, &n->list);
		return base;
	}
	if (n->a->a->kind == N_CALL && n->a->a->a->type &&
	    type_real(n->a->a->a->type)->kind == T_TYPE) {
		report_span(c->u, lone_constructor, n->a->a->tok, n->a->a->end);
		return err_type(c);
	}
	t = check_builtin_method(c, n, base);
	if (!t && base->kind == T_TABLE && !strcmp(n->a->name, "apply"))
		t = check_table_apply(c, n, base);
	if (t && n->targs.n)
		report_span(c->u, type_arg_count, n->tok, n->end, n->a->name, 0, n->targs.n);
	if (t)
		return t;
	if (base->kind == T_EXTERN)
		return check_extern_method(c, n, base, want);
	if (!strcmp(n->a->name, "apply") && (base->kind == T_PARSER || base->kind == T_CONTROL))
		return check_apply(c, n, base);
	if (!strcmp(n->a->name, "apply") && base->kind == T_TYPE &&
	    (type_real(base->args[0])->kind == T_PARSER ||
	     type_real(base->args[0])->kind == T_CONTROL))
		return check_direct(c, n, type_real(base->args[0]));
	report(c->u, no_method, n->a->end, type_name(c->u, base), n->a->name);
	hint_member(c, base, n->a->name);
	return err_type(c);
}

struct type *check_call(struct checker *c, struct node *n, struct type *want)
{
	struct type *t;

	if (n->a->kind == N_DOT)
		return check_member_call(c, n, want);
	t = check_expr(c, n->a, NULL);
	switch (t->kind) {
	case T_ERR: check_each(c, &n->list); return t;
	case T_FUNCTION: return check_function_call(c, n, t->decl, want);
	case T_ACTION: return check_action_call(c, n, t->decl);
	case T_TYPE: {
		struct type *made;

		if (c->callable &&
		    (c->callable->kind == N_ACTION || c->callable->kind == N_FUNCTION) &&
		    type_real(t->args[0])->kind != T_ERR) {
			report_span(c->u, instance_place, n->tok, n->end);
			return err_type(c);
		}
		made = check_construct(c, n, type_real(t->args[0]), &n->list, want);
		check_methods_given(c, n->tok, type_name(c->u, made), made, NULL);
		n->known = true;
		return made;
	}
	}
	report_span(c->u, not_callable, n->a->tok, n->a->end, type_name(c->u, t));
	if (t->kind == T_TABLE)
		unit_hint(c->u, "apply it: %s.apply()", t->decl->name);
	return err_type(c);
}
