/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * emit.h - what the files of the C back end share.
 *
 * Every parser, control, action and table instance becomes a C function of its
 * own, so constructor arguments are constants in it and calls are direct.
 * Expressions become C expressions without side effects; what has one (a call)
 * is written as a statement before, its result in a temporary.
 *
 * A variable's C text is in its declaration's `info` while the block around it
 * is being written.
 */
#ifndef TP4_EMIT_H
#define TP4_EMIT_H

#include "compiler/instance.h"

#include <string.h>

/* A function that is being written, and the one that called it first */
struct writing {
	const char *name;
	const struct writing *around;
};

struct emitter {
	struct unit *u;
	struct model *m;
	int arch; /* enum tp4_arch */
	struct buffer types, data, code;
	struct buffer *out; /* the function under way */
	int indent;
	struct instance *inst;
	struct node *scope; /* N_PARSER, N_CONTROL, N_ACTION, N_FUNCTION under way */
	const struct subst *sub;
	int serial;                     /* for unique names */
	int functions;                  /* that were written, or begun */
	int levels;                     /* functions that are being written ... */
	const struct writing *writing;  /* ... the innermost first */
	const char *leave;              /* label: return from here */
	const char *reject;             /* label: parser error */
	const char *brk, *cont;         /* labels of the loop around */
	const char *ret;                /* variable for the function's result */
	const struct node *chosen_call; /* this call of a method ... */
	struct instance *chosen;        /* ... is of this object */
	bool in_frame;                  /* names of the control are reached through `f` */
	bool has_exit;
	bool parser_acts; /* a parser does more than read its packet */
	bool peeks;       /* the program has a function for tp4_program.peek */
	uint64_t parse_bits;
	bool unbounded;
	/* What types and functions without a declaration to themselves are in C */
	struct map known;
	struct map calls;   /* of blocks in other blocks, and which of these were looked through */
	struct intern done; /* functions written, by C name */
	int last_line;
};

/* emit.c */
void line(struct emitter *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void raw(struct emitter *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *fmt(struct emitter *e, const char *f, ...) __attribute__((format(printf, 2, 3)));
const char *fresh(struct emitter *e, const char *stem);
const char *c_name(struct emitter *e, const char *name);
void show_source(struct emitter *e, const struct node *n);
bool once(struct emitter *e, const char *name);
struct emitter function_begin(struct emitter *e, struct buffer *b);
void function_end(struct emitter *e, struct emitter *saved, struct buffer *b);
bool emit_program(struct unit *u, struct model *m, const char *name, struct buffer *out);

/* emit_type.c */
struct type *real(struct emitter *e, struct type *t);       /* with type arguments put in */
const char *known_name(struct emitter *e, const char *key); /* NULL: none yet */
void learn_name(struct emitter *e, const char *key, const char *name);
const char *c_type(struct emitter *e, struct type *t);
const char *zero(struct emitter *e, struct type *t);
bool is_scalar(struct type *t); /* fits a C integer */
bool is_wide(struct type *t);
bool is_unseen(struct type *t); /* no parameter in C */
const char *field_c(struct emitter *e, struct type *t, int i);
const char *eq_function(struct emitter *e, struct type *t);
const char *equal_text(struct emitter *e, struct type *t, const char *a, const char *b);
const char *load_function(struct emitter *e, struct type *t);
const char *emit_function(struct emitter *e, struct type *t);
void add_bits(struct emitter *e, const char *bits, struct type *t, const char *text);
uint64_t max_bits(struct emitter *e, struct type *t);
void load_bits(struct emitter *e, struct type *t, const char *to, const char *from, uint64_t at);

/* emit_expr.c */
const char *expr(struct emitter *e, struct node *n);
const char *expr_saved(struct emitter *e, struct node *n);
const char *temp(struct emitter *e, struct type *t, const char *init);
void fill(struct emitter *e, struct type *t, const char *to, struct node *n);
bool has_call(const struct node *n);
struct value *known_value(struct emitter *e, struct node *n);
void tell_unknown(struct emitter *e, const struct node *n, const char *what);
const char *convert(struct emitter *e, const char *v, struct type *from, struct type *to);
const char *cut(struct emitter *e, struct type *t, const char *text); /* C's int, to the type */

/* emit_value.c */
const char *int_literal(struct emitter *e, const mpz_t v, struct type *t);
const char *value_text(struct emitter *e, struct value *v, struct type *t);
const char *static_text(struct emitter *e, struct value *v, struct type *t);
const char *c_string(struct emitter *e, const char *s);

/* emit_place.c */
const char *place(struct emitter *e, struct node *n);
struct node *freeze(struct emitter *e, struct node *n);
/* The value that the expression has now */
struct node *node_saved(struct emitter *e, struct node *n);
const char *element_text(struct emitter *e, const char *stack, struct node *n, int size);
void stack_bounds(struct emitter *e, const char *stack, const struct node *n);
void assign(struct emitter *e, struct node *to, const char *value);
void assign_to(struct emitter *e, struct type *t, const char *to, const char *value);
void count_header(struct emitter *e, struct node *header, bool valid);
bool in_union(struct emitter *e, const struct node *n);
void make_valid(struct emitter *e, struct node *header, bool valid);

/* emit_wide.c: numbers above 128 bits */
const char *wide_binary(struct emitter *e, int op, struct type *t, struct type *bt, const char *a,
			const char *b);
const char *wide_convert(struct emitter *e, const char *v, struct type *from, struct type *to);
const char *wide_literal(struct emitter *e, const mpz_t v, struct type *t);
const char *wide_words(struct emitter *e, const mpz_t v, struct type *t);

/* emit_stmt.c */
void statement_c(struct emitter *e, struct node *n);
void block_c(struct emitter *e, struct node *n);
void declare_local(struct emitter *e, struct node *n);

/* emit_call.c */
const char *call_c(struct emitter *e, struct node *n);
/* A function, or the method of an object that the user's C defines */
const char *call_function(struct emitter *e, struct node *n, struct instance *object);
void call_action(struct emitter *e, struct node *decl, nodes *args, const char *data);
const char *param_list(struct emitter *e, nodes *params, const char *head);
void bind_params(struct emitter *e, nodes *params);
bool takes_packet(const struct node *f);
void clear_out(struct emitter *e, nodes *params, struct instance *i);
void check_exit(struct emitter *e);

/* emit_cell.c: an index as a number of 64 bits; what does not fit is beyond every end */
const char *cell_number(struct emitter *e, struct node *index);

/* emit_extern.c */
const char *extern_call(struct emitter *e, struct node *n);

/* emit_invm.c: gauges and owners of flows; NULL: no such method */
const char *invm_call(struct emitter *e, struct node *n, const char *object, const char *method);
int invm_data(struct emitter *e);

/* emit_parser.c, emit_control.c, emit_table.c */
void parser_c(struct emitter *e, struct instance *i);
void control_c(struct emitter *e, struct instance *i);
void table_c(struct emitter *e, struct table *t);
void table_key_c(struct emitter *e, struct table *t);
const char *table_apply(struct emitter *e, struct node *n);
void action_struct(struct emitter *e, struct action_use *a);
void table_data(struct emitter *e);

/* emit_psa.c */
void psa_c(struct emitter *e);
void pna_c(struct emitter *e);

/* emit_arch.c */
/*
 * A field that the architecture fills or reads, var.field of type `of`; programs may bring their
 * own copy of its file.  No such field: nothing happens, and NULL.  arch_get: its 64 bits
 */
void arch_set(struct emitter *e, struct type *of, const char *var, const char *field,
	      const char *text);
const char *arch_get(struct emitter *e, struct type *of, const char *var, const char *field);
/* The C arguments for the block's parameters that are seen, each a place */
const char *hand(struct emitter *e, struct instance *b, const char *const *places);
/* psa: the port that means recirculation in this program, as C text */
const char *recirculate_port(struct emitter *e);
bool arch_c(struct emitter *e, const char *name);
const char *arch_name(const struct model *m); /* for p4info */

#endif
