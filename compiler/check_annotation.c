/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_annotation.c - annotations, and the names that they give (sections 18.3.2, 20). */
#include "compiler/check.h"

#include <string.h>

/* [value, ...] or [name = value, ...], of strings, numbers and truth values (20.2) */
static void check_structured(struct checker *c, struct node *a)
{
	struct scope names = { 0 };

	for (int i = 0; i < a->list.n; i++) {
		struct node *e = a->list.v[i], *value = e->kind == N_ARG ? e->a : e;
		struct type *t;

		if ((e->kind == N_ARG) != (a->list.v[0]->kind == N_ARG)) {
			report(c->u, anno_mixed, e->tok);
			return;
		}
		if (e->kind == N_ARG)
			declare_member(c, &names, e);
		t = check_expr(c, value, NULL);
		/* P4Runtime has 64 bits for a number. */
		if (t->kind != T_ERR &&
		    (!value->known ||
		     (t->kind != T_STRING && t->kind != T_INT && t->kind != T_BOOL) ||
		     (t->kind == T_INT && value->val && !mpz_fits_slong_p(value->val->i))))
			report_span(c->u, anno_value, value->tok, value->end);
	}
}

enum wanted { ANYTHING, NOTHING, NAME, STRING, NUMBER, NUMBERS, TRANSLATION };

/* What stands in those that P4 (20.3) and P4Runtime know; a name may be put together. */
static enum wanted wanted(const char *name)
{
	static const struct {
		const char *name;
		enum wanted wanted;
	} known[] = {
		{ "atomic", NOTHING },
		{ "brief", STRING },
		{ "controller_header", STRING },
		{ "defaultonly", NOTHING },
		{ "deprecated", NAME },
		{ "description", STRING },
		{ "disable_optimization", NOTHING },
		{ "field_list", NUMBERS },
		{ "hidden", NOTHING },
		{ "id", NUMBER },
		{ "likely", NOTHING },
		{ "max_group_size", NUMBER },
		{ "max_member_weight", NUMBER },
		{ "name", NAME },
		{ "noSideEffects", NOTHING },
		{ "noWarn", NAME },
		{ "nounroll", NOTHING },
		{ "optional", NOTHING },
		{ "persistent", NOTHING },
		{ "p4runtime_translation", TRANSLATION },
		{ "pure", NOTHING },
		{ "selector_size_semantics", STRING },
		{ "tableonly", NOTHING },
		{ "unlikely", NOTHING },
		{ "unroll", NOTHING },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (!strcmp(name, known[i].name))
			return known[i].wanted;
	return ANYTHING;
}

/* "uri", then W | bit<W> | string */
static bool is_translation(const nodes *words)
{
	struct node **w = words->v;

	if (words->n < 3 || w[0]->tok->kind != TK_STRING || !token_is(w[1]->tok, TOK_COMMA))
		return false;
	if (words->n == 3)
		return w[2]->tok->kind == TK_INT || token_is(w[2]->tok, TOK_STRINGTYPE);
	return words->n == 6 && token_is(w[2]->tok, TOK_BIT) && token_is(w[3]->tok, TOK_LT) &&
	       w[4]->tok->kind == TK_INT && token_is(w[5]->tok, TOK_GT);
}

/* In an annotation's free text "a" ++ "b" is one string, and constants are, where one is wanted. */
static void join_strings(struct checker *c, nodes *list, bool constants)
{
	const char *text = "";

	for (int i = 0; i < list->n; i++) {
		const struct token *t = list->v[i]->tok;
		const char *s = list->v[i]->kind == N_STRING ? list->v[i]->name : NULL;
		struct node *k = constants && t->kind == TK_NAME ? lookup(c, t->name, false) : NULL;

		if (k && k->kind == N_CONST && k->val && k->val->kind == VAL_STRING)
			s = k->val->s;
		if (i % 2 ? t->kind != TK_PUNCT || t->id != TOK_PP : !s)
			return;
		if (i % 2 == 0)
			text = arena_printf(&c->u->arena, "%s%s", text, s);
	}
	if (list->n % 2) {
		list->v[0]->kind = N_STRING;
		list->v[0]->name = text;
		list->n = 1;
	}
}

void check_deprecated(struct checker *c, const struct token *tok, const struct node *used)
{
	const char *instead = node_anno_string(used, "deprecated");

	if (node_anno(used, "deprecated"))
		report(c->u, deprecated, tok, used->name, instead ? ": " : "",
		       instead ? instead : "");
}

void check_annotations(struct checker *c, nodes *annos)
{
	struct scope all = { 0 }, structured = { 0 };

	for (int i = 0; i < annos->n; i++) {
		struct node *a = annos->v[i];
		bool before = lookup_here(&all, a->name);
		enum wanted what = wanted(a->name);
		struct node *one;

		if (before &&
		    (a->flag || lookup_here(&structured, a->name) || !strcmp(a->name, "name")))
			report(c->u, duplicate, a->tok, arena_printf(&c->u->arena, "@%s", a->name));
		if (!before)
			scope_insert(c, &all, a);
		if (a->flag && !lookup_here(&structured, a->name))
			scope_insert(c, &structured, a);
		if (!a->flag)
			join_strings(c, &a->list, what == NAME);
		one = a->list.n == 1 ? a->list.v[0] : NULL;
		if ((what == NAME && a->flag) ||
		    ((what == NAME || what == STRING) && (!one || one->kind != N_STRING)))
			report_span(c->u, anno_string, a->tok, a->end, a->name);
		else if (!strcmp(a->name, "name") && !*one->name)
			report_span(c->u, anno_nameless, one->tok, a->end);
		else if (what == NUMBER && (!one || one->tok->kind != TK_INT))
			report_span(c->u, anno_number, a->tok, a->end, a->name);
		else if (what == TRANSLATION && !a->flag && !is_translation(&a->list))
			report_span(c->u, anno_translation, a->tok, a->end, a->name);
		else if (what == NOTHING && a->list.n)
			report_span(c->u, anno_empty, a->tok, a->end, a->name);
		else if (a->flag)
			check_structured(c, a);
		for (int k = 0; what == NUMBERS && !a->flag && k < a->list.n; k++)
			const_int(c, a->list.v[k], 0, INT32_MAX, "a field list");
	}
}

/* An id that the program gives is that of one of them (P4Runtime, 6.3). */
void check_ids(struct checker *c, nodes *list)
{
	struct intern ids = { 0 };
	int64_t id;

	for (int i = 0; i < list->n; i++) {
		if (!node_anno_int(list->v[i], "id", &id))
			continue;
		if (id < 1 || id > UINT32_MAX)
			report(c->u, out_of_range, node_anno(list->v[i], "id")->tok, "an @id", 1L,
			       (long)UINT32_MAX);
		if (!intern_new(&c->u->arena, &ids, arena_printf(&c->u->arena, "%ld", (long)id)))
			report(c->u, duplicate, node_anno(list->v[i], "id")->tok, "@id");
	}
}

/* Tables, actions and objects of one block must have names of their own (18.3.2). */
void check_names(struct checker *c, nodes *list)
{
	struct scope tables = { 0 }, actions = { 0 }, objects = { 0 };
	struct intern headers = { 0 };

	for (int i = 0; i < list->n; i++) {
		const char *given = list->v[i]->kind == N_HEADER
					    ? node_anno_string(list->v[i], "controller_header")
					    : NULL;

		if (given && !intern_new(&c->u->arena, &headers, given))
			report(c->u, name_twice, list->v[i]->tok, given);
	}
	/* First those that nobody renamed: the others are to blame. */
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < list->n; i++) {
			struct node *n = list->v[i], *told;
			const char *given = node_anno_string(n, "name");
			struct scope *s = n->kind == N_TABLE      ? &tables
					  : n->kind == N_ACTION   ? &actions
					  : n->kind == N_INSTANCE ? &objects
					  : n->kind == N_VALUESET ? &objects
								  : NULL;

			if (!s || !n->name || (given != NULL) != pass || node_anno(n, "hidden"))
				continue;
			/* Actions of old programs, made from P4_14, share absolute names. */
			if (given && *given == '.' && s != &actions)
				s = s == &tables ? c->tables : c->objects;
			told = node_new(c->u, N_NAME, n->tok);
			told->name = given ? unit_name(c->u, given) : n->name;
			if (!lookup_here(s, told->name))
				declare_member(c, s, told);
			else if (given)
				report(c->u, name_twice, n->tok, given);
		}
}
