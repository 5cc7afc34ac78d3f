/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* parse_table.c - tables (section 14.2). */
#include "compiler/hint.h"
#include "compiler/parse.h"

/* keyElement = expression ":" name annotations ";" */
static struct node *key(struct parser *p)
{
	const struct token *open;
	struct node *n = node_new(p->u, N_KEY, next(p));

	expect(p, TOK_ASSIGN);
	open = open_brace(p);
	while (!at(p, TOK_RBRACE) && !p->panic) {
		struct node *e = node_new(p->u, N_KEYELEM, p->t);

		e->a = expression(p);
		if (at(p, TOK_SEMI))
			syntax_error(p, "':' and how it is matched, as in ': exact'");
		expect(p, TOK_COLON);
		e->c = node_new(p->u, N_NAME, p->t);
		e->name = e->c->name = expect_name(p);
		annotations(p, &e->annos);
		finish(p, e);
		expect(p, TOK_SEMI);
		vec_push(&p->u->arena, &n->list, e);
	}
	close_brace(p, open);
	return finish(p, n);
}

/* actionRef = ["."] name ["(" arguments ")"] */
static struct node *action_ref(struct parser *p)
{
	struct node *n = node_new(p->u, N_NAME, p->t), *call;

	n->flag = accept(p, TOK_DOT);
	n->name = expect_name(p);
	finish(p, n);
	if (!at(p, TOK_LPAREN))
		return n;
	call = node_new(p->u, N_CALL, n->tok);
	call->a = n;
	arguments(p, &call->list);
	return finish(p, call);
}

/* actions = "actions" "=" "{" {annotations actionRef ";"} "}" */
static struct node *actions(struct parser *p)
{
	const struct token *open;
	struct node *n = node_new(p->u, N_ACTIONS, next(p));

	expect(p, TOK_ASSIGN);
	open = open_brace(p);
	while (!at(p, TOK_RBRACE) && !p->panic) {
		struct node *r = node_new(p->u, N_ACTIONREF, p->t);

		annotations(p, &r->annos);
		r->tok = p->t;
		r->a = action_ref(p);
		finish(p, r);
		expect(p, TOK_SEMI);
		vec_push(&p->u->arena, &n->list, r);
	}
	close_brace(p, open);
	return finish(p, n);
}

/* entry = ["const"] ["priority" "=" (integer | "(" expression ")") ":"] keysets ":" actionRef annotations ";" */
static struct node *entries(struct parser *p, bool is_const)
{
	const struct token *open;
	struct node *n = node_new(p->u, N_ENTRIES, next(p));

	n->is_const = is_const;
	expect(p, TOK_ASSIGN);
	open = open_brace(p);
	while (!at(p, TOK_RBRACE) && !p->panic) {
		struct node *e = node_new(p->u, N_ENTRY, p->t);

		e->is_const = accept(p, TOK_CONST) || is_const;
		e->tok = p->t;
		if (at(p, TOK_PRIORITY) && p->t[1].kind == TK_PUNCT && p->t[1].id == TOK_ASSIGN) {
			next(p);
			next(p);
			if (!at(p, TOK_LPAREN) &&
			    (p->t->kind != TK_INT || !token_is(p->t + 1, TOK_COLON)))
				syntax_error(p, "a number, or an expression in parentheses");
			e->b = expression(p);
			expect(p, TOK_COLON);
		}
		keyset_tuple(p, &e->list);
		expect(p, TOK_COLON);
		e->a = action_ref(p);
		annotations(p, &e->annos);
		finish(p, e);
		expect(p, TOK_SEMI);
		vec_push(&p->u->arena, &n->list, e);
	}
	close_brace(p, open);
	return finish(p, n);
}

/* What is read like another property, and is none, is one misspelled. */
static void property(struct parser *p, struct node *n)
{
	struct meant m = meant_for(arena_copy(&p->u->arena, p->t->at, (size_t)p->t->len));
	int errors = p->u->errors;

	n->name = expect_name(p);
	expect(p, TOK_ASSIGN);
	n->a = expression(p);
	finish(p, n);
	if (errors == p->u->errors) {
		expect(p, TOK_SEMI);
		return;
	}
	meant_try(&m, "key");
	meant_try(&m, "actions");
	meant_try(&m, "entries");
	meant_hint(p->u, &m);
	accept(p, TOK_SEMI);
}

/*
 * table = "table" name "{" {property} "}"
 * property = key | actions | entries | "const" entries
 *          | ["const"] name "=" expression ";"
 */
struct node *table(struct parser *p, nodes *annos)
{
	const struct token *open;
	struct node *n = node_new(p->u, N_TABLE, next(p));

	n->tok = p->t;
	n->annos = *annos;
	n->name = expect_name(p);
	scope_add(p, n->name, false);
	finish(p, n);
	open = open_brace(p);
	while (!at(p, TOK_RBRACE) && p->t->kind != TK_EOF && !p->panic) {
		nodes prop_annos = { 0 };
		struct node *prop;
		bool is_const, assigned;

		annotations(p, &prop_annos);
		is_const = accept(p, TOK_CONST);
		assigned = p->t[1].kind == TK_PUNCT &&
			   (p->t[1].id == TOK_ASSIGN || p->t[1].id == TOK_LBRACE);
		if (is_const && assigned && (at(p, TOK_KEY) || at(p, TOK_ACTIONS))) {
			syntax_error(p, "a property that can be const");
			break;
		}
		if (at(p, TOK_KEY) && assigned) {
			prop = key(p);
		} else if (at(p, TOK_ACTIONS) && assigned) {
			prop = actions(p);
		} else if (at(p, TOK_ENTRIES) && assigned) {
			prop = entries(p, is_const);
		} else {
			prop = node_new(p->u, N_PROP, p->t);
			prop->is_const = is_const;
			property(p, prop);
		}
		prop->annos = prop_annos;
		vec_push(&p->u->arena, &n->list, prop);
	}
	close_brace(p, open);
	return n;
}
