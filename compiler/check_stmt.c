/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_stmt.c - statements (section 12). */
#include "compiler/check.h"

#include <string.h>

/* Does every way through end in return or exit? */
bool check_returns(const struct node *n)
{
	switch (n ? n->kind : N_EMPTY) {
	case N_RETURN:
	case N_EXIT: return true;
	case N_BLOCK:
		for (int i = 0; i < n->list.n; i++)
			if (check_returns(n->list.v[i]))
				return true;
		return false;
	case N_IF:
		for (; n && n->kind == N_IF; n = n->c)
			if (!check_returns(n->b))
				return false;
		return check_returns(n);
	case N_SWITCH: {
		bool has_default = false;

		for (int i = 0; i < n->list.n; i++) {
			has_default |= n->list.v[i]->list.v[0]->kind == N_DEFAULT;
			if (n->list.v[i]->b && !check_returns(n->list.v[i]->b))
				return false;
		}
		return has_default;
	}
	}
	return false;
}

/* if (...); { ... }, or so with for */
static void check_ends_early(struct checker *c, const struct node *n, const struct node *after)
{
	if ((n->kind == N_IF || n->kind == N_FOR || n->kind == N_FORIN) && n->b &&
	    n->b->kind == N_EMPTY && !(n->kind == N_IF && n->c) && after->kind == N_BLOCK)
		report(c->u, ends_early, n->b->tok);
}

void check_block(struct checker *c, struct node *n)
{
	bool ended = false;

	check_annotations(c, &n->annos);
	scope_enter(c, n);
	for (int i = 0; i < n->list.n; i++) {
		if (ended && n->list.v[i]->kind != N_EMPTY) {
			report(c->u, dead_code, n->list.v[i]->tok);
			ended = false;
		}
		if (i + 1 < n->list.n)
			check_ends_early(c, n->list.v[i], n->list.v[i + 1]);
		check_statement(c, n->list.v[i]);
		ended = n->list.v[i]->kind == N_RETURN || n->list.v[i]->kind == N_EXIT ||
			n->list.v[i]->kind == N_BREAK || n->list.v[i]->kind == N_CONTINUE;
	}
	scope_leave(c);
}

static void check_assign(struct checker *c, struct node *n)
{
	struct type *left = check_expr(c, n->a, NULL);

	if (n->op != TOK_ASSIGN && left->kind != T_ERR) {
		/* a op= b is a = a op b, with a's place computed once */
		struct node *e = node_new(c->u, N_BINARY, n->a->tok);

		check_lvalue(c, n->a);
		e->op = n->op;
		e->a = n->a;
		e->b = n->b;
		e->end = n->b->end;
		e->c = n->c;
		n->b = e;
		check_as(c, &n->b, left);
		return;
	}
	if (left->kind == T_ERR) {
		check_expr(c, n->b, left);
		return;
	}
	if (left->kind == T_TYPE || left->kind == T_TABLE || left->kind == T_ACTION ||
	    left->kind == T_FUNCTION) {
		report_span(c->u, not_lvalue, n->a->tok, n->a->end);
		return;
	}
	check_lvalue(c, n->a);
	if (n->a->lvalue)
		check_as(c, &n->b, left);
	else
		check_expr(c, n->b, NULL);
}

/* Was there a label with the value of this one?  Numbers and members are kept as text. */
static bool label_again(struct checker *c, struct intern *seen, const struct node *label)
{
	const struct value *v = value_number(label->val);

	if (!v || (v->kind != VAL_INT && v->kind != VAL_ENUM))
		return false;
	return !intern_new(&c->u->arena, seen,
			   v->kind == VAL_INT ? mpz_get_str(NULL, 16, v->i) : v->member->name);
}

/* An action's place in its table, behind those listed where it is what a table does that does not
 * say; -1: it is not there. */
static int action_place_in(struct checker *c, struct node *table, struct node *action)
{
	bool by_default = action->kind == N_ACTION &&
			  action == lookup_here(c->global, unit_name(c->u, "NoAction"));
	int place = 0;

	for (int p = 0; p < table->list.n; p++) {
		struct node *q = table->list.v[p], *ref;

		if (q->kind == N_ACTIONS && q->scope) {
			ref = lookup_here(q->scope, action->name);
			if (ref && ref->decl == action)
				return ref->index;
			place = q->list.n;
		}
		by_default &= q->kind != N_PROP || strcmp(q->name, "default_action");
	}
	return by_default ? place : -1;
}

static void report_not_listed(struct checker *c, const struct node *label, const struct node *table)
{
	struct meant m = meant_for(label->name);

	report(c->u, switch_action, label->tok, label->name, table->name);
	for (int p = 0; p < table->list.n; p++)
		if (table->list.v[p]->kind == N_ACTIONS)
			meant_try_all(&m, &table->list.v[p]->list);
	meant_hint(c->u, &m);
}

static void check_switch(struct checker *c, struct node *n)
{
	struct type *t = check_expr(c, n->a, NULL);
	struct intern seen = { 0 };
	bool seen_default = false;

	if (t->kind != T_ACTIONRUN && t->kind != T_ERR && t->kind != T_BITS && t->kind != T_SENUM &&
	    t->kind != T_ENUM && t->kind != T_ERRORS && t->kind != T_INT) {
		report_span(c->u, switch_type, n->a->tok, n->a->end, type_name(c->u, t));
		t = err_type(c);
	}
	if (t->kind == T_ACTIONRUN && c->callable && c->callable->kind == N_ACTION)
		report_span(c->u, apply_place, n->a->tok, n->a->end, t->decl->name);
	for (int i = 0; i < n->list.n; i++) {
		struct node *k = n->list.v[i], *label = k->list.v[0];

		if (label->kind == N_DEFAULT) {
			if (seen_default)
				report(c->u, duplicate, label->tok, "default");
			else if (i != n->list.n - 1 &&
				 n->list.v[i + 1]->list.v[0]->kind != N_DEFAULT)
				report(c->u, default_last, label->tok);
			seen_default = true;
		} else if (t->kind == T_ACTIONRUN) {
			struct node *d =
				label->kind == N_NAME ? lookup(c, label->name, label->flag) : NULL;

			label->index = d ? action_place_in(c, t->decl, d) : -1;
			label->decl = label->index < 0 ? NULL : d;
			if (label->kind != N_NAME)
				report_span(c->u, switch_label, label->tok, label->end);
			else if (!label->decl && !t->decl->told)
				report_not_listed(c, label, t->decl);
			else if (d && !intern_new(&c->u->arena, &seen, d->name))
				report(c->u, duplicate, label->tok, label->name);
		} else if (t->kind != T_ERR) {
			check_as(c, &k->list.v[0], t);
			label = k->list.v[0];
			if (!label->val && !label->known && label->type->kind != T_ERR)
				report_span(c->u, not_constant, label->tok, label->end,
					    "a case label");
			if (label_again(c, &seen, label))
				report_span(c->u, duplicate, label->tok, label->end,
					    expression_text(c->u, label, false));
		}
		if (k->b)
			check_block(c, k->b);
		else if (i == n->list.n - 1)
			report(c->u, empty_case, k->tok);
	}
}

static void check_for(struct checker *c, struct node *n)
{
	check_annotations(c, &n->annos);
	scope_enter(c, n);
	if (n->kind == N_FOR) {
		for (int i = 0; i < n->list.n; i++)
			check_statement(c, n->list.v[i]);
		check_as(c, &n->a, type_basic(c->u, T_BOOL));
		for (int i = 0; i < n->list2.n; i++)
			check_statement(c, n->list2.v[i]);
	} else {
		struct type *var, *elem;

		n->c->written = n->c->used = true; /* counting is use enough */
		check_declaration(c, n->c);
		var = n->c->type ? type_real(n->c->type) : err_type(c);
		if (n->a->kind == N_BINARY && n->a->op == TOK_RANGE) {
			check_set(c, &n->a, var);
		} else {
			struct type *t = check_expr(c, n->a, NULL);

			elem = t->kind == T_STACK || t->kind == T_LIST ? type_real(t->args[0])
								       : NULL;
			if (t->kind == T_LIST && n->a->kind == N_CAST && n->a->b->kind == N_LIST)
				n->a = n->a->b; /* its elements are what the cast made them */
			if (n->a->kind == N_LIST && t->kind != T_ERR) {
				coerce(c, &n->a, type_wrap(c->u, T_LIST, var, 0));
			} else if (!elem && t->kind != T_ERR) {
				report_span(c->u, for_collection, n->a->tok, n->a->end,
					    type_name(c->u, t));
			} else if (elem && !type_equal(elem, var) && !convertible(c, elem, var)) {
				report_span(c->u, type_mismatch, n->a->tok, n->a->end,
					    type_name(c->u, var), type_name(c->u, elem));
			}
		}
	}
	c->loops++;
	check_statement(c, n->b);
	c->loops--;
	scope_leave(c);
}

static void check_return(struct checker *c, struct node *n)
{
	if (c->block && c->block->kind == N_PARSER && (!c->callable || c->callable == c->block)) {
		report(c->u, statement_place, n->tok, "return", "a parser");
		return;
	}
	if (!n->a) {
		if (c->result && c->result->kind != T_VOID)
			report(c->u, return_value, n->tok, type_name(c->u, c->result));
		return;
	}
	if (!c->result || c->result->kind == T_VOID) {
		check_expr(c, n->a, NULL);
		report_span(c->u, return_void, n->a->tok, n->a->end);
		return;
	}
	check_as(c, &n->a, c->result);
}

void check_statement(struct checker *c, struct node *n)
{
	struct type *t;

	switch (n->kind) {
	case N_BLOCK: check_block(c, n); break;
	case N_ASSIGN: check_assign(c, n); break;
	case N_CALLSTMT:
		t = check_expr(c, n->a, NULL);
		if (n->a->kind == N_CALL && n->a->a->type &&
		    type_real(n->a->a->type)->kind == T_TYPE && t->kind != T_ERR)
			report_span(c->u, lone_constructor, n->a->tok, n->a->end);
		else if (t->kind != T_VOID && t->kind != T_ERR && t->kind != T_APPLIED &&
			 n->a->decl && n->a->decl->kind == N_FUNCTION && n->a->decl->b)
			report_span(c->u, unused_result, n->a->tok, n->a->end);
		break;
	case N_IF:
		for (; n && n->kind == N_IF; n = n->c) {
			check_as(c, &n->a, type_basic(c->u, T_BOOL));
			check_statement(c, n->b);
		}
		if (n)
			check_statement(c, n);
		break;
	case N_SWITCH:
	case N_FOR:
	case N_FORIN:
		if (c->block && c->block->kind == N_PARSER && c->callable == c->block)
			report(c->u, statement_place, n->tok,
			       n->kind == N_SWITCH ? "switch" : "for", "a parser");
		if (n->kind == N_SWITCH)
			check_switch(c, n);
		else
			check_for(c, n);
		break;
	case N_RETURN: check_return(c, n); break;
	case N_EXIT:
		if (c->callable && c->callable->kind == N_FUNCTION)
			report(c->u, statement_place, n->tok, "exit", "a function");
		else if (c->block && c->block->kind == N_PARSER)
			report(c->u, statement_place, n->tok, "exit", "a parser");
		break;
	case N_BREAK:
	case N_CONTINUE:
		if (!c->loops)
			report(c->u, loop_place, n->tok, n->kind == N_BREAK ? "break" : "continue");
		break;
	case N_EMPTY: break;
	default: check_declaration(c, n);
	}
}
