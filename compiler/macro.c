/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* macro.c - macros of the preprocessor: their definitions, and what their uses become. */
#include "compiler/macro.h"

#include <string.h>

#define EXPAND_DEPTH 400
#define TOKEN_MAX    (1 << 20)
#define WORK_MAX     (1 << 20) /* tokens that macros yield, in all */
#define PASTE_MAX    4096      /* bytes of a token that ## makes */
#define ARGS_MAX     66

struct macro {
	const char *name;
	bool function, variadic, busy;
	builtin_emit *builtin; /* else it is by #define */
	int n_params;
	const char **params;
	tokens body;
};

static struct macro *macro_find(struct unit *u, const char *name)
{
	return map_find(&u->pp->macros, name, NULL);
}

bool macro_defined(struct unit *u, const char *name)
{
	return macro_find(u, name) != NULL;
}

bool macro_waits(struct unit *u, const struct token *t)
{
	const struct macro *m = is_name(t) ? macro_find(u, t->name) : NULL;

	return m && (m->function || !m->builtin);
}

static void macro_set(struct unit *u, const char *name, struct macro *m)
{
	*map_place(&u->arena, &u->pp->macros, name, NULL) = m;
}

void macro_undefine(struct unit *u, const char *name)
{
	macro_set(u, name, NULL);
}

static void too_many(struct unit *u, const struct token *t)
{
	if (!u->pp->full)
		report(u, too_many_tokens, keep(u, *t));
	u->pp->full = true;
}

void token_emit(struct unit *u, tokens *out, struct token t)
{
	/* At the first level are the program's own tokens. */
	if (out->n >= TOKEN_MAX || (u->pp->expand_depth > 1 && u->pp->work++ >= WORK_MAX)) {
		too_many(u, &t);
		return;
	}
	vec_push(&u->arena, out, t);
}

struct token token_told(struct token t)
{
	t.kind = TK_BAD;
	t.id = 3;
	return t;
}

const struct token *context_peek(struct unit *u, struct context **top)
{
	while ((*top)->i >= (*top)->in->n) {
		if (!(*top)->up)
			return NULL;
		(*top)->macro->busy = false;
		u->pp->expand_depth--;
		*top = (*top)->up;
	}
	return &(*top)->in->v[(*top)->i];
}

bool macro_args(struct unit *u, struct context **top, tokens *args, int max, int *n)
{
	const struct token *t;
	int depth = 0;

	*n = 0;
	while ((t = context_peek(u, top))) {
		(*top)->i++;
		if (is_punct(t, TOK_LPAREN) && depth++ == 0) {
			*n = 1;
			continue;
		}
		if (is_punct(t, TOK_RPAREN) && --depth == 0)
			return true;
		if (is_punct(t, TOK_COMMA) && depth == 1 && *n < max) {
			(*n)++;
			continue;
		}
		if (*n <= 64)
			token_emit(u, &args[*n - 1], *t);
	}
	return false;
}

/* As it is spelled; what a macro yielded has the place of its use, where something else stands. */
const char *token_text(struct unit *u, const struct token *t, int *len)
{
	struct buffer b = { 0 };
	const char *s = t->name;

	if (!s || (t->kind == TK_STRING && *t->at == '"')) {
		*len = t->len;
		if (!memmem(t->at, (size_t)t->len, "\\\n", 2))
			return t->at;
		for (const char *p = t->at; p < t->at + t->len; p++)
			if (p[0] == '\\' && p[1] == '\n')
				p++; /* the line goes on */
			else
				buffer_add(&b, p, 1);
		s = arena_copy(&u->arena, b.text, b.len);
		buffer_free(&b);
	} else if (t->kind == TK_STRING) {
		buffer_str(&b, "\"");
		for (; *s; s++) {
			if (*s == '\n' || *s == '"' || *s == '\\')
				buffer_str(&b, "\\");
			buffer_printf(&b, "%c", *s == '\n' ? 'n' : *s);
		}
		buffer_str(&b, "\"");
		s = arena_copy(&u->arena, b.text, b.len);
		buffer_free(&b);
	}
	*len = (int)strlen(s);
	return s;
}

/* The tokens that a text is, in place of `use` */
static void text_emit(struct unit *u, tokens *out, const char *text, struct token use)
{
	struct source *src = arena_alloc(&u->arena, sizeof(*src));
	const char *p = text;
	int line = use.line;
	struct token t;

	*src = *use.src;
	src->text = text;
	src->len = strlen(text);
	while ((t = lex_token(u, src, &p, &line, true)).kind != TK_EOF) {
		t.space |= t.bol && use.space;
		t.bol = false;
		token_emit(u, out, t);
	}
}

/* The last token of `out` and b as one; or as those that their text is, where it is no token. */
static void token_paste(struct unit *u, tokens *out, struct token b)
{
	struct token a = out->v[out->n - 1];
	int a_len, b_len;
	const char *a_text = token_text(u, &a, &a_len), *b_text = token_text(u, &b, &b_len);

	if (a_len + b_len > PASTE_MAX) {
		too_many(u, &a);
		return;
	}
	out->n--;
	text_emit(u, out, arena_printf(&u->arena, "%.*s%.*s", a_len, a_text, b_len, b_text), a);
}

static void token_stringify(struct unit *u, tokens *out, const tokens *arg, struct token use)
{
	struct buffer b = { 0 };
	const char *text;
	int len;

	buffer_str(&b, "\"");
	for (int i = 0; i < arg->n; i++) {
		const struct token *t = &arg->v[i];

		if (i && t->space)
			buffer_str(&b, " ");
		text = token_text(u, t, &len);
		for (int k = 0; k < len; k++) {
			if (text[k] == '"' || (text[k] == '\\' && (*text == '"' || *text == '\'')))
				buffer_str(&b, "\\");
			buffer_add(&b, &text[k], 1);
		}
	}
	buffer_str(&b, "\"");
	text_emit(u, out, arena_copy(&u->arena, b.text, b.len), use);
	buffer_free(&b);
}

/* Which parameter of the macro this token names; -1: none. */
static int param_index(const struct macro *m, const struct token *t)
{
	int p = m->n_params - 1;

	while (p >= 0 && !(is_name(t) && m->params[p] == t->name))
		p--;
	return p;
}

/* What the macro's argument p becomes: it is expanded once, wherever it stands. */
static tokens *argument_expanded(struct unit *u, tokens *args, int p)
{
	tokens *full = &args[ARGS_MAX + p];

	if (!full->n)
		macro_expand(u, &args[p], full);
	return full;
}

/* Where the parentheses close that open at token i of the body; the body's end: nowhere */
static int body_close(const struct macro *m, int i)
{
	int depth = 0;

	for (; i < m->body.n; i++) {
		depth += is_punct(&m->body.v[i], TOK_LPAREN) - is_punct(&m->body.v[i], TOK_RPAREN);
		if (depth <= 0)
			break;
	}
	return i;
}

/* Tokens i to end of the macro's body with its arguments put in, at the end of `raw` */
static void body_emit(struct unit *u, struct macro *m, struct token use, tokens *args, int i,
		      int end, tokens *raw)
{
	bool nothing = false; /* left of ## stands an empty argument */

	for (; i < end; i++) {
		struct token t = m->body.v[i];
		int p;

		if (is_punct(&t, TOK_HASH) && m->function) {
			p = param_index(m, &m->body.v[++i]);
			token_stringify(u, raw, &args[p], use);
			continue;
		}
		if (m->variadic && is_name(&t) && t.name == unit_name(u, "__VA_OPT__")) {
			int close = body_close(m, i + 1);

			if (argument_expanded(u, args, m->n_params - 1)->n)
				body_emit(u, m, use, args, i + 2, close, raw);
			i = close;
			continue;
		}
		if (is_punct(&t, TOK_HASHHASH) && (raw->n || nothing) && i + 1 < end) {
			struct token next = m->body.v[++i];
			tokens *arg;

			p = param_index(m, &next);
			arg = p >= 0 ? &args[p] : NULL;
			if (arg && arg->n)
				next = arg->v[0];
			if (nothing && (!arg || arg->n))
				token_emit(u, raw, next);
			else if (!arg || arg->n)
				token_paste(u, raw, next);
			else if (!nothing && m->variadic && p == m->n_params - 1 &&
				 is_punct(&raw->v[raw->n - 1], TOK_COMMA))
				raw->n--; /* as GNU's: no comma before no arguments */
			nothing = nothing && arg && !arg->n;
			for (int k = 1; arg && k < arg->n; k++)
				token_emit(u, raw, arg->v[k]);
			continue;
		}
		p = param_index(m, &t);
		if (p >= 0) {
			bool pasted = i + 1 < end && is_punct(&m->body.v[i + 1], TOK_HASHHASH);
			tokens full = pasted ? args[p] : *argument_expanded(u, args, p);

			nothing = pasted && !full.n;
			for (int k = 0; k < full.n; k++) {
				struct token given = full.v[k];

				given.space = k ? given.space : t.space;
				token_emit(u, raw, given);
			}
			continue;
		}
		nothing = false;
		token_emit(u, raw, t);
	}
}

/* What macro m yields for this use is read next. */
static void context_push(struct unit *u, struct context **top, struct macro *m, struct token use,
			 tokens *args)
{
	struct context *c = arena_alloc(&u->arena, sizeof(*c));
	tokens *raw = arena_alloc(&u->arena, sizeof(*raw));

	u->pp->expand_depth++;
	body_emit(u, m, use, args, 0, m->body.n, raw);
	for (int i = 0; i < raw->n; i++) {
		struct token *t = &raw->v[i];

		/* Told of where the macro is used, spelled as in its body. */
		if (!t->name)
			t->name = arena_copy(&u->arena, t->at, (size_t)t->len);
		t->bol = !i && use.bol;
		t->space = i ? t->space : use.space;
		t->src = use.src;
		t->at = use.at;
		t->line = use.line;
		t->len = use.len;
	}
	m->busy = true;
	*c = (struct context){ .up = *top, .macro = m, .in = raw };
	*top = c;
}

/* A use of macro m: its arguments are read, and what it yields is next; else t is no use. */
static void macro_use(struct unit *u, struct context **top, struct macro *m, struct token t,
		      tokens *out)
{
	const struct token *next;
	tokens *args = NULL;
	int n = 0;

	if (m->function) {
		next = context_peek(u, top);
		if (!next || !is_punct(next, TOK_LPAREN)) {
			token_emit(u, out, t);
			return;
		}
		u->pp->work += 32; /* what the arguments' lists take */
		args = arena_alloc(&u->arena, sizeof(*args) * 2 * ARGS_MAX);
		if (!macro_args(u, top, args, m->variadic ? m->n_params : 64, &n)) {
			report(u, macro_open, keep(u, t));
			token_emit(u, out, token_told(t));
			return;
		}
		if (n != m->n_params && !(m->n_params == 0 && n == 1 && !args[0].n) &&
		    !(m->variadic && n == m->n_params - 1)) {
			report(u, macro_args, keep(u, t), m->name, m->n_params, n);
			token_emit(u, out, token_told(t));
			return;
		}
	}
	context_push(u, top, m, t, args);
}

void macros_begin(struct unit *u)
{
	for (const struct builtin *b = builtins; b->name; b++) {
		struct macro *m = arena_alloc(&u->arena, sizeof(*m));

		m->name = unit_name(u, b->name);
		m->builtin = b->emit;
		m->function = b->function;
		macro_set(u, m->name, m);
	}
}

void macro_expand(struct unit *u, const tokens *in, tokens *out)
{
	struct context base = { .in = in }, *top = &base;
	const struct token *next;

	u->pp->expand_depth++;
	while ((next = context_peek(u, &top)) && !u->pp->full) {
		struct token t = *next;
		struct macro *m = is_name(&t) && !t.no_expand ? macro_find(u, t.name) : NULL;

		top->i++;
		if (u->pp->expand_depth > EXPAND_DEPTH) {
			report(u, macro_depth, keep(u, t));
			u->pp->full = true;
		} else if (m && m->busy) {
			t.no_expand = true;
			token_emit(u, out, t);
		} else if (m && m->builtin) {
			m->builtin(u, &top, t, out);
		} else if (m) {
			macro_use(u, &top, m, t, out);
		} else if (u->pp->testing && is_name(&t) && t.name == unit_name(u, "defined")) {
			defined_emit(u, &top, t, out);
		} else {
			token_emit(u, out, t);
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
			bool named = is_name(&line->v[i - 1]);

			if (is_punct(&line->v[i], TOK_COMMA) && named && i + 1 < line->n &&
			    !is_punct(&line->v[i + 1], TOK_RPAREN))
				continue;
			if (is_punct(&line->v[i], TOK_DOTS)) {
				m->variadic = true;
				/* GNU's `rest...` is the parameter before it. */
				if (!params.n || !named)
					vec_push(&u->arena, &params, unit_name(u, "__VA_ARGS__"));
			} else if (is_name(&line->v[i]) && !named && !m->variadic &&
				   params.n < 64 && param_index(m, &line->v[i]) < 0) {
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
	macro_set(u, m->name, m);
}
