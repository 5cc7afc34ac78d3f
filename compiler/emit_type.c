/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * emit_type.c - P4 types as C types, and the functions that each type needs:
 * load from packet bytes, store to them, emit, compare.
 */
#include "compiler/emit.h"

struct type *real(struct emitter *e, struct type *t)
{
	t = type_real(t);
	return e->sub ? type_real(type_subst(e->u, t, e->sub)) : t;
}

bool is_wide(struct type *t)
{
	t = type_under(t);
	return t->kind == T_BITS && t->width > 128;
}

bool is_scalar(struct type *t)
{
	t = type_under(t);
	switch (t->kind) {
	case T_BITS: return t->width <= 128;
	case T_BOOL:
	case T_ENUM:
	case T_ERRORS:
	case T_STRING:
	case T_INT:
	case T_EXTERN: /* its place in the model's list */
	case T_MATCHKIND: return true;
	}
	return false;
}

/* Parameters of these types mean one thing only, so that no C parameter is needed. */
bool is_unseen(struct type *t)
{
	t = type_real(t);
	return t->kind == T_PACKAGE || t->kind == T_PARSER || t->kind == T_CONTROL ||
	       (t->kind == T_EXTERN && (!strncmp(t->decl->name, "packet_", 7) ||
					!strcmp(t->decl->name, "tc_skb_metadata")));
}

/* Headers and variables lie on the stack, some of them several times. */
#define TYPE_BITS_MAX (1ULL << 20)

const char *known_name(struct emitter *e, const char *key)
{
	return map_find(&e->known, unit_name(e->u, key), NULL);
}

void learn_name(struct emitter *e, const char *key, const char *name)
{
	*map_place(&e->u->arena, &e->known, unit_name(e->u, key), NULL) = (void *)name;
}

static const char *struct_c(struct emitter *e, struct type *t)
{
	const char *key = t->decl && !t->decl->name ? fmt(e, "record %p", (void *)t->decl)
			  : t->kind == T_BITS ? fmt(e, "up to %d bits", (t->width + 63) / 64 * 64)
					      : type_name(e->u, t);
	/* A type that has a declaration to itself keeps its name there. */
	bool own = t->decl && t->decl->name && !t->n_args;
	const char *name = own ? t->decl->info : known_name(e, key), *tag;
	struct buffer b = { 0 };

	if (name)
		return name;
	if (t->kind == T_STACK && !type_is_header_stack(t))
		tag = fmt(e, "array_%d", ++e->serial);
	else if (t->kind == T_STACK)
		tag = fmt(e, "%s_x%d", c_type(e, t->args[0]) + 7, t->width);
	else if (t->kind == T_VARBIT)
		tag = fmt(e, "varbit_%d", t->width);
	else if (t->kind == T_BITS)
		tag = fmt(e, "wide_%d", (t->width + 63) / 64 * 64);
	else if (t->kind == T_TUPLE || !t->decl->name)
		tag = fmt(e, "tuple_%d", ++e->serial);
	else if (t->n_args)
		tag = fmt(e, "%s_%d", t->decl->name, ++e->serial);
	else
		tag = fmt(e, "%s", t->decl->name);
	name = fmt(e, "struct %s", model_cname(e->m, fmt(e, "t_%s", tag)));
	if (t->kind == T_BITS)
		buffer_printf(&b, "%s { /* %s */\n\tuint64_t w[%d];\n", name, key,
			      (t->width + 63) / 64);
	else
		buffer_printf(&b, "%s { /* %s */\n", name,
			      key[0] == 'r' && key[6] == ' ' ? "" : key);
	if (t->kind == T_VARBIT) {
		buffer_printf(&b, "\tuint32_t bits;\n\tuint8_t data[%d];\n",
			      (t->width + 7) / 8 + 16);
	} else if (t->kind == T_STACK) {
		buffer_printf(&b,
			      "\t%s e[%d]; /* the last one takes stray accesses */\n"
			      "\tuint32_t next;\n",
			      c_type(e, t->args[0]), t->width + 1);
	} else if (t->kind != T_BITS) {
		int n = type_n_fields(t);

		if (t->kind == T_HEADER)
			buffer_str(&b, "\tbool valid_;\n");
		if (!n && t->kind != T_HEADER)
			buffer_str(&b, "\tuint8_t nothing_;\n");
		for (int i = 0; i < n; i++)
			buffer_printf(&b, "\t%s %s;\n", c_type(e, type_field_at(e->u, t, i)),
				      field_c(e, t, i));
	}
	if (t->decl && t->decl->tok && max_bits(e, t) > TYPE_BITS_MAX &&
	    !unit_told(e->u, DIAG_unsupported))
		report(e->u, unsupported, t->decl->tok, "a type of more than 128 KiB");
	buffer_str(&b, "};\n\n");
	buffer_add(&e->types, b.text, b.len);
	buffer_free(&b);
	if (own)
		t->decl->info = (void *)name;
	else
		learn_name(e, key, name);
	return name;
}

const char *c_type(struct emitter *e, struct type *t)
{
	t = type_under(real(e, t));
	switch (t->kind) {
	case T_BOOL: return "bool";
	case T_BITS:
		if (t->width > 128)
			return struct_c(e, t);
		if (t->width > 64)
			return t->is_signed ? "tp4_i128" : "tp4_u128";
		if (t->width > 32)
			return t->is_signed ? "int64_t" : "uint64_t";
		if (t->width > 16)
			return t->is_signed ? "int32_t" : "uint32_t";
		if (t->width > 8)
			return t->is_signed ? "int16_t" : "uint16_t";
		return t->is_signed ? "int8_t" : "uint8_t";
	case T_ENUM:
	case T_ERRORS:
	case T_MATCHKIND: return "uint32_t";
	case T_STRING: return "const char *";
	case T_INT: return "int64_t";
	case T_STRUCT:
	case T_HEADER:
	case T_UNION:
	case T_TUPLE:
	case T_STACK:
	case T_VARBIT: return struct_c(e, t);
	case T_VOID: return "void";
	}
	return "int";
}

/* An initializer that makes it zero, false, empty or invalid. */
const char *zero(struct emitter *e, struct type *t)
{
	t = type_under(real(e, t));
	return is_scalar(t) ? t->kind == T_STRING ? "\"\"" : "0" : "{ 0 }";
}

const char *field_c(struct emitter *e, struct type *t, int i)
{
	t = real(e, t);
	if (t->kind == T_TUPLE)
		return fmt(e, "f%d", i);
	return c_name(e, t->decl->list.v[i]->name);
}

/* The most that a value takes in a packet. */
/* Saturates: structs of structs grow faster than time allows to count. */
uint64_t max_bits(struct emitter *e, struct type *t)
{
	uint64_t sum = 0;

	t = type_under(real(e, t));
	switch (t->kind) {
	case T_BITS:
	case T_VARBIT: return (uint64_t)t->width;
	case T_BOOL: return 1;
	case T_ENUM:
	case T_ERRORS: return 32;
	case T_STACK: return max_bits(e, t->args[0]) * (uint64_t)t->width;
	}
	for (int i = 0; i < type_n_fields(t) && sum <= 16 * TYPE_BITS_MAX; i++) {
		uint64_t w = max_bits(e, type_field_at(e->u, t, i));

		sum = t->kind == T_UNION ? (w > sum ? w : sum) : sum + w;
	}
	return sum;
}

static const char *shifted(struct emitter *e, const char *text, uint64_t right)
{
	return right ? fmt(e, "%s >> %d", text, (int)right) : text;
}

/* Statements that load a value of type t from bit `at` of `from`. */
void load_bits(struct emitter *e, struct type *t, const char *to, const char *from, uint64_t at)
{
	struct type *u = type_under(t = real(e, t));
	const char *c = c_type(e, t);

	if (is_wide(u)) {
		line(e, "tp4_get_wide(%s.w, %s, %llu, %d);", to, from, (unsigned long long)at,
		     u->width);
		if (u->is_signed)
			line(e, "tp4_wide_extend(%s.w, %d);", to, u->width);
		else
			line(e, "tp4_wide_clear(%s.w, %d);", to, u->width);
		return;
	}
	switch (u->kind) {
	case T_BOOL:
		line(e, "%s = tp4_get(%s, %llu, 1);", to, from, (unsigned long long)at);
		return;
	case T_BITS:
		if (u->width == 0)
			line(e, "%s = 0;", to);
		else if (u->is_signed && u->width > 64)
			line(e, "%s = tp4_sext128(tp4_get128(%s, %llu, %d), %d);", to, from,
			     (unsigned long long)at, u->width, u->width);
		else if (u->is_signed)
			line(e, "%s = (%s)tp4_sext(tp4_get(%s, %llu, %d), %d);", to, c, from,
			     (unsigned long long)at, u->width, u->width);
		else if (u->width > 64)
			line(e, "%s = tp4_get128(%s, %llu, %d);", to, from, (unsigned long long)at,
			     u->width);
		else if (!(at & 7) && u->width == 8)
			line(e, "%s = %s[%llu];", to, from, (unsigned long long)at / 8);
		else if (!(at & 7) && (u->width == 16 || u->width == 32 || u->width == 64))
			line(e, "%s = tp4_be%d(%s + %llu);", to, u->width, from,
			     (unsigned long long)at / 8);
		else if (!(at & 7) && u->width == 48)
			line(e, "%s = (uint64_t)tp4_be16(%s + %llu) << 32 | tp4_be32(%s + %llu);",
			     to, from, (unsigned long long)at / 8, from,
			     (unsigned long long)at / 8 + 2);
		else if ((at & 7) + (uint64_t)u->width <= 8)
			line(e, "%s = (%s)(%s & 0x%x);", to, c,
			     shifted(e, fmt(e, "%s[%llu]", from, (unsigned long long)at / 8),
				     8 - (at & 7) - (uint64_t)u->width),
			     (1U << u->width) - 1);
		else if ((at & 7) + (uint64_t)u->width <= 16)
			line(e, "%s = (%s)(%s & 0x%x);", to, c,
			     shifted(e,
				     fmt(e, "tp4_be16(%s + %llu)", from,
					 (unsigned long long)at / 8),
				     16 - (at & 7) - (uint64_t)u->width),
			     (1U << u->width) - 1);
		else
			line(e, "%s = (%s)tp4_get(%s, %llu, %d);", to, c, from,
			     (unsigned long long)at, u->width);
		return;
	case T_VARBIT: return; /* by its own extract */
	}
	if (u->kind == T_STACK) {
		for (int i = 0; i < u->width; i++)
			load_bits(e, u->args[0], fmt(e, "%s.e[%d]", to, i), from,
				  at + (uint64_t)i * max_bits(e, u->args[0]));
		return;
	}
	if (u->kind == T_HEADER)
		line(e, "%s.valid_ = true;", to);
	for (int i = 0; i < type_n_fields(u); i++) {
		struct type *f = type_field_at(e->u, u, i);

		load_bits(e, f, fmt(e, "%s.%s", to, field_c(e, u, i)), from, at);
		at += type_under(f)->kind == T_VARBIT ? 0 : max_bits(e, f);
	}
}

/* What is loaded or stored depends on the width, not on the C type alone. */
static const char *bits_function(struct emitter *e, const char *what, struct type *t, const char *c)
{
	struct type *u = type_under(t);

	if (u->kind == T_BITS)
		return fmt(e, "%s_%s%d", what, u->is_signed ? "int" : "bit", u->width);
	return fmt(e, "%s_%s", what, strncmp(c, "struct ", 7) ? c : c + 7);
}

/* static void load_X(struct X *h, const uint8_t *b); fields behind a varbit are loaded later */
const char *load_function(struct emitter *e, struct type *t)
{
	const char *c = c_type(e, t = real(e, t));
	const char *name = bits_function(e, "load", t, c);
	struct buffer b;
	struct emitter saved;

	if (!once(e, name))
		return name;
	saved = function_begin(e, &b);
	line(e, "static inline void %s(%s *h, const uint8_t *b)\n{", name, c);
	e->indent = 1;
	load_bits(e, t, "(*h)", "b", 0);
	e->indent = 0;
	line(e, "}");
	function_end(e, &saved, &b);
	return name;
}

static void store_bits(struct emitter *e, struct type *t, const char *from, uint64_t *at)
{
	struct type *u = type_under(t = real(e, t));

	if (is_wide(u)) {
		line(e, "tp4_put_wide(b, %llu, %d, %s.w);", (unsigned long long)*at, u->width,
		     from);
		*at += (uint64_t)u->width;
		return;
	}
	switch (u->kind) {
	case T_BOOL:
		line(e, "tp4_put(b, %llu, 1, %s);", (unsigned long long)*at, from);
		*at += 1;
		return;
	case T_BITS:
		if (u->width > 64)
			line(e, "tp4_put128(b, %llu, %d, (tp4_u128)%s);", (unsigned long long)*at,
			     u->width, from);
		else if (u->width)
			line(e, "tp4_put(b, %llu, %d, (uint64_t)%s);", (unsigned long long)*at,
			     u->width, from);
		*at += (uint64_t)u->width;
		return;
	case T_ENUM:
	case T_ERRORS:
		line(e, "tp4_put(b, %llu, 32, %s);", (unsigned long long)*at, from);
		*at += 32;
		return;
	case T_STACK:
		for (int i = 0; i < u->width; i++)
			store_bits(e, u->args[0], fmt(e, "%s.e[%d]", from, i), at);
		return;
	}
	for (int i = 0; i < type_n_fields(u); i++)
		store_bits(e, type_field_at(e->u, u, i), fmt(e, "%s.%s", from, field_c(e, u, i)),
			   at);
}

/* static void store_X(const struct X *h, uint8_t *b); b is zeroed; no varbit in X */
static const char *store_function(struct emitter *e, struct type *t)
{
	const char *c = c_type(e, t = real(e, t));
	const char *name = bits_function(e, "store", t, c);
	struct buffer b;
	struct emitter saved;
	uint64_t at = 0;

	if (!once(e, name))
		return name;
	saved = function_begin(e, &b);
	line(e, "static inline void %s(const %s *h, uint8_t *b)\n{", name, c);
	e->indent = 1;
	store_bits(e, t, "(*h)", &at);
	e->indent = 0;
	line(e, "}");
	function_end(e, &saved, &b);
	return name;
}

/* Append a value to the struct tp4_bits named `bits`. */
void add_bits(struct emitter *e, const char *bits, struct type *t, const char *text)
{
	struct type *u = type_under(t = real(e, t));

	if (is_wide(u)) {
		line(e, "tp4_put_wide(%s.data, %s.pos, %d, %s.w);", bits, bits, u->width, text);
		line(e, "%s.pos += %d;", bits, u->width);
		return;
	}
	switch (u->kind) {
	case T_BOOL: line(e, "tp4_bits_add(&%s, 1, %s);", bits, text); return;
	case T_BITS:
		if (u->width)
			line(e, "tp4_bits_add(&%s, %d, (tp4_u128)%s);", bits, u->width, text);
		return;
	case T_ENUM:
	case T_ERRORS: line(e, "tp4_bits_add(&%s, 32, %s);", bits, text); return;
	case T_VARBIT:
		line(e, "tp4_bits_add_bytes(&%s, %s.data, %s.bits);", bits, text, text);
		return;
	case T_STACK:
		for (int i = 0; i < u->width; i++)
			add_bits(e, bits, u->args[0], fmt(e, "%s.e[%d]", text, i));
		return;
	case T_HEADER:
		line(e, "if (%s.valid_) {", text);
		e->indent++;
		break;
	}
	for (int i = 0; i < type_n_fields(u); i++)
		add_bits(e, bits, type_field_at(e->u, u, i),
			 fmt(e, "%s.%s", text, field_c(e, u, i)));
	if (u->kind == T_HEADER) {
		e->indent--;
		line(e, "}");
	}
}

static void emit_header(struct emitter *e, struct type *t)
{
	uint64_t bits = max_bits(e, t);

	line(e, "if (!h->valid_)");
	line(e, "\treturn;");
	if (type_has_kind(e->u, t, T_VARBIT)) {
		line(e, "uint8_t tmp[%llu] = { 0 };", (unsigned long long)(bits + 7) / 8 + 16);
		line(e, "struct tp4_bits all = { 0, tmp };");
		for (int i = 0; i < type_n_fields(t); i++)
			add_bits(e, "all", type_field_at(e->u, t, i),
				 fmt(e, "h->%s", field_c(e, t, i)));
		line(e, "tp4_append(p, tmp, all.pos);");
		return;
	}
	if (!bits)
		return;
	if (bits % 8 == 0) {
		line(e, "uint8_t *b;");
		raw(e, "\n");
		line(e, "if (likely(!(p->out_pos & 7))) {");
		line(e, "\tb = tp4_room(p, %llu);", (unsigned long long)bits);
		line(e, "\tif (!b)");
		line(e, "\t\treturn;");
		line(e, "\tmemset(b, 0, %llu);", (unsigned long long)bits / 8);
		line(e, "\t%s(h, b);", store_function(e, t));
		line(e, "\tp->out_pos += %llu;", (unsigned long long)bits);
		line(e, "\treturn;");
		line(e, "}");
	}
	line(e, "uint8_t tmp[%llu] = { 0 };", (unsigned long long)(bits + 7) / 8 + 16);
	line(e, "%s(h, tmp);", store_function(e, t));
	line(e, "tp4_append(p, tmp, %llu);", (unsigned long long)bits);
}

/* static void emit_X(struct tp4_packet *p, const struct X *h): packet_out.emit */
const char *emit_function(struct emitter *e, struct type *t)
{
	const char *c = c_type(e, t = real(e, t));
	const char *name = fmt(e, "emit_%s", c + 7);
	struct buffer b;
	struct emitter saved;

	if (!once(e, name))
		return name;
	saved = function_begin(e, &b);
	line(e, "static inline void %s(struct tp4_packet *p, const %s *h)\n{", name, c);
	e->indent = 1;
	if (t->kind == T_HEADER) {
		emit_header(e, t);
	} else if (t->kind == T_STACK) {
		for (int i = 0; i < t->width; i++)
			line(e, "%s(p, &h->e[%d]);", emit_function(e, t->args[0]), i);
	} else {
		for (int i = 0; i < type_n_fields(t); i++) {
			struct type *f = real(e, type_field_at(e->u, t, i));

			if (f->kind == T_HEADER || f->kind == T_STACK || f->kind == T_UNION ||
			    f->kind == T_STRUCT || f->kind == T_TUPLE)
				line(e, "%s(p, &h->%s);", emit_function(e, f), field_c(e, t, i));
		}
	}
	e->indent = 0;
	line(e, "}");
	function_end(e, &saved, &b);
	return name;
}

const char *equal_text(struct emitter *e, struct type *t, const char *a, const char *b)
{
	t = real(e, t);
	if (is_scalar(t))
		return fmt(e, "%s == %s", a, b);
	return fmt(e, "%s(&%s, &%s)", eq_function(e, t), a, b);
}

/* static bool eq_X(const struct X *a, const struct X *b) */
const char *eq_function(struct emitter *e, struct type *t)
{
	const char *c = c_type(e, t = type_under(real(e, t)));
	const char *name = fmt(e, "eq_%s", c + 7);
	struct buffer b;
	struct emitter saved;

	if (!once(e, name))
		return name;
	saved = function_begin(e, &b);
	line(e, "static inline bool %s(const %s *a, const %s *b)\n{", name, c, c);
	e->indent = 1;
	if (t->kind == T_BITS) {
		line(e, "return !memcmp(a->w, b->w, sizeof(a->w));");
	} else if (t->kind == T_VARBIT) {
		line(e,
		     "return a->bits == b->bits && !memcmp(a->data, b->data, (a->bits + 7) / 8);");
	} else if (t->kind == T_STACK) {
		for (int i = 0; i < t->width; i++)
			line(e, "if (!(%s))\n\t\treturn false;",
			     equal_text(e, t->args[0], fmt(e, "a->e[%d]", i),
					fmt(e, "b->e[%d]", i)));
		line(e, "return true;");
	} else {
		if (t->kind == T_HEADER) {
			line(e, "if (a->valid_ != b->valid_)\n\t\treturn false;");
			line(e, "if (!a->valid_)\n\t\treturn true;");
		}
		for (int i = 0; i < type_n_fields(t); i++) {
			const char *f = field_c(e, t, i);

			line(e, "if (!(%s))\n\t\treturn false;",
			     equal_text(e, type_field_at(e->u, t, i), fmt(e, "a->%s", f),
					fmt(e, "b->%s", f)));
		}
		line(e, "return true;");
	}
	e->indent = 0;
	line(e, "}");
	function_end(e, &saved, &b);
	return name;
}
