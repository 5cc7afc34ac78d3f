/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* macro.c - macros of the preprocessor: their definitions, and what their uses become. */
#include "compiler/preprocess.h"

#include <string.h>

#define EXPAND_DEPTH 200
#define TOKEN_MAX    (1 << 20)
#define WORK_MAX     (1 << 20) /* tokens that macros yield, in all */
#define PASTE_MAX    4096      /* bytes of a token that ## makes */

struct macro {
	struct macro *next;
	const char *name;
	bool function, variadic, busy, gone;
	int n_params;
	const char **params;
	tokens body;
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

bool macro_defined(struct unit *u, const char *name)
{
	return macro_find(u, name) != NULL;
}

void macro_undefine(struct unit *u, const char *name)
{
	struct macro *m = macro_find(u, name);

	if (m)
		m->gone = true;
}

static void too_many(struct unit *u, const struct token *t)
{
	if (!u->pp->full)
		report(u, too_many_tokens, keep(u, *t));
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

/* The last token of `out` and b as one; or as those that their text is, where it is no token. */
static void token_paste(struct unit *u, tokens *out, struct token b)
{
	struct token a = out->v[out->n - 1], t;
	int a_len, b_len;
	const char *a_text = token_text(&a, &a_len), *b_text = token_text(&b, &b_len);
	struct source *src = arena_alloc(&u->arena, sizeof(*src));
	int line = a.line;
	const char *text, *p;

	if (a_len + b_len > PASTE_MAX) {
		too_many(u, &a);
		return;
	}
	p = text = arena_printf(&u->arena, "%.*s%.*s", a_len, a_text, b_len, b_text);
	*src = (struct source){ .name = a.src->name, .text = text, .len = strlen(text) };
	out->n--;
	while (p < text + src->len) {
		t = lex_token(u, src, &p, &line, true);
		if (t.kind == TK_EOF)
			break;
		t.space |= t.bol && a.space;
		t.bol = false;
		token_emit(u, out, t);
	}
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
				token_paste(u, &raw, next);
			else if (!nothing && m->variadic && p == m->n_params - 1 &&
				 is_punct(&raw.v[raw.n - 1], TOK_COMMA))
				raw.n--; /* as GNU's: no comma before no arguments */
			nothing = nothing && arg && !arg->n;
			for (int k = 1; arg && k < arg->n; k++)
				token_emit(u, &raw, arg->v[k]);
			continue;
		}
		p = param_index(m, &t);
		if (p >= 0) {
			bool pasted =
				i + 1 < m->body.n && is_punct(&m->body.v[i + 1], TOK_HASHHASH);
			tokens full = { 0 };

			if (!pasted)
				macro_expand(u, &args[p], &full, NULL);
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
	macro_expand(u, &raw, out, &use);
	m->busy = false;
}

void macro_expand(struct unit *u, tokens *in, tokens *out, const struct token *place)
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
void macro_define(struct unit *u, const tokens *line, int i)
{
	struct macro *m = arena_alloc(&u->arena, sizeof(*m));
	VEC(const char *) params = { 0 };

	if (i >= line->n || !is_name(&line->v[i])) {
		report(u, bad_directive, keep(u, line->v[i < line->n ? i : i - 1]), "#define",
		       "a name");
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
	macro_undefine(u, m->name);
	m->next = *macro_slot(u->pp, m->name);
	*macro_slot(u->pp, m->name) = m;
}
