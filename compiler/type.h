/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * type.h - types, values and what may become what (sections 7, 8.9, 8.12).
 *
 * A type is nominal (decl, with its arguments in args) or structural (args).
 * T_VAR is a type parameter (decl: its N_TPARAM) or, during inference, an
 * unknown (decl NULL) that may be bound.  T_ERR goes with everything, so that
 * one mistake is told once.
 */
#ifndef TP4_TYPE_H
#define TP4_TYPE_H

#include "compiler/tree.h"

enum type_kind {
	T_ERR,
	T_VOID,
	T_BOOL,
	T_STRING,
	T_ERRORS,
	T_MATCHKIND,
	T_INT,     /* arbitrary precision */
	T_BITS,    /* width, is_signed */
	T_VARBIT,  /* width */
	T_ENUM,    /* decl */
	T_SENUM,   /* decl, args[0]: underlying */
	T_NEWTYPE, /* decl, args[0]: underlying */
	T_STRUCT,
	T_HEADER,
	T_UNION, /* decl, args */
	T_STACK, /* args[0], width: size */
	T_TUPLE, /* args */
	T_LIST,  /* list<args[0]> */
	T_SET,   /* set of args[0] */
	T_EXTERN,
	T_PARSER,
	T_CONTROL,
	T_PACKAGE, /* decl, args */
	T_FUNCTION,
	T_ACTION,
	T_TABLE,
	T_STATE,     /* decl */
	T_APPLIED,   /* what table.apply() gives; decl: the table */
	T_ACTIONRUN, /* decl: the table */
	T_TYPE,      /* the name of args[0], used as an expression */
	T_INVALID,   /* {#} */
	T_DONTCARE,  /* _ and default */
	T_VAR,
};

struct type {
	uint8_t kind;
	bool is_signed;
	int32_t width;
	struct node *decl;
	struct type **args;
	int n_args;
	struct type *bound;
	int id;
};

enum value_kind { VAL_INT, VAL_BOOL, VAL_STRING, VAL_ENUM, VAL_LIST, VAL_INVALID, VAL_OBJECT };

struct value {
	uint8_t kind;
	bool b;
	mpz_t i;
	const char *s;
	struct node *member; /* VAL_ENUM */
	struct value **v;    /* VAL_LIST */
	int n;
	void *object; /* VAL_OBJECT: struct instance, for later stages */
};

struct subst {
	struct node **from; /* N_TPARAM */
	struct type **to;
	int n;
};

/* What is no structure or tuple itself; "a.b" is the way to it. */
struct leaf {
	struct type *type;
	struct node *field;
	const char *name;
	uint32_t id; /* as a value set's: its number, and how it is looked up */
	const char *match;
};

typedef VEC(struct leaf *) leaf_list;

/* type.c */
struct type *type_basic(struct unit *u, enum type_kind kind);
struct type *type_bits(struct unit *u, int width, bool is_signed);
struct type *type_nominal(struct unit *u, enum type_kind kind, struct node *decl,
			  struct type **args, int n);
struct type *type_wrap(struct unit *u, enum type_kind kind, struct type *inner, int width);
struct type *type_tuple(struct unit *u, struct type **args, int n);
struct type *type_unknown(struct unit *u);
struct type *type_real(struct type *t);  /* follows bound unknowns */
struct subst decl_subst(struct type *t); /* its declaration's parameters to its arguments */
struct type *type_subst(struct unit *u, struct type *t, const struct subst *s);
bool type_equal(struct type *a, struct type *b);
bool type_unify(struct unit *u, struct type *formal, struct type *actual);
bool type_has_unknown(struct type *t);
bool type_gives_way(struct unit *u, struct type *t);
bool type_has_var(struct type *t);
const char *type_name(struct unit *u, struct type *t);
bool type_is_numeric(struct type *t);
bool type_is_struct_like(struct type *t);
struct type *type_field(struct unit *u, struct type *t, const char *name, struct node **decl);
struct type *type_field_at(struct unit *u, struct type *t, int i);
int type_n_fields(struct type *t);
bool type_is_header_stack(struct type *t);
void type_leaves(struct unit *u, struct type *t, const char *name, leaf_list *out);
/* bits that the type occupies in a packet or a hash; -1: none (string, extern, ...) */
int64_t type_width(struct unit *u, struct type *t);
/* strips newtype and serializable enum */
struct type *type_under(struct type *t);
bool type_has_kind(struct unit *u, struct type *t, enum type_kind kind); /* also inside */

struct value *value_int(struct unit *u, const mpz_t i);
struct value *value_si(struct unit *u, long i);
struct value *value_bool(struct unit *u, bool b);
const struct value *value_number(const struct value *v);
bool value_equal(const struct value *a, const struct value *b);
/* into the range of the type: modulo 2^W, signed if it is */
void value_wrap(mpz_t i, const struct type *t);
bool value_fits(const mpz_t i, const struct type *t);

/* fold.c: n->val, if the operands' are known; the tree itself stays */
struct unit;
void fold(struct unit *u, struct node *n);

#endif
