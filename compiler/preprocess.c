/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * preprocess.c - the C preprocessor that P4_16 asks for (section 6.3).
 *
 * Works on tokens, so every token keeps the place it was written at; what a
 * macro yields has the place of the macro's use.
 */
#include "compiler/hint.h"
#include "compiler/preprocess.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define INCLUDE_DEPTH 64

static const struct source *read_source(struct unit *u, struct source *src);

/* Is the file of this source, which was just opened, not to be read again? */
static bool read_before(struct unit *u, const struct source *src, bool import)
{
	for (int i = 0; i < u->pp->once.n; i++)
		if (u->pp->once.v[i] == src->real)
			return true;
	if (import)
		vec_push(&u->arena, &u->pp->once, src->real);
	for (int i = 0; import && i < u->sources.n - 1; i++)
		if (u->sources.v[i]->real == src->real)
			return true;
	return false;
}

/* (#include | #include_next | #import) ("name" | <name>) */
static void include(struct unit *u, const struct source *src, tokens *line, const char *text)
{
	const char *directive = line->v[0].name, *name;
	const struct token *place = keep(u, line->v[0]);
	struct source *next;

	if (*text != '"' && *text != '<')
		text = header_spelling(u, tokens_from(line, 1));
	next = header_open(u, text, src, !strcmp(directive, "include_next"), &name);
	if (!name) {
		report(u, bad_directive, place, arena_printf(&u->arena, "#%s", directive),
		       "\"file\" or <file>");
	} else if (u->pp->depth >= INCLUDE_DEPTH) {
		report(u, include_depth, place, name);
		unit_hint(u, "does it include itself? guard it with #ifndef");
		u->pp->full = true;
	} else if (!next) {
		struct meant m = meant_for(name);

		for (const struct include_file *f = include_files; f->name; f++)
			meant_try(&m, f->name);
		report(u, no_file, place, name, strerror(errno));
		if (!meant_hint(u, &m))
			unit_hint(u, "name its folder with -I");
	} else if (!read_before(u, next, directive[1] == 'm')) {
		read_source(u, next);
	}
}

/* #line number ["name"], maybe from macros: what the source is from here on */
static struct source *line_set(struct unit *u, struct source *src, const tokens *line)
{
	struct source *called = arena_grow(&u->arena, src, sizeof(*src), sizeof(*src));
	tokens rest = tokens_from(line, 1), full = { 0 };
	const char *text;
	int len = 0;

	macro_expand(u, &rest, &full);
	text = full.n ? token_text(u, &full.v[0], &len) : NULL;
	if (!len || (int)strspn(text, "0123456789") < len ||
	    mpz_cmp_ui(*full.v[0].value, 1u << 30) > 0 ||
	    (full.n > 1 && full.v[1].kind != TK_STRING)) {
		report(u, bad_directive, keep(u, line->v[0]), "#line", "a number and \"file\"");
		return src;
	}
	called->line_shift += (int)mpz_get_si(*full.v[0].value) - line->v[0].line - 1;
	if (full.n > 1)
		called->name = full.v[1].name;
	return called;
}

static bool name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

void pragma_obey(struct unit *u, const struct source *src, const char *text)
{
	if (!strncmp(text, "once", 4) && !name_char(text[4]))
		vec_push(&u->arena, &u->pp->once, src->real);
}

static bool live(struct unit *u)
{
	return !u->pp->conds.n || u->pp->conds.v[u->pp->conds.n - 1].active;
}

static void flush(struct unit *u, tokens *pending)
{
	macro_expand(u, pending, &u->tokens);
	pending->n = 0;
	u->pp->parens = 0;
}

/* Does "if", "ifdef" or "ifndef" hold, or that of an #elif, #elifdef or #elifndef? */
static bool tested(struct unit *u, tokens *line, const char *test)
{
	if (!test[2])
		return condition_value(u, line, 1);
	if (line->n < 2 || !is_name(&line->v[1])) {
		report(u, bad_directive, keep(u, line->v[0]),
		       arena_printf(&u->arena, "#%s", line->v[0].name), "a name");
		return false;
	}
	return macro_defined(u, line->v[1].name) == (test[2] == 'd');
}

/* #if and those that go with it; false: another directive */
static bool conditional(struct unit *u, tokens *line, int first_cond)
{
	struct preprocessor *pp = u->pp;
	const char *name = line->v[0].name, *test = name + 2 * !strncmp(name, "eli", 3);
	struct condition *c = pp->conds.n > first_cond ? &pp->conds.v[pp->conds.n - 1] : NULL;
	bool tests = !strcmp(test, "if") || !strcmp(test, "ifdef") || !strcmp(test, "ifndef");

	if (tests && test == name) {
		struct condition fresh = { .taken = true, .at = line->v[0] };

		if (live(u))
			fresh.taken = fresh.active = tested(u, line, test);
		vec_push(&u->arena, &pp->conds, fresh);
	} else if (!tests && strcmp(name, "else") && strcmp(name, "endif")) {
		return false;
	} else if (!c || (name[1] == 'l' && c->was_else)) {
		report(u, stray_directive, keep(u, line->v[0]), name);
	} else if (name[1] == 'n') {
		pp->conds.n--;
	} else if (!tests) {
		c->active = !c->taken;
		c->taken = c->was_else = true;
	} else if (c->taken) {
		c->active = false;
	} else {
		c->active = c->taken = tested(u, line, test);
	}
	return true;
}

/* The directive of this line, whose text behind its name is `rest`: maybe it changes the source. */
static void directive(struct unit *u, struct source **src, tokens *line, tokens *pending,
		      const char *rest, int first_cond)
{
	const char *name = line->v[0].name;

	if (line->v[0].kind == TK_INT)
		return;
	if (!is_name(&line->v[0])) {
		if (live(u))
			report(u, unknown_directive, keep(u, line->v[0]), "?");
		return;
	}
	/* What is tested may be among the arguments of a macro; else what stands above comes first. */
	if (u->pp->parens <= 0 && pending->n && !macro_waits(u, &pending->v[pending->n - 1]))
		flush(u, pending);
	if (conditional(u, line, first_cond) || !live(u))
		return;
	flush(u, pending);
	if (!strcmp(name, "define")) {
		macro_define(u, line, 1);
	} else if (!strcmp(name, "undef")) {
		if (line->n > 1 && is_name(&line->v[1]))
			macro_undefine(u, line->v[1].name);
		else
			report(u, bad_directive, keep(u, line->v[0]), "#undef", "a name");
	} else if (!strcmp(name, "include") || !strcmp(name, "include_next") ||
		   !strcmp(name, "import")) {
		include(u, *src, line, rest);
	} else if (!strcmp(name, "line")) {
		*src = line_set(u, *src, line);
	} else if (!strcmp(name, "error")) {
		report(u, hash_error, keep(u, line->v[0]), rest);
	} else if (!strcmp(name, "warning")) {
		report(u, hash_warning, keep(u, line->v[0]), rest);
	} else if (!strcmp(name, "pragma")) {
		pragma_obey(u, *src, rest);
	} else if (!strcmp(name, "ident") || !strcmp(name, "sccs")) {
		if (*rest != '"')
			report(u, bad_directive, keep(u, line->v[0]), "#ident", "a string");
	} else {
		report(u, unknown_directive, keep(u, line->v[0]), name);
	}
}

/* A word that goes on in the next line is one; the line's end comes behind the word then. */
static void join_words(struct unit *u, struct source *src)
{
	char *text = arena_copy(&u->arena, src->text, src->len);
	size_t n = 0;
	int owed = 0;

	for (size_t i = 0; i < src->len; i++) {
		if (src->len - i > 2 && text[i] == '\\' && text[i + 1] == '\n' && n &&
		    name_char(text[n - 1]) && name_char(text[i + 2])) {
			i++;
			owed++;
			continue;
		}
		for (; owed && !name_char(text[i]); owed--) {
			text[n++] = '\\';
			text[n++] = '\n';
		}
		text[n++] = text[i];
	}
	text[n] = 0;
	src->text = text;
	src->len = n;
}

/* What is left of the source, behind u->tokens; what its last line belongs to */
static const struct source *read_source(struct unit *u, struct source *src)
{
	const char *p, *before;
	int line = 1, line_before, first_cond = u->pp->conds.n;
	tokens pending = { 0 };
	struct token t;

	if (strstr(src->text, "\\\n"))
		join_words(u, src);
	p = src->text;
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
			for (;;) {
				before = p;
				line_before = line;
				t = lex_token(u, src, &p, &line, true);
				if (t.kind == TK_EOF || t.bol)
					break;
				if (!words.n)
					rest = p;
				vec_push(&u->arena, &words, t);
			}
			p = before;
			line = line_before;
			while (rest && rest < end && (*rest == ' ' || *rest == '\t'))
				rest++;
			if (words.n)
				directive(u, &src, &words, &pending,
					  arena_copy(&u->arena, rest,
						     end > rest ? (size_t)(end - rest) : 0),
					  first_cond);
		} else if (live(u)) {
			vec_push(&u->arena, &pending, t);
			/* What waits for arguments stays small; these are in parentheses. */
			u->pp->parens += is_punct(&t, TOK_LPAREN) - is_punct(&t, TOK_RPAREN);
			if (pending.n > 4096 && !is_name(&t) &&
			    (u->pp->parens <= 0 || is_punct(&t, TOK_SEMI) ||
			     is_punct(&t, TOK_RBRACE)))
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
	return src;
}

static void command_defines(struct unit *u)
{
	struct buffer b = { 0 };
	struct source *src;

	buffer_str(&b, "#define __TRANSP4__ 1\n#define __P4C__ 1\n"
		       "#define __p4c__ 1\n#define __P4_VERSION__ 16\n"
		       "#define __STDC__ 1\n#define __STDC_HOSTED__ 1\n#define __ASSEMBLER__ 1\n");
	for (int i = 0; u->defines && u->defines[i]; i++) {
		const char *eq = strchr(u->defines[i], '=');

		if (eq)
			buffer_printf(&b, "#define %.*s %s\n", (int)(eq - u->defines[i]),
				      u->defines[i], eq + 1);
		else
			buffer_printf(&b, "#define %s 1\n", u->defines[i]);
	}
	src = source_add(u, "<command line>", arena_copy(&u->arena, b.text, b.len), b.len, true);
	buffer_free(&b);
	read_source(u, src);
}

static void preprocess_source(struct unit *u, struct source *src)
{
	struct token eof = { .kind = TK_EOF, .bol = true, .name = "end of file" };

	u->pp = arena_alloc(&u->arena, sizeof(*u->pp));
	u->pp->main = src;
	macros_begin(u);
	command_defines(u);
	eof.src = read_source(u, src);
	eof.at = src->text + src->len;
	eof.line = 1 + eof.src->line_shift;
	for (const char *p = src->text; p < eof.at; p++)
		eof.line += *p == '\n';
	vec_push(&u->arena, &u->tokens, eof);
}

bool preprocess(struct unit *u, const char *path)
{
	struct source *src = source_open(u, path);

	if (!src)
		return false;
	preprocess_source(u, src);
	return true;
}

bool preprocess_text(struct unit *u, const char *name, const char *text, size_t len)
{
	preprocess_source(u, source_add(u, name, arena_copy(&u->arena, text, len), len, false));
	return true;
}
