/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * check_flow.c - what may be read or handed out without a value, and headers that may be invalid.
 *
 * A walk along all ways through each block.  Loops and parser states are walked until their first
 * state stays, actions where they are called.  What is told counts as mended, what is not known is
 * not told, and a program that has too many ways for its size is left alone from there on.
 */
#include "compiler/check.h"
#include "compiler/flow.h"

#include <string.h>

enum { FUEL = 100 }; /* for each token of the program */

/* To a state, which keeps its first state in `info`; it is walked when that has news. */
static void transition(struct flow *f, struct node *to)
{
	struct state *s;

	if (!to->decl && !strcmp(to->name, "accept"))
		state_join(f, f->ends, f->now);
	if (!to->decl || !f->now->reached)
		return;
	s = to->decl->info;
	if (!s)
		s = to->decl->info = arena_alloc(&f->u->arena, sizeof(*s) + STATE_BYTES(f->n));
	if (!state_join(f, s, f->now) || s->waiting)
		return;
	s->waiting = true;
	vec_push(&f->u->arena, &f->work, to->decl);
}

/* The ways out of a state: where all that is chosen by is whether a header is valid, two kinds. */
static void select_ways(struct flow *f, const struct node *n)
{
	bool tests = n->list.n == 1 && flow_is_method(n->list.v[0], "isValid");
	struct state *no = state_new(f);

	if (tests)
		flow_test_valid(f, n->list.v[0]->a->a, no);
	for (int turn = 0; turn < 2; turn++) {
		for (int i = 0; i < n->list2.n; i++) {
			const struct value *v = n->list2.v[i]->list.v[0]->val;

			if (!tests || !v || v->kind != VAL_BOOL || v->b == !turn)
				transition(f, n->list2.v[i]->a);
		}
		state_swap(&f->now, &no);
	}
	state_drop(f, no);
}

static void walk_state(struct flow *f, struct node *n)
{
	struct around around = { n, f->around };
	struct node *next = n->a;
	struct state *s = n->info;
	int places = f->n;
	bool select = next && next->kind == N_SELECT;

	s->waiting = false;
	state_copy(f, f->now, s);
	f->around = &around;
	flow_statements(f, &n->list);
	for (int i = 0; select && i < next->list.n; i++)
		flow_read(f, next->list.v[i]);
	for (int i = 0; select && i < next->list2.n; i++)
		for (int k = 0; k < next->list2.v[i]->list.n; k++)
			flow_read(f, next->list2.v[i]->list.v[k]);
	f->around = around.up;
	f->n = places; /* a state's variables end with it */
	if (select)
		select_ways(f, next);
	else if (next && next->kind == N_NAME)
		transition(f, next);
}

/* States are walked until no more leads to any; then what is wrong in them is told. */
static void parser_states(struct flow *f, struct node *n)
{
	struct node start = { .name = "start" };

	for (int i = 0; i < n->list.n; i++)
		if (n->list.v[i]->kind == N_STATE && !strcmp(n->list.v[i]->name, "start"))
			start.decl = n->list.v[i];
	f->work.n = 0;
	transition(f, &start);
	f->quiet = true;
	for (int i = 0; i < f->work.n && f->fuel >= 0; i++)
		walk_state(f, f->work.v[i]);
	f->quiet = false;
	for (int i = 0; i < n->list.n; i++)
		if (n->list.v[i]->kind == N_STATE && n->list.v[i]->info)
			walk_state(f, n->list.v[i]);
	for (int i = 0; i < n->list.n; i++)
		n->list.v[i]->info = NULL;
	state_swap(&f->now, &f->ends);
}

static bool is_deparser(const struct node *n)
{
	for (int i = 0; i < n->params.n; i++) {
		const struct type *t = type_real(n->params.v[i]->type);

		if (t->kind == T_EXTERN && !strcmp(t->decl->name, "packet_out"))
			return true;
	}
	return false;
}

/* A method of an object of the block, which may be called at any time */
static void walk_method(struct flow *f, struct node *n)
{
	struct state *before = f->now;

	f->now = state_new(f);
	f->now->reached = true;
	memset(f->now->bits, ANY, (size_t)f->n);
	flow_body(f, n);
	state_drop(f, f->now);
	f->now = before;
}

static void walk_block(struct flow *f, struct node *n)
{
	struct around around = { n, NULL };

	f->around = &around;
	f->ends = state_new(f);
	f->exits = state_new(f);
	flow_params_begin(f, &n->params);
	for (int i = 0; i < n->list.n; i++) {
		struct node *d = n->list.v[i];

		if (d->kind == N_VAR)
			flow_variable(f, d);
		for (int k = 0; d->kind == N_INSTANCE && d->b && k < d->b->list.n; k++)
			if (d->b->list.v[k]->kind == N_FUNCTION)
				walk_method(f, d->b->list.v[k]);
	}
	if (n->kind == N_PARSER) {
		parser_states(f, n);
	} else {
		flow_statement(f, n->b);
		state_join(f, f->now, f->ends);
		state_join(f, f->now, f->exits);
	}
	/* What a deparser hands out is looked at only where the packet goes that way (PSA). */
	if (!is_deparser(n))
		flow_params_end(f, &n->params);
	state_drop(f, f->ends);
	state_drop(f, f->exits);
}

void check_flow(struct unit *u, struct node *program)
{
	struct flow f = { .u = u, .fuel = (int64_t)u->tokens.n * FUEL };

	f.now = state_new(&f);
	for (int i = 0; i < program->list.n && f.fuel >= 0; i++) {
		struct node *n = program->list.v[i];

		f.n = 0;
		f.around = NULL;
		f.now->reached = true;
		if (n->kind == N_PARSER || n->kind == N_CONTROL)
			walk_block(&f, n);
		else if (n->kind == N_FUNCTION && n->b)
			flow_body(&f, n);
	}
}
