/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * flow_walk.c - along all ways through statements and expressions, see check_flow.c.
 */
#include "compiler/check.h"
#include "compiler/flow.h"

#include <string.h>

enum { DEPTH = 1000 }; /* of statements, with those of the actions that they call */

/* The place of what n names; -1: it is not followed.  Headers on the way must be valid. */
static int place(struct flow *f, struct node *n)
{
	struct type *t, *inner;
	int at, p;

	switch (n->val ? N_INT : n->kind) {
	case N_INT: return -1;
	case N_NAME:
		return n->decl && (n->decl->kind == N_VAR || n->decl->kind == N_PARAM)
			       ? n->decl->width
			       : -1;
	case N_DOT:
	case N_INDEX:
		at = place(f, n->a);
		if (n->kind == N_INDEX)
			flow_read(f, n->b);
		if (at < 0 || !n->type || !place_count(n->type))
			return -1;
		t = type_real(n->a->type);
		if (t->kind == T_HEADER)
			place_look(f, n->a, at, at, HEADER);
		if (n->kind == N_DOT)
			return n->decl && n->decl->kind == N_FIELD ? at + n->decl->width : -1;
		if (!n->b->val || n->b->val->kind != VAL_INT)
			return -1;
		inner = place_part(t, (int)mpz_get_si(n->b->val->i), at, &p);
		return inner ? p : -1;
	}
	flow_read(f, n);
	return -1;
}

/* What n names is given a value, or what becomes of it is not known. */
static void store(struct flow *f, struct node *n, uint8_t value, uint8_t valid)
{
	struct type *t;
	int at, outer;
	bool sure;

	while (n->kind == N_SLICE || (n->kind == N_BINARY && n->flag)) {
		if (n->kind == N_BINARY)
			flow_read(f, n->b);
		n = n->a;
	}
	at = place(f, n);
	sure = at >= 0 && valid == YES;
	if (n->kind == N_DOT || n->kind == N_INDEX) {
		/* A union's header takes the place of the others; an element may be any. */
		t = type_real(n->a->type);
		outer = t->kind == T_UNION || at < 0 ? place(f, n->a) : -1;
		if (outer >= 0)
			place_fill(f, t, outer, sure ? NO : ANY, sure ? NO : ANY);
		else if (at < 0)
			store(f, n->a, ANY, ANY);
	}
	if (at >= 0)
		place_fill(f, n->type, at, value, valid);
}

/* Is it a part of something with a name, not of what a call returns? */
static bool is_place(const struct node *n)
{
	while (n->kind == N_DOT || n->kind == N_INDEX)
		n = n->a;
	return n->kind == N_NAME;
}

/* `at` was given this value: are there headers in it that are not valid, or parts without one? */
static void assign(struct flow *f, struct type *t, int at, struct node *n)
{
	struct type *inner;
	int p, from;

	t = type_real(t);
	while (n->kind == N_CAST)
		n = n->b;
	if (n->kind == N_LIST || n->kind == N_RECORD) {
		for (int i = 0; i < n->list.n && (inner = place_part(t, i, at, &p)); i++)
			assign(f, inner, p, n->kind == N_LIST ? n->list.v[i] : n->list.v[i]->a);
		if (t->kind == T_HEADER)
			f->now->bits[at] = YES;
	} else if ((n->kind == N_INVALID || n->kind == N_DOTS) &&
		   (t->kind == T_HEADER || t->kind == T_UNION)) {
		place_fill(f, t, at, NO, NO);
	} else if (is_place(n) && type_equal(t, n->type)) {
		from = place(f, n);
		if (from >= 0)
			memmove(f->now->bits + at, f->now->bits + from, (size_t)place_count(t));
	}
}

/* Arguments go in before a call, and come out behind it. */
static void pass_in(struct flow *f, const nodes *params, const nodes *args)
{
	const int *order = written_order(f->u, args);

	for (int k = 0; k < args->n; k++) {
		int i = order[k];

		if (i < params->n && args->v[i] && params->v[i]->dir != DIR_OUT)
			flow_read(f, args->v[i]);
	}
}

static void pass_out(struct flow *f, const nodes *params, const nodes *args, uint8_t valid)
{
	for (int i = 0; i < params->n && i < args->n; i++)
		if (args->v[i] && args->v[i]->kind != N_DONTCARE &&
		    (params->v[i]->dir == DIR_OUT || params->v[i]->dir == DIR_INOUT))
			store(f, args->v[i], YES, valid);
}

void flow_params_begin(struct flow *f, const nodes *params)
{
	for (int i = 0; i < params->n; i++) {
		bool out = params->v[i]->dir == DIR_OUT;

		place_new(f, params->v[i], out ? NO : YES, out ? NO : ANY);
	}
}

void flow_params_end(struct flow *f, const nodes *params)
{
	for (int i = 0; i < params->n && f->now->reached; i++) {
		struct node *p = params->v[i];

		if (p->dir == DIR_OUT && p->width >= 0)
			place_look_all(f, p, p->width, p->type, p->width, OUT);
	}
}

/* An action, function or method: from its parameters to its end */
void flow_body(struct flow *f, struct node *n)
{
	struct around around = { n, f->around };
	struct state *ends = f->ends;
	int places = f->n;

	f->around = &around;
	f->ends = state_new(f);
	flow_params_begin(f, &n->params);
	flow_statement(f, n->b);
	state_join(f, f->now, f->ends);
	flow_params_end(f, &n->params);
	state_drop(f, f->ends);
	f->ends = ends;
	f->around = around.up;
	f->n = places;
}

void flow_action(struct flow *f, struct node *action, const nodes *args)
{
	pass_in(f, &action->params, args);
	flow_body(f, action);
	pass_out(f, &action->params, args, ANY);
}

/* A way on which the header is valid, and one on which it is not */
void flow_test_valid(struct flow *f, struct node *n, struct state *no)
{
	struct type *t = type_real(n->type), *inner;
	int at = place(f, n), p;
	uint8_t s;

	state_copy(f, no, f->now);
	if (at >= 0 && t->kind == T_UNION)
		place_fill(f, t, at, ANY, ANY);
	for (int i = 0; at >= 0 && t->kind == T_UNION && (inner = place_part(t, i, at, &p)); i++)
		no->bits[p] = TESTED;
	if (at < 0 || t->kind != T_HEADER)
		return;
	s = f->now->bits[at];
	/* What is in it may have been missing on the ways alone on which it was not valid. */
	for (int i = at + 1; s & (NO | TESTED | LEFT) && i < at + place_count(t); i++)
		if (f->now->bits[i] & (YES | ANY))
			f->now->bits[i] &= YES | TESTED | ANY;
	f->now->bits[at] = YES;
	f->now->reached &= (s & (YES | ANY)) != 0;
	no->bits[at] = (s & NO) | (s & (TESTED | ANY | LEFT) ? TESTED : 0);
	no->reached &= s != YES;
}

static bool is_applied(const struct node *n, const char *member)
{
	return n->kind == N_DOT && n->a->kind == N_CALL && n->a->type && n->a->decl &&
	       type_real(n->a->type)->kind == T_APPLIED && !strcmp(n->name, member);
}

bool flow_is_method(const struct node *n, const char *name)
{
	return n->kind == N_CALL && !n->decl && n->a->kind == N_DOT && !strcmp(n->a->name, name);
}

/* Does the condition hold only where a header is valid? */
static bool is_guard(const struct node *n)
{
	return flow_is_method(n, "isValid") ||
	       (n->kind == N_BINARY && n->op == TOK_AND && (is_guard(n->a) || is_guard(n->b)));
}

/* From here the walk is where the condition holds, and *no is where it does not. */
static void condition(struct flow *f, struct node *n, struct state **no)
{
	if (n->val && n->val->kind == VAL_BOOL) {
		state_copy(f, *no, f->now);
		(n->val->b ? *no : f->now)->reached = false;
	} else if (n->kind == N_UNARY && n->op == TOK_NOT) {
		condition(f, n->a, no);
		state_swap(&f->now, no);
	} else if (n->kind == N_BINARY && (n->op == TOK_AND || n->op == TOK_OR)) {
		bool either = n->op == TOK_OR, guard = !either && is_guard(n->a);
		struct state *second;

		condition(f, n->a, no);
		if (either)
			state_swap(&f->now, no);
		second = state_new(f);
		f->guards += guard;
		condition(f, n->b, &second);
		f->guards -= guard;
		if (either)
			state_swap(no, &second);
		state_join(f, either ? f->now : *no, second);
		state_drop(f, second);
	} else if (flow_is_method(n, "isValid")) {
		flow_test_valid(f, n->a->a, *no);
	} else if (is_applied(n, "hit") || is_applied(n, "miss")) {
		flow_table(f, n->a->decl, *no);
		if (n->name[0] == 'm')
			state_swap(&f->now, no);
	} else {
		flow_read(f, n);
		state_copy(f, *no, f->now);
	}
}

/* What headers and stacks have by themselves */
static void own_method(struct flow *f, struct node *n)
{
	struct node *h = n->a->a;
	bool valid = flow_is_method(n, "setValid");
	int at = valid ? place(f, h) : -1;
	bool keeps = at >= 0 && f->now->bits[at] & (YES | ANY);

	/* A header that is valid already keeps what is in it; a union's others go. */
	if (keeps && (h->kind != N_DOT || type_real(h->a->type)->kind != T_UNION))
		f->now->bits[at] = YES;
	else if (valid || flow_is_method(n, "setInvalid"))
		store(f, h, keeps ? ANY : NO, valid ? YES : NO);
	else if (flow_is_method(n, "push_front") || flow_is_method(n, "pop_front"))
		store(f, h, ANY, ANY);
}

static void call(struct flow *f, struct node *n)
{
	struct node *d = n->decl, *on = n->a->kind == N_DOT ? n->a->a : NULL;
	struct state *no = state_new(f);

	if (!d) {
		if (on)
			own_method(f, n);
	} else if (d->kind == N_ACTION) {
		flow_action(f, d, &n->params);
	} else if (d->kind == N_TABLE) {
		flow_table(f, d, no);
		state_join(f, f->now, no);
	} else if (d->kind == N_FUNCTION && !d->b && n->params.n &&
		   (!strcmp(d->name, "verify") || !strcmp(d->name, "assert") ||
		    !strcmp(d->name, "assume"))) {
		condition(f, n->params.v[0], &no);
	} else {
		bool extracts = d->kind == N_METHOD && !strcmp(d->name, "extract");

		pass_in(f, &d->params, &n->params);
		/* Abstract methods can do anything to what is around them. */
		if (on && on->decl && on->decl->kind == N_INSTANCE && on->decl->b)
			memset(f->now->bits, ANY, (size_t)f->n);
		pass_out(f, &d->params, &n->params, extracts ? YES : ANY);
	}
	state_drop(f, no);
}

void flow_read(struct flow *f, struct node *n)
{
	const int *order;
	struct state *no;
	int at;

	if (!n || n->val)
		return;
	switch (n->kind) {
	case N_NAME:
	case N_DOT:
	case N_INDEX:
		at = place(f, n);
		if (at >= 0)
			place_look_all(f, n, at, n->type, at, READ);
		return;
	case N_CALL: call(f, n); return;
	case N_BINARY:
	case N_COND:
		if (n->kind == N_BINARY && n->op != TOK_AND && n->op != TOK_OR)
			break;
		no = state_new(f);
		condition(f, n->kind == N_COND ? n->a : n, &no);
		if (n->kind == N_COND) {
			bool guard = is_guard(n->a);

			f->guards += guard;
			flow_read(f, n->b);
			f->guards -= guard;
			state_swap(&f->now, &no);
			flow_read(f, n->c);
		}
		state_join(f, f->now, no);
		state_drop(f, no);
		return;
	}
	flow_read(f, n->a);
	flow_read(f, n->b);
	flow_read(f, n->c);
	order = n->kind == N_RECORD ? written_order(f->u, &n->list) : NULL;
	for (int k = 0; k < n->list.n; k++)
		flow_read(f, n->list.v[order ? order[k] : k]);
}

void flow_statements(struct flow *f, const nodes *list)
{
	for (int i = 0; i < list->n && f->now->reached; i++)
		flow_statement(f, list->v[i]);
}

static void jump(struct flow *f, struct state *to)
{
	state_join(f, to, f->now);
	f->now->reached = false;
}

static void if_chain(struct flow *f, struct node *n)
{
	struct state *out = state_new(f), *no = state_new(f);
	bool guard, any = false;

	for (; n && n->kind == N_IF; n = n->c) {
		guard = is_guard(n->a);
		any |= guard;
		condition(f, n->a, &no);
		f->guards += guard;
		flow_statement(f, n->b);
		f->guards -= guard;
		state_join(f, out, f->now);
		state_swap(&f->now, &no);
	}
	if (n)
		flow_statement(f, n);
	for (int i = 0; any && out->reached && i < f->n; i++)
		if (f->now->bits[i] & NO && !(out->bits[i] & (NO | LEFT)))
			f->now->bits[i] = (f->now->bits[i] & ~NO) | LEFT;
	state_join(f, f->now, out);
	state_drop(f, out);
	state_drop(f, no);
}

/* Is there a label for each value?  They differ. */
static bool labels_all(const struct node *n)
{
	const struct type *t = type_real(n->a->type);

	return (t->kind == T_ENUM && n->list.n == t->decl->list.n) ||
	       (t->kind == T_BITS && t->width < 16 && n->list.n == 1 << t->width);
}

static void switch_statement(struct flow *f, struct node *n)
{
	struct node *table = is_applied(n->a, "action_run") ? n->a->a->decl : NULL;
	struct state *before = state_new(f), *named = state_new(f);
	struct state *way = state_new(f), *out = state_new(f);
	bool rest = false, all = labels_all(n);

	if (table)
		state_copy(f, before, f->now);
	flow_read(f, n->a);
	if (!table)
		state_copy(f, before, f->now);
	memset(named->bits, 0, PLACES);
	for (int i = 0; table && i < n->list.n; i++) {
		struct node *label = n->list.v[i]->list.v[0];

		if (label->decl && label->index < PLACES)
			named->bits[label->index] = 1;
	}
	/* The last one is no case: it goes by. */
	for (int i = 0; i < n->list.n + !(rest || all); i++) {
		struct node *k = i < n->list.n ? n->list.v[i] : NULL;

		rest = !k || k->list.v[0]->kind == N_DEFAULT;
		if (table)
			flow_label(f, table, rest ? -1 : k->list.v[0]->index, before, named, way);
		else
			state_join(f, way, before);
		if (k && !k->b)
			continue;
		state_copy(f, f->now, way);
		way->reached = false;
		if (k)
			flow_statement(f, k->b);
		state_join(f, out, f->now);
	}
	state_join(f, out, way);
	state_copy(f, f->now, out);
	state_drop(f, before);
	state_drop(f, named);
	state_drop(f, way);
	state_drop(f, out);
}

/* Is a loop surely not passed by: are there elements, or does the condition hold at first? */
static bool runs(struct flow *f, const struct node *n)
{
	const struct node *e = n->a, *var = n->list.n == 1 ? n->list.v[0] : NULL;

	if (n->kind == N_FOR) {
		struct node first = *e;

		if (e->kind != N_BINARY || !var || var->kind != N_VAR || !var->b ||
		    e->a->kind != N_NAME || e->a->decl != var)
			return false;
		first.a = var->b;
		fold(f->u, &first);
		return first.val && first.val->kind == VAL_BOOL && first.val->b;
	}
	if (e->kind == N_BINARY && e->op == TOK_RANGE)
		return e->a->val && e->b->val && mpz_cmp(e->a->val->i, e->b->val->i) <= 0;
	return e->kind == N_LIST ? e->list.n > 0 : type_real(e->type)->kind == T_STACK;
}

/* Once through a loop from its first state; `out` is behind it, and more may lead to the first. */
static bool loop_turn(struct flow *f, struct node *n, struct state *first, struct state *out)
{
	struct state *breaks = f->breaks, *continues = f->continues, *no = state_new(f);
	bool once = runs(f, n), news;

	state_copy(f, f->now, first);
	out->reached = false;
	f->breaks = out;
	f->continues = state_new(f);
	if (n->kind == N_FOR) {
		condition(f, n->a, &no);
	} else {
		state_copy(f, no, f->now);
		if (n->c->width >= 0)
			place_fill(f, n->c->type, n->c->width, YES, ANY);
	}
	flow_statement(f, n->b);
	state_join(f, f->now, f->continues);
	flow_statements(f, &n->list2);
	state_join(f, out, once ? f->now : no);
	news = state_join(f, first, f->now);
	state_drop(f, f->continues);
	state_drop(f, no);
	f->breaks = breaks;
	f->continues = continues;
	return news;
}

static void loop(struct flow *f, struct node *n)
{
	struct state *first = state_new(f), *out = state_new(f);
	bool quiet = f->quiet;
	int places = f->n;

	flow_statements(f, &n->list);
	if (n->kind == N_FORIN) {
		flow_read(f, n->a);
		place_new(f, n->c, NO, NO);
	}
	state_copy(f, first, f->now);
	f->quiet = true;
	while (f->fuel >= 0 && loop_turn(f, n, first, out))
		;
	f->quiet = quiet;
	if (!quiet)
		loop_turn(f, n, first, out);
	state_swap(&f->now, &out);
	state_drop(f, first);
	state_drop(f, out);
	f->n = places;
}

void flow_variable(struct flow *f, struct node *n)
{
	flow_read(f, n->b);
	place_new(f, n, n->b ? YES : NO, n->b ? ANY : NO);
	if (n->b && n->width >= 0)
		assign(f, n->type, n->width, n->b);
}

static void assignment(struct flow *f, struct node *n)
{
	int at;

	flow_read(f, n->b);
	store(f, n->a, YES, ANY);
	at = is_place(n->a) ? place(f, n->a) : -1;
	if (at >= 0)
		assign(f, n->a->type, at, n->b);
}

void flow_statement(struct flow *f, struct node *n)
{
	struct around around = { n, f->around };
	int places = f->n;

	if (++f->depth > DEPTH)
		f->fuel = 0;
	if (--f->fuel < 0)
		f->now->reached = false;
	f->around = &around;
	switch (f->now->reached ? n->kind : N_EMPTY) {
	case N_BLOCK:
		flow_statements(f, &n->list);
		f->n = places;
		break;
	case N_VAR: flow_variable(f, n); break;
	case N_ASSIGN: assignment(f, n); break;
	case N_CALLSTMT: flow_read(f, n->a); break;
	case N_IF: if_chain(f, n); break;
	case N_SWITCH: switch_statement(f, n); break;
	case N_FOR:
	case N_FORIN: loop(f, n); break;
	case N_RETURN:
		flow_read(f, n->a);
		jump(f, f->ends);
		break;
	case N_EXIT: jump(f, f->exits); break;
	case N_BREAK: jump(f, f->breaks); break;
	case N_CONTINUE: jump(f, f->continues); break;
	}
	f->depth--;
	f->around = around.up;
}
