/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * tree.h - the syntax tree, which type checking turns into the typed tree.
 *
 * One kind of node for everything; node.def says, for each kind, what its
 * members hold.  The parser sets kind, tok, end, name and the children; the
 * checker adds type, decl and val, and makes implicit casts explicit.
 * No stage frees or moves a node.
 */
#ifndef TP4_TREE_H
#define TP4_TREE_H

#include "compiler/unit.h"

enum node_kind {
#define N(kind, members) kind,
#include "compiler/node.def"
#undef N
	N_COUNT
};

/* What an object is to the table that has it as a property */
enum table_object { OBJECT_NONE, OBJECT_COUNTER, OBJECT_METER, OBJECT_IMPLEMENTATION };

enum direction { DIR_NONE, DIR_IN, DIR_OUT, DIR_INOUT };

struct node;
struct type;
struct value;
typedef VEC(struct node *) nodes;

struct node {
	uint8_t kind;  /* enum node_kind */
	uint8_t op;    /* enum token_id of an operator; N_TBASE: the keyword */
	uint8_t dir;   /* enum direction */
	bool is_const; /* const entries, const property, constant parameter */
	bool flag;     /* see node.def */
	bool known;    /* expression: its value is known when compiling */
	bool lvalue;
	bool used; /* declaration: its name stands somewhere; written: to write to */
	bool written;
	bool told; /* declaration: it has errors; parameter: of its misuse */
	int32_t width;
	const struct token *tok, *end;
	const char *name;
	struct node *a, *b, *c, *d;
	nodes list, list2;
	nodes params, tparams, targs;
	nodes annos;
	/* set by the checker */
	struct type *type;
	struct node *decl;      /* what a name, member or call refers to */
	struct node *parent;    /* declarations: the one around */
	struct value *val;      /* constants */
	struct type **inferred; /* calls: type arguments */
	int n_inferred;
	int index; /* enum member, field: its place */
	struct scope *scope;
	void *info; /* for one later pass */
};

/* parse*.c */
struct node *parse_program(struct unit *u);
struct node *node_new(struct unit *u, enum node_kind kind, const struct token *tok);
const char *node_kind_name(enum node_kind kind);

/* annotation.c */
struct node *node_anno(const struct node *n, const char *name);
/* the string of @anno("text"), or NULL */
const char *node_anno_string(const struct node *n, const char *name);
/* Has it @noWarn("what")? */
bool node_no_warning(const struct node *n, const char *what);
bool node_anno_int(const struct node *n, const char *name, int64_t *out);

/* key_name.c: as it is written, or with the names that annotations give */
const char *expression_text(struct unit *u, struct node *n, bool names);

/* tree.c */
void tree_print(struct unit *u, const struct node *program, FILE *f);

/* The places in a list as the program has them: what is evaluated first (8.1, 6.8) */
const int *written_order(struct unit *u, const nodes *list);

/* Where an action stands in a table's list (N_ACTIONS, or NULL: none); NULL: nowhere */
struct node *action_listed(const struct node *actions, const struct node *action);

#endif
