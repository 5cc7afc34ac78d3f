/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* key_name.c - what an expression, and the key of a table, is called: for all that people see. */
#include "compiler/instance.h"
#include "compiler/preprocess.h"

#include <string.h>

/* What @name says of the member, if names are wanted and it says anything. */
static const char *member_name(struct node *n, bool names)
{
	const char *given = names && n->decl && n->decl->kind == N_FIELD
				    ? node_anno_string(n->decl, "name")
				    : NULL;

	return given ? given : n->name;
}

/* A number in the base that it is written in, as p4c tells it */
static void number_text(struct unit *u, struct buffer *b, struct node *n)
{
	static const struct {
		char mark;
		int base;
	} bases[] = { { 'x', 16 }, { 'o', 8 }, { 'b', 2 } };
	int len, i, base = 10;
	const char *text = token_text(u, n->tok, &len);

	for (i = len; i > 0 && text[i - 1] != 'w' && text[i - 1] != 's'; i--)
		;
	text += i; /* behind the width, if there is one */
	for (size_t k = 0; k < sizeof(bases) / sizeof(bases[0]); k++)
		if (text[0] == '0' && (text[1] | 0x20) == bases[k].mark) {
			buffer_printf(b, "0%c", bases[k].mark);
			base = bases[k].base;
		}
	buffer_str(b, mpz_get_str(NULL, base, n->val->i));
}

/* A key's text, as it is written or with the names that annotations give (P4Runtime, 6.4.2). */
static void key_text(struct unit *u, struct buffer *b, struct node *n, bool names)
{
	const char *name;

	switch (n->kind) {
	case N_NAME: buffer_str(b, n->name); break;
	case N_DOT:
		key_text(u, b, n->a, names);
		name = member_name(n, names);
		if (name[0] == '.') /* the whole name */
			b->len = 0;
		buffer_printf(b, "%s%s", name[0] == '.' ? "" : ".", name + (name[0] == '.'));
		break;
	case N_INDEX:
		key_text(u, b, n->a, names);
		buffer_str(b, "[");
		if (n->b->val && n->b->val->kind == VAL_INT)
			buffer_printf(b, "%ld", mpz_get_si(n->b->val->i));
		else
			key_text(u, b, n->b, names);
		buffer_str(b, "]");
		break;
	case N_SLICE:
		key_text(u, b, n->a, names);
		buffer_printf(b, "[%ld:%ld]", mpz_get_si(n->b->val->i), mpz_get_si(n->c->val->i));
		break;
	case N_CALL:
		if (n->a->kind == N_DOT && !strcmp(n->a->name, "isValid")) {
			key_text(u, b, n->a->a, names);
			buffer_str(b, ".$valid$");
			break;
		}
		if (n->a->kind == N_DOT)
			key_text(u, b, n->a, names);
		buffer_str(b, "()");
		break;
	case N_CAST: key_text(u, b, n->b, names); break;
	case N_BINARY:
		key_text(u, b, n->a, names);
		buffer_printf(b, " %s ", n->op == TOK_COUNT ? ">>" : token_spelling(n->op));
		key_text(u, b, n->b, names);
		break;
	case N_UNARY:
		buffer_str(b, token_spelling(n->op));
		key_text(u, b, n->a, names);
		break;
	case N_INT:
		if (n->val && n->val->kind == VAL_INT)
			number_text(u, b, n);
		break;
	}
}

const char *expression_text(struct unit *u, struct node *n, bool names)
{
	struct buffer b = { 0 };
	const char *s;

	buffer_str(&b, "");
	key_text(u, &b, n, names);
	s = arena_copy(&u->arena, b.text, b.len);
	buffer_free(&b);
	return s;
}

/* The key as it is written */
const char *table_key_text(struct unit *u, struct node *k)
{
	return expression_text(u, k->a, false);
}

const char *table_key_name(struct unit *u, struct node *k)
{
	const char *given = node_anno_string(k, "name");

	return given ? given : expression_text(u, k->a, true);
}
