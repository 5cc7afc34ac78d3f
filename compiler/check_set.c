/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_set.c - key sets of select expressions and of entries of tables (8.13). */
#include "compiler/check.h"

#include <string.h>

/* Are the fields the same, those of inner structures and tuples in their place? */
static bool same_leaves(struct checker *c, struct type *a, struct type *b)
{
	leaf_list of_a = { 0 }, of_b = { 0 };

	type_leaves(c->u, a, "", &of_a);
	type_leaves(c->u, b, "", &of_b);
	if (of_a.n != of_b.n)
		return false;
	for (int i = 0; i < of_a.n; i++)
		if (!type_equal(type_under(of_a.v[i]->type), type_under(of_b.v[i]->type)))
			return false;
	return true;
}

/* One key set for a key of type `want`: a value, a mask, a range, a value set, default. */
struct type *check_set(struct checker *c, struct node **np, struct type *want)
{
	struct node *n = *np;
	struct type *t, *under = type_under(want);

	if (n->kind == N_DEFAULT || n->kind == N_DONTCARE) {
		n->type = type_basic(c->u, T_DONTCARE);
		return n->type;
	}
	if (n->kind == N_BINARY && (n->op == TOK_MASK || n->op == TOK_RANGE)) {
		if (type_real(want)->kind == T_NEWTYPE ||
		    (under->kind != T_BITS && under->kind != T_INT && under->kind != T_ERR)) {
			report_span(c->u, set_type, n->tok, n->end, type_name(c->u, want));
			return n->type = err_type(c);
		}
		if (want->kind == T_SENUM)
			want = under;
		if (check_as(c, &n->a, want)->kind == T_ERR)
			return n->type = err_type(c);
		check_as(c, &n->b, want);
		if (n->op == TOK_RANGE && n->a->val && n->b->val && n->a->val->kind == VAL_INT &&
		    n->b->val->kind == VAL_INT && mpz_cmp(n->a->val->i, n->b->val->i) > 0)
			report_span(c->u, range_order, n->tok, n->end);
		n->type = type_wrap(c->u, T_SET, want, 0);
		return n->type;
	}
	t = check_expr(c, n, want);
	if (t->kind == T_SET) {
		if (type_real(t->args[0])->kind != T_ERR && !same_leaves(c, t->args[0], want))
			report_span(c->u, type_mismatch, n->tok, n->end, type_name(c->u, want),
				    type_name(c->u, t->args[0]));
		return t;
	}
	/* A structure can stand for a tuple of its fields. */
	if (n->kind != N_LIST && n->kind != N_RECORD && type_n_fields(t) && type_n_fields(want) &&
	    same_leaves(c, t, want))
		return t;
	/* Labels may be of the type under an enum, too. */
	return check_as(c, np, want->kind == T_SENUM && t->kind != T_SENUM ? under : want);
}

/* The fields of a structure or tuple, each as an expression of its own */
static nodes parts(struct checker *c, struct node *e, struct type *t)
{
	nodes list = { 0 };

	for (int i = 0; i < type_n_fields(t); i++) {
		struct node *part = node_new(c->u, t->kind == T_TUPLE ? N_INDEX : N_DOT, e->tok);

		part->a = e;
		part->end = e->end;
		if (t->kind == T_TUPLE) {
			part->b = node_new(c->u, N_INT, e->tok);
			part->b->type = type_basic(c->u, T_INT);
			part->b->val = value_si(c->u, i);
			part->b->known = true;
		} else {
			part->name = t->decl->list.v[i]->name;
		}
		vec_push(&c->u->arena, &list, part);
	}
	return list;
}

bool check_keysets(struct checker *c, nodes *sets, struct type **types, int n,
		   const struct token *where)
{
	/* A value set or default covers all keys at once. */
	if (sets->n == 1 && n != 1) {
		struct node *e = sets->v[0];
		struct type *t;

		if (e->kind == N_DEFAULT || e->kind == N_DONTCARE) {
			e->type = type_basic(c->u, T_DONTCARE);
			return true;
		}
		t = check_expr(c, e, NULL);
		if (t->kind == T_ERR)
			return true;
		if (t->kind == T_SET) {
			check_set(c, &sets->v[0], type_tuple(c->u, types, n));
			return true;
		}
		if (e->kind == N_LIST && e->list.n == n) {
			nodes inner = e->list;

			for (int i = 0; i < n; i++)
				inner.v[i]->type = NULL;
			*sets = inner;
		} else if ((t->kind == T_STRUCT || t->kind == T_TUPLE) && type_n_fields(t) == n) {
			*sets = parts(c, e, t);
		}
	}
	if (sets->n == 1 && n == 1 && sets->v[0]->kind == N_LIST && sets->v[0]->list.n == 1)
		*sets = sets->v[0]->list;
	/* The fields of the only key */
	if (n == 1 && sets->n > 1 && sets->n == type_n_fields(types[0])) {
		struct node *product = node_new(c->u, N_LIST, sets->v[0]->tok);

		for (int i = 0; i < sets->n; i++)
			check_set(c, &sets->v[i], type_field_at(c->u, types[0], i));
		product->list = *sets;
		product->type = types[0];
		memset(sets, 0, sizeof(*sets));
		vec_push(&c->u->arena, sets, product);
		return true;
	}
	if (sets->n != n) {
		report(c->u, keyset_count, where, n, sets->n);
		return false;
	}
	for (int i = 0; i < n; i++)
		check_set(c, &sets->v[i], types[i]);
	return true;
}

const char *keyset_text(struct checker *c, const nodes *sets)
{
	const char *text = "";

	for (int i = 0; i < sets->n; i++) {
		const struct node *s = sets->v[i];
		bool two = s->kind == N_BINARY && (s->op == TOK_MASK || s->op == TOK_RANGE);
		const struct node *sides[] = { two ? s->a : s, two ? s->b : NULL };

		text = arena_printf(&c->u->arena, "%s,%d", text, two ? s->op : 0);
		if (s->kind == N_DEFAULT || s->kind == N_DONTCARE)
			continue;
		for (int k = 0; k < 1 + two; k++) {
			const struct value *v = sides[k]->val;

			if (v && v->kind == VAL_INT)
				text = arena_printf(&c->u->arena, "%s %s", text,
						    mpz_get_str(NULL, 16, v->i));
			else if (v && v->kind == VAL_ENUM)
				text = arena_printf(&c->u->arena, "%s %s", text, v->member->name);
			else if (v && v->kind == VAL_BOOL)
				text = arena_printf(&c->u->arena, "%s %d", text, v->b);
			else
				return NULL;
		}
	}
	return text;
}
