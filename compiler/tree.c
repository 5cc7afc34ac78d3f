/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* tree.c - the typed tree as indented text, a node a line. */
#include "compiler/tree.h"

#include "compiler/type.h"

#include <string.h>

static void print_value(const struct value *v, FILE *f)
{
	switch (v->kind) {
	case VAL_INT: {
		char small[512];

		if (mpz_sizeinbase(v->i, 10) < 500)
			fprintf(f, " = %s", mpz_get_str(small, 10, v->i));
		break;
	}
	case VAL_BOOL: fprintf(f, " = %s", v->b ? "true" : "false"); break;
	case VAL_ENUM: fprintf(f, " = %s", v->member->name); break;
	}
}

static void print(struct unit *u, const struct node *n, FILE *f, int depth, const char *role);

static void print_all(struct unit *u, const nodes *list, FILE *f, int depth, const char *role)
{
	for (int i = 0; i < list->n; i++)
		print(u, list->v[i], f, depth, role);
}

static void print(struct unit *u, const struct node *n, FILE *f, int depth, const char *role)
{
	static const char *const dirs[] = { "", " in", " out", " inout" };

	if (!n || depth > 1000)
		return;
	fprintf(f, "%*s%s%s", depth * 2, "", role, node_kind_name(n->kind));
	if (n->kind == N_BINARY || n->kind == N_UNARY || n->kind == N_TBASE)
		fprintf(f, " %s", n->op == TOK_COUNT ? ">>" : token_spelling(n->op));
	if (n->name && n->kind != N_STRING)
		fprintf(f, " %s", n->name);
	fputs(dirs[n->dir], f);
	if (n->type)
		fprintf(f, " : %s", type_name(u, n->type));
	if (n->val)
		print_value(n->val, f);
	if (n->tok && n->tok->src && !n->tok->src->system)
		fprintf(f, "  @%d", n->tok->line);
	fputc('\n', f);
	print_all(u, &n->tparams, f, depth + 1, "");
	if (n->kind != N_CALL && n->kind != N_INSTANCE)
		print_all(u, &n->params, f, depth + 1, "");
	print(u, n->a, f, depth + 1, "");
	if (n->kind != N_BINARY && n->kind != N_ASSIGN)
		print(u, n->c, f, depth + 1, "");
	print_all(u, &n->list2, f, depth + 1, "");
	print_all(u, &n->list, f, depth + 1, "");
	print(u, n->b, f, depth + 1, "");
}

void tree_print(struct unit *u, const struct node *program, FILE *f)
{
	for (int i = 0; i < program->list.n; i++) {
		const struct node *d = program->list.v[i];

		if (d->tok && d->tok->src && d->tok->src->system)
			continue; /* the include files are known */
		print(u, d, f, 0, "");
	}
}

struct node *action_listed(const struct node *actions, const struct node *action)
{
	for (int i = 0; actions && i < actions->list.n; i++)
		if (actions->list.v[i]->decl == action)
			return actions->list.v[i];
	return NULL;
}

static const struct token *token_of(const struct node *n)
{
	return n ? n->tok : NULL;
}

const int *written_order(struct unit *u, const nodes *list)
{
	int *order = arena_alloc(&u->arena, sizeof(*order) * (size_t)(list->n + 1)), at;

	for (int i = 0; i < list->n; i++) {
		for (at = i; at && token_of(list->v[order[at - 1]]) > token_of(list->v[i]); at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	return order;
}
