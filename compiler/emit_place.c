/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_place.c - places (lvalues), what is assigned to them, and the validity of headers. */
#include "compiler/emit.h"
#include "runtime/program.h"

const char *element_text(struct emitter *e, const char *stack, struct node *n, int size)
{
	struct value *v = known_value(e, n);

	if (v && v->kind == VAL_INT && mpz_fits_slong_p(v->i) && mpz_get_si(v->i) >= 0 &&
	    mpz_get_si(v->i) < size)
		return fmt(e, "%s.e[%ld]", stack, mpz_get_si(v->i));
	return fmt(e, "tp4_at(%s, %s, %d)", stack, cell_number(e, n), size);
}

void stack_bounds(struct emitter *e, const char *stack, const struct node *n)
{
	line(e, "if (%s.next %s) {", stack,
	     n->name[0] == 'n' ? fmt(e, ">= %d", type_real(n->a->type)->width) : "== 0");
	line(e, "\tc->p.error = 3; /* StackOutOfBounds */");
	line(e, "\tgoto %s;", e->reject);
	line(e, "}");
}

/* A variable of the emitted C as a P4 expression */
static struct node *variable_node(struct emitter *e, struct node *like, struct type *t,
				  const char *c)
{
	struct node *n = arena_grow(&e->u->arena, like, sizeof(*n), sizeof(*n));

	n->kind = N_NAME;
	n->val = NULL;
	n->known = false;
	n->type = t;
	n->name = c;
	n->decl = arena_alloc(&e->u->arena, sizeof(*n));
	n->decl->info = (void *)c;
	return n;
}

struct node *node_saved(struct emitter *e, struct node *n)
{
	return variable_node(e, n, n->type, expr_saved(e, n));
}

/*
 * The same place with its indices evaluated now, once: what is written to it
 * later does not depend on what changed in between (section 6.8).
 */
struct node *freeze(struct emitter *e, struct node *n)
{
	struct node *copy;
	struct type *t;
	const char *i;

	if (n->kind != N_DOT && n->kind != N_INDEX && n->kind != N_SLICE &&
	    !(n->kind == N_BINARY && n->lvalue))
		return n;
	copy = arena_grow(&e->u->arena, n, sizeof(*n), sizeof(*n));
	copy->a = freeze(e, n->a);
	if (n->kind == N_BINARY) {
		copy->b = node_saved(e, n->b);
		return copy;
	}
	t = real(e, n->a->type);
	if (t->kind != T_STACK || (n->kind == N_INDEX && known_value(e, n->b)))
		return copy;
	i = fresh(e, "at");
	if (n->kind == N_INDEX) {
		line(e, "uint32_t %s = tp4_index(%s, %d);", i, cell_number(e, n->b), t->width);
	} else {
		const char *s = place(e, copy->a);

		if (e->reject)
			stack_bounds(e, s, n);
		line(e, "uint32_t %s = %s.next%s;", i, s, n->name[0] == 'n' ? "" : " - 1");
	}
	copy->kind = N_INDEX;
	copy->b = variable_node(e, n, type_bits(e->u, 32, false), i);
	return copy;
}

/* The C lvalue of a place; slices and `.next` past the end are the callers' care. */
const char *place(struct emitter *e, struct node *n)
{
	struct type *t;

	switch (n->kind) {
	case N_NAME:
		if (n->decl && n->decl->info)
			return n->decl->info;
		/* A constant made of an int that a block is applied to */
		tell_unknown(e, n, n->name);
		return fmt(e, "(%s)%s", c_type(e, n->type), zero(e, n->type));
	case N_DOT:
		t = real(e, n->a->type);
		if (t->kind == T_STACK) {
			const char *s = place(e, n->a);

			if (!strcmp(n->name, "next"))
				return fmt(e, "tp4_at(%s, stack_->next, %d)", s, t->width);
			return fmt(e, "tp4_at(%s, (uint64_t)stack_->next - 1, %d)", s, t->width);
		}
		return fmt(e, "%s.%s", place(e, n->a), c_name(e, n->name));
	case N_INDEX:
		t = real(e, n->a->type);
		if (t->kind == T_TUPLE)
			return fmt(e, "%s.f%d", place(e, n->a), n->index);
		return element_text(e, place(e, n->a), n->b, t->width);
	}
	return expr_saved(e, n);
}

void assign_to(struct emitter *e, struct type *t, const char *to, const char *value)
{
	(void)t;
	if (strcmp(to, value))
		line(e, "%s = %s;", to, value);
}

/* Is this a header in a header union? */
bool in_union(struct emitter *e, const struct node *n)
{
	return n->kind == N_DOT && real(e, n->type)->kind == T_HEADER &&
	       real(e, n->a->type)->kind == T_UNION;
}

/* After a member of a header union became valid: the others are not any more. */
static void union_member(struct emitter *e, struct node *header)
{
	const char *name, *c;
	struct type *t;
	struct buffer b;

	if (!in_union(e, header))
		return;
	t = real(e, header->a->type);
	c = c_type(e, t);
	name = fmt(e, "alone_%s", c + strlen("struct "));
	if (once(e, name)) {
		struct emitter saved = function_begin(e, &b);

		line(e, "static inline void %s(%s *u, bool *valid)\n{", name, c);
		e->indent = 1;
		for (int i = 0; i < type_n_fields(t); i++)
			line(e, "u->%s.valid_ = false;", field_c(e, t, i));
		line(e, "*valid = true;");
		e->indent = 0;
		line(e, "}");
		function_end(e, &saved, &b);
	}
	line(e, "%s(&%s, &%s.valid_);", name, place(e, header->a), place(e, header));
}

/* v1model: what egress sees as packet_length, which BMv2 counts as headers come and go. */
void count_header(struct emitter *e, struct node *header, bool valid)
{
	const char *h = place(e, header), *var = "";
	struct type *t = real(e, header->type);
	uint64_t bits;

	if (e->arch != TP4_ARCH_V1MODEL || t->kind != T_HEADER)
		return;
	bits = max_bits(e, t);
	for (int i = 0; i < type_n_fields(t); i++) {
		struct type *f = type_under(type_field_at(e->u, t, i));

		if (f->kind != T_VARBIT)
			continue;
		bits -= (uint64_t)f->width;
		var = fmt(e, " + %s.%s.bits / 8", h, field_c(e, t, i));
	}
	line(e, "if (%s%s.valid_)", valid ? "!" : "", h);
	line(e, "\tc->p.length %c= %llu%s;", valid ? '+' : '-', (unsigned long long)bits / 8, var);
}

void make_valid(struct emitter *e, struct node *header, bool valid)
{
	const char *h;

	header = freeze(e, header); /* an index may ask for this very validity */
	h = place(e, header);
	count_header(e, header, valid);
	if (valid) { /* what was in it is not seen again, as in BMv2 */
		line(e, "if (!%s.valid_)", h);
		line(e, "\tmemset(&%s, 0, sizeof(%s));", h, h);
	}
	line(e, "%s.valid_ = %s;", h, valid ? "true" : "false");
	if (valid)
		union_member(e, header);
}

static struct node *binary_node(struct emitter *e, int op, struct node *a, struct node *b)
{
	struct node *n = node_new(e->u, N_BINARY, a->tok);

	n->op = op;
	n->a = a;
	n->b = b;
	n->type = a->type;
	return n;
}

/* To (whole >> low)[width - 1 : 0]: the bits that change in whole >> low change in whole. */
static void assign_moving(struct emitter *e, struct node *to, const char *value)
{
	struct node *shift = to->a, part = *to, *old, *new;

	old = variable_node(e, shift, shift->type, temp(e, shift->type, expr(e, shift)));
	new = variable_node(e, shift, shift->type, temp(e, shift->type, old->name));
	part.a = new;
	assign(e, &part, value);
	assign(e, shift->a,
	       expr(e, binary_node(e, TOK_BXOR, shift->a,
				   binary_node(e, TOK_SHL, binary_node(e, TOK_BXOR, old, new),
					       shift->b))));
}

/* P4's assignment of a C value to a place. */
void assign(struct emitter *e, struct node *to, const char *value)
{
	struct type *t = real(e, to->type), *at, *u;

	if (to->kind == N_DONTCARE)
		return;
	if (to->kind == N_SLICE && to->a->kind == N_BINARY) {
		assign_moving(e, to, value);
		return;
	}
	if (to->kind == N_SLICE) {
		int hi = (int)mpz_get_si(to->b->val->i), lo = (int)mpz_get_si(to->c->val->i);
		const char *whole;

		at = real(e, to->a->type);
		u = type_under(at);
		whole = expr(e, to->a);
		if (is_wide(at)) {
			const char *r = temp(e, at, whole);

			line(e, "tp4_wide_insert(%s.w, %d, %d, %s);", r, lo, hi - lo + 1,
			     is_wide(t) ? fmt(e, "%s.w", value)
					: fmt(e, "tp4_wide_words((tp4_u128)%s).w", value));
			if (u->is_signed)
				line(e, "tp4_wide_extend(%s.w, %d);", r, u->width);
			assign(e, to->a, r);
			return;
		}
		if (u->width > 64)
			whole = fmt(e,
				    "((tp4_u128)%s & ~(tp4_low128(~(tp4_u128)0, %d) << %d)) | "
				    "(tp4_u128)%s << %d",
				    whole, hi - lo + 1, lo, value, lo);
		else
			whole = fmt(
				e, "((uint64_t)%s & ~0x%llxULL) | (uint64_t)%s << %d", whole,
				(unsigned long long)((hi - lo == 63 ? ~0ULL
								    : (1ULL << (hi - lo + 1)) - 1)
						     << lo),
				value, lo);
		assign(e, to->a, cut(e, at, whole));
		return;
	}
	assign_to(e, t, place(e, to), value);
	if (in_union(e, to)) {
		line(e, "if (%s.valid_) {", place(e, to));
		e->indent++;
		union_member(e, to);
		e->indent--;
		line(e, "}");
	}
}
