/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* parse_expr.c - types and expressions (sections 7.2, 8). */
#include "compiler/parse.h"

/* typeArgs = "<" [typeArg {"," typeArg}] ">", typeArg = type | "_" */
static void type_arguments(struct parser *p, nodes *out)
{
	expect(p, TOK_LT);
	if (accept(p, TOK_GT))
		return;
	do {
		vec_push(&p->u->arena, out,
			 at(p, TOK_UNDERSCORE) ? node_new(p->u, N_TANY, next(p)) : type_ref(p));
	} while (accept(p, TOK_COMMA) && !p->panic);
	expect(p, TOK_GT);
}

static struct node *choice(struct parser *p);

/* size = "<" choice ">", without ">" and ">>" but in brackets, as p4c has it */
static struct node *type_size(struct parser *p)
{
	bool was = p->in_size;
	struct node *n;

	next(p);
	p->in_size = true;
	n = choice(p);
	p->in_size = was;
	expect(p, TOK_GT);
	return n;
}

/*
 * type = baseType | typeName | typeName typeArgs | type "[" expression "]"
 *      | "tuple" typeArgs | "list" typeArgs | "void"
 */
struct node *type_ref(struct parser *p)
{
	struct node *n = node_new(p->u, N_TBASE, p->t);

	if (too_deep(p))
		return n;
	p->depth++;
	if (p->t->kind == TK_KEYWORD) {
		n->op = p->t->id;
		switch (p->t->id) {
		case TOK_BIT:
		case TOK_INTTYPE:
		case TOK_VARBIT:
			next(p);
			if (at(p, TOK_LT))
				n->a = type_size(p);
			else if (n->op == TOK_VARBIT)
				expect(p, TOK_LT);
			break;
		case TOK_BOOL:
		case TOK_ERROR:
		case TOK_STRINGTYPE:
		case TOK_VOID:
		case TOK_MATCH_KIND: next(p); break;
		case TOK_TUPLE:
			n->kind = N_TTUPLE;
			next(p);
			type_arguments(p, &n->targs);
			break;
		case TOK_LIST:
			if ((p->t + 1)->kind == TK_PUNCT && (p->t + 1)->id == TOK_LT) {
				n->kind = N_TLIST;
				next(p);
				type_arguments(p, &n->targs);
				break;
			}
			/* fall through */
		default:
			if (!at_name(p)) {
				syntax_error(p, "a type");
				break;
			}
			n->kind = N_TNAME;
			n->name = next(p)->name;
		}
	} else if (at_name(p) || at(p, TOK_DOT)) {
		n->kind = N_TNAME;
		n->flag = accept(p, TOK_DOT);
		n->name = expect_name(p);
		if (at(p, TOK_LT))
			type_arguments(p, &n->targs);
	} else {
		syntax_error(p, "a type");
	}
	finish(p, n);
	while (at(p, TOK_LBRACKET) && !p->panic) {
		struct node *stack = node_new(p->u, N_TSTACK, n->tok);

		next(p);
		stack->a = n;
		stack->b = expression(p);
		expect(p, TOK_RBRACKET);
		n = finish(p, stack);
	}
	p->depth--;
	return n;
}

/* argument = expression | name "=" (expression | "_") | "_" */
static struct node *argument(struct parser *p)
{
	struct node *n = node_new(p->u, N_ARG, p->t);

	if (at_name(p) && (p->t + 1)->kind == TK_PUNCT && (p->t + 1)->id == TOK_ASSIGN) {
		n->name = next(p)->name;
		next(p);
	}
	if (at(p, TOK_UNDERSCORE))
		next(p);
	else
		n->a = expression(p);
	return finish(p, n);
}

/* arguments = "(" [argument {"," argument}] ")" */
void arguments(struct parser *p, nodes *out)
{
	expect(p, TOK_LPAREN);
	if (!at(p, TOK_RPAREN) && !p->panic)
		do {
			vec_push(&p->u->arena, out, argument(p));
		} while (!p->panic && accept(p, TOK_COMMA));
	expect(p, TOK_RPAREN);
}

/* braces = "{" [item {"," item} [","]] "}", item = expression | "..." | name "=" expression */
static struct node *braces(struct parser *p)
{
	struct node *n = node_new(p->u, N_LIST, p->t);
	const struct token *open = p->t;

	next(p);
	while (!at(p, TOK_RBRACE) && !p->panic) {
		struct node *item;

		if (at_name(p) && (p->t + 1)->kind == TK_PUNCT && (p->t + 1)->id == TOK_ASSIGN) {
			if (n->kind == N_LIST && n->list.n) {
				syntax_error(p, "a value without a name");
				break;
			}
			n->kind = N_RECORD;
			item = argument(p);
		} else if (at(p, TOK_DOTS)) {
			next(p);
			n->flag = true;
			accept(p, TOK_COMMA);
			break;
		} else if (n->kind == N_RECORD) {
			syntax_error(p, "name = value");
			break;
		} else {
			item = expression(p);
		}
		vec_push(&p->u->arena, &n->list, item);
		if (!accept(p, TOK_COMMA))
			break;
	}
	close_brace(p, open);
	return finish(p, n);
}

static struct node *unary(struct parser *p);

/* Can a value begin with this? */
static bool begins_value(const struct token *t)
{
	switch (t->kind) {
	case TK_EOF: return false;
	case TK_PUNCT:
		return t->id == TOK_LPAREN || t->id == TOK_LBRACE || t->id == TOK_INVALID ||
		       t->id == TOK_DOTS || t->id == TOK_DOT || t->id == TOK_PLUS ||
		       t->id == TOK_MINUS || t->id == TOK_BNOT || t->id == TOK_NOT;
	}
	return true;
}

/* Does "(" here begin a cast? */
static bool at_cast(struct parser *p)
{
	const struct token *t = p->t + 1, *end = skip_type(p, t);
	bool base;

	if (!end || end->kind != TK_PUNCT || end->id != TOK_RPAREN)
		return false;
	base = t->kind == TK_KEYWORD &&
	       (t->id == TOK_BIT || t->id == TOK_INTTYPE || t->id == TOK_VARBIT ||
		t->id == TOK_BOOL || t->id == TOK_TUPLE || t->id == TOK_STRINGTYPE ||
		t->id == TOK_ERROR || t->id == TOK_MATCH_KIND ||
		(t->id == TOK_LIST && end > t + 1));
	if (base)
		return true;
	if (t->kind == TK_PUNCT && t->id == TOK_DOT)
		t++;
	if (t->kind != TK_NAME && t->kind != TK_KEYWORD)
		return false;
	/* Where another value follows on the line, it is meant for one. */
	end++;
	return (scope_is_type(p, t->name) && begins_value(end)) ||
	       (!end->bol && (end->kind == TK_INT || end->kind == TK_NAME));
}

/* Is "..." here a value that is given to something: no operand, and no condition? */
static bool at_default(struct parser *p)
{
	const struct token *before = p->t - 1, *behind = p->t + 1;

	if (token_is(before, TOK_LPAREN) && token_is(before - 1, TOK_IF))
		return false;
	return (token_is(before, TOK_ASSIGN) || token_is(before, TOK_COMMA) ||
		token_is(before, TOK_LPAREN) || token_is(before, TOK_RETURN)) &&
	       (token_is(behind, TOK_SEMI) || token_is(behind, TOK_COMMA) ||
		token_is(behind, TOK_RPAREN) || token_is(behind, TOK_RBRACE));
}

/*
 * primary = integer | string | "true" | "false" | "this" | name | "." name
 *         | braces | "{#}" | "(" expression ")" | "(" type ")" unary
 *         | type "." name | "..." (in places where a default may stand)
 */
static struct node *primary(struct parser *p)
{
	const struct token *t = p->t;
	struct node *n;

	if (p->panic)
		return node_new(p->u, N_BAD, t);
	if (t->kind == TK_INT) {
		n = node_new(p->u, N_INT, next(p));
		n->width = t->width;
		n->flag = t->is_signed;
		return n;
	}
	if (t->kind == TK_STRING) {
		n = node_new(p->u, N_STRING, next(p));
		n->name = t->name;
		return n;
	}
	if (at(p, TOK_TRUE) || at(p, TOK_FALSE)) {
		n = node_new(p->u, N_BOOL, next(p));
		n->flag = t->id == TOK_TRUE;
		return n;
	}
	if (at(p, TOK_THIS))
		return node_new(p->u, N_SELF, next(p));
	if (at(p, TOK_LBRACE))
		return braces(p);
	if (at(p, TOK_INVALID))
		return node_new(p->u, N_INVALID, next(p));
	if (at(p, TOK_DOTS)) {
		bool flag = at_default(p);

		n = node_new(p->u, N_DOTS, next(p));
		n->flag = flag;
		return n;
	}
	if (at(p, TOK_LPAREN)) {
		if (at_cast(p)) {
			n = node_new(p->u, N_CAST, next(p));
			n->a = type_ref(p);
			expect(p, TOK_RPAREN);
			n->b = unary(p);
			return finish(p, n);
		}
		next(p);
		n = expression(p);
		expect(p, TOK_RPAREN);
		return n;
	}
	if (at(p, TOK_ERROR) || at(p, TOK_BIT) || at(p, TOK_INTTYPE) || at(p, TOK_VARBIT) ||
	    at(p, TOK_BOOL) || at(p, TOK_TUPLE) || at(p, TOK_STRINGTYPE)) {
		n = node_new(p->u, N_TYPENAME, t);
		n->a = type_ref(p);
		return finish(p, n);
	}
	if (at_name(p) || at(p, TOK_DOT)) {
		n = node_new(p->u, N_NAME, t);
		n->flag = accept(p, TOK_DOT);
		n->name = expect_name(p);
		finish(p, n);
		/* Type<args>.member or Type<args>(constructor arguments) */
		if (at(p, TOK_LT) && scope_is_type(p, n->name)) {
			const struct token *end = skip_type(p, t);

			if (end && end->kind == TK_PUNCT &&
			    (end->id == TOK_LPAREN || end->id == TOK_DOT)) {
				p->t = t;
				n->kind = N_TYPENAME;
				n->a = type_ref(p);
				finish(p, n);
			}
		}
		return n;
	}
	syntax_error(p, "an expression");
	return node_new(p->u, N_BAD, t);
}

/* Are these type arguments of a call, as in f<bit<8>>(x)? */
static bool at_call_types(struct parser *p)
{
	const struct token *t = p->t;

	if (!at(p, TOK_LT))
		return false;
	/* f<>(x): no argument is told. */
	if (token_is(t + 1, TOK_GT))
		return token_is(t + 2, TOK_LPAREN);
	do {
		/* Not in f(a < b, c > (d)). */
		if (t[1].kind == TK_NAME && !scope_is_type(p, t[1].name))
			return false;
		t = skip_type(p, t + 1);
	} while (t && t->kind == TK_PUNCT && t->id == TOK_COMMA);
	return t && t->kind == TK_PUNCT && t->id == TOK_GT && t[1].kind == TK_PUNCT &&
	       t[1].id == TOK_LPAREN;
}

/* In a[low +: width], "+" is no operator. */
static struct node *index_expression(struct parser *p)
{
	bool was = p->in_index;
	struct node *n;

	p->in_index = true;
	n = expression(p);
	p->in_index = was;
	return n;
}

/*
 * postfix = primary {"." name | "[" expression [[+]":" expression] "]"
 *         | [typeArgs] arguments}
 */
static struct node *postfix(struct parser *p)
{
	struct node *n = primary(p);
	int links = 0;

	while (!p->panic) {
		struct node *e;

		if (++links > PARSE_DEPTH) {
			p->depth = PARSE_DEPTH;
			too_deep(p);
			break;
		}
		if (at(p, TOK_DOT)) {
			e = node_new(p->u, N_DOT, n->tok);
			next(p);
			e->a = n;
			/* tuple elements are x[0]; a member may be spelled like a keyword */
			e->name = expect_name(p);
		} else if (at(p, TOK_LBRACKET)) {
			e = node_new(p->u, N_INDEX, n->tok);
			next(p);
			e->a = n;
			e->b = index_expression(p);
			if (at(p, TOK_PLUS)) {
				next(p);
				expect(p, TOK_COLON);
				e->kind = N_SLICE;
				e->flag = true;
				e->c = expression(p);
			} else if (accept(p, TOK_COLON)) {
				e->kind = N_SLICE;
				e->c = expression(p);
			}
			expect(p, TOK_RBRACKET);
		} else if (at(p, TOK_LPAREN) || at_call_types(p)) {
			e = node_new(p->u, N_CALL, n->tok);
			e->a = n;
			if (at(p, TOK_LT))
				type_arguments(p, &e->targs);
			arguments(p, &e->list);
		} else {
			break;
		}
		n = finish(p, e);
	}
	return n;
}

/* unary = ("!" | "~" | "-" | "+") unary | postfix */
static struct node *unary(struct parser *p)
{
	struct node *n;

	if (too_deep(p))
		return node_new(p->u, N_BAD, p->t);
	p->depth++;
	if (at(p, TOK_NOT) || at(p, TOK_BNOT) || at(p, TOK_MINUS) || at(p, TOK_PLUS)) {
		n = node_new(p->u, N_UNARY, p->t);
		n->op = next(p)->id;
		n->a = unary(p);
		finish(p, n);
	} else {
		n = postfix(p);
	}
	p->depth--;
	return n;
}

/* The binary operator here and its precedence, or 0; *len: its tokens. */
static int binary_op(struct parser *p, enum token_id *op, int *len)
{
	const struct token *t = p->t;

	*len = 1;
	*op = t->id;
	if (t->kind != TK_PUNCT)
		return 0;
	switch (t->id) {
	case TOK_OR: return 2;
	case TOK_AND: return 3;
	case TOK_EQ:
	case TOK_NE: return 4;
	case TOK_LT:
	case TOK_LE:
	case TOK_GE: return 5;
	case TOK_GT:
		if (p->in_size)
			return 0;
		if (token_joined(t)) {
			if (t[1].id == TOK_GT) {
				*op = TOK_COUNT; /* >> */
				*len = 2;
				return 9;
			}
			if (t[1].id == TOK_GE)
				return 0; /* >>= */
		}
		return 5;
	case TOK_BOR: return 6;
	case TOK_BXOR: return 7;
	case TOK_BAND: return 8;
	case TOK_SHL: return 9;
	case TOK_PLUS:
		if (p->in_index && t[1].kind == TK_PUNCT && t[1].id == TOK_COLON)
			return 0;
		return 10;
	case TOK_PP:
	case TOK_MINUS:
	case TOK_PLUS_SAT:
	case TOK_MINUS_SAT: return 10;
	case TOK_MUL:
	case TOK_DIV:
	case TOK_MOD: return 11;
	}
	return 0;
}

/* binary = unary {operator unary}, by precedence, to the left */
static struct node *binary(struct parser *p, int level)
{
	struct node *n;
	int prec, len, links = 0;
	enum token_id op;

	if (too_deep(p))
		return node_new(p->u, N_BAD, p->t);
	p->depth++;
	n = unary(p);
	while (!p->panic && (prec = binary_op(p, &op, &len)) > level) {
		struct node *e = node_new(p->u, N_BINARY, n->tok);

		if (++links > PARSE_DEPTH) {
			p->depth = PARSE_DEPTH;
			too_deep(p);
			break;
		}
		e->op = op;
		e->a = n;
		e->c = node_new(p->u, N_WORD, p->t); /* the operator's place */
		p->t += len;
		e->b = binary(p, prec);
		n = finish(p, e);
	}
	p->depth--;
	return n;
}

/* choice = binary ["?" expression ":" choice] */
static struct node *choice(struct parser *p)
{
	struct node *n, *e;

	if (too_deep(p))
		return node_new(p->u, N_BAD, p->t);
	p->depth++;
	n = binary(p, 0);
	if (!p->panic && at(p, TOK_QUESTION)) {
		next(p);
		e = node_new(p->u, N_COND, n->tok);
		e->a = n;
		e->b = expression(p);
		expect(p, TOK_COLON);
		e->c = choice(p);
		n = finish(p, e);
	}
	p->depth--;
	return n;
}

/* expression = choice */
struct node *expression(struct parser *p)
{
	bool was = p->in_size;
	struct node *n;

	p->in_size = false;
	n = choice(p);
	p->in_size = was;
	return n;
}

/* keyset = expression ["&&&" expression | ".." expression] | "default" | "_" */
struct node *keyset(struct parser *p)
{
	struct node *n, *e;

	if (at(p, TOK_DEFAULT))
		return node_new(p->u, N_DEFAULT, next(p));
	if (at(p, TOK_UNDERSCORE))
		return node_new(p->u, N_DONTCARE, next(p));
	n = expression(p);
	if (at(p, TOK_MASK) || at(p, TOK_RANGE)) {
		e = node_new(p->u, N_BINARY, n->tok);
		e->op = next(p)->id;
		e->a = n;
		e->b = expression(p);
		n = finish(p, e);
	}
	return n;
}

/* keysets = keyset | "(" keyset {"," keyset} ")" */
void keyset_tuple(struct parser *p, nodes *out)
{
	/* A tuple has a comma or ends where the key set does; else it is (a + b) * c. */
	if (at(p, TOK_LPAREN)) {
		const struct token *end = skip_balanced(p->t), *t;
		int depth = 0;
		bool tuple = false;

		for (t = p->t; end && t < end; t++) {
			if (t->kind == TK_KEYWORD && t->id == TOK_UNDERSCORE && depth == 1)
				tuple = true;
			if (t->kind == TK_KEYWORD && t->id == TOK_DEFAULT && depth == 1)
				tuple = true;
			if (t->kind != TK_PUNCT)
				continue;
			if (t->id == TOK_LPAREN || t->id == TOK_LBRACE || t->id == TOK_LBRACKET)
				depth++;
			else if (t->id == TOK_RPAREN || t->id == TOK_RBRACE ||
				 t->id == TOK_RBRACKET)
				depth--;
			else if (depth == 1 &&
				 (t->id == TOK_COMMA || t->id == TOK_MASK || t->id == TOK_RANGE))
				tuple = true;
		}
		if (end && !tuple && !at_cast(p) && end->kind == TK_PUNCT && end->id == TOK_COLON)
			tuple = true;
		if (tuple) {
			next(p);
			do {
				vec_push(&p->u->arena, out, keyset(p));
			} while (!p->panic && accept(p, TOK_COMMA));
			expect(p, TOK_RPAREN);
			return;
		}
	}
	vec_push(&p->u->arena, out, keyset(p));
}
