/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_packet.c - what takes from the packet (packet_in, verify) and gives to it (packet_out). */
#include "compiler/emit_extern.h"
#include "runtime/program.h"

/* packet_in */

static void short_packet(struct emitter *e, const char *bits)
{
	line(e, "if (unlikely(!tp4_has(&c->p, %s))) {", bits);
	line(e, "\tc->p.error = 1; /* PacketTooShort */");
	line(e, "\tgoto %s;", e->reject);
	line(e, "}");
}

static void whole_bytes(struct emitter *e, const char *bits)
{
	line(e, "if (%s %% 8) {", bits);
	line(e, "\tc->p.error = 6; /* ParserInvalidArgument */");
	line(e, "\tgoto %s;", e->reject);
	line(e, "}");
}

/* What is next in the packet as something without varbits */
static void load_fixed(struct emitter *e, struct type *t, const char *to)
{
	uint64_t bits = max_bits(e, t);
	const char *tmp = fresh(e, "tmp");

	short_packet(e, fmt(e, "%llu", (unsigned long long)bits));
	line(e, "uint8_t %s[%llu];", tmp, (unsigned long long)(bits + 7) / 8 + 32);
	line(e, "%s(&%s, tp4_here(&c->p, %llu, %s));", load_function(e, t), to,
	     (unsigned long long)bits, tmp);
}

/* The header's bits, as C text */
static const char *load_varbit_header(struct emitter *e, struct type *t, const char *h,
				      const char *var)
{
	const char *at = fresh(e, "at");
	uint64_t fixed = max_bits(e, t);
	const char *bits;
	int max = 0;

	for (int i = 0; i < type_n_fields(t); i++) {
		struct type *f = type_under(type_field_at(e->u, t, i));

		if (f->kind == T_VARBIT)
			max = f->width;
	}
	fixed -= (uint64_t)max;
	whole_bytes(e, var);
	bits = fmt(e, "%llu + (uint64_t)%s", (unsigned long long)fixed, var);
	/* Of the packet there may be here no more than what fits. */
	line(e, "if (%s > %d) {", var, max);
	line(e, "\tbool whole = c->p.pos + %s <= (uint64_t)c->p.total_len * 8;", bits);
	line(e, "\tc->p.error = whole ? 4 : 1; /* HeaderTooShort, PacketTooShort */");
	line(e, "\tgoto %s;", e->reject);
	line(e, "}");
	short_packet(e, bits);
	line(e, "uint64_t %s = c->p.pos;", at);
	line(e, "%s.valid_ = true;", h);
	for (int i = 0; i < type_n_fields(t); i++) {
		struct type *f = type_field_at(e->u, t, i), *u = type_under(f);
		const char *to = fmt(e, "%s.%s", h, field_c(e, t, i));

		if (u->kind == T_VARBIT) {
			line(e, "memset(&%s, 0, sizeof(%s));", to, to);
			line(e, "%s.bits = (uint32_t)%s;", to, var);
			line(e, "for (uint32_t i = 0; i < %s.bits; i += 8)", to);
			line(e,
			     "\t%s.data[i / 8] = (uint8_t)(tp4_get(c->p.buf, %s + i, 8) & "
			     "(%s.bits - i >= 8 ? 0xff : 0xff << (8 - (%s.bits - i))));",
			     to, at, to, to);
			line(e, "%s += %s.bits;", at, to);
		} else {
			uint64_t w = max_bits(e, f);
			const char *b = fresh(e, "b");

			line(e, "uint8_t %s[%llu] = { 0 };", b,
			     (unsigned long long)(w + 7) / 8 + 32);
			line(e, "for (uint32_t i = 0; i < %llu; i += 8)", (unsigned long long)w);
			line(e, "\t%s[i / 8] = (uint8_t)tp4_get(c->p.buf, %s + i, 8);", b, at);
			load_bits(e, f, to, b, 0);
			line(e, "%s += %llu;", at, (unsigned long long)w);
		}
	}
	line(e, "c->p.pos = %s;", at);
	return bits;
}

struct node *next_of(struct node *n)
{
	for (; n && (n->kind == N_DOT || n->kind == N_INDEX); n = n->a)
		if (n->kind == N_DOT && !strcmp(n->name, "next") &&
		    type_real(n->a->type)->kind == T_STACK)
			return n->a;
	return NULL;
}

static void field_widths(struct emitter *e, struct buffer *b, struct type *t, const char *path)
{
	for (int i = 0; i < type_n_fields(t); i++) {
		struct type *f = type_under(real(e, type_field_at(e->u, t, i)));
		const char *name = fmt(e, "%s%s", path, t->decl->list.v[i]->name);

		if (f->kind == T_STRUCT)
			field_widths(e, b, f, fmt(e, "%s.", name));
		else
			buffer_printf(b, "%s%s:%llu", b->len ? " " : "", name,
				      f->kind == T_VARBIT ? 0 : (unsigned long long)max_bits(e, f));
	}
}

/* For people who look at a packet: what was found */
static void trace(struct emitter *e, struct node *hdr, const char *bits, struct node *stack)
{
	struct type *t = real(e, hdr->type);
	struct buffer b = { 0 };

	buffer_str(&b, "");
	field_widths(e, &b, t, "");
	line(e, "tp4_extracted(c, %s, %s, %s, %s);", bits,
	     stack ? fmt(e, "%s.next", place(e, stack)) : "0",
	     c_string(e, hdr->kind == N_DONTCARE ? type_name(e->u, t)
						 : expression_text(e->u, hdr, false)),
	     c_string(e, b.text));
	buffer_free(&b);
}

static const char *x_extract(struct emitter *e, struct node *n)
{
	struct node *hdr = arg_at(n, 0), *size = arg_at(n, 1);
	struct type *t = real(e, hdr->type);
	const char *h, *bits = fmt(e, "%llu", (unsigned long long)max_bits(e, t));
	struct node *stack = next_of(hdr);
	bool discard = hdr->kind == N_DONTCARE, member = in_union(e, hdr);

	if (t->kind != T_HEADER) {
		report(e->u, extract_type, hdr->tok, type_name(e->u, t));
		return "0";
	}
	if (member) /* it is needed twice */
		hdr = freeze(e, hdr);
	if (size) {
		const char *var = temp(e, type_bits(e->u, 32, false), arg_number(e, n, 1));

		h = discard ? temp(e, t, "{ 0 }") : expr(e, hdr);
		if (!type_has_kind(e->u, t, T_VARBIT)) {
			report(e->u, extract_varbit, n->tok, type_name(e->u, t));
			return "0";
		}
		bits = load_varbit_header(e, t, h, var);
	} else if (discard) {
		short_packet(e, bits);
		line(e, "c->p.pos += %s;", bits);
	} else {
		if (type_has_kind(e->u, t, T_VARBIT)) {
			report(e->u, extract_fixed, n->tok, type_name(e->u, t));
			return "0";
		}
		h = expr(e, hdr); /* checks a stack's bounds */
		load_fixed(e, t, h);
		line(e, "c->p.pos += %s;", bits);
	}
	if (e->u->trace)
		trace(e, arg_at(n, 0), bits, stack);
	if (member)
		make_valid(e, hdr, true);
	if (stack)
		line(e, "%s.next++;", place(e, stack));
	return "0";
}

static const char *x_lookahead(struct emitter *e, struct node *n)
{
	struct type *t = real(e, n->type);
	const char *r = temp(e, t, zero(e, t));

	load_fixed(e, t, r);
	return r;
}

static const char *x_advance(struct emitter *e, struct node *n)
{
	const char *v = temp(e, type_bits(e->u, 32, false), arg_number(e, n, 0));

	if (e->arch == TP4_ARCH_V1MODEL)
		whole_bytes(e, v);
	short_packet(e, v);
	line(e, "c->p.pos += %s;", v);
	return "0";
}

static const char *x_length(struct emitter *e, struct node *n)
{
	return convert(e, "c->p.total_len", type_bits(e->u, 32, false), n->type);
}

static const char *x_verify(struct emitter *e, struct node *n)
{
	const char *ok = expr(e, arg_at(n, 0)), *err;

	line(e, "if (!%s) {", ok);
	e->indent++;
	err = expr(e, arg_at(n, 1));
	line(e, "c->p.error = %s;", err);
	line(e, "goto %s;", e->reject);
	e->indent--;
	line(e, "}");
	return "0";
}

/* packet_out */
static const char *x_emit(struct emitter *e, struct node *n)
{
	struct node *a = arg_at(n, 0);
	struct type *t = real(e, a->type);
	const char *v;

	if (is_scalar(t) || is_wide(t)) {
		report(e->u, extract_type, a->tok, type_name(e->u, t));
		return "0";
	}
	if (a->kind == N_LIST && t->kind != T_HEADER) {
		for (int i = 0; i < a->list.n; i++) {
			t = real(e, a->list.v[i]->type);
			if (!is_scalar(t))
				line(e, "%s(&c->p, &%s);", emit_function(e, t),
				     expr(e, a->list.v[i]));
		}
		return "0";
	}
	v = expr(e, a);
	line(e, "%s(&c->p, &%s);", emit_function(e, t), v);
	return "0";
}

const struct extern_method packet_methods[] = {
	{ "packet_in", "extract", x_extract, "vo|voi" },
	{ "packet_in", "lookahead", x_lookahead, "r" },
	{ "packet_in", "advance", x_advance, "vi" },
	{ "packet_in", "length", x_length, "r" },
	{ "packet_out", "emit", x_emit, "vi" },
	{ NULL, "verify", x_verify, "vii" },
	{ 0 },
};
