/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_parser.c - parsers: a function with a label for each state (section 13). */
#include "compiler/emit_extern.h"
#include "compiler/emit_table.h"

static const char *both(struct emitter *e, const char *a, const char *b)
{
	return a && b ? fmt(e, "%s && %s", a, b) : a ? a : b;
}

/* The leaves of a value and the C expressions that they are. */
static void leaf_texts(struct emitter *e, struct type *t, const char *v, leaf_list *out)
{
	int n = type_n_fields(t);

	for (int i = 0; i < n; i++)
		leaf_texts(e, type_field_at(e->u, t, i), fmt(e, "%s.%s", v, field_c(e, t, i)), out);
	if (!n) {
		struct leaf *leaf = arena_alloc(&e->u->arena, sizeof(*leaf));

		*leaf = (struct leaf){ .type = t, .name = v };
		vec_push(&e->u->arena, out, leaf);
	}
}

/* A test of v against one key set, or NULL if everything matches. */
static const char *match_text(struct emitter *e, struct node *s, struct type *t, const char *v)
{
	struct type *u = type_under(real(e, t));
	leaf_list keys = { 0 }, values = { 0 };
	const char *all = NULL;

	if (s->kind == N_DEFAULT || s->kind == N_DONTCARE)
		return NULL;
	if (s->kind == N_BINARY && s->op == TOK_MASK) {
		const char *a = expr(e, s->a), *m = expr(e, s->b);

		if (is_wide(u))
			return equal_text(e, t, wide_binary(e, TOK_BAND, u, NULL, v, m),
					  wide_binary(e, TOK_BAND, u, NULL, a, m));
		return fmt(e, "(%s & %s) == (%s & %s)", v, m, a, m);
	}
	if (s->kind == N_BINARY && s->op == TOK_RANGE) {
		const char *lo = expr(e, s->a), *hi = expr(e, s->b);

		if (is_wide(u))
			return fmt(e, "!%s && !%s", wide_binary(e, TOK_LT, u, NULL, v, lo),
				   wide_binary(e, TOK_LT, u, NULL, hi, v));
		return fmt(e, "%s >= %s && %s <= %s", v, lo, v, hi);
	}
	if (s->kind == N_LIST && s->list.n == type_n_fields(u)) {
		for (int i = 0; i < s->list.n; i++)
			all = both(e, all,
				   match_text(e, s->list.v[i], type_field_at(e->u, u, i),
					      fmt(e, "%s.%s", v, field_c(e, u, i))));
		return all;
	}
	if (!type_n_fields(u) || type_equal(u, real(e, s->type)))
		return equal_text(e, t, v, expr(e, s));
	leaf_texts(e, u, v, &keys);
	leaf_texts(e, real(e, s->type), temp(e, real(e, s->type), expr(e, s)), &values);
	for (int i = 0; i < keys.n; i++)
		all = both(e, all,
			   equal_text(e, keys.v[i]->type, keys.v[i]->name, values.v[i]->name));
	return all;
}

/* A value set: all values of the select, or the fields of its structure, as one key. */
static const char *value_set_text(struct emitter *e, struct node *s, struct type **types,
				  const char **values, int n)
{
	struct table *t = NULL;
	const char *key = fresh(e, "key");
	leaf_list parts = { 0 };
	int at = 0, size = 16;

	for (struct instance *i = e->inst; i && !t; i = i->up)
		t = map_find(&e->m->owned, s->decl, i);
	if (!t) {
		report(e->u, unsupported, s->tok, "this value set");
		return "false";
	}
	for (int i = 0; i < n; i++)
		leaf_texts(e, real(e, types[i]), values[i], &parts);
	for (int k = 0; k < parts.n; k++)
		size += (key_bits(e, parts.v[k]->type) + 7) / 8;
	line(e, "uint8_t %s[%d];", key, size);
	for (int k = 0; k < parts.n; k++)
		at += key_part_c(e, key, at, parts.v[k]->type, parts.v[k]->name, NULL);
	return fmt(e, "tp4_any_lookup(c->tables[%d], %s) != NULL", t->index, key);
}

static const char *keyset_match(struct emitter *e, nodes *sets, struct type **types,
				const char **values, int n)
{
	const char *all = NULL;

	if (sets->n == 1 && sets->v[0]->type && type_real(sets->v[0]->type)->kind == T_SET &&
	    sets->v[0]->kind != N_BINARY)
		return value_set_text(e, sets->v[0], types, values, n);
	if (sets->n == 1 && n != 1)
		return NULL; /* default */
	for (int i = 0; i < n; i++) {
		const char *m;

		if (sets->v[i]->type && type_real(sets->v[i]->type)->kind == T_SET &&
		    sets->v[i]->kind != N_BINARY)
			m = value_set_text(e, sets->v[i], types + i, values + i, 1);
		else
			m = match_text(e, sets->v[i], types[i], values[i]);
		all = both(e, all, m);
	}
	return all;
}

static void go_to(struct emitter *e, struct node *target)
{
	if (target->decl)
		line(e, "goto state_%s;", c_name(e, target->decl->name));
	else if (!strcmp(target->name, "accept"))
		line(e, "goto accept;");
	else
		line(e, "goto reject;");
}

static bool plain_case(struct node *s)
{
	return s->val && s->val->kind == VAL_INT && s->kind != N_BINARY;
}

static void select_c(struct emitter *e, struct node *n)
{
	struct type **types = arena_alloc(&e->u->arena, sizeof(*types) * (size_t)(n->list.n + 1));
	const char **values = arena_alloc(&e->u->arena, sizeof(*values) * (size_t)(n->list.n + 1));
	bool all_plain = n->list.n == 1, any = false;
	struct intern seen = { 0 };

	show_source(e, n);
	for (int i = 0; i < n->list.n; i++) {
		types[i] = real(e, n->list.v[i]->type);
		values[i] = temp(e, types[i], expr(e, n->list.v[i]));
	}
	if (all_plain)
		all_plain =
			type_under(types[0])->kind == T_BITS && type_under(types[0])->width <= 64;
	for (int i = 0; all_plain && i < n->list2.n; i++) {
		struct node *s = n->list2.v[i]->list.v[0];

		if (plain_case(s))
			all_plain = !any && intern_new(&e->u->arena, &seen,
						       mpz_get_str(NULL, 16, s->val->i));
		else
			all_plain = !any && (s->kind == N_DEFAULT || s->kind == N_DONTCARE);
		any |= !plain_case(s); /* nothing may stand behind it */
	}
	if (all_plain && n->list2.n > 2) {
		bool dflt = false;

		line(e, "switch (%s) {", values[0]);
		for (int i = 0; i < n->list2.n; i++) {
			struct node *k = n->list2.v[i], *s = k->list.v[0];

			if (plain_case(s)) {
				line(e, "case %s:", value_text(e, s->val, types[0]));
			} else {
				line(e, "default:");
				dflt = true;
			}
			e->indent++;
			go_to(e, k->a);
			e->indent--;
		}
		line(e, "}");
		if (dflt)
			return;
	} else {
		for (int i = 0; i < n->list2.n; i++) {
			struct node *k = n->list2.v[i];
			const char *m = keyset_match(e, &k->list, types, values, n->list.n);

			if (!m) {
				go_to(e, k->a);
				return;
			}
			line(e, "if (%s)", m);
			e->indent++;
			go_to(e, k->a);
			e->indent--;
		}
	}
	line(e, "c->p.error = 2; /* NoMatch */");
	line(e, "goto reject;");
}

/* Bits that the statements of a state can extract at most. */
static uint64_t state_bits(struct emitter *e, struct node *n, int depth)
{
	uint64_t sum = 0;

	for (; n && depth <= 3000; n = n->c) {
		if (n->kind == N_CALL && n->a->kind == N_DOT && n->a->a->type &&
		    type_real(n->a->a->type)->kind == T_EXTERN) {
			if (!strcmp(n->a->name, "extract") && n->params.n && n->params.v[0]->type)
				sum += max_bits(e, n->params.v[0]->type);
			else if (!strcmp(n->a->name, "lookahead") && n->type)
				sum += max_bits(e, n->type);
			else if (!strcmp(n->a->name, "advance"))
				e->unbounded = true;
		} else if (n->kind == N_CALL &&
			   ((n->a->kind == N_DOT && !strcmp(n->a->name, "apply")) ||
			    (n->decl && n->decl->kind == N_FUNCTION && takes_packet(n->decl)))) {
			e->unbounded = true;
		}
		if (n->kind == N_FOR || n->kind == N_FORIN)
			e->unbounded = true;
		sum += state_bits(e, n->a, depth + 1) + state_bits(e, n->b, depth + 1);
		for (int i = 0; i < n->list.n; i++)
			sum += state_bits(e, n->list.v[i], depth + 1);
		for (int i = 0; n->kind == N_CALL && i < n->params.n; i++)
			if (n->params.v[i])
				sum += state_bits(e, n->params.v[i], depth + 1);
	}
	return sum;
}

/* The longest way from this state; a cycle makes it unbounded. index: 1 under way, 2 done */
static uint64_t longest(struct emitter *e, struct node *s)
{
	uint64_t best = 0;

	if (!s)
		return 0;
	if (s->index == 1) {
		e->unbounded = true;
		return 0;
	}
	if (s->index == 2)
		return (uint64_t)(uintptr_t)s->info;
	s->index = 1;
	if (s->a && s->a->kind == N_SELECT) {
		for (int i = 0; i < s->a->list2.n; i++) {
			uint64_t w = longest(e, s->a->list2.v[i]->a->decl);

			best = w > best ? w : best;
		}
		for (int i = 0; i < s->a->list.n; i++)
			best += state_bits(e, s->a->list.v[i], 0);
	} else if (s->a) {
		best = longest(e, s->a->decl);
	}
	for (int i = 0; i < s->list.n; i++)
		best += state_bits(e, s->list.v[i], 0);
	s->index = 2;
	s->info = (void *)(uintptr_t)best;
	return best;
}

/* static bool parse_X(struct tp4_ctx *c, ...): true if accepted */
void parser_c(struct emitter *e, struct instance *i)
{
	struct node *d = i->decl, *start = NULL;
	struct buffer b;
	struct emitter saved;
	const struct subst s = instance_subst(i);
	uint64_t bits;
	bool was_unbounded = e->unbounded;

	e->inst = i;
	e->sub = s.n ? &s : NULL;
	e->scope = d;
	for (int k = 0; k < d->list.n; k++)
		if (d->list.v[k]->kind == N_STATE) {
			d->list.v[k]->index = 0;
			if (!strcmp(d->list.v[k]->name, "start"))
				start = d->list.v[k];
		}
	e->unbounded = false;
	bits = longest(e, start);
	for (int k = 0; k < d->list.n; k++)
		if (d->list.v[k]->kind == N_VAR)
			bits += state_bits(e, d->list.v[k], 0);
	e->parse_bits = bits > e->parse_bits ? bits : e->parse_bits;

	saved = function_begin(e, &b);
	show_source(e, d);
	line(e, "%s)\n{",
	     param_list(e, &d->params,
			fmt(e, "static %s bool parse_%s(struct tp4_ctx *c",
			    i->up && i->up->decl && i->up->decl->kind == N_PARSER ? "inline"
										  : "TP4_PARSER",
			    i->cname)));
	e->indent = 1;
	e->reject = "reject";
	e->leave = "reject";
	e->in_frame = false;
	bind_params(e, &d->params);
	clear_out(e, &d->params, i);
	checksums_clear(e, i);
	if (e->unbounded)
		line(e, "uint32_t turns = 0; /* against endless loops of states */");
	for (int k = 0; k < d->list.n; k++)
		if (d->list.v[k]->kind == N_VAR)
			declare_local(e, d->list.v[k]);
	for (int k = 0, first = true; k < d->list.n; k++) {
		struct node *st = d->list.v[k];

		if (st->kind != N_STATE)
			continue;
		if (first && strcmp(st->name, "start"))
			line(e, "goto state_start;");
		first = false;
		raw(e, "\n");
		line(e, "@state_%s:;", c_name(e, st->name));
		if (e->unbounded) {
			line(e, "if (unlikely(++turns > 4096)) {");
			line(e, "\tc->p.error = 5; /* ParserTimeout */");
			line(e, "\tgoto reject;");
			line(e, "}");
		}
		line(e, "{");
		e->indent++;
		for (int j = 0; j < st->list.n; j++)
			statement_c(e, st->list.v[j]);
		if (st->a && st->a->kind == N_SELECT)
			select_c(e, st->a);
		else if (st->a)
			go_to(e, st->a);
		else
			line(e, "goto reject;");
		e->indent--;
		line(e, "}");
	}
	raw(e, "\n");
	line(e, "@accept:;");
	line(e, "return true;");
	line(e, "@reject:;");
	line(e, "return false;");
	e->indent = 0;
	line(e, "}");
	e->unbounded |= was_unbounded;
	function_end(e, &saved, &b);
	e->sub = NULL;
}
