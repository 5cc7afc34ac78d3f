/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * parse.h - what the files of the parser share.
 *
 * Recursive descent over the token array, so looking ahead is free.  On a
 * syntax error: one report, then skip to where a statement or declaration may
 * begin.  What was skipped becomes N_BAD, and a tree with such holes goes no further.
 */
#ifndef TP4_PARSE_H
#define TP4_PARSE_H

#include "compiler/tree.h"

#define PARSE_DEPTH 2000

struct parse_scope {
	struct parse_scope *up;
	VEC(const char *) names;
	VEC(bool) is_type;
};

struct parser {
	struct unit *u;
	const struct token *t; /* the next token */
	int depth;
	bool in_index; /* between [ and ] */
	bool in_size;  /* between < and > of a width */
	bool panic;    /* an error was told and not yet recovered from */
	bool stop;     /* give up quietly */
	bool paired;   /* each brace has its partner, so errors stay where they are */
	struct parse_scope *scope;
	struct intern types; /* declared at the top */
	struct node *inner;  /* what was declared inside of a typedef just read */
};

/* parse.c */
bool at(struct parser *p, enum token_id id);
bool at_name(struct parser *p);
const struct token *next(struct parser *p);
bool accept(struct parser *p, enum token_id id);
bool expect(struct parser *p, enum token_id id);
/* "{" and its "}"; after an error in between, goes on behind the latter. */
const struct token *open_brace(struct parser *p);
void close_brace(struct parser *p, const struct token *open);
/* After an error inside of braces: goes on behind this member or statement. */
void recover(struct parser *p);
const char *expect_name(struct parser *p);
void syntax_error(struct parser *p, const char *wanted);
bool too_deep(struct parser *p);
struct node *finish(struct parser *p, struct node *n);
void scope_push(struct parser *p);
void scope_pop(struct parser *p);
void scope_add(struct parser *p, const char *name, bool is_type);
bool scope_is_type(struct parser *p, const char *name);
const struct token *skip_type(struct parser *p, const struct token *t);
const struct token *skip_balanced(const struct token *open);
void annotations(struct parser *p, nodes *out);
void array_sizes(struct parser *p, struct node **type);

/* parse_decl.c */
struct node *declaration(struct parser *p);
struct node *constant(struct parser *p, nodes *annos);
struct node *variable_or_instance(struct parser *p, nodes *annos);

/* parse_table.c */
struct node *table(struct parser *p, nodes *annos);

/* parse_stmt.c */
struct node *block(struct parser *p);
struct node *statement(struct parser *p);
struct node *parser_state(struct parser *p, nodes *annos);

/* parse_expr.c */
struct node *expression(struct parser *p);
struct node *keyset(struct parser *p);
void keyset_tuple(struct parser *p, nodes *out);
struct node *type_ref(struct parser *p);
void arguments(struct parser *p, nodes *out);

#endif
