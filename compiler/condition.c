/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* condition.c - the expressions of #if and #elif. */
#include "compiler/preprocess.h"

/* The value of an #if expression: C's, on 64-bit integers. */
struct condition_reader {
	struct unit *u;
	tokens *t;
	int i, depth;
	bool bad;
};

static int64_t cond_expr(struct condition_reader *r, int level, bool live);

static int64_t cond_primary(struct condition_reader *r, bool live)
{
	struct token *t = r->i < r->t->n ? &r->t->v[r->i] : NULL;

	if (!t || ++r->depth > 256) {
		r->bad = true;
		return 0;
	}
	r->i++;
	if (is_punct(t, TOK_NOT))
		return !cond_primary(r, live);
	if (is_punct(t, TOK_BNOT))
		return ~cond_primary(r, live);
	if (is_punct(t, TOK_MINUS))
		return (int64_t)-(uint64_t)cond_primary(r, live);
	if (is_punct(t, TOK_PLUS))
		return cond_primary(r, live);
	if (is_punct(t, TOK_LPAREN)) {
		int64_t v = cond_expr(r, 0, live);

		if (r->i < r->t->n && is_punct(&r->t->v[r->i], TOK_RPAREN))
			r->i++;
		else
			r->bad = true;
		return v;
	}
	if (t->kind == TK_INT)
		return (int64_t)mpz_get_si(*t->value);
	if (t->kind == TK_KEYWORD && t->id == TOK_TRUE)
		return 1;
	if (is_name(t))
		return 0;
	r->bad = true;
	return 0;
}

static int64_t cond_expr(struct condition_reader *r, int level, bool live)
{
	static const struct {
		enum token_id id;
		int level;
	} ops[] = {
		{ TOK_OR, 1 },  { TOK_AND, 2 }, { TOK_BOR, 3 },   { TOK_BXOR, 4 }, { TOK_BAND, 5 },
		{ TOK_EQ, 6 },  { TOK_NE, 6 },  { TOK_LT, 7 },    { TOK_GT, 7 },   { TOK_LE, 7 },
		{ TOK_GE, 7 },  { TOK_SHL, 8 }, { TOK_PLUS, 9 },  { TOK_MINUS, 9 }, { TOK_MUL, 10 },
		{ TOK_DIV, 10 }, { TOK_MOD, 10 },
	};
	int64_t a = cond_primary(r, live), b;

	while (r->i < r->t->n && !r->bad) {
		struct token *t = &r->t->v[r->i];
		int prec = 0;
		bool right, counts;
		size_t k;

		if (is_punct(t, TOK_QUESTION) && level == 0) {
			int64_t c;

			r->i++;
			b = cond_expr(r, 0, live && a);
			if (r->i >= r->t->n || !is_punct(&r->t->v[r->i], TOK_COLON)) {
				r->bad = true;
				return 0;
			}
			r->i++;
			c = cond_expr(r, 0, live && !a);
			return a ? b : c;
		}
		for (k = 0; k < sizeof(ops) / sizeof(ops[0]); k++)
			if (is_punct(t, ops[k].id))
				prec = ops[k].level;
		/* ">>" is two tokens. */
		right = is_punct(t, TOK_GT) && r->i + 1 < r->t->n && is_punct(t + 1, TOK_GT) &&
			!t[1].space;
		if (right)
			prec = 8;
		if (!prec || prec <= level)
			break;
		r->i += 1 + right;
		/* The right side of && and || counts only where the left one does not decide. */
		counts = live && !(t->id == TOK_AND && !a) && !(t->id == TOK_OR && a);
		b = cond_expr(r, prec, counts);
		if (right) {
			a = b >= 0 && b < 64 ? a >> b : 0;
			continue;
		}
		switch (t->id) {
		case TOK_OR: a = a || b; break;
		case TOK_AND: a = a && b; break;
		case TOK_BOR: a |= b; break;
		case TOK_BXOR: a ^= b; break;
		case TOK_BAND: a &= b; break;
		case TOK_EQ: a = a == b; break;
		case TOK_NE: a = a != b; break;
		case TOK_LT: a = a < b; break;
		case TOK_GT: a = a > b; break;
		case TOK_LE: a = a <= b; break;
		case TOK_GE: a = a >= b; break;
		case TOK_SHL: a = b >= 0 && b < 64 ? (int64_t)((uint64_t)a << b) : 0; break;
		case TOK_PLUS: a = (int64_t)((uint64_t)a + (uint64_t)b); break;
		case TOK_MINUS: a = (int64_t)((uint64_t)a - (uint64_t)b); break;
		case TOK_MUL: a = (int64_t)((uint64_t)a * (uint64_t)b); break;
		default:
			if (b == 0 || b == -1) {
				if (b == 0 && live)
					r->bad = true;
				a = b && t->id == TOK_DIV ? (int64_t)-(uint64_t)a : 0;
			} else {
				a = t->id == TOK_DIV ? a / b : a % b;
			}
		}
	}
	return a;
}

bool condition_value(struct unit *u, tokens *line, int i)
{
	tokens plain = { 0 }, full = { 0 };
	struct condition_reader r = { .u = u, .t = &full };
	const struct token *place = keep(u, line->v[0]);
	int64_t v;

	for (; i < line->n; i++) {
		struct token t = line->v[i];

		if (is_name(&t) && t.name == unit_name(u, "defined")) {
			bool paren = i + 1 < line->n && is_punct(&line->v[i + 1], TOK_LPAREN);
			int k = i + 1 + paren;

			if (k >= line->n || !is_name(&line->v[k]) ||
			    (paren &&
			     (k + 1 >= line->n || !is_punct(&line->v[k + 1], TOK_RPAREN)))) {
				report(u, bad_directive, place, "#if", "a name after 'defined'");
				return false;
			}
			t.kind = TK_INT;
			t.value = arena_alloc(&u->arena, sizeof(*t.value));
			mpz_init_set_si(*t.value, macro_defined(u, line->v[k].name));
			i = k + paren;
		}
		vec_push(&u->arena, &plain, t);
	}
	macro_expand(u, &plain, &full, NULL);
	v = cond_expr(&r, 0, true);
	if (r.bad || r.i < full.n) {
		report(u, bad_directive, place, "#if", "an integer expression");
		return false;
	}
	return v != 0;
}
