/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* parse.c - what all parts of the parser need: tokens, names, annotations. */
#include "compiler/hint.h"
#include "compiler/parse.h"

#include <ctype.h>
#include <string.h>

static const char *const kind_names[] = {
#define N(kind, members) #kind,
#include "compiler/node.def"
#undef N
};

const char *node_kind_name(enum node_kind kind)
{
	return kind_names[kind] + 2;
}

struct node *node_new(struct unit *u, enum node_kind kind, const struct token *tok)
{
	struct node *n = arena_alloc(&u->arena, sizeof(*n));

	n->kind = (uint8_t)kind;
	n->tok = n->end = tok;
	n->width = -1;
	return n;
}

struct node *finish(struct parser *p, struct node *n)
{
	n->end = p->t > n->tok ? p->t - 1 : n->tok;
	return n;
}

bool at(struct parser *p, enum token_id id)
{
	return token_is(p->t, id);
}

/* name = IDENTIFIER | a keyword that may also name things (section 6.4.1) */
bool at_name(struct parser *p)
{
	if (p->t->kind == TK_NAME)
		return true;
	if (p->t->kind != TK_KEYWORD)
		return false;
	switch (p->t->id) {
	case TOK_APPLY:
	case TOK_KEY:
	case TOK_ACTIONS:
	case TOK_STATE:
	case TOK_ENTRIES:
	case TOK_TYPE:
	case TOK_PRIORITY:
	case TOK_LIST: return true;
	}
	return false;
}

const struct token *next(struct parser *p)
{
	const struct token *t = p->t;

	if (t->kind != TK_EOF)
		p->t++;
	return t;
}

bool accept(struct parser *p, enum token_id id)
{
	if (!at(p, id))
		return false;
	next(p);
	return true;
}

static bool is_open_string(const struct token *t)
{
	return t->kind == TK_BAD && t->id == 2;
}

static void give_up(struct parser *p)
{
	p->stop = p->panic = true;
	while (p->t->kind != TK_EOF)
		p->t++;
}

#define HINT_COUNT "++ joins bits, and - is no more than a sign: write x = x + 1"

/* Is the statement or declaration under way written as in another language, or misspelled? */
static void hint_syntax(struct parser *p, const char *wanted)
{
	static const enum token_id begins[] = { TOK_ACTION, TOK_CONTROL, TOK_ENUM,
						TOK_EXTERN, TOK_HEADER,  TOK_PARSER,
						TOK_STATE,  TOK_STRUCT,  TOK_TABLE };
	const struct token *t = p->t, *begin = t, *first = p->u->tokens.v;
	struct meant m;

	if (p->u->unsaid || t - first < 2)
		return;
	if (t->kind == TK_BAD && (unsigned char)*t->at >= 0x80)
		return unit_hint(p->u, "only comments and strings may hold more than ASCII");
	if ((t->kind == TK_PUNCT || t->kind == TK_INT) && isalpha((unsigned char)*t->at))
		return unit_hint(p->u, "the macro %.*s puts '%s' here", (int)t->len, t->at,
				 t->kind == TK_PUNCT ? token_spelling(t->id) : "a number");
	if (!p->paired && !strcmp(wanted, "a declaration") && t->bol)
		return unit_hint(p->u, at(p, TOK_RBRACE) ? "is a '{' missing above?"
							 : "is a '}' too many above?");
	if (!p->paired &&
	    (t->kind == TK_EOF || (t->bol && (t->kind == TK_KEYWORD || *wanted == '\''))))
		return unit_hint(p->u, "is a '}' missing above?");
	if (t->kind == TK_BAD && *t->at == '\'')
		return unit_hint(p->u, "a character is a number, and a string is in double quotes");
	if (at(p, TOK_ASSIGN) && (!strcmp(wanted, "')'") || token_is(t - 1, TOK_EQ)))
		return unit_hint(p->u, "compare with ==");
	if (at(p, TOK_PP) || token_is(t - 1, TOK_PP) ||
	    (token_is(t - 1, TOK_MINUS) && token_is(t - 2, TOK_MINUS)))
		return unit_hint(p->u, HINT_COUNT);
	if (at(p, TOK_GT) && token_is(t - 1, TOK_MINUS))
		return unit_hint(p->u, "P4 writes . for ->");
	if (t->kind == TK_INT && token_is(t - 1, TOK_DOT))
		return unit_hint(p->u, "numbers are whole; 10.0.0.1 is written 0x0a000001");
	for (; begin > first && !token_ends_statement(begin - 1); begin--)
		if (begin->kind == TK_NAME && hint_word(p->u, begin->name))
			return;
	if (token_is(begin, TOK_MINUS) && token_is(begin + 1, TOK_MINUS))
		return unit_hint(p->u, HINT_COUNT);
	if (begin->kind != TK_NAME || hint_word(p->u, begin->name) || begin[1].kind != TK_NAME)
		return;
	m = meant_for(begin->name);
	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		meant_try(&m, token_spelling(begins[i]));
	meant_hint(p->u, &m);
}

/* @place: where it is told */
static void syntax_error_at(struct parser *p, const char *wanted, const struct token *place)
{
	const struct token *t = p->t;

	if (p->panic || p->stop)
		return;
	p->panic = true;
	if (t->kind == TK_BAD && t->id == 1)
		report(p->u, bad_number, t);
	else if (is_open_string(t))
		report(p->u, open_string, t);
	else if (t->kind == TK_BAD && t->id == 3)
		return;
	else if (t->kind == TK_BAD)
		report(p->u, bad_byte, t, (unsigned char)*t->at);
	else if (t->kind == TK_EOF && !p->u->errors)
		report(p->u, syntax_eof, place, wanted);
	else if (t->kind != TK_EOF)
		report(p->u, syntax, place, wanted,
		       arena_copy(&p->u->arena, t->at, t->len < 40 ? (size_t)t->len : 40));
	hint_syntax(p, wanted);
	if (!p->paired)
		give_up(p);
}

void syntax_error(struct parser *p, const char *wanted)
{
	syntax_error_at(p, wanted, p->t);
}

bool expect(struct parser *p, enum token_id id)
{
	const char *wanted = arena_printf(&p->u->arena, "'%s'", token_spelling(id));

	/* After an error what comes next is for the recovery to skip. */
	if (!p->panic && accept(p, id))
		return true;
	/* What is missing at a line's end is told there, rather than on the next line. */
	if ((p->t->bol || p->t->kind == TK_EOF) && p->t->kind != TK_BAD && id != TOK_LBRACE &&
	    id != TOK_RBRACE)
		syntax_error_at(p, arena_printf(&p->u->arena, "%s behind this", wanted), p->t - 1);
	else
		syntax_error(p, wanted);
	return false;
}

const char *expect_name(struct parser *p)
{
	if (at_name(p))
		return next(p)->name;
	syntax_error(p, "a name");
	return unit_name(p->u, "");
}

bool too_deep(struct parser *p)
{
	if (p->depth < PARSE_DEPTH)
		return false;
	if (!p->stop)
		report(p->u, too_deep, p->t, PARSE_DEPTH);
	give_up(p);
	return true;
}

void scope_push(struct parser *p)
{
	struct parse_scope *s = arena_alloc(&p->u->arena, sizeof(*s));

	s->up = p->scope;
	p->scope = s;
}

void scope_pop(struct parser *p)
{
	p->scope = p->scope->up;
}

void scope_add(struct parser *p, const char *name, bool is_type)
{
	if (!p->scope->up) {
		if (is_type)
			intern_new(&p->u->arena, &p->types, name);
		return;
	}
	vec_push(&p->u->arena, &p->scope->names, name);
	vec_push(&p->u->arena, &p->scope->is_type, is_type);
}

bool scope_is_type(struct parser *p, const char *name)
{
	for (struct parse_scope *s = p->scope; s; s = s->up)
		for (int i = s->names.n - 1; i >= 0; i--)
			if (s->names.v[i] == name)
				return s->is_type.v[i];
	/* Perhaps it would be one, had its declaration been read. */
	return p->u->errors > 0 || intern_has(&p->types, name);
}

const struct token *open_brace(struct parser *p)
{
	const struct token *t = p->t;

	if (!at(p, TOK_LBRACE))
		syntax_error(p, "'{'");
	/* What is wrong before the brace need not spoil what is in it. */
	if (p->panic && !p->stop) {
		while (t->kind != TK_EOF && !token_is(t, TOK_LBRACE) && !token_is(t, TOK_RBRACE) &&
		       !token_is(t, TOK_SEMI))
			t++;
		if (token_is(t, TOK_LBRACE)) {
			p->t = t;
			p->panic = false;
		}
	}
	return expect(p, TOK_LBRACE) ? p->t - 1 : NULL;
}

void close_brace(struct parser *p, const struct token *open)
{
	const struct token *end;

	if ((!p->panic && expect(p, TOK_RBRACE)) || p->stop || !open)
		return;
	end = skip_balanced(open);
	if (end && end > p->t) {
		p->t = end;
		p->panic = false;
	}
}

static enum token_id partner(const struct token *open)
{
	return open->id == TOK_LPAREN     ? TOK_RPAREN
	       : open->id == TOK_LBRACKET ? TOK_RBRACKET
					  : TOK_RBRACE;
}

/*
 * From an opening bracket to behind its partner; NULL if there is none.  Between
 * braces other brackets need not pair, but braces must between other brackets.
 */
const struct token *skip_balanced(const struct token *open)
{
	const struct token *t;
	int depth = 0, braces = 0;

	for (t = open; t->kind != TK_EOF && braces >= 0; t++) {
		if (token_is(t, open->id))
			depth++;
		else if (token_is(t, partner(open)) && --depth == 0)
			return t + 1;
		else if (open->id != TOK_LBRACE)
			braces += token_is(t, TOK_LBRACE) - token_is(t, TOK_RBRACE);
	}
	return NULL;
}

void recover(struct parser *p)
{
	int parens = 0;

	if (!p->panic || p->stop)
		return;
	p->panic = false;
	while (p->t->kind != TK_EOF && !at(p, TOK_RBRACE)) {
		if (at(p, TOK_LBRACE)) {
			const struct token *end = skip_balanced(p->t);

			if (!end) {
				p->stop = p->panic = true;
				return;
			}
			p->t = end;
			/* In a call's arguments it was a list. */
			if (!parens && !at(p, TOK_COMMA) && !at(p, TOK_RPAREN))
				return;
			continue;
		}
		if (accept(p, TOK_SEMI))
			return;
		parens += at(p, TOK_LPAREN) - (parens && at(p, TOK_RPAREN));
		next(p);
	}
}

static const struct token *skip_type_args(struct parser *p, const struct token *t)
{
	if (token_is(t + 1, TOK_GT))
		return t + 2;
	for (t++;; t++) {
		t = skip_type(p, t);
		if (!t)
			return NULL;
		if (token_is(t, TOK_GT))
			return t + 1;
		if (!token_is(t, TOK_COMMA))
			return NULL;
	}
}

static const struct token *skip_size(const struct token *t)
{
	for (t++; t && !token_is(t, TOK_GT);) {
		if (t->kind == TK_EOF || token_is(t, TOK_LT) || token_is(t, TOK_SEMI) ||
		    token_is(t, TOK_COMMA) || token_is(t, TOK_RPAREN) || token_is(t, TOK_RBRACE) ||
		    token_is(t, TOK_RBRACKET))
			return NULL;
		t = token_is(t, TOK_LPAREN) || token_is(t, TOK_LBRACKET) || token_is(t, TOK_LBRACE)
			    ? skip_balanced(t)
			    : t + 1;
	}
	return t ? t + 1 : NULL;
}

/* Behind what reads as a type, or NULL; reports nothing. */
const struct token *skip_type(struct parser *p, const struct token *t)
{
	if (++p->depth > PARSE_DEPTH) {
		p->depth--;
		return NULL;
	}
	if (t->kind == TK_KEYWORD) {
		switch (t->id) {
		case TOK_BIT:
		case TOK_INTTYPE:
		case TOK_VARBIT: t = token_is(t + 1, TOK_LT) ? skip_size(t + 1) : t + 1; break;
		case TOK_BOOL:
		case TOK_ERROR:
		case TOK_STRINGTYPE:
		case TOK_VOID:
		case TOK_MATCH_KIND:
		case TOK_UNDERSCORE: t++; break;
		case TOK_TUPLE:
		case TOK_LIST: t = token_is(t + 1, TOK_LT) ? skip_type_args(p, t + 1) : NULL; break;
		case TOK_TYPE:
		case TOK_APPLY:
		case TOK_KEY:
		case TOK_ACTIONS:
		case TOK_STATE:
		case TOK_ENTRIES:
		case TOK_PRIORITY: t++; break;
		default: t = NULL;
		}
	} else {
		if (token_is(t, TOK_DOT))
			t++;
		t = t->kind == TK_NAME ? t + 1 : NULL;
		if (t && token_is(t, TOK_LT)) {
			const struct token *q = skip_type_args(p, t);

			t = q;
		}
	}
	while (t && token_is(t, TOK_LBRACKET))
		t = skip_balanced(t);
	p->depth--;
	return t;
}

static struct node *word(struct parser *p)
{
	struct node *n = node_new(p->u, p->t->kind == TK_STRING ? N_STRING : N_WORD, p->t);

	n->name = arena_copy(&p->u->arena, p->t->at, (size_t)p->t->len);
	if (p->t->kind == TK_STRING)
		n->name = p->t->name;
	next(p);
	return n;
}

/*
 * annotation = "@" name | "@" name "(" tokens ")" | "@" "field_list" "(" expressions ")"
 *            | "@" name "[" expressions or name "=" expression pairs "]"
 *            | "@" "pragma" tokens to the end of the line
 */
void annotations(struct parser *p, nodes *out)
{
	while (at(p, TOK_AT)) {
		struct node *n = node_new(p->u, N_ANNO, next(p));

		if (p->t->kind != TK_NAME && p->t->kind != TK_KEYWORD) {
			syntax_error(p, "an annotation's name");
			return;
		}
		n->name = next(p)->name;
		if (!strcmp(n->name, "pragma")) {
			while (p->t->kind != TK_EOF && !p->t->bol)
				vec_push(&p->u->arena, &n->list, word(p));
		} else if (at(p, TOK_LBRACKET) ||
			   (at(p, TOK_LPAREN) && !strcmp(n->name, "field_list"))) {
			enum token_id end = at(p, TOK_LBRACKET) ? TOK_RBRACKET : TOK_RPAREN;

			n->flag = end == TOK_RBRACKET;
			next(p);
			while (!at(p, end) && !p->panic) {
				struct node *e;

				if (n->flag && at_name(p) && token_is(p->t + 1, TOK_ASSIGN)) {
					e = node_new(p->u, N_ARG, p->t);
					e->name = next(p)->name;
					next(p);
					e->a = expression(p);
				} else {
					e = expression(p);
				}
				vec_push(&p->u->arena, &n->list, e);
				if (!accept(p, TOK_COMMA))
					break;
			}
			expect(p, end);
		} else if (at(p, TOK_LPAREN)) {
			const struct token *end = skip_balanced(p->t);

			const struct token *bad = p->t;

			while (bad != end && bad->kind != TK_EOF && !is_open_string(bad))
				bad++;
			if (is_open_string(bad))
				p->t = bad;
			if (!end || p->t == bad) {
				syntax_error(p, "an annotation with balanced brackets");
				return;
			}
			next(p);
			while (p->t < end - 1)
				vec_push(&p->u->arena, &n->list, word(p));
			next(p);
		}
		vec_push(&p->u->arena, out, finish(p, n));
	}
}

/* Does a keyword begin a line and, if it stands outside of all braces, a declaration? */
static bool at_declaration_keyword(struct parser *p)
{
	if (!p->t->bol || p->t->kind != TK_KEYWORD)
		return false;
	switch (p->t->id) {
	case TOK_ACTION:
	case TOK_CONST:
	case TOK_CONTROL:
	case TOK_ENUM:
	case TOK_EXTERN:
	case TOK_HEADER:
	case TOK_HEADER_UNION:
	case TOK_PACKAGE:
	case TOK_PARSER:
	case TOK_STRUCT:
	case TOK_TYPEDEF: return true;
	}
	return false;
}

/* By its look this is a declaration at the top. */
static bool looks_outer(const struct token *t)
{
	return t->bol && t->at > t->src->text && t->at[-1] == '\n' &&
	       (token_is(t, TOK_HEADER) || token_is(t, TOK_STRUCT) || token_is(t, TOK_PARSER) ||
		token_is(t, TOK_CONTROL) || token_is(t, TOK_PACKAGE));
}

/* Where as many are missing as there are too many, what should be outside is inside. */
static bool braces_pair(const struct token *t)
{
	int depth = 0;

	for (; t->kind != TK_EOF && depth >= 0; t++) {
		if (depth && looks_outer(t))
			return false;
		depth += token_is(t, TOK_LBRACE) - token_is(t, TOK_RBRACE);
	}
	return depth == 0;
}

/* program = {declaration | ";"} */
struct node *parse_program(struct unit *u)
{
	struct parser p = { .u = u, .t = u->tokens.v, .paired = braces_pair(u->tokens.v) };
	struct node *program = node_new(u, N_PROGRAM, p.t);

	scope_push(&p);
	while (p.t->kind != TK_EOF && !p.stop) {
		const struct token *start = p.t;
		struct node *d;

		if (accept(&p, TOK_SEMI))
			continue;
		d = declaration(&p);
		if (p.inner)
			vec_push(&u->arena, &program->list, p.inner);
		p.inner = NULL;
		if (d)
			vec_push(&u->arena, &program->list, d);
		if (p.panic) {
			/* Behind this declaration's braces, or to what begins another. */
			int depth = 0;

			p.panic = false;
			for (const struct token *t = start; t < p.t; t++)
				depth += token_is(t, TOK_LBRACE) - token_is(t, TOK_RBRACE);
			while (p.t->kind != TK_EOF) {
				const struct token *t = next(&p);

				depth += token_is(t, TOK_LBRACE) - token_is(t, TOK_RBRACE);
				if (depth <= 0 &&
				    (token_is(t, TOK_RBRACE) || at_declaration_keyword(&p)))
					break;
			}
		}
	}
	return finish(&p, program);
}
