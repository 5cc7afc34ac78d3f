/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * lex.c - bytes to raw tokens (P4_16 1.2.5, section 6.4).
 *
 * `>>` is never one token: the parser joins two adjacent `>`, so that nested
 * type arguments need no care.
 */
#include "compiler/unit.h"

#include <ctype.h>
#include <string.h>

static const struct spelling {
	const char *text;
	uint8_t len, id;
} puncts[] = {
#define P(id, text) { text, sizeof(text) - 1, id },
#define K(id, text)
#include "compiler/lex.def"
#undef P
#undef K
};

static const struct spelling keywords[] = {
#define P(id, text)
#define K(id, text) { text, sizeof(text) - 1, id },
#include "compiler/lex.def"
#undef P
#undef K
};

const char *token_spelling(enum token_id id)
{
	for (size_t i = 0; i < sizeof(puncts) / sizeof(puncts[0]); i++)
		if (puncts[i].id == id)
			return puncts[i].text;
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (keywords[i].id == id)
			return keywords[i].text;
	return "?";
}

const char *unit_name(struct unit *u, const char *s)
{
	return intern_name(&u->arena, &u->names, s, strlen(s));
}

/* Blanks, comments and continued lines; counts lines. */
static const char *skip_blank(struct unit *u, const struct source *src, const char *p, int *line,
			      struct token *t, bool quiet)
{
	const char *end = src->text + src->len;

	for (;;) {
		if (p >= end)
			return p;
		if (*p == '\n') {
			(*line)++;
			t->bol = true;
			p++;
		} else if (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\f' || *p == '\v') {
			p++;
		} else if (*p == '\\' && p[1] == '\n') {
			p += 2;
			(*line)++;
			continue; /* no blank */
		} else if (p[0] == '/' && p[1] == '/') {
			/* Lines are joined before comments are seen (6.3). */
			while (p < end && *p != '\n') {
				if (*p == '\\' && p + 1 < end && p[1] == '\n') {
					(*line)++;
					p++;
				}
				p++;
			}
		} else if (p[0] == '/' && p[1] == '*') {
			const char *start = p;
			int start_line = *line;

			p += 2;
			while (p < end && !(p[0] == '*' && p[1] == '/')) {
				/* A comment is a blank: what follows is on the line still. */
				*line += *p == '\n';
				p++;
			}
			if (p >= end) {
				struct token *where = arena_alloc(&u->arena, sizeof(*where));

				*where = (struct token){
					.src = src, .at = start, .len = 2, .line = start_line
				};
				if (!quiet)
					report(u, open_comment, where);
				return end;
			}
			p += 2;
		} else {
			return p;
		}
		t->space = true;
	}
}

static bool name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* integer = [width ("w" | "s")] ["0x" | "0d" | "0o" | "0b"] digit {digit | "_"} */
static const char *lex_number(struct unit *u, const char *p, const char *end, struct token *t)
{
	const char *q = p;
	char digits[4096];
	size_t n = 0;
	int base = 10;
	long width = -1;

	while (q < end && isdigit((unsigned char)*q))
		q++;
	if (q < end && (*q == 'w' || *q == 's')) {
		width = 0;
		for (const char *d = p; d < q && width < 100000000; d++)
			width = width * 10 + (*d - '0');
		t->is_signed = *q == 's';
		p = ++q;
	}
	t->width = (int32_t)width;
	q = p;
	if (q + 1 < end && q[0] == '0' && strchr("xXdDoObB", q[1]) && q[1]) {
		int c = tolower((unsigned char)q[1]);

		base = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 10;
		q += 2;
	}
	while (q < end && (isalnum((unsigned char)*q) || *q == '_')) {
		int c = tolower((unsigned char)*q);
		int v = isdigit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;

		if (*q != '_') {
			if (v >= base) {
				t->kind = TK_BAD;
				t->id = 1;
			} else if (n < sizeof(digits) - 1) {
				digits[n++] = (char)c;
			} else {
				t->kind = TK_BAD;
				t->id = 1;
			}
		}
		q++;
	}
	digits[n] = 0;
	if (!n) {
		t->kind = TK_BAD;
		t->id = 1;
		strcpy(digits, "0");
	}
	t->value = arena_alloc(&u->arena, sizeof(*t->value));
	mpz_init(*t->value);
	if (t->kind != TK_BAD) {
		t->kind = TK_INT;
		mpz_set_str(*t->value, digits, base);
	}
	return q;
}

/*
 * string = '"' {char | "\" char} '"', over several lines in the program itself,
 * but not in a directive or in what is skipped
 */
static const char *lex_string(struct unit *u, const char *p, const char *end, int *line,
			      struct token *t, bool one_line)
{
	char *value;
	size_t n = 0;
	const char *q = p + 1, *eol = NULL;

	while (q < end && *q != '"' && !(one_line && *q == '\n')) {
		if (*q == '\n' && !eol)
			eol = q;
		q += *q == '\\' && q + 1 < end ? 2 : 1;
	}
	if (q >= end || *q != '"') {
		t->kind = TK_BAD;
		t->id = 2;
		t->name = "";
		return eol ? eol : q > end ? end : q;
	}
	value = arena_alloc(&u->arena, (size_t)(q - p));
	for (const char *s = p + 1; s < q; s++) {
		if (*s == '\\' && s[1] == '\n') {
			s++; /* the line goes on */
		} else if (*s == '\\') {
			s++;
			value[n++] = *s == 'n' ? '\n' : *s == 't' ? '\t' : *s == 'r' ? '\r' : *s;
		} else {
			value[n++] = *s;
		}
		*line += *s == '\n';
	}
	t->kind = TK_STRING;
	t->name = value;
	return q + 1;
}

/* In directives 'c' is one token, though no token of P4 */
static size_t character_length(const char *p, const char *end)
{
	const char *q = p + 1;

	while (*p == '\'' && q < end && *q != '\'' && *q != '\n')
		q += *q == '\\' && q + 1 < end && q[1] != '\n' ? 2 : 1;
	return *p == '\'' && q < end && *q == '\'' ? (size_t)(q + 1 - p) : 1;
}

struct token lex_token(struct unit *u, const struct source *src, const char **at, int *line,
		       bool quiet)
{
	struct token t = { .src = src, .width = -1, .bol = *at == src->text };
	const char *end = src->text + src->len;
	const char *p = *at;

	/* A byte order mark, as some editors write, is nothing. */
	if (p == src->text && src->len >= 3 && !memcmp(p, "\xef\xbb\xbf", 3))
		p += 3;
	p = skip_blank(u, src, p, line, &t, quiet);

	t.at = p;
	t.line = *line + src->line_shift;
	if (p >= end) {
		t.kind = TK_EOF;
		*at = end;
		return t;
	}
	if (isdigit((unsigned char)*p)) {
		*at = lex_number(u, p, end, &t);
	} else if (name_char(*p)) {
		const char *q = p;

		while (q < end && name_char(*q))
			q++;
		t.kind = TK_NAME;
		t.name = intern_name(&u->arena, &u->names, p, (size_t)(q - p));
		for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
			if (keywords[i].text[0] == *p && !strcmp(keywords[i].text, t.name)) {
				t.kind = TK_KEYWORD;
				t.id = keywords[i].id;
				break;
			}
		*at = q;
	} else if (*p == '"') {
		*at = lex_string(u, p, end, line, &t, quiet);
	} else {
		t.kind = TK_BAD;
		*at = p + (quiet ? character_length(p, end) : 1);
		for (size_t i = 0; i < sizeof(puncts) / sizeof(puncts[0]); i++)
			if ((size_t)(end - p) >= puncts[i].len &&
			    !memcmp(p, puncts[i].text, puncts[i].len)) {
				t.kind = TK_PUNCT;
				t.id = puncts[i].id;
				t.name = puncts[i].text;
				*at = p + puncts[i].len;
				break;
			}
	}
	t.len = (int32_t)(*at - p);
	return t;
}
