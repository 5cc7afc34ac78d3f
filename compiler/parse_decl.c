/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* parse_decl.c - declarations (sections 7.2, 10 to 15). */
#include "compiler/hint.h"
#include "compiler/parse.h"

static struct node *named(struct parser *p, enum node_kind kind, nodes *annos, bool is_type)
{
	struct node *n = node_new(p->u, kind, p->t);

	n->annos = *annos;
	n->name = expect_name(p);
	scope_add(p, n->name, is_type);
	return n;
}

/* An array's size may stand behind the name, too: type name {"[" expression "]"} */
void array_sizes(struct parser *p, struct node **type)
{
	if (!at(p, TOK_LBRACKET) || p->panic)
		return;
	struct node *array = node_new(p->u, N_TSTACK, (*type)->tok);

	next(p);
	array->b = expression(p);
	expect(p, TOK_RBRACKET);
	array_sizes(p, type);
	array->a = *type;
	*type = finish(p, array);
}

/* typeParameters = "<" name {"," name} ">" */
static void type_parameters(struct parser *p, nodes *out)
{
	if (!accept(p, TOK_LT))
		return;
	do {
		struct node *n = node_new(p->u, N_TPARAM, p->t);

		n->name = expect_name(p);
		scope_add(p, n->name, true);
		vec_push(&p->u->arena, out, n);
	} while (accept(p, TOK_COMMA) && !p->panic);
	expect(p, TOK_GT);
}

/* parameters = "(" [parameter {"," parameter}] ")"
 * parameter = annotations ["in" | "out" | "inout"] type name sizes ["=" expression] */
static void parameters(struct parser *p, nodes *out)
{
	expect(p, TOK_LPAREN);
	while (!at(p, TOK_RPAREN) && !p->panic) {
		struct node *n = node_new(p->u, N_PARAM, p->t);

		annotations(p, &n->annos);
		if (accept(p, TOK_IN))
			n->dir = DIR_IN;
		else if (accept(p, TOK_OUT))
			n->dir = DIR_OUT;
		else if (accept(p, TOK_INOUT))
			n->dir = DIR_INOUT;
		n->a = type_ref(p);
		n->tok = p->t;
		if (at(p, TOK_RPAREN) || at(p, TOK_COMMA))
			syntax_error(p, "the parameter's name behind its type");
		n->name = expect_name(p);
		scope_add(p, n->name, false);
		array_sizes(p, &n->a);
		if (accept(p, TOK_ASSIGN))
			n->b = expression(p);
		vec_push(&p->u->arena, out, finish(p, n));
		if (!accept(p, TOK_COMMA))
			break;
		if (at(p, TOK_RPAREN))
			syntax_error(p, "a parameter");
	}
	expect(p, TOK_RPAREN);
}

/* const = "const" type name sizes "=" expression ";" */
struct node *constant(struct parser *p, nodes *annos)
{
	struct node *n, *type;

	next(p);
	type = type_ref(p);
	n = named(p, N_CONST, annos, false);
	n->a = type;
	array_sizes(p, &n->a);
	expect(p, TOK_ASSIGN);
	n->b = expression(p);
	finish(p, n);
	expect(p, TOK_SEMI);
	return n;
}

/* variable = type name sizes ["=" expression] ";"
 * instance = type arguments name ["=" block] ";" */
struct node *variable_or_instance(struct parser *p, nodes *annos)
{
	const struct token *open;
	struct node *type = type_ref(p), *n;
	nodes args = { 0 };
	bool instance = at(p, TOK_LPAREN);

	if (instance)
		arguments(p, &args);
	n = named(p, instance ? N_INSTANCE : N_VAR, annos, false);
	n->a = type;
	if (!instance)
		array_sizes(p, &n->a);
	n->list = args;
	if (accept(p, TOK_ASSIGN)) {
		if (instance) {
			struct node *b = node_new(p->u, N_BLOCK, p->t);

			/* A brace further on belongs to something else. */
			open = at(p, TOK_LBRACE) ? open_brace(p) : NULL;
			if (!open)
				expect(p, TOK_LBRACE);
			while (open && !at(p, TOK_RBRACE) && p->t->kind != TK_EOF && !p->stop) {
				struct node *d = declaration(p);

				if (d)
					vec_push(&p->u->arena, &b->list, d);
				recover(p);
			}
			close_brace(p, open);
			n->b = finish(p, b);
		} else {
			n->b = expression(p);
		}
	}
	finish(p, n);
	expect(p, TOK_SEMI);
	return n;
}

/* fields = "{" {annotations type name sizes ";"} "}" */
static struct node *struct_like(struct parser *p, enum node_kind kind, nodes *annos)
{
	const struct token *open;
	struct node *n;

	next(p);
	n = named(p, kind, annos, true);
	scope_push(p);
	type_parameters(p, &n->tparams);
	open = open_brace(p);
	while (open && !at(p, TOK_RBRACE) && p->t->kind != TK_EOF && !p->stop && !p->panic) {
		struct node *f = node_new(p->u, N_FIELD, p->t);

		annotations(p, &f->annos);
		f->a = type_ref(p);
		f->tok = p->t;
		f->name = expect_name(p);
		f->index = n->list.n;
		array_sizes(p, &f->a);
		finish(p, f);
		expect(p, TOK_SEMI);
		if (!p->panic)
			vec_push(&p->u->arena, &n->list, f);
		recover(p);
	}
	close_brace(p, open);
	scope_pop(p);
	return finish(p, n);
}

/* members = "{" name ["=" expression] {"," ...} [","] "}"; errors end without a comma */
static void enumerators(struct parser *p, struct node *n, bool values)
{
	const struct token *open;
	open = open_brace(p);
	while (!p->panic) {
		nodes annos = { 0 };
		struct node *m;

		annotations(p, &annos);
		m = node_new(p->u, N_ENUMERATOR, p->t);
		m->annos = annos;
		m->name = expect_name(p);
		m->index = n->list.n;
		if (values && accept(p, TOK_ASSIGN))
			m->b = expression(p);
		vec_push(&p->u->arena, &n->list, finish(p, m));
		if (!accept(p, TOK_COMMA) || (n->kind != N_ERRORS && at(p, TOK_RBRACE)))
			break;
	}
	close_brace(p, open);
}

/* enum = "enum" [type] name "{" members "}" */
static struct node *enumeration(struct parser *p, nodes *annos)
{
	struct node *type = NULL, *n;

	next(p);
	if (!(at_name(p) && (p->t + 1)->kind == TK_PUNCT && (p->t + 1)->id == TOK_LBRACE))
		type = type_ref(p);
	n = named(p, N_ENUM, annos, true);
	n->a = type;
	enumerators(p, n, true);
	return finish(p, n);
}

/* method = annotations ["abstract"] (type name | name) [typeParameters] parameters ";" */
static struct node *method(struct parser *p)
{
	struct node *n = node_new(p->u, N_METHOD, p->t);

	annotations(p, &n->annos);
	n->flag = accept(p, TOK_ABSTRACT);
	scope_push(p);
	/* What has no result is a constructor. */
	if (n->flag ||
	    !(at_name(p) && (p->t + 1)->kind == TK_PUNCT && (p->t + 1)->id == TOK_LPAREN))
		n->a = type_ref(p);
	n->tok = p->t;
	n->name = expect_name(p);
	type_parameters(p, &n->tparams);
	parameters(p, &n->params);
	finish(p, n);
	scope_pop(p);
	expect(p, TOK_SEMI);
	return n;
}

/* function = type name [typeParameters] parameters (block | ";") */
/* Is this no function that returns something, but a parser or control, which is told? */
static bool is_misspelled_block(struct parser *p, const struct node *type)
{
	struct meant m;

	if (type->kind != N_TNAME || p->panic || scope_is_type(p, type->name) ||
	    !at(p, TOK_LBRACE) || !skip_balanced(p->t))
		return false;
	m = meant_for(type->name);
	meant_try(&m, token_spelling(TOK_PARSER));
	meant_try(&m, token_spelling(TOK_CONTROL));
	if (!m.best)
		return false;
	report(p->u, syntax, type->tok, "a declaration", type->name);
	return meant_hint(p->u, &m);
}

static struct node *function(struct parser *p, nodes *annos, bool is_extern)
{
	struct node *type, *n;

	type = type_ref(p);
	n = named(p, N_FUNCTION, annos, false);
	n->a = type;
	scope_push(p);
	type_parameters(p, &n->tparams);
	parameters(p, &n->params);
	finish(p, n);
	if (is_extern)
		expect(p, TOK_SEMI);
	else if (is_misspelled_block(p, type))
		p->t = skip_balanced(p->t);
	else
		n->b = block(p);
	scope_pop(p);
	return n;
}

/*
 * extern = "extern" name [typeParameters] "{" {method} "}" | "extern" function | "extern" name ";"
 * The last says no more than that there will be such a type, as p4c has it.
 */
static struct node *extern_decl(struct parser *p, nodes *annos)
{
	const struct token *open;
	struct node *n;
	const struct token *t;

	next(p);
	t = p->t + 1;
	if (at_name(p) && t->kind == TK_PUNCT && t->id == TOK_SEMI) {
		named(p, N_EXTERN, annos, true);
		next(p);
		return NULL;
	}
	if (!at_name(p) || !(t->kind == TK_PUNCT && (t->id == TOK_LBRACE || t->id == TOK_LT)))
		return function(p, annos, true);
	/* name "<" ...: type parameters are followed by "{", type arguments by a name */
	if (t->id == TOK_LT) {
		const struct token *end = skip_type(p, p->t);

		if (!end || !(end->kind == TK_PUNCT && end->id == TOK_LBRACE))
			return function(p, annos, true);
	}
	n = named(p, N_EXTERN, annos, true);
	scope_push(p);
	type_parameters(p, &n->tparams);
	open = open_brace(p);
	while (open && !at(p, TOK_RBRACE) && p->t->kind != TK_EOF && !p->stop) {
		struct node *m = method(p);

		if (!p->panic)
			vec_push(&p->u->arena, &n->list, m);
		recover(p);
	}
	close_brace(p, open);
	scope_pop(p);
	return finish(p, n);
}

/* action = "action" name parameters block */
static struct node *action(struct parser *p, nodes *annos)
{
	struct node *n;

	next(p);
	n = named(p, N_ACTION, annos, false);
	scope_push(p);
	parameters(p, &n->params);
	finish(p, n);
	n->b = block(p);
	scope_pop(p);
	return n;
}

/* valueSet = "value_set" "<" type ">" "(" expression ")" name ";" */
static struct node *value_set(struct parser *p, nodes *annos)
{
	struct node *type, *size, *n;

	next(p);
	expect(p, TOK_LT);
	type = type_ref(p);
	expect(p, TOK_GT);
	expect(p, TOK_LPAREN);
	size = expression(p);
	expect(p, TOK_RPAREN);
	n = named(p, N_VALUESET, annos, false);
	n->a = type;
	n->b = size;
	finish(p, n);
	expect(p, TOK_SEMI);
	return n;
}

/* Does a statement begin here that is no declaration either? */
static bool at_statement(struct parser *p)
{
	return at(p, TOK_IF) || at(p, TOK_SWITCH) || at(p, TOK_FOR) || at(p, TOK_RETURN) ||
	       at(p, TOK_EXIT) || at(p, TOK_LBRACE) ||
	       (p->t->kind == TK_NAME &&
		(token_is(p->t + 1, TOK_DOT) || token_is(p->t + 1, TOK_ASSIGN)));
}

/*
 * parser = "parser" name [typeParameters] parameters
 *          (";" | [parameters] "{" {local} state {state} "}")
 * control = "control" name [typeParameters] parameters
 *          (";" | [parameters] "{" {local} "apply" block "}")
 */
static struct node *parser_or_control(struct parser *p, nodes *annos)
{
	const struct token *open;
	bool is_parser = next(p)->id == TOK_PARSER, states = false;
	struct node *n = named(p, is_parser ? N_PARSER : N_CONTROL, annos, true);

	scope_push(p);
	type_parameters(p, &n->tparams);
	parameters(p, &n->params);
	finish(p, n);
	if (accept(p, TOK_SEMI)) {
		n->kind = is_parser ? N_PARSER_TYPE : N_CONTROL_TYPE;
		scope_pop(p);
		return n;
	}
	if (at(p, TOK_LPAREN))
		parameters(p, &n->list2);
	open = open_brace(p);
	while (open && !at(p, TOK_RBRACE) && p->t->kind != TK_EOF && !p->stop) {
		nodes local_annos = { 0 };
		struct node *d = NULL;
		const struct token *start = p->t;

		annotations(p, &local_annos);
		if (is_parser && at(p, TOK_STATE)) {
			d = parser_state(p, &local_annos);
			states = true;
		} else if (!is_parser && at(p, TOK_APPLY) && (p->t + 1)->kind == TK_PUNCT &&
			   ((p->t + 1)->id == TOK_LBRACE || (p->t + 1)->id == TOK_AT)) {
			if (local_annos.n)
				syntax_error(p, "what can have annotations");
			next(p);
			if (n->b)
				report(p->u, two_applies, p->t - 1, n->name);
			n->b = block(p);
		} else if (states || n->b) {
			syntax_error(p, states ? "a state (what is declared comes before them)"
					       : "'}' (what is declared comes before apply)");
		} else if (at_statement(p)) {
			syntax_error(p, is_parser ? "a declaration (statements are in states)"
						  : "a declaration (statements are in apply)");
		} else if (!is_parser && at(p, TOK_APPLY) && token_is(p->t + 1, TOK_LPAREN)) {
			next(p);
			expect(p, TOK_LBRACE);
		} else if (!is_parser && at(p, TOK_TABLE)) {
			d = table(p, &local_annos);
		} else {
			p->t = start;
			d = declaration(p);
		}
		if (d)
			vec_push(&p->u->arena, &n->list, d);
		recover(p);
		if (p->t == start)
			next(p);
	}
	close_brace(p, open);
	scope_pop(p);
	return n;
}

/* package = "package" name [typeParameters] parameters ";" */
static struct node *package(struct parser *p, nodes *annos)
{
	struct node *n;

	next(p);
	n = named(p, N_PACKAGE, annos, true);
	scope_push(p);
	type_parameters(p, &n->tparams);
	parameters(p, &n->params);
	scope_pop(p);
	finish(p, n);
	expect(p, TOK_SEMI);
	return n;
}

/* typedef = ("typedef" (type | struct | enum | ...) | "type" type) name sizes ";" */
static struct node *type_alias(struct parser *p, nodes *annos)
{
	bool is_typedef = next(p)->id == TOK_TYPEDEF;
	struct node *type, *n;

	if (is_typedef && (at(p, TOK_STRUCT) || at(p, TOK_HEADER) || at(p, TOK_ENUM) ||
			   at(p, TOK_HEADER_UNION) || at(p, TOK_AT))) {
		p->inner = declaration(p);
		if (!p->inner)
			return NULL;
		type = node_new(p->u, N_TNAME, p->inner->tok);
		type->name = p->inner->name;
	} else {
		type = type_ref(p);
	}
	n = named(p, is_typedef ? N_TYPEDEF : N_NEWTYPE, annos, true);
	n->a = type;
	array_sizes(p, &n->a);
	finish(p, n);
	expect(p, TOK_SEMI);
	return n;
}

static bool at_function(struct parser *p)
{
	const struct token *t = skip_type(p, p->t);

	if (!t || (t->kind != TK_NAME && t->kind != TK_KEYWORD))
		return false;
	return t[1].kind == TK_PUNCT && (t[1].id == TOK_LPAREN || t[1].id == TOK_LT);
}

/* declaration = annotations (any of the above) */
struct node *declaration(struct parser *p)
{
	nodes annos = { 0 };
	struct node *n;

	annotations(p, &annos);
	if (p->t->kind == TK_KEYWORD) {
		switch (p->t->id) {
		case TOK_CONST: return constant(p, &annos);
		case TOK_HEADER: return struct_like(p, N_HEADER, &annos);
		case TOK_STRUCT: return struct_like(p, N_STRUCT, &annos);
		case TOK_HEADER_UNION: return struct_like(p, N_UNION, &annos);
		case TOK_ENUM: return enumeration(p, &annos);
		case TOK_TYPEDEF: return type_alias(p, &annos);
		case TOK_TYPE: return type_alias(p, &annos);
		case TOK_EXTERN: return extern_decl(p, &annos);
		case TOK_ACTION: return action(p, &annos);
		case TOK_PARSER:
		case TOK_CONTROL: return parser_or_control(p, &annos);
		case TOK_PACKAGE: return package(p, &annos);
		case TOK_VALUESET: return value_set(p, &annos);
		case TOK_MATCH_KIND:
		case TOK_ERROR:
			if ((p->t + 1)->kind == TK_PUNCT && (p->t + 1)->id == TOK_LBRACE) {
				if (annos.n)
					syntax_error(p, "what can have annotations");
				n = node_new(p->u, at(p, TOK_ERROR) ? N_ERRORS : N_MATCHKINDS,
					     p->t);
				next(p);
				enumerators(p, n, false);
				return finish(p, n);
			}
			break;
		}
	}
	if (at_function(p))
		return function(p, &annos, false);
	/* Of what begins as a type does, the type's own parser says what is wrong. */
	if (!skip_type(p, p->t) && !(p->t[1].kind == TK_PUNCT && p->t[1].id == TOK_LT)) {
		syntax_error(p, "a declaration");
		return NULL;
	}
	return variable_or_instance(p, &annos);
}
