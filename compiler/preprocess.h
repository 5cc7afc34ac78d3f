/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* preprocess.h - what the files of the preprocessor share. */
#ifndef TP4_PREPROCESS_H
#define TP4_PREPROCESS_H

#include "compiler/unit.h"

struct condition {
	bool taken, active, was_else;
	struct token at;
};

struct preprocessor {
	struct map macros;
	VEC(struct condition) conds;
	int depth;
	int expand_depth;
	int work;
	bool full;
	bool testing; /* what #if tests: "defined" counts */
	int parens;   /* open in what waits for its expansion */
	int counter;
	const struct source *main;
	VEC(const char *) once; /* the real paths of what is included no more */
};

static inline bool is_name(const struct token *t)
{
	return t->kind == TK_NAME || t->kind == TK_KEYWORD;
}

static inline bool is_punct(const struct token *t, enum token_id id)
{
	return t->kind == TK_PUNCT && t->id == id;
}

/* A copy that lasts, as diagnostics need it */
static inline const struct token *keep(struct unit *u, struct token t)
{
	return arena_grow(&u->arena, &t, sizeof(t), sizeof(t));
}

static inline tokens tokens_from(const tokens *line, int i)
{
	return (tokens){ .v = line->v + i, .n = line->n - i };
}

/* preprocess.c: what a #pragma's text asks for */
void pragma_obey(struct unit *u, const struct source *src, const char *text);

/* macro.c: #define, from the line's token i on; the others are silent where there is no macro. */
void macros_begin(struct unit *u);
void macro_define(struct unit *u, const tokens *line, int i);
void macro_undefine(struct unit *u, const char *name);
bool macro_defined(struct unit *u, const char *name);
/* Is it a macro that may go on behind its name? */
bool macro_waits(struct unit *u, const struct token *t);
/* All of `in` with its macros expanded, at the end of `out` */
void macro_expand(struct unit *u, const tokens *in, tokens *out);
const char *token_text(struct unit *u, const struct token *t, int *len);

/* builtin.c: "name" or <name>, if that is what the tokens are or become */
const char *header_spelling(struct unit *u, tokens t);

/* condition.c: what #if says, from the line's token i on */
bool condition_value(struct unit *u, tokens *line, int i);

#endif
