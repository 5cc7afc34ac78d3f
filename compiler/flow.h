/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * flow.h - what is known of values and headers where a walk through a block is.
 *
 * In a block, each number and the validity of each header is a place; a state has for each place
 * the bits of what was done to it on the ways that lead here.  Where ways meet, bits are joined.
 * A variable's or parameter's places begin at its `width`, those of a field at the field's in its
 * structure; -1: it is not followed, as what is generic or too large is not.
 */
#ifndef TP4_FLOW_H
#define TP4_FLOW_H

#include "compiler/type.h"

enum {
	YES = 1,    /* it has a value; the header is valid */
	NO = 2,     /* it has none; the header is invalid */
	TESTED = 4, /* isValid() said that it is not */
	ANY = 8,    /* nobody knows */
	LEFT = 16,  /* it has none on ways on which a header was not valid, and has on others */
};
enum { PLACES = 4096 }; /* in a block; what is beyond is not followed */
enum doubt { READ, OUT, HEADER };

struct state {
	struct state *next;
	bool reached, waiting;
	uint8_t bits[]; /* STATE_BYTES of them, since they are joined by eight */
};
#define STATE_BYTES(n) (((size_t)(n) + 7) & ~(size_t)7)

/* Annotations of what is around */
struct around {
	struct node *n;
	const struct around *up;
};

struct flow {
	struct unit *u;
	struct state *now, *ends, *exits, *breaks, *continues;
	struct state *spare;
	const struct around *around;
	nodes work; /* parser states to whose beginning more led */
	int n;      /* places in use */
	int depth;
	int guards; /* isValid() said so much around here: who reads what is LEFT knows when */
	int64_t fuel;
	bool quiet;
};

struct state *state_new(struct flow *f);
void state_drop(struct flow *f, struct state *s);
void state_copy(struct flow *f, struct state *to, const struct state *from);
/* Do more ways, or others, lead to where `to` is now? */
bool state_join(struct flow *f, struct state *to, const struct state *from);
void state_swap(struct state **a, struct state **b);

/* The places of a type, 0 if it is not followed */
int place_count(struct type *t);
/* Part i of a value at `base` and, in *at, where it is; NULL: there are not so many. */
struct type *place_part(struct type *t, int i, int base, int *at);
/* All numbers in what is at `at` become `value`, and the headers `valid`. */
void place_fill(struct flow *f, struct type *t, int at, uint8_t value, uint8_t valid);
/* A variable or parameter gets its places, if there are that many. */
void place_new(struct flow *f, struct node *n, uint8_t value, uint8_t valid);
/* Is there what is wanted at `at`, which is in n at `base`?  If not, that is told, and it counts
 * as given from here on. */
void place_look(struct flow *f, struct node *n, int base, int at, enum doubt doubt);
/* The same for all numbers of a value, those in headers if these are valid for sure */
void place_look_all(struct flow *f, struct node *n, int base, struct type *t, int at,
		    enum doubt doubt);

/* Parameters as a body begins, and what it hands out at its end */
void flow_params_begin(struct flow *f, const nodes *params);
void flow_params_end(struct flow *f, const nodes *params);
/* An action, function or method: from its parameters to its end */
void flow_body(struct flow *f, struct node *n);
void flow_statement(struct flow *f, struct node *n);
void flow_statements(struct flow *f, const nodes *list);
void flow_variable(struct flow *f, struct node *n);
void flow_read(struct flow *f, struct node *n);
bool flow_is_method(const struct node *n, const char *name);
/* An action, its arguments' values with it */
void flow_action(struct flow *f, struct node *action, const nodes *args);
/* f->now goes on where the table hits, *miss where it does not. */
void flow_table(struct flow *f, struct node *table, struct state *miss);
/* What leads to a label, or to where no label is (-1): the states in which its actions end. */
void flow_label(struct flow *f, struct node *table, int label, const struct state *before,
		const struct state *named, struct state *to);
/* f->now goes on where the header n is valid, *no where it is not. */
void flow_test_valid(struct flow *f, struct node *n, struct state *no);

#endif
