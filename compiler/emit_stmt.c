/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_stmt.c - statements. */
#include "compiler/emit.h"

void declare_local(struct emitter *e, struct node *n)
{
	const char *name = fresh(e, n->name);
	struct type *t = real(e, n->type);

	if (n->b && (n->b->kind == N_LIST || n->b->kind == N_RECORD)) {
		line(e, "%s %s = %s;", c_type(e, t), name, zero(e, t));
		fill(e, t, name, n->b);
	} else if (n->b) {
		const char *v = expr(e, n->b);

		line(e, "%s %s = %s;", c_type(e, t), name, v);
	} else {
		line(e, "%s %s = %s;", c_type(e, t), name, zero(e, t));
	}
	n->info = (void *)name;
}

void block_c(struct emitter *e, struct node *n)
{
	for (int i = 0; i < n->list.n; i++)
		statement_c(e, n->list.v[i]);
}

static void braced(struct emitter *e, struct node *n)
{
	e->indent++;
	if (n->kind == N_BLOCK)
		block_c(e, n);
	else
		statement_c(e, n);
	e->indent--;
}

static void assign_c(struct emitter *e, struct node *n)
{
	struct type *t = real(e, n->a->type);
	struct node *b = n->b, *to = freeze(e, n->a), op;

	if (n->op != TOK_ASSIGN) { /* a op= b: what is read is the place that is written */
		op = *b;
		op.a = to;
		b = &op;
	}
	/* (h_t){ ... } does what { ... } does. */
	if (b->kind == N_CAST && b->b->type && type_equal(real(e, b->b->type), t))
		b = b->b;
	if ((b->kind == N_LIST || b->kind == N_RECORD || b->kind == N_INVALID ||
	     b->kind == N_DOTS)) {
		/* What is on the left may also be read on the right. */
		const char *v = expr(e, b);

		count_header(e, to, b->kind != N_INVALID);
		assign(e, to, v);
		return;
	}
	assign(e, to, expr(e, b));
}

/* switch on what a table did */
static void switch_action(struct emitter *e, struct node *n)
{
	const char *v = expr(e, n->a);
	const char *end = fresh(e, "switched");

	line(e, "switch (%s) {", v);
	for (int i = 0; i < n->list.n; i++) {
		struct node *k = n->list.v[i], *label = k->list.v[0];

		if (label->kind == N_DEFAULT)
			line(e, "default:");
		else
			line(e, "case %d: /* %s */", label->index, label->name);
		if (!k->b)
			continue;
		line(e, "{");
		braced(e, k->b);
		line(e, "\tgoto %s;", end);
		line(e, "}");
	}
	line(e, "}");
	line(e, "@%s:;", end);
}

static void switch_c(struct emitter *e, struct node *n)
{
	struct type *t = real(e, n->a->type);
	const char *v, *end;
	struct buffer match = { 0 };
	struct node *dflt = NULL;

	if (t->kind == T_ACTIONRUN) {
		switch_action(e, n);
		return;
	}
	v = temp(e, t, expr(e, n->a));
	end = fresh(e, "switched");
	for (int i = 0; i < n->list.n; i++) {
		struct node *k = n->list.v[i], *label = k->list.v[0];

		if (label->kind == N_DEFAULT) {
			dflt = k;
			continue;
		}
		buffer_printf(&match, "%s%s", match.len ? " || " : "",
			      equal_text(e, t, v, expr(e, label)));
		if (!k->b) {
			/* Falls through to default's block? */
			bool to_default =
				i + 1 < n->list.n && n->list.v[i + 1]->list.v[0]->kind == N_DEFAULT;

			if (to_default)
				match.len = 0;
			continue;
		}
		line(e, "if (%s) {", match.text);
		braced(e, k->b);
		line(e, "\tgoto %s;", end);
		line(e, "}");
		match.len = 0;
	}
	buffer_free(&match);
	if (dflt && dflt->b) {
		line(e, "{");
		braced(e, dflt->b);
		line(e, "}");
	}
	line(e, "@%s:;", end);
}

static void loop_body(struct emitter *e, struct node *body, const char *brk, const char *cont)
{
	const char *old_brk = e->brk, *old_cont = e->cont;

	e->brk = brk;
	e->cont = cont;
	line(e, "{");
	braced(e, body);
	line(e, "}");
	e->brk = old_brk;
	e->cont = old_cont;
	line(e, "@%s:;", cont);
}

/* A loop that a hostile packet could keep running is a program error after this many turns. */
#define TURNS "1048576"

/* At the beginning of a turn of a loop in C. */
static void turn_c(struct emitter *e, const struct node *loop, const char *turns)
{
	line(e, "if (%s++ == " TURNS ") {", turns);
	line(e, "\ttp4_assert_failed(c, \"line %d\");", loop->tok->line);
	line(e, "\tbreak;");
	line(e, "}");
}

static void for_c(struct emitter *e, struct node *n)
{
	const char *brk = fresh(e, "done"), *cont = fresh(e, "next"), *turns = fresh(e, "turns");

	line(e, "{");
	e->indent++;
	for (int i = 0; i < n->list.n; i++)
		statement_c(e, n->list.v[i]);
	line(e, "for (uint32_t %s = 0;;) {", turns);
	e->indent++;
	line(e, "if (!%s)", expr(e, n->a));
	line(e, "\tbreak;");
	turn_c(e, n, turns);
	loop_body(e, n->b, brk, cont);
	for (int i = 0; i < n->list2.n; i++)
		statement_c(e, n->list2.v[i]);
	e->indent--;
	line(e, "}");
	line(e, "@%s:;", brk);
	e->indent--;
	line(e, "}");
}

/* for (n->c in lo .. hi) for numbers of more than 128 bits */
static void for_wide(struct emitter *e, struct node *n, struct type *t, const char *lo,
		     const char *hi, const char *brk)
{
	const char *i = temp(e, t, lo), *cont = fresh(e, "next"), *turns = fresh(e, "turns");
	mpz_t one;

	hi = temp(e, t, hi);
	line(e, "uint32_t %s = 0;", turns);
	line(e, "for (bool more = %s; more;) {", wide_binary(e, TOK_LE, t, t, i, hi));
	e->indent++;
	turn_c(e, n, turns);
	line(e, "%s = %s;", (const char *)n->c->info, i);
	loop_body(e, n->b, brk, cont);
	line(e, "more = !%s;", equal_text(e, t, i, hi));
	mpz_init_set_ui(one, 1);
	line(e, "%s = %s;", i, wide_binary(e, TOK_PLUS, t, t, i, wide_literal(e, one, t)));
	mpz_clear(one);
	e->indent--;
	line(e, "}");
}

static void for_in(struct emitter *e, struct node *n)
{
	const char *brk = fresh(e, "done"), *var, *cont, *i, *hi = NULL, *lo = NULL;
	struct type *t = real(e, n->c->type), *at;

	line(e, "{");
	e->indent++;
	declare_local(e, n->c);
	var = n->c->info;
	if (n->a->kind == N_BINARY && n->a->op == TOK_RANGE) {
		lo = expr_saved(e, n->a->a);
		hi = expr_saved(e, n->a->b);
	}
	if (lo && is_wide(t)) {
		for_wide(e, n, t, lo, hi, brk);
	} else if (lo) {
		const char *turns = fresh(e, "turns");

		cont = fresh(e, "next");
		i = fresh(e, "i");
		line(e, "uint32_t %s = 0;", turns);
		line(e, "for (%s %s = %s; %s <= %s; %s++) {",
		     type_under(t)->is_signed ? "tp4_i128" : "tp4_u128", i, lo, i, hi, i);
		e->indent++;
		turn_c(e, n, turns);
		line(e, "%s = (%s)%s;", var, c_type(e, t), i);
		loop_body(e, n->b, brk, cont);
		e->indent--;
		line(e, "}");
	} else {
		struct value *v;

		at = real(e, n->a->type);
		v = at->kind == T_LIST ? known_value(e, n->a) : NULL;
		if (at->kind == T_STACK) {
			const char *s = fresh(e, "s");

			cont = fresh(e, "next");
			i = fresh(e, "i");
			line(e, "%s %s = %s;", c_type(e, at), s, expr(e, n->a));
			line(e, "for (uint32_t %s = 0; %s < %d; %s++) {", i, i, at->width, i);
			e->indent++;
			line(e, "%s = %s.e[%s];", var, s, i);
			loop_body(e, n->b, brk, cont);
			e->indent--;
			line(e, "}");
		} else if (n->a->kind == N_LIST || (v && v->kind == VAL_LIST)) {
			int count = n->a->kind == N_LIST ? n->a->list.n : v->n;

			const char **x =
				arena_alloc(&e->u->arena, sizeof(*x) * (size_t)(count + 1));

			/* All are worked out before the first turn. */
			for (int k = 0; k < count; k++)
				x[k] = n->a->kind == N_LIST ? expr_saved(e, n->a->list.v[k])
							    : value_text(e, v->v[k], t);
			for (int k = 0; k < count; k++) {
				cont = fresh(e, "next");
				line(e, "{");
				e->indent++;
				line(e, "%s = %s;", var, x[k]);
				loop_body(e, n->b, brk, cont);
				e->indent--;
				line(e, "}");
			}
		} else {
			report(e->u, unsupported, n->a->tok, "a loop over this");
		}
	}
	line(e, "@%s:;", brk);
	e->indent--;
	line(e, "}");
}

static void if_c(struct emitter *e, struct node *n)
{
	const char *end = n->c && n->c->kind == N_IF ? fresh(e, "chosen") : NULL;

	/* One after the other, since a chain of else-ifs may be of any length. */
	for (; n->c && n->c->kind == N_IF; n = n->c) {
		line(e, "if (%s) {", expr(e, n->a));
		braced(e, n->b);
		line(e, "\tgoto %s;", end);
		line(e, "}");
	}
	line(e, "if (%s) {", expr(e, n->a));
	braced(e, n->b);
	if (n->c) {
		line(e, "} else {");
		braced(e, n->c);
	}
	line(e, "}");
	if (end)
		line(e, "@%s:;", end);
}

void statement_c(struct emitter *e, struct node *n)
{
	const char *v;

	if (n->kind != N_BLOCK && n->kind != N_EMPTY && n->tok && n->tok->line != e->last_line) {
		show_source(e, n);
		e->last_line = n->tok->line;
	}
	switch (n->kind) {
	case N_BLOCK:
		line(e, "{");
		braced(e, n);
		line(e, "}");
		break;
	case N_ASSIGN: assign_c(e, n); break;
	case N_CALLSTMT:
		v = expr(e, n->a);
		if (v[0] == '(' || v[0] == 't')
			line(e, "(void)%s;", v);
		break;
	case N_IF: if_c(e, n); break;
	case N_SWITCH:
		line(e, "{");
		e->indent++;
		switch_c(e, n);
		e->indent--;
		line(e, "}");
		break;
	case N_FOR: for_c(e, n); break;
	case N_FORIN: for_in(e, n); break;
	case N_RETURN:
		if (n->a)
			line(e, "%s = %s;", e->ret, expr(e, n->a));
		line(e, "goto %s;", e->leave);
		break;
	case N_EXIT:
		line(e, "c->p.exited = true;");
		line(e, "goto %s;", e->leave);
		break;
	case N_BREAK: line(e, "goto %s;", e->brk); break;
	case N_CONTINUE: line(e, "goto %s;", e->cont); break;
	case N_VAR: declare_local(e, n); break;
	}
}
