/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* parse_stmt.c - statements and parser states (sections 12, 13). */
#include "compiler/parse.h"

static bool punct(const struct token *t, enum token_id id)
{
	return t && t->kind == TK_PUNCT && t->id == id;
}

/* Does a declaration begin here, rather than an expression? */
static bool at_declaration(struct parser *p)
{
	const struct token *t;

	if (p->t->kind == TK_KEYWORD) {
		switch (p->t->id) {
		case TOK_CONST:
		case TOK_BIT:
		case TOK_INTTYPE:
		case TOK_VARBIT:
		case TOK_BOOL:
		case TOK_TUPLE:
		case TOK_STRINGTYPE: return true;
		case TOK_ERROR: return !punct(p->t + 1, TOK_DOT);
		}
	}
	t = skip_type(p, p->t);
	/* word<8> x is one whose type is misspelled. */
	if (!t)
		return p->t->kind == TK_NAME && punct(p->t + 1, TOK_LT) && p->t[2].kind == TK_INT &&
		       punct(p->t + 3, TOK_GT) && p->t[4].kind == TK_NAME;
	if (t->kind == TK_NAME)
		return true;
	if (t->kind == TK_KEYWORD)
		return punct(t + 1, TOK_ASSIGN) || punct(t + 1, TOK_SEMI);
	/* An instance, unless the first of two statements lacks its ";". */
	if (punct(t, TOK_LPAREN)) {
		t = skip_balanced(t);
		return t && t->kind == TK_NAME &&
		       (punct(t + 1, TOK_SEMI) ||
			(punct(t + 1, TOK_ASSIGN) && punct(t + 2, TOK_LBRACE)));
	}
	return false;
}

/* What follows an else whose if could not be read is a statement of its own. */
static void recover_statement(struct parser *p)
{
	bool panic = p->panic;

	recover(p);
	if (panic && !p->stop)
		accept(p, TOK_ELSE);
}

/* Up to "}", or what else ends them */
static void statements(struct parser *p, nodes *list, enum token_id end)
{
	while (!at(p, TOK_RBRACE) && !at(p, end) && p->t->kind != TK_EOF && !p->stop) {
		const struct token *start = p->t;
		struct node *s = statement(p);

		if (s)
			vec_push(&p->u->arena, list, s);
		recover_statement(p);
		if (p->t == start)
			next(p);
	}
}

/* block = annotations "{" {statement} "}" */
struct node *block(struct parser *p)
{
	struct node *n = node_new(p->u, N_BLOCK, p->t);

	annotations(p, &n->annos);
	if (!expect(p, TOK_LBRACE))
		return n;
	scope_push(p);
	statements(p, &n->list, TOK_RBRACE);
	scope_pop(p);
	finish(p, n);
	n->end = p->t;
	expect(p, TOK_RBRACE);
	return n;
}

/* case = ("default" | expression) ":" [block] */
static struct node *switch_statement(struct parser *p)
{
	const struct token *open;
	struct node *n = node_new(p->u, N_SWITCH, next(p));

	expect(p, TOK_LPAREN);
	n->a = expression(p);
	expect(p, TOK_RPAREN);
	open = open_brace(p);
	while (open && !at(p, TOK_RBRACE) && p->t->kind != TK_EOF && !p->panic) {
		struct node *c = node_new(p->u, N_CASE, p->t);

		if (at(p, TOK_DEFAULT))
			vec_push(&p->u->arena, &c->list, node_new(p->u, N_DEFAULT, next(p)));
		else
			vec_push(&p->u->arena, &c->list, expression(p));
		expect(p, TOK_COLON);
		if (at(p, TOK_LBRACE) || at(p, TOK_AT))
			c->b = block(p);
		vec_push(&p->u->arena, &n->list, finish(p, c));
	}
	close_brace(p, open);
	return finish(p, n);
}

static struct node *assignment_or_call(struct parser *p);
static struct node *branch(struct parser *p);

/* The variable of a loop, without its value: type name sizes */
static struct node *loop_variable(struct parser *p, const nodes *annos)
{
	struct node *type = type_ref(p), *v = node_new(p->u, N_VAR, p->t);

	v->annos = *annos;
	v->name = expect_name(p);
	v->a = type;
	array_sizes(p, &v->a);
	scope_add(p, v->name, false);
	return v;
}

/* for = "for" "(" [init {"," init}] ";" expression ";" [update {"," update}] ")" statement
 *     | "for" "(" type name "in" (expression | expression ".." expression) ")" statement */
static struct node *for_statement(struct parser *p)
{
	struct node *n = node_new(p->u, N_FOR, next(p));
	nodes annos = { 0 };
	const struct token *t;

	scope_push(p);
	expect(p, TOK_LPAREN);
	annotations(p, &annos);
	if (at_name(p) && token_is(p->t + 1, TOK_IN))
		syntax_error(p, "a type and the name of a new variable");
	else if ((t = skip_type(p, p->t)) && (t->kind == TK_NAME || t->kind == TK_KEYWORD) &&
		 token_is(t + 1, TOK_IN)) {
		n->kind = N_FORIN;
		n->c = finish(p, loop_variable(p, &annos));
	}
	if (n->kind == N_FORIN) {
		next(p);
		n->a = keyset(p);
	} else {
		while (!at(p, TOK_SEMI) && !p->panic) {
			struct node *v;

			if (at_declaration(p)) {
				v = loop_variable(p, &annos);
				if (accept(p, TOK_ASSIGN))
					v->b = expression(p);
				finish(p, v);
			} else {
				v = assignment_or_call(p);
			}
			vec_push(&p->u->arena, &n->list, v);
			if (!accept(p, TOK_COMMA))
				break;
			annos = (nodes){ 0 };
			annotations(p, &annos);
		}
		expect(p, TOK_SEMI);
		n->a = expression(p);
		expect(p, TOK_SEMI);
		while (!at(p, TOK_RPAREN) && !p->panic) {
			vec_push(&p->u->arena, &n->list2, assignment_or_call(p));
			if (!accept(p, TOK_COMMA))
				break;
		}
	}
	expect(p, TOK_RPAREN);
	finish(p, n);
	n->b = branch(p);
	scope_pop(p);
	return n;
}

/* assignment = lvalue op expression, op = "=" | "+=" | ...; call = expression */
static struct node *assignment_or_call(struct parser *p)
{
	struct node *left = expression(p), *n;
	int len = 1, op = 0;

	if (p->t->kind == TK_PUNCT) {
		switch (p->t->id) {
		case TOK_ASSIGN: op = TOK_ASSIGN; break;
		case TOK_PLUS_ASSIGN: op = TOK_PLUS; break;
		case TOK_MINUS_ASSIGN: op = TOK_MINUS; break;
		case TOK_MUL_ASSIGN: op = TOK_MUL; break;
		case TOK_DIV_ASSIGN: op = TOK_DIV; break;
		case TOK_MOD_ASSIGN: op = TOK_MOD; break;
		case TOK_BAND_ASSIGN: op = TOK_BAND; break;
		case TOK_BOR_ASSIGN: op = TOK_BOR; break;
		case TOK_BXOR_ASSIGN: op = TOK_BXOR; break;
		case TOK_SHL_ASSIGN: op = TOK_SHL; break;
		case TOK_PLUS_SAT_ASSIGN: op = TOK_PLUS_SAT; break;
		case TOK_MINUS_SAT_ASSIGN: op = TOK_MINUS_SAT; break;
		case TOK_GT:
			if (punct(p->t + 1, TOK_GE) && token_joined(p->t)) {
				op = TOK_COUNT;
				len = 2;
			}
			break;
		}
	}
	if (op) {
		n = node_new(p->u, N_ASSIGN, left->tok);
		n->op = (uint8_t)op;
		n->c = node_new(p->u, N_WORD, p->t);
		p->t += len;
		n->a = left;
		n->b = expression(p);
		return finish(p, n);
	}
	if (left->kind != N_CALL && !p->panic)
		syntax_error(p, (left->kind == N_NAME || left->kind == N_DOT) && at(p, TOK_SEMI)
					? "'=' or '('"
					: "'=' (an expression alone is no statement)");
	n = node_new(p->u, N_CALLSTMT, left->tok);
	n->a = left;
	return finish(p, n);
}

/* What follows a condition: no declaration. */
static struct node *branch(struct parser *p)
{
	if (at_declaration(p))
		syntax_error(p, "a statement, not a declaration");
	return statement(p);
}

/* if = "if" "(" expression ")" statement {"else" "if" "(" expression ")" statement}
 *      ["else" statement] */
static void if_statement(struct parser *p, struct node *n)
{
	for (;;) {
		n->kind = N_IF;
		next(p);
		expect(p, TOK_LPAREN);
		n->a = expression(p);
		expect(p, TOK_RPAREN);
		finish(p, n);
		n->b = branch(p);
		if (!accept(p, TOK_ELSE))
			return;
		if (!at(p, TOK_IF))
			break;
		/* With a loop: there may be any number of them. */
		n = n->c = node_new(p->u, N_IF, p->t);
	}
	n->c = branch(p);
}

/*
 * statement = block | ";" | if
 *           | switch | for | "return" [expression] ";" | "exit" ";" | "break" ";"
 *           | "continue" ";" | declaration | assignment ";" | call ";"
 */
struct node *statement(struct parser *p)
{
	struct node *n = node_new(p->u, N_EMPTY, p->t);
	nodes annos = { 0 };

	if (too_deep(p))
		return n;
	p->depth++;
	if (at(p, TOK_AT)) {
		const struct token *start = p->t;

		annotations(p, &annos);
		if (at(p, TOK_LBRACE))
			p->t = start;
		else if (!at(p, TOK_FOR) && !at_declaration(p))
			syntax_error(
				p, "a block, a loop or a declaration, which can have annotations");
		n->tok = p->t;
	}
	if (at(p, TOK_LBRACE) || at(p, TOK_AT)) {
		n = block(p);
	} else if (accept(p, TOK_SEMI)) {
		/* empty */
	} else if (at(p, TOK_IF)) {
		if_statement(p, n);
	} else if (at(p, TOK_SWITCH)) {
		n = switch_statement(p);
	} else if (at(p, TOK_FOR)) {
		n = for_statement(p);
	} else if (accept(p, TOK_RETURN)) {
		n->kind = N_RETURN;
		if (!at(p, TOK_SEMI))
			n->a = expression(p);
		finish(p, n);
		expect(p, TOK_SEMI);
	} else if (at(p, TOK_EXIT) || at(p, TOK_BREAK) || at(p, TOK_CONTINUE)) {
		n->kind = at(p, TOK_EXIT) ? N_EXIT : at(p, TOK_BREAK) ? N_BREAK : N_CONTINUE;
		next(p);
		expect(p, TOK_SEMI);
	} else if (at_declaration(p)) {
		n = at(p, TOK_CONST) ? constant(p, &annos) : variable_or_instance(p, &annos);
	} else {
		n = assignment_or_call(p);
		expect(p, TOK_SEMI);
	}
	if (n->kind != N_BLOCK && annos.n && !n->annos.n)
		n->annos = annos;
	p->depth--;
	return n;
}

/* select = "select" "(" expression {"," expression} ")" "{" {keysets ":" name ";"} "}" */
static struct node *select_expression(struct parser *p)
{
	const struct token *open;
	struct node *n = node_new(p->u, N_SELECT, next(p));

	expect(p, TOK_LPAREN);
	do {
		vec_push(&p->u->arena, &n->list, expression(p));
	} while (accept(p, TOK_COMMA) && !p->panic);
	expect(p, TOK_RPAREN);
	finish(p, n);
	open = open_brace(p);
	while (open && !at(p, TOK_RBRACE) && p->t->kind != TK_EOF && !p->panic) {
		struct node *c = node_new(p->u, N_SELECTCASE, p->t);

		keyset_tuple(p, &c->list);
		expect(p, TOK_COLON);
		c->a = node_new(p->u, N_NAME, p->t);
		c->name = c->a->name = expect_name(p);
		expect(p, TOK_SEMI);
		if (!p->panic)
			vec_push(&p->u->arena, &n->list2, finish(p, c));
	}
	close_brace(p, open);
	return n;
}

/* state = "state" name "{" {statement} ["transition" (name ";" | select)] "}" */
struct node *parser_state(struct parser *p, nodes *annos)
{
	const struct token *open;
	struct node *n = node_new(p->u, N_STATE, p->t);

	next(p);
	n->tok = p->t;
	n->annos = *annos;
	n->name = expect_name(p);
	finish(p, n);
	open = open_brace(p);
	scope_push(p);
	statements(p, &n->list, TOK_TRANSITION);
	if (accept(p, TOK_TRANSITION)) {
		if (at(p, TOK_SELECT)) {
			n->a = select_expression(p);
		} else {
			n->a = node_new(p->u, N_NAME, p->t);
			n->a->name = expect_name(p);
			expect(p, TOK_SEMI);
		}
	}
	scope_pop(p);
	close_brace(p, open);
	return n;
}
