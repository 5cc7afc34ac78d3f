/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_method.c - the methods that types have by themselves (8.17, 8.18, 9). */
#include "compiler/check.h"

#include <string.h>

static bool no_arguments(struct checker *c, struct node *n)
{
	nodes none = { 0 };

	return bind_arguments(c, n, &none, &n->list, &n->params, n->a->name);
}

int64_t size_in_bits(struct checker *c, struct type *t, bool max)
{
	int64_t sum = 0, w;

	t = type_under(t);
	switch (t->kind) {
	case T_VARBIT: return max ? t->width : 0;
	case T_STACK: w = size_in_bits(c, t->args[0], max); return w < 0 ? w : w * t->width;
	case T_STRUCT:
	case T_HEADER:
	case T_UNION:
	case T_TUPLE:
		for (int i = 0; i < type_n_fields(t); i++) {
			w = size_in_bits(c, type_field_at(c->u, t, i), max);
			if (w < 0)
				return w;
			sum = t->kind == T_UNION ? (w > sum ? w : sum) : sum + w;
		}
		return sum;
	case T_BOOL:
	case T_BITS: return type_width(c->u, t);
	}
	return -1;
}

/* minSizeInBits() and its like, on an expression or on a type's name */
static struct type *check_size(struct checker *c, struct node *n, struct type *t)
{
	const char *m = n->a->name;
	bool bytes = strstr(m, "Bytes") != NULL;
	int64_t w;

	if (!no_arguments(c, n))
		return err_type(c);
	w = size_in_bits(c, t, m[1] == 'a');
	if (w < 0) {
		report_span(c->u, no_method, n->tok, n->end, type_name(c->u, t), m);
		return err_type(c);
	}
	n->val = value_si(c->u, bytes ? (w + 7) / 8 : w);
	n->known = true;
	return type_basic(c->u, T_INT);
}

struct type *check_builtin_method(struct checker *c, struct node *n, struct type *base)
{
	const char *m = n->a->name;
	struct type *inner = base->kind == T_TYPE ? type_real(base->args[0]) : base;

	if ((!strcmp(m, "minSizeInBits") || !strcmp(m, "minSizeInBytes") ||
	     !strcmp(m, "maxSizeInBits") || !strcmp(m, "maxSizeInBytes")) &&
	    inner->kind != T_EXTERN)
		return check_size(c, n, inner);
	if (base->kind == T_HEADER || base->kind == T_UNION) {
		if (!strcmp(m, "isValid"))
			return no_arguments(c, n) ? type_basic(c->u, T_BOOL) : err_type(c);
		if (base->kind == T_HEADER &&
		    (!strcmp(m, "setValid") || !strcmp(m, "setInvalid"))) {
			check_lvalue(c, n->a->a);
			return no_arguments(c, n) ? type_basic(c->u, T_VOID) : err_type(c);
		}
	}
	if (type_is_header_stack(base) && (!strcmp(m, "push_front") || !strcmp(m, "pop_front"))) {
		check_lvalue(c, n->a->a);
		if (c->state)
			report(c->u, statement_place, n->a->end, m, "a parser");
		if (n->list.n != 1 || !n->list.v[0]->a) {
			report_span(c->u, argument_count, n->tok, n->end, m, 1, n->list.n);
			return err_type(c);
		}
		/* A constructor's parameter is known in each instance. */
		if (!type_is_numeric(check_expr(c, n->list.v[0]->a, NULL)) ||
		    n->list.v[0]->a->val || !n->list.v[0]->a->known)
			if (const_int(c, n->list.v[0]->a, 0, 65535, "the count") < 0)
				return err_type(c);
		vec_push(&c->u->arena, &n->params, n->list.v[0]->a);
		return type_basic(c->u, T_VOID);
	}
	return NULL;
}
