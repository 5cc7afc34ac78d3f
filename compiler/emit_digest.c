/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_digest.c - digests: their data put together, and what the runtime is told of them. */
#include "compiler/emit_extern.h"
#include "runtime/program.h"

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

const struct extern_method digest_methods[] = {
	{ NULL, "digest", x_digest, "vi|vii" },
	{ "Digest", "pack", x_digest, "vi" },
	{ 0 },
};
