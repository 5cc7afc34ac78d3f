/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_expr.c - expressions as C expressions. */
#include "compiler/emit.h"
#include "runtime/program.h"

/* Does evaluating it do more than yield a value? */
bool has_call(const struct node *n)
{
	if (!n || n->val)
		return false;
	if (n->kind == N_CALL) {
		const char *m = n->a->kind == N_DOT ? n->a->name : "";

		if (strcmp(m, "isValid") || (n->decl && n->decl->kind == N_METHOD))
			return true;
		return has_call(n->a->a);
	}
	if (has_call(n->a) || has_call(n->b) || (n->kind != N_BINARY && has_call(n->c)))
		return true;
	for (int i = 0; i < n->list.n; i++)
		if (has_call(n->list.v[i]))
			return true;
	return false;
}

struct value *known_value(struct emitter *e, struct node *n)
{
	if (n->val)
		return n->val;
	return n->known ? instance_eval(e->m, e->inst, n) : NULL;
}

/* What is not known is told, but in a block without calls, where no int of its own is. */
void tell_unknown(struct emitter *e, const struct node *n, const char *what)
{
	if (!n->known || instance_differs(e->inst))
		report_span(e->u, not_constant, n->tok, n->end, what);
}

const char *temp(struct emitter *e, struct type *t, const char *init)
{
	const char *name = fresh(e, "t");

	line(e, "%s %s = %s;", c_type(e, t), name, init);
	return name;
}

const char *cut(struct emitter *e, struct type *t, const char *text)
{
	struct type *u = type_under(real(e, t));
	const char *c = c_type(e, u);
	int w = u->width;

	if (u->kind != T_BITS)
		return text;
	if (w == 0)
		return "0";
	if (u->is_signed) {
		if (w > 64)
			return fmt(e, "tp4_sext128((tp4_u128)(%s), %d)", text, w);
		if (w == 8 || w == 16 || w == 32 || w == 64)
			return fmt(e, "(%s)(%s)", c, text);
		return fmt(e, "(%s)tp4_sext((uint64_t)(%s), %d)", c, text, w);
	}
	if (w == 8 || w == 16 || w == 32 || w == 64 || w == 128)
		return fmt(e, "(%s)(%s)", c, text);
	if (w > 64)
		return fmt(e, "tp4_low128(%s, %d)", text, w);
	return fmt(e, "(%s)((%s) & 0x%llx)", c, text, w == 64 ? ~0ULL : (1ULL << w) - 1);
}

/* Operands of arithmetic, unsigned and wide enough that C's promotion does no harm. */
static const char *arith(struct emitter *e, struct type *t, const char *text)
{
	int w = type_under(real(e, t))->width;

	if (w > 64)
		return fmt(e, "(tp4_u128)%s", text);
	if (w > 32)
		return fmt(e, "(uint64_t)%s", text);
	return fmt(e, "(uint32_t)%s", text);
}

/* What is beyond 32 bits is beyond every width. */
static const char *shift_amount(struct emitter *e, struct node *n)
{
	struct type *t = type_under(real(e, n->type));
	struct value *v = known_value(e, n);
	const char *text;

	if (v && v->kind == VAL_INT && !mpz_fits_uint_p(v->i))
		return "0xffffffffU";
	text = expr(e, n);
	if (is_wide(t))
		return fmt(e, "tp4_wide_amount(%s.w, %d)", text, t->width);
	if (t->kind == T_BITS && t->width > 64)
		return fmt(e, "tp4_amount128(%s)", text);
	return fmt(e, "(uint64_t)%s", text);
}

static const char *shift(struct emitter *e, struct node *n, struct type *t, const char *a,
			 const char *amount)
{
	bool left = n->op == TOK_SHL, big = t->width > 64;

	if (is_wide(t))
		return wide_binary(e, n->op, t, NULL, a, amount);
	if (left)
		return cut(e, t,
			   big ? fmt(e, "tp4_shl128((tp4_u128)%s, %s)", a, amount)
			       : fmt(e, "tp4_shl((uint64_t)%s, %s)", a, amount));
	if (t->is_signed)
		return fmt(e, "(%s)%s(%s, %s)", c_type(e, t), big ? "tp4_sar128" : "tp4_sar", a,
			   amount);
	return fmt(e, "(%s)%s(%s, %s)", c_type(e, t), big ? "tp4_shr128" : "tp4_shr", a, amount);
}

/* An action's data, and what differs from call to call, can be an int; C computes with none. */
static void check_int(struct emitter *e, struct node *n)
{
	if (real(e, n->type)->kind != T_INT)
		return;
	report_span(e->u, int_unknown, n->tok, n->end);
	for (int i = 0; i < e->inst->bounds.n; i++)
		if (e->inst->bounds.v[i].several &&
		    type_real(e->inst->bounds.v[i].param->type)->kind == T_INT)
			unit_hint(e->u, "'%s' differs from call to call: make an instance for each",
				  e->inst->bounds.v[i].param->name);
}

/* Text is copied into what it is a part of, a divisor twice: a long one becomes a variable. */
static const char *operand(struct emitter *e, struct node *n)
{
	const char *text = expr(e, n);

	return strlen(text) > 1000 ? temp(e, n->type, text) : text;
}

static const char *binary_c(struct emitter *e, struct node *n)
{
	struct type *t = type_under(real(e, n->type)), *at = type_under(real(e, n->a->type));
	struct type *bt = type_under(real(e, n->b->type));
	const char *a, *b, *r;

	check_int(e, n);
	if (n->op == TOK_AND || n->op == TOK_OR) {
		a = operand(e, n->a);
		if (!has_call(n->b))
			return fmt(e, "(%s %s %s)", a, n->op == TOK_AND ? "&&" : "||",
				   expr(e, n->b));
		r = temp(e, n->type, a);
		line(e, "if (%s%s) {", n->op == TOK_AND ? "" : "!", r);
		e->indent++;
		b = expr(e, n->b);
		line(e, "%s = %s;", r, b);
		e->indent--;
		line(e, "}");
		return r;
	}
	a = has_call(n->b) ? expr_saved(e, n->a) : operand(e, n->a);
	if (n->op == TOK_SHL || n->op == TOK_COUNT)
		return shift(e, n, t, a, shift_amount(e, n->b));
	b = operand(e, n->b);
	if (n->op == TOK_EQ)
		return fmt(e, "(%s)", equal_text(e, n->a->type, a, b));
	if (n->op == TOK_NE)
		return fmt(e, "(!(%s))", equal_text(e, n->a->type, a, b));
	if (is_wide(t) || is_wide(at))
		return wide_binary(e, n->op, n->op == TOK_PP ? t : at, n->op == TOK_PP ? bt : NULL,
				   n->op == TOK_PP ? convert(e, a, at, t) : a,
				   n->op == TOK_PP ? convert(e, b, bt, t) : b);
	switch (n->op) {
	case TOK_LT: return fmt(e, "(%s < %s)", a, b);
	case TOK_LE: return fmt(e, "(%s <= %s)", a, b);
	case TOK_GT: return fmt(e, "(%s > %s)", a, b);
	case TOK_GE: return fmt(e, "(%s >= %s)", a, b);
	case TOK_PLUS: return cut(e, t, fmt(e, "%s + %s", arith(e, t, a), arith(e, t, b)));
	case TOK_MINUS: return cut(e, t, fmt(e, "%s - %s", arith(e, t, a), arith(e, t, b)));
	case TOK_MUL: return cut(e, t, fmt(e, "%s * %s", arith(e, t, a), arith(e, t, b)));
	case TOK_DIV: return fmt(e, "(%s)(%s ? %s / %s : 0)", c_type(e, t), b, a, b);
	case TOK_MOD: return fmt(e, "(%s)(%s ? %s %% %s : 0)", c_type(e, t), b, a, b);
	case TOK_BAND: return fmt(e, "(%s)(%s & %s)", c_type(e, t), a, b);
	case TOK_BOR: return fmt(e, "(%s)(%s | %s)", c_type(e, t), a, b);
	case TOK_BXOR: return fmt(e, "(%s)(%s ^ %s)", c_type(e, t), a, b);
	case TOK_PLUS_SAT:
		return t->is_signed ? fmt(e, "(%s)tp4_sat_sadd(%s, %s, %d)", c_type(e, t), a, b,
					  t->width)
				    : fmt(e, "(%s)tp4_sat_add(%s, %s, %d)", c_type(e, t), a, b,
					  t->width);
	case TOK_MINUS_SAT:
		return t->is_signed ? fmt(e, "(%s)tp4_sat_ssub(%s, %s, %d)", c_type(e, t), a, b,
					  t->width)
				    : fmt(e, "(%s)tp4_sat_sub(%s, %s)", c_type(e, t), a, b);
	case TOK_PP: {
		const char *wide = t->width > 64 ? "tp4_u128" : "uint64_t";
		const char *low =
			bt->is_signed
				? (bt->width > 64
					   ? fmt(e, "tp4_low128((tp4_u128)%s, %d)", b, bt->width)
					   : fmt(e, "tp4_low((uint64_t)%s, %d)", b, bt->width))
				: b;

		if (bt->width == 0)
			return a;
		if (at->width == 0)
			return b;
		return cut(e, t, fmt(e, "(%s)%s << %d | %s", wide, a, bt->width, low));
	}
	}
	return "0";
}

/* A value of one integer type as one of another. */
const char *convert(struct emitter *e, const char *v, struct type *from, struct type *to)
{
	struct type *f = type_under(real(e, from)), *t = type_under(real(e, to));

	/* What c_type() makes of int */
	if (f->kind == T_INT)
		f = type_bits(e->u, 64, true);
	if (t->kind == T_INT)
		t = type_bits(e->u, 64, true);
	if (f->kind == T_BITS && t->kind == T_BITS && (is_wide(f) || is_wide(t)))
		return f->width == t->width && f->is_signed == t->is_signed
			       ? v
			       : wide_convert(e, v, f, t);
	if (t->kind == T_BITS && f->kind == T_BOOL && is_wide(t))
		return v;
	if (f->kind == T_BITS && t->kind == T_BITS) {
		if (f->width == t->width && f->is_signed == t->is_signed)
			return v;
		if (!f->is_signed && !t->is_signed && f->width <= t->width)
			return fmt(e, "(%s)%s", c_type(e, t), v);
		return cut(e, t, v);
	}
	if (t->kind == T_BOOL && f->kind == T_BITS)
		return fmt(e, "(%s != 0)", v);
	if (t->kind == T_BITS && f->kind == T_BOOL)
		return fmt(e, "(%s)%s", c_type(e, t), v);
	return v;
}

static const char *cast_c(struct emitter *e, struct node *n)
{
	struct type *f = real(e, n->b->type), *t = real(e, n->type);
	const char *v, *r;

	if (f->kind == T_INVALID)
		return temp(e, t, "{ 0 }");
	v = expr(e, n->b);
	if (f->kind == T_TUPLE && !type_equal(f, t) &&
	    (type_is_struct_like(t) || t->kind == T_TUPLE)) {
		r = temp(e, t, "{ 0 }");
		if (t->kind == T_HEADER)
			line(e, "%s.valid_ = true;", r);
		for (int i = 0; i < type_n_fields(t); i++)
			assign_to(e, type_field_at(e->u, t, i),
				  fmt(e, "%s.%s", r, field_c(e, t, i)),
				  convert(e, fmt(e, "%s.%s", v, field_c(e, f, i)),
					  type_field_at(e->u, f, i), type_field_at(e->u, t, i)));
		return r;
	}
	return convert(e, v, f, t);
}

/* Write a list, record or default into the variable `to`. */
void fill(struct emitter *e, struct type *t, const char *to, struct node *n)
{
	const int *order;

	t = real(e, t);
	if (n->kind == N_CAST && n->b->kind != N_CALL && type_equal(real(e, n->b->type), t))
		n = n->b;
	if (n->kind == N_INVALID || n->kind == N_DOTS || n->kind == N_DONTCARE) {
		if (is_scalar(t))
			line(e, "%s = %s;", to, zero(e, t));
		else
			line(e, "memset(&%s, 0, sizeof(%s));", to, to);
		return;
	}
	if (n->kind != N_LIST && n->kind != N_RECORD) {
		assign_to(e, t, to, expr(e, n));
		return;
	}
	if (t->kind == T_HEADER)
		line(e, "%s.valid_ = true;", to);
	order = written_order(e->u, &n->list);
	for (int k = 0; k < n->list.n; k++) {
		int i = order[k];
		struct node *v = n->list.v[i]->kind == N_ARG ? n->list.v[i]->a : n->list.v[i];

		if (t->kind == T_STACK)
			fill(e, t->args[0], fmt(e, "%s.e[%d]", to, i), v);
		else
			fill(e, type_field_at(e->u, t, i), fmt(e, "%s.%s", to, field_c(e, t, i)),
			     v);
	}
}

static const char *unary_c(struct emitter *e, struct node *n)
{
	struct type *t = type_under(real(e, n->type));
	const char *a = expr(e, n->a);

	check_int(e, n);
	if (is_wide(t))
		return n->op == TOK_PLUS ? a : wide_binary(e, n->op, t, NULL, a, NULL);
	switch (n->op) {
	case TOK_NOT: return fmt(e, "(!%s)", a);
	case TOK_BNOT: return cut(e, t, fmt(e, "~%s", a));
	case TOK_MINUS: return cut(e, t, fmt(e, "0 - %s", arith(e, t, a)));
	}
	return a;
}

static const char *cond_c(struct emitter *e, struct node *n)
{
	const char *c = expr(e, n->a), *r, *v;

	if (is_scalar(real(e, n->type)) && !has_call(n->b) && !has_call(n->c))
		return fmt(e, "(%s ? %s : %s)", c, expr(e, n->b), expr(e, n->c));
	r = fresh(e, "t");
	line(e, "%s %s;", c_type(e, n->type), r);
	line(e, "if (%s) {", c);
	e->indent++;
	v = expr(e, n->b);
	assign_to(e, n->type, r, v);
	e->indent--;
	line(e, "} else {");
	e->indent++;
	v = expr(e, n->c);
	assign_to(e, n->type, r, v);
	e->indent--;
	line(e, "}");
	return r;
}

static const char *slice_c(struct emitter *e, struct node *n)
{
	struct type *t = type_under(real(e, n->type)), *at = type_under(real(e, n->a->type));
	int lo = (int)mpz_get_si(n->c->val->i);
	const char *a = expr(e, n->a);

	if (is_wide(at)) {
		const char *r = wide_binary(e, TOK_COUNT, at, NULL, a, fmt(e, "%d", lo));
		struct type u = *at;

		u.is_signed = false;
		return wide_convert(e, r, &u, t);
	}
	if (at->is_signed)
		a = at->width > 64 ? fmt(e, "(tp4_u128)%s", a) : fmt(e, "(uint64_t)(int64_t)%s", a);
	return cut(e, t, lo ? fmt(e, "%s >> %d", a, lo) : a);
}

const char *expr(struct emitter *e, struct node *n)
{
	struct type *t = real(e, n->type);
	struct value *v = t->kind == T_EXTERN ? NULL : known_value(e, n);
	struct instance *object = t->kind == T_EXTERN ? instance_find(e->m, e->inst, n) : NULL;
	const char *r;

	if (object)
		return fmt(e, "%d", object->index);
	if (v && v->kind == VAL_INT && t->kind == T_INT && !mpz_fits_slong_p(v->i))
		report(e->u, int_huge, n->tok);
	if (v && v->kind != VAL_OBJECT && v->kind != VAL_LIST)
		return value_text(e, v, t);
	switch (n->kind) {
	case N_NAME:
		if (v && v->kind == VAL_LIST)
			return value_text(e, v, t);
		return place(e, n);
	case N_DOT: {
		struct type *at = real(e, n->a->type);

		if (at->kind == T_STACK) {
			const char *s = place(e, n->a);

			if (!strcmp(n->name, "lastIndex")) {
				return fmt(e, "(%s.next - 1)", s);
			}
			if (e->reject)
				stack_bounds(e, s, n);
			return place(e, n);
		}
		if (at->kind == T_APPLIED || at->kind == T_ACTIONRUN) {
			r = temp(e, type_bits(e->u, 32, false), expr(e, n->a));
			if (n->name[0] == 'h')
				return fmt(e, "((%s & TP4_HIT) != 0)", r);
			if (n->name[0] == 'm')
				return fmt(e, "((%s & TP4_HIT) == 0)", r);
			return fmt(e, "(%s & ~TP4_HIT)", r);
		}
		if (n->a->kind != N_NAME && n->a->kind != N_DOT && n->a->kind != N_INDEX)
			return fmt(e, "%s.%s", expr_saved(e, n->a), c_name(e, n->name));
		return fmt(e, "%s.%s", expr(e, n->a), c_name(e, n->name));
	}
	case N_INDEX: {
		struct type *at = real(e, n->a->type);

		if (at->kind == T_TUPLE)
			return fmt(e, "%s.f%d", expr(e, n->a), n->index);
		r = expr(e, n->a);
		return element_text(e, r, n->b, at->width);
	}
	case N_SLICE: return slice_c(e, n);
	case N_CALL: return call_c(e, n);
	case N_UNARY: return unary_c(e, n);
	case N_BINARY: return binary_c(e, n);
	case N_COND: return cond_c(e, n);
	case N_CAST: return cast_c(e, n);
	case N_LIST:
	case N_RECORD:
	case N_DOTS:
	case N_INVALID:
	case N_DONTCARE:
		r = temp(e, t, zero(e, t));
		if (n->kind == N_LIST || n->kind == N_RECORD)
			fill(e, t, r, n);
		return r;
	}
	return "0";
}

/* The value as it is now, whatever is written later. */
const char *expr_saved(struct emitter *e, struct node *n)
{
	const char *v = expr(e, n);

	if (n->val ||
	    (n->kind == N_CALL && is_scalar(real(e, n->type)) && v[0] == 't' && v[1] == '_'))
		return v;
	return temp(e, n->type, v);
}
