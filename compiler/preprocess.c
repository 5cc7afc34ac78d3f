/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * preprocess.c - the C preprocessor that P4_16 asks for (section 6.3).
 *
 * Works on tokens, so every token keeps the place it was written at; what a
 * macro yields has the place of the macro's use.
 */
#include "compiler/unit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define INCLUDE_DEPTH 64
#define EXPAND_DEPTH  200
#define TOKEN_MAX     (1 << 20)
#define WORK_MAX      (1 << 20) /* tokens that macros yield, in all */
#define PASTE_MAX     4096      /* bytes of a token that ## makes */

struct macro {
	struct macro *next;
	const char *name;
	bool function, variadic, busy, gone;
	int n_params;
	const char **params;
	tokens body;
};

struct condition {
	bool taken, active, was_else;
	struct token at;
};

struct preprocessor {
	struct macro *hash[1024];
	VEC(struct condition) conds;
	int depth;
	int expand_depth;
	int work;
	bool full;
	int parens;                /* open in what waits for its expansion */
	VEC(const char *) once;
};

static struct macro **macro_slot(struct preprocessor *pp, const char *name)
{
	return &pp->hash[((uintptr_t)name >> 4) % 1024];
}

static struct macro *macro_find(struct unit *u, const char *name)
{
	for (struct macro *m = *macro_slot(u->pp, name); m; m = m->next)
		if (m->name == name && !m->gone)
			return m;
	return NULL;
}

static bool is_name(const struct token *t)
{
	return t->kind == TK_NAME || t->kind == TK_KEYWORD;
}

static bool is_punct(const struct token *t, enum token_id id)
{
	return t->kind == TK_PUNCT && t->id == id;
}

static void too_many(struct unit *u, const struct token *t)
{
	if (!u->pp->full)
		report(u, too_many_tokens, arena_grow(&u->arena, (void *)t, sizeof(*t), sizeof(*t)));
	u->pp->full = true;
}

static void token_emit(struct unit *u, tokens *out, struct token t)
{
	/* At the first level are the program's own tokens. */
	if (out->n >= TOKEN_MAX || (u->pp->expand_depth > 1 && u->pp->work++ >= WORK_MAX)) {
		too_many(u, &t);
		return;
	}
	vec_push(&u->arena, out, t);
}

static const struct token *keep(struct unit *u, struct token t)
{
	return arena_grow(&u->arena, &t, sizeof(t), sizeof(t));
}

static void expand(struct unit *u, tokens *in, tokens *out, const struct token *place);

/* In place of what could not be expanded: the parser says no more about it. */
static struct token token_told(struct token t)
{
	t.kind = TK_BAD;
	t.id = 3;
	return t;
}

/* Arguments of a function-like macro: in->v[*i] is "("; *i ends behind ")". */
static bool macro_args(struct unit *u, tokens *in, int *i, tokens *args, int max, int *n)
{
	int depth = 0;

	*n = 0;
	for (; *i < in->n; (*i)++) {
		struct token *t = &in->v[*i];

		if (is_punct(t, TOK_LPAREN) && depth++ == 0) {
			*n = 1;
			continue;
		}
		if (is_punct(t, TOK_RPAREN) && --depth == 0) {
			(*i)++;
			return true;
		}
		if (is_punct(t, TOK_COMMA) && depth == 1 && *n < max) {
			(*n)++;
			continue;
		}
		if (*n <= 64)
			token_emit(u, &args[*n - 1], *t);
	}
	return false;
}

/* What a macro yielded has the place of its use: its spelling is not what stands there. */
static const char *token_text(const struct token *t, int *len)
{
	const char *s = t->kind == TK_STRING ? NULL : t->name;

	*len = s ? (int)strlen(s) : t->len;
	return s ? s : t->at;
}

static struct token token_paste(struct unit *u, struct token a, struct token b)
{
	int a_len, b_len;
	const char *a_text = token_text(&a, &a_len), *b_text = token_text(&b, &b_len);
	struct source *src = arena_alloc(&u->arena, sizeof(*src));
	int line = a.line;
	const char *text, *p;
	struct token t;

	if (a_len + b_len > PASTE_MAX) {
		too_many(u, &a);
		return a;
	}
	p = text = arena_printf(&u->arena, "%.*s%.*s", a_len, a_text, b_len, b_text);
	*src = (struct source){ .name = a.src->name, .text = text, .len = strlen(text) };
	t = lex_token(u, src, &p, &line, true);
	t.bol = false;
	t.space = a.space;
	return t;
}

static struct token token_stringify(struct unit *u, const tokens *arg, struct token place)
{
	struct buffer b = { 0 };
	const char *text;
	int len;

	buffer_str(&b, "");
	for (int i = 0; i < arg->n; i++) {
		if (i && arg->v[i].space)
			buffer_str(&b, " ");
		text = token_text(&arg->v[i], &len);
		buffer_add(&b, text, (size_t)len);
	}
	place.kind = TK_STRING;
	place.name = arena_copy(&u->arena, b.text, b.len);
	buffer_free(&b);
	return place;
}

/* Which parameter of the macro this token names; -1: none. */
static int param_index(const struct macro *m, const struct token *t)
{
	int p = m->n_params - 1;

	while (p >= 0 && !(is_name(t) && m->params[p] == t->name))
		p--;
	return p;
}

static void macro_use(struct unit *u, struct macro *m, struct token use, tokens *args, tokens *out)
{
	tokens raw = { 0 };
	bool nothing = false; /* left of ## stands an empty argument */

	for (int i = 0; i < m->body.n; i++) {
		struct token t = m->body.v[i];
		int p;

		if (is_punct(&t, TOK_HASH) && m->function) {
			p = param_index(m, &m->body.v[++i]);
			token_emit(u, &raw, token_stringify(u, &args[p], use));
			continue;
		}
		if (is_punct(&t, TOK_HASHHASH) && (raw.n || nothing) && i + 1 < m->body.n) {
			struct token next = m->body.v[++i];
			tokens *arg;

			p = param_index(m, &next);
			arg = p >= 0 ? &args[p] : NULL;
			if (arg && arg->n)
				next = arg->v[0];
			if (nothing && (!arg || arg->n))
				token_emit(u, &raw, next);
			else if (!arg || arg->n)
				raw.v[raw.n - 1] = token_paste(u, raw.v[raw.n - 1], next);
			nothing = nothing && arg && !arg->n;
			for (int k = 1; arg && k < arg->n; k++)
				token_emit(u, &raw, arg->v[k]);
			continue;
		}
		p = param_index(m, &t);
		if (p >= 0) {
			bool pasted = i + 1 < m->body.n && is_punct(&m->body.v[i + 1], TOK_HASHHASH);
			tokens full = { 0 };

			if (!pasted)
				expand(u, &args[p], &full, NULL);
			else
				full = args[p];
			nothing = pasted && !full.n;
			for (int k = 0; k < full.n; k++)
				token_emit(u, &raw, full.v[k]);
			continue;
		}
		token_emit(u, &raw, t);
	}
	m->busy = true;
	expand(u, &raw, out, &use);
	m->busy = false;
}

static void expand(struct unit *u, tokens *in, tokens *out, const struct token *place)
{
	if (++u->pp->expand_depth > EXPAND_DEPTH) {
		if (in->n)
			report(u, macro_depth, keep(u, in->v[0]));
		u->pp->expand_depth--;
		return;
	}
	for (int i = 0; i < in->n && !u->pp->full; i++) {
		struct token t = in->v[i];
		struct macro *m = is_name(&t) && !t.no_expand ? macro_find(u, t.name) : NULL;

		if (place) {
			/* Told of where the macro is used, spelled as in its body. */
			const struct token *from = place;

			if (t.kind == TK_INT && !t.name)
				t.name = arena_copy(&u->arena, t.at, (size_t)t.len);
			t.bol = t.bol && i == 0 ? place->bol : false;
			t.src = from->src;
			t.at = from->at;
			t.line = from->line;
			t.len = from->len;
		}
		if (!m) {
			if (t.kind == TK_NAME && t.name == unit_name(u, "__LINE__")) {
				t.kind = TK_INT;
				t.value = arena_alloc(&u->arena, sizeof(*t.value));
				mpz_init_set_si(*t.value, t.line);
			} else if (t.kind == TK_NAME && t.name == unit_name(u, "__FILE__")) {
				t.kind = TK_STRING;
				t.name = t.src->name;
			}
			token_emit(u, out, t);
			continue;
		}
		if (m->busy) {
			t.no_expand = true;
			token_emit(u, out, t);
			continue;
		}
		if (m->function) {
			int j = i + 1, n = 0;
			tokens *args;

			if (j >= in->n || !is_punct(&in->v[j], TOK_LPAREN)) {
				token_emit(u, out, t);
				continue;
			}
			u->pp->work += 16; /* what the arguments' lists take */
			args = arena_alloc(&u->arena, sizeof(*args) * 66);
			if (!macro_args(u, in, &j, args, m->variadic ? m->n_params : 64, &n)) {
				report(u, macro_open, keep(u, in->v[i]));
				token_emit(u, out, token_told(t));
				u->pp->expand_depth--;
				return;
			}
			if (n != m->n_params && !(m->n_params == 0 && n == 1 && !args[0].n) &&
			    !(m->variadic && n == m->n_params - 1)) {
				report(u, macro_args, keep(u, in->v[i]), m->name, m->n_params, n);
				token_emit(u, out, token_told(t));
				i = j - 1;
				continue;
			}
			macro_use(u, m, t, args, out);
			i = j - 1;
		} else {
			macro_use(u, m, t, NULL, out);
		}
	}
	u->pp->expand_depth--;
}

/* #define NAME tokens  |  #define NAME(a, b) tokens */
static void define(struct unit *u, const tokens *line, int i)
{
	struct macro *m = arena_alloc(&u->arena, sizeof(*m));
	struct macro *old;
	VEC(const char *) params = { 0 };

	if (i >= line->n || !is_name(&line->v[i])) {
		report(u, bad_directive, keep(u, line->v[i < line->n ? i : i - 1]), "#define", "a name");
		return;
	}
	m->name = line->v[i++].name;
	if (i < line->n && is_punct(&line->v[i], TOK_LPAREN) && !line->v[i].space) {
		m->function = true;
		for (i++; i < line->n && !is_punct(&line->v[i], TOK_RPAREN); i++) {
			if (is_punct(&line->v[i], TOK_COMMA))
				continue;
			if (is_punct(&line->v[i], TOK_DOTS)) {
				m->variadic = true;
				vec_push(&u->arena, &params, unit_name(u, "__VA_ARGS__"));
			} else if (is_name(&line->v[i]) && params.n < 64 &&
				   param_index(m, &line->v[i]) < 0) {
				vec_push(&u->arena, &params, line->v[i].name);
			} else {
				report(u, bad_directive, keep(u, line->v[i]), "#define",
				       "a parameter name");
				return;
			}
			m->params = params.v;
			m->n_params = params.n;
		}
		if (i >= line->n) {
			report(u, bad_directive, keep(u, line->v[line->n - 1]), "#define", "')'");
			return;
		}
		i++;
	}
	for (int first = i; i < line->n; i++) {
		const struct token *t = &line->v[i];
		bool last = i == line->n - 1;

		if (is_punct(t, TOK_HASHHASH) && (i == first || last)) {
			report(u, bad_directive, keep(u, *t), "##", "something on both sides");
			return;
		}
		if (is_punct(t, TOK_HASH) && m->function && (last || param_index(m, t + 1) < 0)) {
			report(u, bad_directive, keep(u, *t), "#", "a parameter's name");
			return;
		}
		vec_push(&u->arena, &m->body, *t);
	}
	old = macro_find(u, m->name);
	if (old)
		old->gone = true;
	m->next = *macro_slot(u->pp, m->name);
	*macro_slot(u->pp, m->name) = m;
}

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
		bool right;
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
		b = cond_expr(r, prec, live && (t->id == TOK_AND ? a != 0 : t->id == TOK_OR ? !a : true));
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

static bool condition_value(struct unit *u, tokens *line, int i)
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
			    (paren && (k + 1 >= line->n || !is_punct(&line->v[k + 1], TOK_RPAREN)))) {
				report(u, bad_directive, place, "#if", "a name after 'defined'");
				return false;
			}
			t.kind = TK_INT;
			t.value = arena_alloc(&u->arena, sizeof(*t.value));
			mpz_init_set_si(*t.value, macro_find(u, line->v[k].name) != NULL);
			i = k + paren;
		}
		vec_push(&u->arena, &plain, t);
	}
	expand(u, &plain, &full, NULL);
	v = cond_expr(&r, 0, true);
	if (r.bad || r.i < full.n) {
		report(u, bad_directive, place, "#if", "an integer expression");
		return false;
	}
	return v != 0;
}

static void read_source(struct unit *u, const struct source *src);

/* #include "name" | #include <name> */
static void include(struct unit *u, const struct source *src, tokens *line, const char *text,
		    const char *end)
{
	const struct token *place = keep(u, line->v[0]);
	const char *p = text, *q;
	char close;
	struct source *next;
	char *name;

	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	if (p >= end || (*p != '"' && *p != '<')) {
		tokens full = { 0 }, rest = { 0 };

		for (int i = 1; i < line->n; i++)
			vec_push(&u->arena, &rest, line->v[i]);
		expand(u, &rest, &full, NULL);
		if (full.n && full.v[0].kind == TK_STRING) {
			name = arena_printf(&u->arena, "\"%s\"", full.v[0].name);
			p = name;
			end = name + strlen(name);
		} else if (full.n && is_punct(&full.v[0], TOK_LT)) {
			/* <name> from a macro */
			name = "";
			for (int i = 0; i < full.n && full.v[i].name; i++)
				name = arena_printf(&u->arena, "%s%s", name, full.v[i].name);
			p = name;
			end = name + strlen(name);
		} else {
			report(u, bad_directive, place, "#include", "\"file\" or <file>");
			return;
		}
	}
	close = *p == '<' ? '>' : '"';
	for (q = ++p; q < end && *q != close; q++)
		;
	if (q >= end || q == p) {
		report(u, bad_directive, place, "#include", "\"file\" or <file>");
		return;
	}
	name = arena_copy(&u->arena, p, (size_t)(q - p));
	if (u->pp->depth >= INCLUDE_DEPTH) {
		report(u, include_depth, place, name);
		unit_hint(u, "does it include itself? guard it with #ifndef");
		u->pp->full = true;
		return;
	}
	next = source_open(u, name, src, close == '>');
	if (!next) {
		report(u, no_file, place, name, strerror(errno));
		unit_hint(u, "name its folder with -I");
		return;
	}
	for (int i = 0; i < u->pp->once.n; i++)
		if (u->pp->once.v[i] == unit_name(u, next->name))
			return;
	read_source(u, next);
}

static bool live(struct unit *u)
{
	return !u->pp->conds.n || u->pp->conds.v[u->pp->conds.n - 1].active;
}

static void directive(struct unit *u, struct source *src, tokens *line, const char *rest,
		      const char *end, int first_cond)
{
	struct preprocessor *pp = u->pp;
	const char *name = line->n ? line->v[0].name : "";
	struct condition *c;
	bool is_live = live(u);

	if (!line->n || line->v[0].kind == TK_INT)
		return;
	if (!is_name(&line->v[0])) {
		if (is_live)
			report(u, unknown_directive, keep(u, line->v[0]), "?");
		return;
	}
	c = pp->conds.n > first_cond ? &pp->conds.v[pp->conds.n - 1] : NULL;
	if (!strcmp(name, "if") || !strcmp(name, "ifdef") || !strcmp(name, "ifndef")) {
		struct condition fresh = { .taken = true, .at = line->v[0] };

		if (is_live) {
			bool v = false;

			if (name[2] == 0)
				v = condition_value(u, line, 1);
			else if (line->n < 2 || !is_name(&line->v[1]))
				report(u, bad_directive, keep(u, line->v[0]),
				       arena_printf(&u->arena, "#%s", name), "a name");
			else
				v = (macro_find(u, line->v[1].name) != NULL) == (name[2] == 'd');
			fresh.taken = fresh.active = v;
		}
		vec_push(&u->arena, &pp->conds, fresh);
	} else if (!strcmp(name, "elif") || !strcmp(name, "else") || !strcmp(name, "endif")) {
		if (!c || (name[1] == 'l' && c->was_else)) {
			report(u, stray_directive, keep(u, line->v[0]), name);
		} else if (name[1] == 'n') {
			pp->conds.n--;
		} else if (name[2] == 's') {
			c->active = !c->taken;
			c->taken = c->was_else = true;
		} else if (c->taken) {
			c->active = false;
		} else {
			c->active = true; /* so that what it tests is seen */
			c->active = c->taken = condition_value(u, line, 1);
		}
	} else if (!is_live) {
		return;
	} else if (!strcmp(name, "define")) {
		define(u, line, 1);
	} else if (!strcmp(name, "undef")) {
		bool named = line->n > 1 && is_name(&line->v[1]);
		struct macro *m = named ? macro_find(u, line->v[1].name) : NULL;

		if (!named)
			report(u, bad_directive, keep(u, line->v[0]), "#undef", "a name");
		if (m)
			m->gone = true;
	} else if (!strcmp(name, "include")) {
		include(u, src, line, rest, end);
	} else if (!strcmp(name, "line")) {
		if (line->n > 1 && line->v[1].kind == TK_INT && mpz_fits_sint_p(*line->v[1].value))
			src->line_shift += (int)mpz_get_si(*line->v[1].value) - line->v[1].line - 1;
		else
			report(u, bad_directive, keep(u, line->v[0]), "#line", "a number");
	} else if (!strcmp(name, "error") || !strcmp(name, "warning")) {
		char *text = arena_copy(&u->arena, rest, (size_t)(end - rest));

		if (name[0] == 'e')
			report(u, hash_error, keep(u, line->v[0]), text);
		else
			report(u, hash_warning, keep(u, line->v[0]), text);
	} else if (!strcmp(name, "pragma")) {
		if (line->n > 1 && is_name(&line->v[1]) && !strcmp(line->v[1].name, "once"))
			vec_push(&u->arena, &pp->once, unit_name(u, src->name));
	} else {
		report(u, unknown_directive, keep(u, line->v[0]), name);
	}
}

static void flush(struct unit *u, tokens *pending)
{
	expand(u, pending, &u->tokens, NULL);
	pending->n = 0;
	u->pp->parens = 0;
}

static void read_source(struct unit *u, const struct source *source)
{
	struct source *src = (struct source *)source;
	const char *p = src->text;
	int line = 1, first_cond = u->pp->conds.n;
	tokens pending = { 0 };
	struct token t;

	u->pp->depth++;
	t = lex_token(u, src, &p, &line, false);
	while (t.kind != TK_EOF && !u->pp->full) {
		if (t.bol && is_punct(&t, TOK_HASH)) {
			/* The directive's tokens are those up to the end of its line. */
			tokens words = { 0 };
			const char *rest = NULL, *end = t.at;
			const char *stop = src->text + src->len;

			while (end < stop && *end != '\n')
				end += *end == '\\' && end + 1 < stop && end[1] == '\n' ? 2 : 1;
			t = lex_token(u, src, &p, &line, true);
			while (t.kind != TK_EOF && !t.bol) {
				if (!words.n)
					rest = t.at + t.len;
				vec_push(&u->arena, &words, t);
				t = lex_token(u, src, &p, &line, true);
			}
			flush(u, &pending);
			while (rest && rest < end && (*rest == ' ' || *rest == '\t'))
				rest++;
			if (words.n)
				directive(u, src, &words, rest, end > rest ? end : rest, first_cond);
			t.line = line + src->line_shift;
			continue;
		}
		if (live(u)) {
			vec_push(&u->arena, &pending, t);
			/* Keep what waits for a macro's arguments small; these stand in parentheses. */
			u->pp->parens += is_punct(&t, TOK_LPAREN) - is_punct(&t, TOK_RPAREN);
			if (pending.n > 4096 && !is_name(&t) &&
			    (u->pp->parens <= 0 || is_punct(&t, TOK_SEMI) || is_punct(&t, TOK_RBRACE)))
				flush(u, &pending);
		}
		t = lex_token(u, src, &p, &line, !live(u));
	}
	flush(u, &pending);
	while (u->pp->conds.n > first_cond) {
		report(u, open_condition, keep(u, u->pp->conds.v[u->pp->conds.n - 1].at));
		u->pp->conds.n--;
	}
	u->pp->depth--;
}

static void command_defines(struct unit *u)
{
	struct buffer b = { 0 };
	struct source *src;

	buffer_str(&b, "#define __TRANSP4__ 1\n#define __P4C__ 1\n"
		       "#define __p4c__ 1\n#define __P4_VERSION__ 16\n");
	for (int i = 0; u->defines && u->defines[i]; i++) {
		const char *eq = strchr(u->defines[i], '=');

		if (eq)
			buffer_printf(&b, "#define %.*s %s\n", (int)(eq - u->defines[i]),
				      u->defines[i], eq + 1);
		else
			buffer_printf(&b, "#define %s 1\n", u->defines[i]);
	}
	src = arena_alloc(&u->arena, sizeof(*src));
	*src = (struct source){ .name = "<command line>", .len = b.len, .system = true,
				.text = arena_copy(&u->arena, b.text, b.len) };
	buffer_free(&b);
	read_source(u, src);
}

static void preprocess_source(struct unit *u, struct source *src)
{
	struct token eof = { .kind = TK_EOF, .src = src, .at = src->text + src->len, .bol = true };

	u->pp = arena_alloc(&u->arena, sizeof(*u->pp));
	command_defines(u);
	read_source(u, src);
	eof.line = 1 + src->line_shift;
	for (const char *p = src->text; p < eof.at; p++)
		eof.line += *p == '\n';
	eof.name = "end of file";
	vec_push(&u->arena, &u->tokens, eof);
}

bool preprocess(struct unit *u, const char *path)
{
	struct source *src = source_open(u, path, NULL, false);

	if (!src)
		return false;
	preprocess_source(u, src);
	return true;
}

bool preprocess_text(struct unit *u, const char *name, const char *text, size_t len)
{
	struct source *src = arena_alloc(&u->arena, sizeof(*src));

	src->name = name;
	src->text = arena_copy(&u->arena, text, len);
	src->len = len;
	vec_push(&u->arena, &u->sources, src);
	preprocess_source(u, src);
	return true;
}
