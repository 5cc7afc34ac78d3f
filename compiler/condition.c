/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* condition.c - the expressions of #if and #elif: C's, on numbers of 64 bits. */
#include "compiler/preprocess.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct condition_reader {
	struct unit *u;
	tokens *t;
	int i, depth;
	bool bad;
	bool zero;              /* divided by it */
	const struct token *at; /* what is bad; NULL: the line's end */
	const char *what;       /* should be there instead */
};

struct number {
	uint64_t v;
	bool is_unsigned;
};

static struct number cond_expr(struct condition_reader *r, int level, bool live);

/* The first that is wrong counts. */
static void refuse(struct condition_reader *r, const struct token *at, const char *what)
{
	if (r->bad)
		return;
	r->bad = true;
	r->at = at;
	r->what = what;
}

/* NULL: the line ends here */
static struct token *here(struct condition_reader *r)
{
	return r->i < r->t->n ? &r->t->v[r->i] : NULL;
}

static struct number truth(bool v)
{
	return (struct number){ .v = v };
}

static bool negative(struct number a)
{
	return !a.is_unsigned && (int64_t)a.v < 0;
}

/* number = ("0x" | "0b" | "0")? digit {digit} {"u" | "l"} */
static bool cond_number(const char *text, struct number *out)
{
	bool binary = text[0] == '0' && (text[1] | 32) == 'b', suffix[2] = { false };
	char *end;

	errno = 0;
	out->v = strtoull(text + 2 * binary, &end, binary ? 2 : 0);
	if (errno || end == text + 2 * binary)
		return false;
	for (; *end == 'u' || *end == 'U' || *end == 'l' || *end == 'L'; end++) {
		bool l = (*end | 32) == 'l';

		if (suffix[l])
			return false;
		suffix[l] = true;
		if (l && end[1] == end[0])
			end++;
	}
	out->is_unsigned = suffix[0] || out->v > INT64_MAX;
	return !*end;
}

/* character = "'" (char | "\" escape) {...} "'"; several are the bytes of one number */
static bool cond_character(const char *p, struct number *out)
{
	static const char escapes[] = "n\nt\tr\ra\ab\bf\fv\ve\033'''\"\"\\\\??";
	uint32_t v = 0;
	int n = 0;

	for (p++; *p != '\''; n++) {
		const char *known;
		long byte = (signed char)*p++;
		char *end;

		if (byte == '\\' && *p == 'x') {
			byte = strtol(p + 1, &end, 16);
			p = end;
		} else if (byte == '\\' && *p >= '0' && *p <= '7') {
			char digits[4] = { 0 };

			for (int i = 0; i < 3 && *p >= '0' && *p <= '7'; i++)
				digits[i] = *p++;
			byte = strtol(digits, NULL, 8);
		} else if (byte == '\\') {
			known = *p ? strchr(escapes, *p) : NULL;
			p++;
			byte = known ? known[1] : p[-1];
		}
		v = n ? v << 8 | (uint8_t)byte : (uint32_t)(signed char)byte;
	}
	*out = (struct number){ .v = (uint64_t)(int64_t)(int32_t)v };
	return n > 0;
}

static struct number cond_primary(struct condition_reader *r, bool live)
{
	static const char what[] = "a number, a name or '('";
	struct token *t = here(r);
	struct number a = { 0 };
	const char *text;
	int len;

	if (!t || ++r->depth > 256) {
		refuse(r, t, t ? "less than 256 parts" : what);
		return a;
	}
	r->i++;
	if (is_punct(t, TOK_NOT))
		return truth(!cond_primary(r, live).v);
	if (is_punct(t, TOK_BNOT) || is_punct(t, TOK_MINUS) || is_punct(t, TOK_PLUS)) {
		a = cond_primary(r, live);
		a.v = t->id == TOK_BNOT ? ~a.v : t->id == TOK_MINUS ? -a.v : a.v;
		return a;
	}
	if (is_punct(t, TOK_LPAREN)) {
		a = cond_expr(r, 0, live);
		t = here(r);
		if (!t || !is_punct(t, TOK_RPAREN))
			refuse(r, t, "')'");
		r->i++;
		return a;
	}
	if (is_name(t)) /* of no macro */
		return a;
	text = token_text(r->u, t, &len);
	text = arena_copy(&r->u->arena, text, (size_t)len);
	if (*text >= '0' && *text <= '9' ? !cond_number(text, &a)
	    : *text == '\'' && len > 2   ? !cond_character(text, &a)
					 : true)
		refuse(r, t, *text >= '0' && *text <= '9' ? "an integer of 64 bits" : what);
	return a;
}

static struct number shifted(struct number a, bool left, struct number by)
{
	if (negative(by)) {
		left = !left;
		by.v = -by.v;
	}
	if (left)
		a.v = by.v < 64 ? a.v << by.v : 0;
	else if (negative(a))
		a.v = ~(by.v < 64 ? ~a.v >> by.v : 0);
	else
		a.v = by.v < 64 ? a.v >> by.v : 0;
	return a;
}

static struct number divided(struct number a, bool remainder, struct number b)
{
	bool a_less = negative(a), b_less = negative(b);
	uint64_t x = a_less ? -a.v : a.v, y = b_less ? -b.v : b.v;

	a.v = remainder ? x % y : x / y;
	if (remainder ? a_less : a_less != b_less)
		a.v = -a.v;
	return a;
}

static struct number joined(struct condition_reader *r, const struct token *t, struct number a,
			    struct number b, bool live)
{
	enum token_id op = t->id;
	bool is_unsigned = a.is_unsigned || b.is_unsigned, less;

	switch (op) {
	case TOK_COMMA: return b;
	case TOK_OR: return truth(a.v || b.v);
	case TOK_AND: return truth(a.v && b.v);
	case TOK_SHL: return shifted(a, true, b);
	default: break;
	}
	a.is_unsigned = b.is_unsigned = is_unsigned;
	less = is_unsigned ? a.v < b.v : (int64_t)a.v < (int64_t)b.v;
	switch (op) {
	case TOK_EQ: return truth(a.v == b.v);
	case TOK_NE: return truth(a.v != b.v);
	case TOK_LT: return truth(less);
	case TOK_GT: return truth(!less && a.v != b.v);
	case TOK_LE: return truth(less || a.v == b.v);
	case TOK_GE: return truth(!less);
	case TOK_BOR: a.v |= b.v; break;
	case TOK_BXOR: a.v ^= b.v; break;
	case TOK_BAND: a.v &= b.v; break;
	case TOK_PLUS: a.v += b.v; break;
	case TOK_MINUS: a.v -= b.v; break;
	case TOK_MUL: a.v *= b.v; break;
	default:
		if (b.v)
			return divided(a, op == TOK_MOD, b);
		if (live) {
			r->zero |= !r->bad;
			refuse(r, t, NULL);
		}
	}
	return a;
}

static struct number cond_expr(struct condition_reader *r, int level, bool live)
{
	enum { COMMA = 1, CHOICE, SHIFT = 10 };
	static const struct {
		enum token_id id;
		int level;
	} ops[] = {
		{ TOK_COMMA, COMMA }, { TOK_QUESTION, CHOICE },
		{ TOK_OR, 3 },        { TOK_AND, 4 },
		{ TOK_BOR, 5 },       { TOK_BXOR, 6 },
		{ TOK_BAND, 7 },      { TOK_EQ, 8 },
		{ TOK_NE, 8 },        { TOK_LT, 9 },
		{ TOK_GT, 9 },        { TOK_LE, 9 },
		{ TOK_GE, 9 },        { TOK_SHL, SHIFT },
		{ TOK_PLUS, 11 },     { TOK_MINUS, 11 },
		{ TOK_MUL, 12 },      { TOK_DIV, 12 },
		{ TOK_MOD, 12 },
	};
	struct number a = cond_primary(r, live), b, c;

	while (r->i < r->t->n && !r->bad) {
		struct token *t = &r->t->v[r->i];
		int prec = 0;
		bool right, counts;

		for (size_t k = 0; k < sizeof(ops) / sizeof(ops[0]); k++)
			if (is_punct(t, ops[k].id))
				prec = ops[k].level;
		/* ">>" is two tokens. */
		right = is_punct(t, TOK_GT) && r->i + 1 < r->t->n && is_punct(t + 1, TOK_GT) &&
			!t[1].space;
		if (right)
			prec = SHIFT;
		if (!prec || prec <= level)
			break;
		r->i += 1 + right;
		if (prec == CHOICE) {
			b = cond_expr(r, 0, live && a.v);
			t = here(r);
			if (!t || !is_punct(t, TOK_COLON)) {
				refuse(r, t, "':'");
				break;
			}
			r->i++;
			c = cond_expr(r, COMMA, live && !a.v);
			a.v = a.v ? b.v : c.v;
			a.is_unsigned = b.is_unsigned || c.is_unsigned;
			continue;
		}
		/* The right side of && and || counts only where the left one does not decide. */
		counts = live && !(t->id == TOK_AND && !a.v) && !(t->id == TOK_OR && a.v);
		b = cond_expr(r, prec, counts);
		a = right ? shifted(a, false, b) : joined(r, t, a, b, live);
	}
	return a;
}

bool condition_value(struct unit *u, tokens *line, int i)
{
	tokens plain = tokens_from(line, i), full = { 0 };
	struct condition_reader r = { .u = u, .t = &full };
	struct number a;

	u->pp->testing = true;
	macro_expand(u, &plain, &full);
	u->pp->testing = false;
	a = cond_expr(&r, 0, true);
	if (r.i < full.n)
		refuse(&r, here(&r), "an operator, or the end of the line,");
	/* Our own files need one macro more than once. */
	if (r.bad && line->v[0].src->system && unit_told(u, DIAG_bad_directive))
		return false;
	if (r.zero)
		report(u, div_zero, keep(u, *r.at));
	else if (r.bad)
		report(u, bad_directive, keep(u, r.at ? *r.at : line->v[line->n - 1]),
		       arena_printf(&u->arena, "#%s", line->v[0].name),
		       r.at     ? r.what
		       : full.n ? arena_printf(&u->arena, "%s after what is", r.what)
				: "an integer expression");
	return !r.bad && a.v;
}
