/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_digest.c - digests and log lines: their data put together, and what the runtime is told. */
#include "compiler/emit_extern.h"
#include "runtime/program.h"

#define LOG_WORDS 200 /* about: a line of the log holds no more */

/* A digest's data under way: C that adds to `bits`, or, without it, only the leaves' widths. */
struct digest_data {
	const char *bits;
	struct buffer widths;
	int n, bytes;
};

/* Every leaf in whole bytes, the number in the last bits of them. */
static void digest_leaf(struct emitter *e, struct type *t, const char *v, struct digest_data *d)
{
	int w = (int)max_bits(e, t);

	d->n++;
	d->bytes += (w + 7) / 8;
	buffer_printf(&d->widths, "%d, ", w);
	if (d->bits && type_under(t)->kind == T_VARBIT)
		line(e, "%s.pos += %d - %s.bits;", d->bits, (w + 7) / 8 * 8, v);
	else if (d->bits)
		line(e, "%s.pos += %d;", d->bits, -w & 7);
	if (d->bits)
		add_bits(e, d->bits, t, v);
}

/* Headers begin with their validity, varbits with their length (control/digest.c). */
static void digest_leaves(struct emitter *e, struct type *t, const char *v, struct digest_data *d)
{
	t = type_under(real(e, t));
	if (is_scalar(t) || is_wide(t))
		digest_leaf(e, t, v, d);
	if (t->kind == T_HEADER)
		digest_leaf(e, type_basic(e->u, T_BOOL), fmt(e, "%s.valid_", v), d);
	if (t->kind == T_VARBIT) {
		digest_leaf(e, type_bits(e->u, 32, false), fmt(e, "%s.bits", v), d);
		digest_leaf(e, t, v, d);
	}
	for (int i = 0; t->kind == T_STACK && i < t->width && d->bytes <= TP4_DIGEST_MAX; i++)
		digest_leaves(e, t->args[0], fmt(e, "%s.e[%d]", v, i), d);
	for (int i = 0; i < type_n_fields(t); i++)
		digest_leaves(e, type_field_at(e->u, t, i), fmt(e, "%s.%s", v, field_c(e, t, i)),
			      d);
}

/* v1model's digest(receiver, data), psa's pack(data) */
static const char *x_digest(struct emitter *e, struct node *n)
{
	struct node *data = arg_at(n, n->params.n - 1);
	struct digest_data d = { .bits = fresh(e, "bits") };
	const char *array = fresh(e, "data"), *v;
	struct type *t = real(e, data->type);
	struct instance *self = n->a->kind == N_DOT ? extern_self(e, n) : NULL;
	struct digest *digest = self ? self->digest : n->info;

	if (!self)
		only_in(e, n, 1 << 2 | 1 << 3, "the ingress and the egress control");
	if (!digest)
		return "0";
	v = temp(e, t, expr(e, data));
	line(e, "uint8_t %s[TP4_DIGEST_MAX] = { 0 };", array);
	line(e, "struct tp4_bits %s = { 0, %s };", d.bits, array);
	digest_leaves(e, t, v, &d);
	if (d.bytes > TP4_DIGEST_MAX)
		report(e->u, unsupported, data->tok,
		       fmt(e, "a digest of more than %d bytes", TP4_DIGEST_MAX));
	line(e, "tp4_digest(c, %d, %s, %d);", digest->index, array, d.bytes);
	buffer_free(&d.widths);
	return "0";
}

void describe_digests(struct emitter *e)
{
	for (int i = 0; i < e->m->digests.n; i++) {
		struct digest_data d = { 0 };

		digest_leaves(e, e->m->digests.v[i]->type, "", &d);
		buffer_printf(&e->data, "static const uint32_t digest_%d[] = { ", i);
		buffer_add(&e->data, d.widths.text, d.widths.len);
		buffer_str(&e->data, "0 };\n");
		e->m->digests.v[i]->n_leaves = d.n;
		buffer_free(&d.widths);
	}
	buffer_str(&e->data, "static const struct tp4_digest_desc digests[] = {\n");
	for (int i = 0; i < e->m->digests.n; i++)
		buffer_printf(&e->data, "\t{ %s, 0x%08xU, %d, digest_%d },\n",
			      c_string(e, e->m->digests.v[i]->name), e->m->digests.v[i]->id,
			      e->m->digests.v[i]->n_leaves, i);
	buffer_str(&e->data, "\t{ 0 },\n};\n");
}

/* What stands for the {} of a log line, and its words, as tp4_log() has them */
struct log_data {
	struct buffer text, words;
	int n; /* words */
};

static void log_word(struct log_data *d, char kind, const char *v)
{
	buffer_printf(&d->text, "%%%c", kind);
	buffer_printf(&d->words, "(uint64_t)%s, ", v);
	d->n++;
}

/* Structures with their fields' names, up to what a line can hold */
static void log_value(struct emitter *e, struct type *t, const char *v, struct log_data *d)
{
	t = type_under(real(e, t));
	if (is_wide(t)) {
		buffer_str(&d->text, "0x");
		for (int i = (t->width + 63) / 64; i--;)
			log_word(d, 'x', fmt(e, "%s.w[%d]", v, i));
	} else if (t->kind == T_BITS && t->width > 64) {
		buffer_str(&d->text, "0x");
		log_word(d, 'x', fmt(e, "((tp4_u128)%s >> 64)", v));
		log_word(d, 'x', v);
	} else if (t->kind == T_STRING) {
		log_word(d, 's', fmt(e, "(uintptr_t)%s", v));
	} else if (is_scalar(t)) {
		log_word(d, t->kind == T_INT || t->is_signed ? 'd' : 'u', v);
	} else if (t->kind == T_VARBIT) {
		log_word(d, 'u', fmt(e, "%s.bits", v));
		buffer_str(&d->text, " bits");
	} else {
		const char *comma = "";

		buffer_str(&d->text, t->kind == T_STACK ? "[" : "(");
		if (t->kind == T_HEADER) {
			buffer_str(&d->text, "valid = ");
			log_word(d, 'u', fmt(e, "%s.valid_", v));
			comma = ", ";
		}
		for (int i = 0; t->kind == T_STACK && i < t->width && d->n < LOG_WORDS; i++) {
			buffer_str(&d->text, i ? ", " : "");
			log_value(e, t->args[0], fmt(e, "%s.e[%d]", v, i), d);
		}
		for (int i = 0; i < type_n_fields(t) && d->n < LOG_WORDS; i++) {
			buffer_str(&d->text, comma);
			if (t->kind != T_TUPLE)
				buffer_printf(&d->text, "%s = ", t->decl->list.v[i]->name);
			log_value(e, type_field_at(e->u, t, i),
				  fmt(e, "%s.%s", v, field_c(e, t, i)), d);
			comma = ", ";
		}
		buffer_str(&d->text, t->kind == T_STACK ? "]" : ")");
	}
}

/* log_msg(format, data): a structure's or tuple's fields are for one {} each, all else for one. */
static const char *x_log(struct emitter *e, struct node *n)
{
	struct node *data = arg_at(n, 1);
	struct type *t = data ? type_under(real(e, data->type)) : NULL;
	bool many = t && (t->kind == T_TUPLE || t->kind == T_STRUCT);
	const char *format = expr(e, arg_at(n, 0)), *v = t ? temp(e, t, expr(e, data)) : NULL;
	struct buffer texts = { 0 };
	struct log_data d = { 0 };
	int count = !t ? 0 : many ? type_n_fields(t) : 1;

	count = count < LOG_WORDS ? count : LOG_WORDS;
	for (int i = 0; i < count; i++) {
		if (many)
			log_value(e, type_field_at(e->u, t, i),
				  fmt(e, "%s.%s", v, field_c(e, t, i)), &d);
		else
			log_value(e, t, v, &d);
		buffer_add(&d.text, "", 1);
		buffer_printf(&texts, "%s, ", c_string(e, d.text.text));
		d.text.len = d.n = 0;
	}
	buffer_add(&texts, "", 1);
	buffer_add(&d.words, "", 1);
	line(e, "tp4_log(c, %s, (const char *const[]){ %s0 }, %d, (const uint64_t[]){ %s0 });",
	     format, texts.text, count, d.words.text);
	buffer_free(&texts);
	buffer_free(&d.text);
	buffer_free(&d.words);
	return "0";
}

const struct extern_method digest_methods[] = {
	{ NULL, "log_msg", x_log, "vi|vii" },
	{ NULL, "digest", x_digest, "vi|vii" },
	{ "Digest", "pack", x_digest, "vi" },
	{ 0 },
};
