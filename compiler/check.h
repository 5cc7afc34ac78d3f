/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * check.h - what the files of the type checker share.
 *
 * One walk over the tree in the order of the source: names must be declared
 * before they are used (states excepted).  Afterwards every expression has its
 * type, every name its declaration, every call its arguments in the order of
 * the parameters (N_CALL params; NULL: left out), and every implicit cast is a
 * node of its own.
 */
#ifndef TP4_CHECK_H
#define TP4_CHECK_H

#include "compiler/hint.h"
#include "compiler/type.h"

struct binding {
	const char *name;
	struct node *node;
};

struct scope {
	struct scope *up;
	VEC(struct binding) list;
	struct binding *hash; /* when the list is long */
	int hash_cap;
	struct node *owner;
};

struct checker {
	struct unit *u;
	struct scope *scope, *global;
	struct node *program;
	struct node *errors; /* all members of `error` */
	struct scope error_names, match_kinds;
	struct node *callable; /* the action, function, parser, control or method around */
	struct node *block;    /* the parser or control around */
	struct node *state;    /* the state around */
	struct node *table;    /* the table around */
	struct type *result;   /* of the function around; NULL: nothing may be returned */
	bool in_apply;         /* in a control's apply body */
	bool in_key;           /* in the key of a table: tables can be applied there, too */
	bool in_initializer;   /* in an extern's abstract methods */
	int loops;
	int depth;
	int next_error;
	struct scope *tables, *objects; /* with absolute names */
	struct intern *told_names;      /* that nothing has, in this declaration of the program */
	struct intern *told_members;    /* that are missing, and types, in the whole of it */
};

/* check.c */
struct node *check_program(struct unit *u, struct node *program);
struct type *err_type(struct checker *c);
void scope_enter(struct checker *c, struct node *owner);
void scope_leave(struct checker *c);
bool declare(struct checker *c, struct node *n);
bool same_params(const struct node *a, const struct node *b);
struct node *lookup(struct checker *c, const char *name, bool global);
struct node *lookup_here(struct scope *s, const char *name);
void scope_insert(struct checker *c, struct scope *s, struct node *n);
/* A member of a type, whose names are in `members`; false: the name is taken (told). */
bool declare_member(struct checker *c, struct scope *members, struct node *m);
bool is_type_decl(const struct node *n);
/* Is this the first time that `what` has no member of this name? */
bool newly_missing(struct checker *c, const char *what, const char *name);
void tell_missing(struct checker *c, const char *name);
void report_member(struct checker *c, struct node *n, const char *block);
void report_no_name(struct checker *c, const struct token *tok, const char *name);
/* The same with another code, once for a file that was not included */
void report_missing(struct checker *c, enum diag_code code, const struct token *tok,
		    const char *name);
/* What member of t may have been meant */
void hint_member(struct checker *c, struct type *t, const char *name);

/* check_type.c */
struct type *resolve_type(struct checker *c, struct node *n);
struct type *resolve_type_open(struct checker *c, struct node *n); /* generic without arguments */
struct type *resolve_type_arg(struct checker *c, struct node *n);
bool is_block(const struct type *t);
bool lacks_direction(const struct type *t);
void check_fields(struct checker *c, struct node *n);
int const_int(struct checker *c, struct node *e, long min, long max, const char *what);

/* check_expr.c */
struct type *check_expr(struct checker *c, struct node *n, struct type *want);
void mark_written(struct checker *c, struct node *n);
/* Is what this is a part of no parameter, or one of whose misuse nothing was told yet? */
bool param_tell_once(struct node *n);
void check_lvalue(struct checker *c, struct node *n);
/* Why it cannot be written to */
void hint_lvalue(struct checker *c, struct node *n);

/* check_convert.c */
/* May a value of `from` be used where `to` is wanted (8.12)? */
bool convertible(struct checker *c, struct type *from, struct type *to);
struct node *implicit_cast(struct checker *c, struct node *n, struct type *to);
void report_mismatch(struct checker *c, struct node *n, struct type *want, struct type *t);
bool coerce(struct checker *c, struct node **n, struct type *want);
struct type *check_as(struct checker *c, struct node **n, struct type *want);

/* check_set.c */
struct type *check_set(struct checker *c, struct node **n, struct type *want);
bool check_keysets(struct checker *c, nodes *sets, struct type **types, int n,
		   const struct token *at);
/* What key sets match, the same for the same; NULL: it is not known here. */
const char *keyset_text(struct checker *c, const nodes *sets);

/* check_literal.c */
struct type *check_list(struct checker *c, struct node *n, struct type *want);
struct type *check_record(struct checker *c, struct node *n, struct type *want);
bool has_default(struct unit *u, struct type *t);
void check_dots(struct checker *c, struct node *n, struct type *t);

/* check_op.c */
struct type *check_unary(struct checker *c, struct node *n, struct type *want);
struct type *check_binary(struct checker *c, struct node *n, struct type *want);
struct type *check_cast(struct checker *c, struct node *n);
struct type *join_sides(struct checker *c, struct node **x, struct node **y);

/* check_argument.c */
bool arguments_fit(const nodes *params, const nodes *args);
bool bind_arguments(struct checker *c, struct node *call, nodes *params, nodes *args, nodes *out,
		    const char *name);
bool check_arguments(struct checker *c, struct node *call, nodes *params, nodes *out,
		     const struct subst *s, const char *name, bool construct);
/* May this be an argument for a parameter of any type?  Blocks may be, of constructors. */
bool passable(const struct type *t, bool construct);
bool constant_like(const struct node *n);
/* Does the value depend on a parameter; if `construct`, be it one of a constructor? */
bool names_parameter(const struct node *n, bool construct);
bool int_like(const struct node *n);

/* check_call.c */
struct type *check_call(struct checker *c, struct node *n, struct type *want);
struct type *check_construct(struct checker *c, struct node *n, struct type *t, nodes *args,
			     struct type *want);

/* check_method.c: isValid, push_front, apply, ...; NULL: not one of these */
struct type *check_builtin_method(struct checker *c, struct node *n, struct type *base);
/* Bits that a value of this type takes at least or at most; -1: it has no size (9). */
int64_t size_in_bits(struct checker *c, struct type *t, bool max);

/* check_stmt.c */
void check_statement(struct checker *c, struct node *n);
void check_block(struct checker *c, struct node *n);
bool check_returns(const struct node *n);

/* check_decl.c */
void check_declaration(struct checker *c, struct node *n);
/* Does an object of this type have a method for each abstract one? */
void check_methods_given(struct checker *c, const struct token *at, const char *name,
			 const struct type *t, const struct node *initializer);

/* check_annotation.c */
void check_annotations(struct checker *c, nodes *annos);
/* Warns if what is used at tok is @deprecated. */
void check_deprecated(struct checker *c, const struct token *tok, const struct node *used);
void check_ids(struct checker *c, nodes *list);
void check_names(struct checker *c, nodes *list);

/* check_flow.c: of a program without errors */
void check_flow(struct unit *u, struct node *program);

/* check_parser.c, check_table.c */
void check_errors(struct checker *c, struct node *n);
void check_error_numbers(struct checker *c);
bool selectable(struct unit *u, struct type *t);
void check_states(struct checker *c, struct node *parser);
void check_table(struct checker *c, struct node *n);
struct node *find_match_kind(struct checker *c, const char *name);

#endif
