/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * fold.c - the values of constant expressions, in arbitrary precision.
 *
 * Called on a node whose children are checked and folded.  What the language
 * forbids (division by zero, absurd shifts) is told here.
 */
#include "compiler/type.h"

#include <string.h>

#define SHIFT_MAX 100000

static void fold_int(struct unit *u, struct node *n, const mpz_t i)
{
	struct value *v = value_int(u, i);
	struct type *t = type_under(n->type);

	value_wrap(v->i, t);
	n->val = v;
}

static void saturate(mpz_t r, const struct type *t)
{
	mpz_t limit;

	if (value_fits(r, t))
		return;
	mpz_init(limit);
	if (mpz_sgn(r) > 0) {
		mpz_ui_pow_ui(limit, 2, (unsigned long)(t->width - t->is_signed));
		mpz_sub_ui(limit, limit, 1);
	} else if (t->is_signed) {
		mpz_ui_pow_ui(limit, 2, (unsigned long)t->width - 1);
		mpz_neg(limit, limit);
	}
	mpz_set(r, limit);
	mpz_clear(limit);
}

static void fold_binary(struct unit *u, struct node *n)
{
	struct value *a = n->a->val, *b = n->b->val;
	struct type *left = type_under(n->a->type);
	mpz_t r, m;
	int c;

	/* These need one side only. */
	if (a && a->kind == VAL_BOOL &&
	    ((n->op == TOK_AND && !a->b) || (n->op == TOK_OR && a->b))) {
		n->val = a;
		return;
	}
	if (b && b->kind == VAL_INT && (n->op == TOK_DIV || n->op == TOK_MOD)) {
		if (mpz_sgn(b->i) == 0) {
			report(u, div_zero, n->b->tok);
			n->type = type_basic(u, T_ERR);
			return;
		}
		if (mpz_sgn(b->i) < 0 || (a && a->kind == VAL_INT && mpz_sgn(a->i) < 0)) {
			report(u, div_negative, n->b->tok);
			return;
		}
	}
	if (b && b->kind == VAL_INT && (n->op == TOK_SHL || n->op == TOK_COUNT)) {
		if (mpz_sgn(b->i) < 0) {
			report(u, shift_negative, n->b->tok);
			return;
		}
		if (left->kind == T_BITS && mpz_cmp_si(b->i, left->width) >= 0)
			report(u, shift_over, n->b->tok, type_name(u, n->a->type));
		if (left->kind != T_BITS && mpz_cmp_si(b->i, SHIFT_MAX) > 0) {
			report(u, shift_huge, n->b->tok, SHIFT_MAX);
			n->type = type_basic(u, T_ERR);
			return;
		}
	}
	if (!a || !b)
		return;
	if (n->op == TOK_EQ || n->op == TOK_NE) {
		if (value_number(a)->kind == value_number(b)->kind)
			n->val = value_bool(u, value_equal(a, b) == (n->op == TOK_EQ));
		return;
	}
	if (a->kind == VAL_BOOL && b->kind == VAL_BOOL) {
		n->val = b; /* the left side does not decide */
		return;
	}
	if (a->kind == VAL_STRING && b->kind == VAL_STRING && n->op == TOK_PP) {
		n->val = arena_alloc(&u->arena, sizeof(*n->val));
		n->val->kind = VAL_STRING;
		n->val->s = arena_printf(&u->arena, "%s%s", a->s, b->s);
		return;
	}
	if (a->kind != VAL_INT || b->kind != VAL_INT)
		return;
	c = mpz_cmp(a->i, b->i);
	switch (n->op) {
	case TOK_LT: n->val = value_bool(u, c < 0); return;
	case TOK_LE: n->val = value_bool(u, c <= 0); return;
	case TOK_GT: n->val = value_bool(u, c > 0); return;
	case TOK_GE: n->val = value_bool(u, c >= 0); return;
	}
	mpz_init(r);
	switch (n->op) {
	case TOK_PLUS: mpz_add(r, a->i, b->i); break;
	case TOK_MINUS: mpz_sub(r, a->i, b->i); break;
	case TOK_MUL:
		if (mpz_sizeinbase(a->i, 2) + mpz_sizeinbase(b->i, 2) > SHIFT_MAX)
			goto huge;
		mpz_mul(r, a->i, b->i);
		break;
	case TOK_DIV: mpz_tdiv_q(r, a->i, b->i); break;
	case TOK_MOD: mpz_tdiv_r(r, a->i, b->i); break;
	case TOK_BAND: mpz_and(r, a->i, b->i); break;
	case TOK_BOR: mpz_ior(r, a->i, b->i); break;
	case TOK_BXOR: mpz_xor(r, a->i, b->i); break;
	case TOK_PLUS_SAT:
		mpz_add(r, a->i, b->i);
		saturate(r, left);
		break;
	case TOK_MINUS_SAT:
		mpz_sub(r, a->i, b->i);
		saturate(r, left);
		break;
	case TOK_SHL:
		if (left->kind == T_BITS && mpz_cmp_si(b->i, left->width) >= 0)
			mpz_set_ui(r, 0);
		else if (left->kind != T_BITS &&
			 mpz_sizeinbase(a->i, 2) + mpz_get_ui(b->i) > SHIFT_MAX)
			goto huge;
		else
			mpz_mul_2exp(r, a->i, mpz_get_ui(b->i));
		break;
	case TOK_COUNT:
		if (!mpz_fits_ulong_p(b->i) || mpz_get_ui(b->i) > SHIFT_MAX)
			mpz_set_si(r, mpz_sgn(a->i) < 0 ? -1 : 0);
		else
			mpz_fdiv_q_2exp(r, a->i, mpz_get_ui(b->i));
		break;
	case TOK_PP: {
		struct type *right = type_under(n->b->type);

		if (left->kind != T_BITS || right->kind != T_BITS)
			return;
		mpz_init_set(m, b->i);
		mpz_fdiv_r_2exp(m, m, (mp_bitcnt_t)right->width);
		mpz_mul_2exp(r, a->i, (mp_bitcnt_t)right->width);
		mpz_ior(r, r, m);
		mpz_clear(m);
		break;
	}
	default: return; /* masks and ranges are sets */
	}
	fold_int(u, n, r);
	mpz_clear(r);
	return;
huge:
	mpz_clear(r);
	report(u, number_huge, n->tok, SHIFT_MAX);
	n->type = type_basic(u, T_ERR);
}

static void fold_cast(struct unit *u, struct node *n)
{
	struct value *v = n->b->val;
	struct type *t = type_under(n->type);

	if (!v)
		return;
	if (v->kind == VAL_INT && t->kind == T_BITS) {
		fold_int(u, n, v->i);
	} else if (v->kind == VAL_BOOL && t->kind == T_BITS) {
		n->val = value_si(u, v->b);
	} else if (v->kind == VAL_INT && t->kind == T_BOOL) {
		n->val = value_bool(u, mpz_sgn(v->i) != 0);
	} else if (v->kind == VAL_ENUM && v->member->val &&
		   (t->kind == T_BITS || t->kind == T_INT)) {
		if (type_real(n->type)->kind == T_SENUM && type_equal(n->type, n->b->type))
			n->val = v;
		else
			fold_int(u, n, v->member->val->i);
	} else {
		n->val = v;
	}
}

void fold(struct unit *u, struct node *n)
{
	mpz_t r;

	if (!n->type || type_real(n->type)->kind == T_ERR)
		return;
	switch (n->kind) {
	case N_UNARY:
		if (!n->a->val)
			break;
		if (n->op == TOK_NOT && n->a->val->kind == VAL_BOOL) {
			n->val = value_bool(u, !n->a->val->b);
		} else if (n->a->val->kind == VAL_INT) {
			mpz_init(r);
			if (n->op == TOK_MINUS)
				mpz_neg(r, n->a->val->i);
			else if (n->op == TOK_BNOT)
				mpz_com(r, n->a->val->i);
			else
				mpz_set(r, n->a->val->i);
			fold_int(u, n, r);
			mpz_clear(r);
		}
		break;
	case N_BINARY: fold_binary(u, n); break;
	case N_COND:
		if (n->a->val && n->a->val->kind == VAL_BOOL)
			n->val = n->a->val->b ? n->b->val : n->c->val;
		break;
	case N_CAST: fold_cast(u, n); break;
	case N_SLICE:
		if (n->a->val && n->a->val->kind == VAL_INT && n->b->val && n->c->val) {
			mpz_init(r);
			mpz_fdiv_q_2exp(r, n->a->val->i, mpz_get_ui(n->c->val->i));
			fold_int(u, n, r);
			mpz_clear(r);
		}
		break;
	case N_LIST:
	case N_RECORD: {
		struct value *v = arena_alloc(&u->arena, sizeof(*v));

		v->kind = VAL_LIST;
		v->n = n->list.n;
		v->v = arena_alloc(&u->arena, sizeof(*v->v) * (size_t)(v->n + 1));
		for (int i = 0; i < v->n; i++) {
			struct node *e = n->list.v[i];

			if (e && e->kind == N_ARG)
				e = e->a;
			if (!e || !e->val)
				return;
			v->v[i] = e->val;
		}
		n->val = v;
		break;
	}
	case N_INDEX:
		if (n->a->val && n->a->val->kind == VAL_LIST && n->b->val &&
		    n->b->val->kind == VAL_INT && mpz_fits_sint_p(n->b->val->i)) {
			long i = mpz_get_si(n->b->val->i);

			if (i >= 0 && i < n->a->val->n)
				n->val = n->a->val->v[i];
		}
		break;
	case N_DOT:
		if (n->a->val && n->a->val->kind == VAL_LIST && n->decl &&
		    n->decl->kind == N_FIELD && n->decl->index < n->a->val->n)
			n->val = n->a->val->v[n->decl->index];
		break;
	}
	n->known |= n->val != NULL;
}
