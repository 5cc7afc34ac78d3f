/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * unit.h - one compilation: its memory, sources, tokens and diagnostics.
 *
 * `struct unit` is made by the entry points in compile.c, handed to every
 * stage, and freed whole.  Names are interned: equal names are equal pointers.
 */
#ifndef TP4_UNIT_H
#define TP4_UNIT_H

#include "compiler/arena.h"

#include <gmp.h>
#include <stdio.h>

/* A source file as read; tokens point into it. */
struct source {
	const char *name; /* as #line calls it */
	const char *path; /* as it was found */
	const char *real; /* the same for all ways to a file */
	const char *text;
	size_t len;
	bool system;    /* one of ours (p4include): no warnings in it */
	int line_shift; /* from #line */
	int place;      /* where it was found: 0 named or beside, from 1 the folders */
};

enum token_kind {
	TK_EOF,
	TK_NAME,
	TK_INT,
	TK_STRING,
	TK_PUNCT,
	TK_KEYWORD,
	TK_BAD,
};

/* What a punctuation or keyword token is; see lex.def. */
enum token_id {
	TOK_NONE,
#define P(id, text) id,
#define K(id, text) id,
#include "compiler/lex.def"
#undef P
#undef K
	TOK_COUNT
};

struct token {
	uint8_t kind;
	uint8_t id;     /* enum token_id */
	bool bol;       /* first on its line */
	bool space;     /* blank before it */
	bool no_expand; /* preprocessor: not a macro any more */
	bool is_signed; /* 8s1 */
	int32_t width;  /* integer literal: 8w1; -1: none */
	const struct source *src;
	const char *at; /* where in src->text */
	int32_t line;   /* counted from 1, after #line */
	int32_t len;
	const char *name; /* spelling (interned for names), or the string's value */
	mpz_t *value;     /* integer literal */
};

/* Is it this operator, bracket or keyword? */
static inline bool token_is(const struct token *t, enum token_id id)
{
	return (t->kind == TK_PUNCT || t->kind == TK_KEYWORD) && t->id == id;
}

/* Does nothing part it from the next one?  All that a macro yields is where the macro is used. */
static inline bool token_joined(const struct token *t)
{
	return t[1].kind == TK_PUNCT && !t[1].space && (t[1].at == t->at + 1 || t[1].at == t->at);
}

/* Behind this, a statement or declaration begins. */
static inline bool token_ends_statement(const struct token *t)
{
	return token_is(t, TOK_SEMI) || token_is(t, TOK_LBRACE) || token_is(t, TOK_RBRACE);
}

enum severity { SEV_ERROR, SEV_WARNING, SEV_DOUBT };

enum diag_code {
#define D(code, severity, tag, format) DIAG_##tag = code,
#include "compiler/diag.def"
#undef D
};

struct diag {
	enum diag_code code;
	enum severity severity;
	const struct token *tok, *end;
	const char *message;
	const char *hint;
};

typedef VEC(struct token) tokens;

struct unit {
	struct arena arena;
	struct intern names;
	VEC(struct source *) sources;
	tokens tokens; /* preprocessed; ends with TK_EOF */
	VEC(struct diag) diags;
	int errors;
	bool diags_full;
	bool unsaid;           /* the last one was none, and is nothing to hint at */
	const char *forgotten; /* our include file that was told of last, as not included */
	const char *const *includes;
	const char *const *defines;
	bool no_warnings;
	bool trace;                   /* the program is to call tp4_extracted() */
	const struct source *externs; /* C that defines externs; NULL: none */
	struct preprocessor *pp;
};

/* Is it the first of a statement or declaration? */
static inline bool token_begins_statement(const struct unit *u, const struct token *t)
{
	return t > u->tokens.v && t < u->tokens.v + u->tokens.n && token_ends_statement(t - 1);
}

/* diag.c */
void unit_report(struct unit *u, enum diag_code code, const struct token *tok,
		 const struct token *end, ...);
#define report(u, tag, tok, ...)           unit_report((u), DIAG_##tag, (tok), NULL, ##__VA_ARGS__)
#define report_span(u, tag, tok, end, ...) unit_report((u), DIAG_##tag, (tok), (end), ##__VA_ARGS__)
void unit_hint(struct unit *u, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool unit_told(const struct unit *u, enum diag_code code);
void unit_print(struct unit *u, FILE *f, bool json);

/* lex.c: one raw token from *at; never fails, an unknown byte is TK_BAD. */
const char *unit_name(struct unit *u, const char *s);
struct token lex_token(struct unit *u, const struct source *src, const char **at, int *line,
		       bool quiet);
const char *token_spelling(enum token_id id);

/* preprocess.c: reads `path` and all that it includes into u->tokens.
 * false: the file cannot be read (errno). */
bool preprocess(struct unit *u, const char *path);
bool preprocess_text(struct unit *u, const char *name, const char *text, size_t len);

/* include.c: the compiler's own include files, and files on disk.  A header is "name" or <name>,
 * whatever follows; *name is NULL where it is neither. */
struct source *source_add(struct unit *u, const char *path, const char *text, size_t len,
			  bool system);
struct source *source_open(struct unit *u, const char *path);
struct source *header_open(struct unit *u, const char *header, const struct source *from, bool next,
			   const char **name);
extern const struct include_file {
	const char *name, *text;
} include_files[];

#endif
