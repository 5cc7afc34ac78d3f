/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* builtin.c - macros that nobody defines, as cpp knows them. */
#include "compiler/macro.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static void number_emit(struct unit *u, tokens *out, struct token t, int value)
{
	t.kind = TK_INT;
	t.name = arena_printf(&u->arena, "%d", value);
	t.value = arena_alloc(&u->arena, sizeof(*t.value));
	mpz_init_set_si(*t.value, value);
	token_emit(u, out, t);
}

static void string_emit(struct unit *u, tokens *out, struct token t, const char *value)
{
	t.kind = TK_STRING;
	t.name = value;
	token_emit(u, out, t);
}

static void line_emit(struct unit *u, struct context **top, struct token use, tokens *out)
{
	number_emit(u, out, use, use.line);
}

static void level_emit(struct unit *u, struct context **top, struct token use, tokens *out)
{
	number_emit(u, out, use, u->pp->depth - 1);
}

static void counter_emit(struct unit *u, struct context **top, struct token use, tokens *out)
{
	number_emit(u, out, use, u->pp->counter++);
}

static void file_emit(struct unit *u, struct context **top, struct token use, tokens *out)
{
	string_emit(u, out, use, use.name[2] == 'B' ? u->pp->main->name : use.src->name);
}

/* __DATE__ and __TIME__ are of this run, or $SOURCE_DATE_EPOCH, __TIMESTAMP__ is the file's. */
static void time_emit(struct unit *u, struct context **top, struct token use, tokens *out)
{
	bool of_file = use.name[6] == 'S';
	const char *epoch = of_file ? NULL : getenv("SOURCE_DATE_EPOCH");
	time_t when = epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	struct stat st;
	struct tm tm;
	char text[64];

	if (of_file && !stat(use.src->path, &st))
		when = st.st_mtime;
	if (!(epoch ? gmtime_r : localtime_r)(&when, &tm))
		tm = (struct tm){ .tm_mday = 1 };
	if (of_file)
		strftime(text, sizeof(text), "%a %b %e %H:%M:%S %Y", &tm);
	else
		strftime(text, sizeof(text), use.name[2] == 'D' ? "%b %e %Y" : "%H:%M:%S", &tm);
	string_emit(u, out, use, arena_copy(&u->arena, text, strlen(text)));
}

/* What stands in the parentheses that are next; nothing: there are none */
static tokens operand_read(struct unit *u, struct context **top)
{
	const struct token *next = context_peek(u, top);
	tokens t = { 0 };
	int n;

	if (next && is_punct(next, TOK_LPAREN) && !macro_args(u, top, &t, 1, &n))
		t.n = 0;
	return t;
}

/* _Pragma("...") */
static void pragma_emit(struct unit *u, struct context **top, struct token use, tokens *out)
{
	tokens t = operand_read(u, top);

	if (t.n == 1 && t.v[0].kind == TK_STRING) {
		pragma_obey(u, use.src, t.v[0].name);
	} else {
		report(u, bad_directive, keep(u, use), use.name, "(\"text\")");
		token_emit(u, out, token_told(use));
	}
}

const char *header_spelling(struct unit *u, tokens t)
{
	const char *name = "", *text;
	tokens full = { 0 };
	int len;

	if (!t.n || (t.v[0].kind != TK_STRING && !is_punct(&t.v[0], TOK_LT))) {
		macro_expand(u, &t, &full);
		t = full;
	}
	if (t.n && t.v[0].kind == TK_STRING)
		return arena_printf(&u->arena, "\"%s\"", t.v[0].name);
	for (int i = 0; i < t.n; i++) {
		text = token_text(u, &t.v[i], &len);
		name = arena_printf(&u->arena, "%s%s%.*s", name, i && t.v[i].space ? " " : "", len,
				    text);
	}
	return name;
}

/* (__has_include | __has_include_next) ("name" | <name>), in what #if tests */
static void has_include_emit(struct unit *u, struct context **top, struct token use, tokens *out)
{
	bool testing = u->pp->testing, found;
	const char *name = NULL;
	int sources = u->sources.n;

	u->pp->testing = false;
	found = header_open(u, header_spelling(u, operand_read(u, top)), use.src,
			    !strcmp(use.name, "__has_include_next"), &name);
	u->pp->testing = testing;
	u->sources.n = sources;
	if (name && testing) {
		number_emit(u, out, use, found);
	} else {
		report(u, bad_directive, keep(u, use), use.name, "#if and (\"file\") or (<file>)");
		token_emit(u, out, token_told(use));
	}
}

/* defined X | defined ( X ), in what #if tests */
void defined_emit(struct unit *u, struct context **top, struct token t, tokens *out)
{
	const struct token *next = context_peek(u, top);
	bool paren = next && is_punct(next, TOK_LPAREN), defined, whole;

	(*top)->i += paren;
	next = context_peek(u, top);
	whole = next && is_name(next);
	defined = whole && macro_defined(u, next->name);
	(*top)->i += whole;
	if (whole && paren) {
		next = context_peek(u, top);
		whole = next && is_punct(next, TOK_RPAREN);
		(*top)->i += whole;
	}
	if (whole)
		number_emit(u, out, t, defined);
	else
		token_emit(u, out, token_told(t));
}

const struct builtin builtins[] = {
	{ "__LINE__", line_emit, false },
	{ "__FILE__", file_emit, false },
	{ "__BASE_FILE__", file_emit, false },
	{ "__INCLUDE_LEVEL__", level_emit, false },
	{ "__COUNTER__", counter_emit, false },
	{ "__DATE__", time_emit, false },
	{ "__TIME__", time_emit, false },
	{ "__TIMESTAMP__", time_emit, false },
	{ "_Pragma", pragma_emit, true },
	{ "__has_include", has_include_emit, true },
	{ "__has_include_next", has_include_emit, true },
	{ NULL, NULL, false },
};
