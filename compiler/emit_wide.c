/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * emit_wide.c - numbers of more than 128 bits: structures of words, worked on
 * by the functions of program_wide.h.
 */
#include "compiler/emit.h"

/* So many words are joined as fast in a function that is called as in place, or faster. */
enum { LONG = 8 };

static int words(struct type *t)
{
	return (type_under(t)->width + 63) / 64;
}

static void normalise(struct emitter *e, const char *r, struct type *t)
{
	t = type_under(t);
	line(e, "tp4_wide_%s(%s.w, %d);", t->is_signed ? "extend" : "clear", r, t->width);
}

/* C's initializer */
const char *wide_words(struct emitter *e, const mpz_t v, struct type *t)
{
	const char *list = "";
	mpz_t i, lo;

	mpz_init(lo);
	mpz_init_set(i, v);
	mpz_fdiv_r_2exp(i, i, (mp_bitcnt_t)words(t) * 64);
	for (int k = 0; k < words(t); k++) {
		mpz_fdiv_r_2exp(lo, i, 64);
		list = fmt(e, "%s0x%lxULL, ", list, mpz_get_ui(lo));
		mpz_fdiv_q_2exp(i, i, 64);
	}
	mpz_clear(i);
	mpz_clear(lo);
	return fmt(e, "{ { %s} }", list);
}

const char *wide_literal(struct emitter *e, const mpz_t v, struct type *t)
{
	return temp(e, t, wide_words(e, v, t));
}

/* A variable that holds v, so that its address can be taken. */
static const char *variable(struct emitter *e, const char *v, struct type *t)
{
	return temp(e, t, v);
}

/*
 * op: a token, TOK_COUNT for >>.  Shifts: b is the amount's C text.
 * Comparisons give a C expression of type bool, all else a variable.
 */
const char *wide_binary(struct emitter *e, int op, struct type *t, struct type *bt, const char *a,
			const char *b)
{
	const char *r, *name = NULL;
	int w = type_under(t)->width;
	bool sg = type_under(t)->is_signed;

	a = variable(e, a, t);
	switch (op) {
	case TOK_SHL:
	case TOK_COUNT:
		r = temp(e, t, "{ 0 }");
		line(e, "tp4_wide_%s(%s.w, %s.w, %s, %d);",
		     op == TOK_SHL ? "shl"
		     : sg          ? "sar"
				   : "shr",
		     r, a, b, words(t));
		if (op == TOK_SHL)
			normalise(e, r, t);
		return r;
	case TOK_BNOT:
	case TOK_MINUS:
		if (b)
			break;
		r = temp(e, t, "{ 0 }");
		line(e, "tp4_wide_%s(%s.w, %s.w, %d);", op == TOK_BNOT ? "not" : "neg", r, a,
		     words(t));
		normalise(e, r, t);
		return r;
	}
	b = variable(e, b, t);
	switch (op) {
	case TOK_LT:
		return temp(e, type_basic(e->u, T_BOOL),
			    fmt(e, "tp4_wide_cmp(%s.w, %s.w, %d, %d) < 0", a, b, words(t), sg));
	case TOK_GT:
		return temp(e, type_basic(e->u, T_BOOL),
			    fmt(e, "tp4_wide_cmp(%s.w, %s.w, %d, %d) > 0", a, b, words(t), sg));
	case TOK_LE:
		return temp(e, type_basic(e->u, T_BOOL),
			    fmt(e, "tp4_wide_cmp(%s.w, %s.w, %d, %d) <= 0", a, b, words(t), sg));
	case TOK_GE:
		return temp(e, type_basic(e->u, T_BOOL),
			    fmt(e, "tp4_wide_cmp(%s.w, %s.w, %d, %d) >= 0", a, b, words(t), sg));
	case TOK_PP:
		/* Both are of the result's type already. */
		r = temp(e, t, "{ 0 }");
		line(e, "tp4_wide_shl(%s.w, %s.w, %d, %d);", r, a, type_under(bt)->width, words(t));
		line(e, "tp4_wide_only(%s.w, %d, %d);", b, type_under(bt)->width, words(t));
		line(e, "tp4_wide_or(%s.w, %s.w, %s.w, %d);", r, r, b, words(t));
		normalise(e, r, t);
		return r;
	case TOK_PLUS: name = "add"; break;
	case TOK_MINUS: name = "sub"; break;
	case TOK_MUL: name = "mul"; break;
	case TOK_BAND: name = "and"; break;
	case TOK_BOR: name = "or"; break;
	case TOK_BXOR: name = "xor"; break;
	case TOK_DIV: name = "div"; break;
	case TOK_MOD: name = "mod"; break;
	case TOK_PLUS_SAT:
	case TOK_MINUS_SAT:
		r = temp(e, t, "{ 0 }");
		line(e, "tp4_wide_sat(%s.w, %s.w, %s.w, %d, %d, %d);", r, a, b, w, sg,
		     op == TOK_MINUS_SAT);
		return r;
	}
	r = temp(e, t, "{ 0 }");
	line(e, "tp4_%s_%s(%s.w, %s.w, %s.w, %d);", words(t) > LONG ? "long" : "wide",
	     name ? name : "or", r, a, b, words(t));
	normalise(e, r, t);
	return r;
}

const char *wide_convert(struct emitter *e, const char *v, struct type *from, struct type *to)
{
	struct type *f = type_under(from), *t = type_under(to);
	const char *r;

	if (f->width <= 128) {
		r = temp(e, t, "{ 0 }");
		line(e, "tp4_wide_set(%s.w, %d, (tp4_i128)%s, %s);", r, words(t), v,
		     f->is_signed ? "true" : "false");
		normalise(e, r, t);
		return r;
	}
	v = variable(e, v, f);
	if (t->width > 128) {
		r = temp(e, t, "{ 0 }");
		line(e, "tp4_wide_copy(%s.w, %d, %s.w, %d, %d);", r, words(t), v, words(f),
		     f->is_signed);
		normalise(e, r, t);
		return r;
	}
	if (t->is_signed)
		return fmt(e, "(%s)tp4_sext128((tp4_u128)%s.w[1] << 64 | %s.w[0], %d)",
			   c_type(e, t), v, v, t->width);
	if (t->width > 64)
		return fmt(e, "tp4_low128((tp4_u128)%s.w[1] << 64 | %s.w[0], %d)", v, v, t->width);
	return fmt(e, "(%s)tp4_low(%s.w[0], %d)", c_type(e, t), v, t->width);
}
