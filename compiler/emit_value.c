/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_value.c - what is known when compiling, as text of C. */
#include "compiler/emit.h"

const char *int_literal(struct emitter *e, const mpz_t v, struct type *t)
{
	struct type *u = type_under(real(e, t));
	struct type plain = { .kind = T_BITS, .width = 64, .is_signed = true };
	mpz_t i, hi;
	char *text;

	if (u->kind == T_BITS && u->width > 128)
		return wide_literal(e, v, u);
	mpz_init_set(i, v);
	value_wrap(i, u->kind == T_BITS ? u : &plain);
	if (u->kind == T_BITS && u->width > 64) {
		mpz_fdiv_r_2exp(i, i, 128);
		mpz_init(hi);
		mpz_fdiv_q_2exp(hi, i, 64);
		mpz_fdiv_r_2exp(i, i, 64);
		text = arena_printf(&e->u->arena, "((%s)((tp4_u128)0x%llxULL << 64 | 0x%llxULL))",
				    c_type(e, u), (unsigned long long)mpz_get_ui(hi),
				    (unsigned long long)mpz_get_ui(i));
		mpz_clear(hi);
	} else if (mpz_sgn(i) < 0) {
		text = arena_printf(&e->u->arena, "(-%lldLL - 1)",
				    (long long)(-(mpz_get_si(i) + 1)));
	} else if (mpz_cmp_ui(i, 9) <= 0 && (u->kind != T_BITS || u->width <= 32)) {
		text = arena_printf(&e->u->arena, "%lu", mpz_get_ui(i));
	} else {
		/* Unsigned where the type is: a comparison goes by the operands' C types. */
		text = arena_printf(&e->u->arena, "0x%lx%s%s", mpz_get_ui(i),
				    u->kind == T_BITS && u->is_signed ? "" : "U",
				    u->kind == T_BITS && u->width <= 32 ? "" : "LL");
	}
	mpz_clear(i);
	return text;
}

/* As a string of C */
const char *c_string(struct emitter *e, const char *s)
{
	struct buffer b = { 0 };
	const char *text;

	buffer_str(&b, "\"");
	for (; *s; s++)
		if (*s == '"' || *s == '\\')
			buffer_printf(&b, "\\%c", *s);
		else if ((unsigned char)*s >= 0x20 && (unsigned char)*s < 0x7f && *s != '?')
			buffer_add(&b, s, 1);
		else
			buffer_printf(&b, "\\%03o", (unsigned char)*s);
	buffer_str(&b, "\"");
	text = arena_copy(&e->u->arena, b.text, b.len);
	buffer_free(&b);
	return text;
}

/* A known value as a C expression; structures get a temporary. */
const char *value_text(struct emitter *e, struct value *v, struct type *t)
{
	struct type *u = type_under(t = real(e, t));
	const char *name;

	switch (v->kind) {
	case VAL_INT: return int_literal(e, v->i, t);
	case VAL_BOOL:
		return v->b ? u->kind == T_BOOL ? "true" : "1" : u->kind == T_BOOL ? "false" : "0";
	case VAL_STRING: return c_string(e, v->s);
	case VAL_ENUM:
		if (v->member->val)
			return int_literal(e, v->member->val->i, t);
		return fmt(e, "%d", v->member->index);
	case VAL_LIST:
		name = temp(e, t, "{ 0 }");
		if (u->kind == T_HEADER)
			line(e, "%s.valid_ = true;", name);
		for (int i = 0; i < v->n && i < type_n_fields(u); i++)
			assign_to(e, type_field_at(e->u, u, i),
				  fmt(e, "%s.%s", name, field_c(e, u, i)),
				  value_text(e, v->v[i], type_field_at(e->u, u, i)));
		for (int i = 0; u->kind == T_STACK && i < v->n; i++)
			assign_to(e, u->args[0], fmt(e, "%s.e[%d]", name, i),
				  value_text(e, v->v[i], u->args[0]));
		return name;
	}
	return temp(e, t, zero(e, t));
}

/* The value as the initializer of a static variable */
const char *static_text(struct emitter *e, struct value *v, struct type *t)
{
	struct type *u = type_under(t = real(e, t));
	const char *text = u->kind == T_HEADER ? ".valid_ = true, " : "";

	if (v->kind == VAL_ENUM && v->member->val)
		v = v->member->val;
	if (v->kind == VAL_INT && is_wide(t))
		return wide_words(e, v->i, t);
	if (is_scalar(t))
		return value_text(e, v, t);
	if (v->kind != VAL_LIST || !v->n)
		return "{ 0 }";
	for (int i = 0; i < v->n && i < type_n_fields(u); i++)
		text = fmt(e, "%s.%s = %s, ", text, field_c(e, u, i),
			   static_text(e, v->v[i], type_field_at(e->u, u, i)));
	for (int i = 0; u->kind == T_STACK && i < v->n; i++)
		text = fmt(e, "%s.e[%d] = %s, ", text, i, static_text(e, v->v[i], u->args[0]));
	return fmt(e, "{ %s}", text);
}
