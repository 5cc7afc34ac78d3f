/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_hash.c - hashes and checksums, and the bits that they are of. */
#include "compiler/emit_extern.h"
#include "runtime/program.h"

const char *field_valid(struct emitter *e, struct node **n)
{
	struct node *f = *n;

	if (f->kind != N_DOT || !f->a->type || real(e, f->a->type)->kind != T_HEADER)
		return NULL;
	if (has_call(f->a)) {
		*n = arena_grow(&e->u->arena, f, sizeof(*f), sizeof(*f));
		(*n)->a = node_saved(e, f->a);
	}
	return fmt(e, "%s.valid_", place(e, (*n)->a));
}

/* The list or record that the node is, with its parts for all fields; NULL: none */
static struct node *in_parts(struct emitter *e, struct node *n)
{
	if (n->kind == N_CAST && n->b->type && type_equal(real(e, n->b->type), real(e, n->type)))
		n = n->b;
	/* What a record calls, it calls as it is written. */
	if (n->kind == N_LIST || (n->kind == N_RECORD && !has_call(n)))
		return n->list.n == type_n_fields(real(e, n->type)) ? n : NULL;
	return NULL;
}

static void add_data(struct emitter *e, const char *bits, struct node *n)
{
	struct node *parts = in_parts(e, n);
	struct type *t = real(e, n->type);
	const char *v;

	for (int i = 0; parts && i < parts->list.n; i++) {
		struct node *x = parts->list.v[i];

		add_data(e, bits, x->kind == N_ARG ? x->a : x);
	}
	if (parts)
		return;
	if (type_under(t)->kind == T_INT) {
		report(e->u, needs_width, n->tok);
		return;
	}
	v = field_valid(e, &n);
	if (v) {
		line(e, "if (%s) {", v);
		e->indent++;
	}
	add_bits(e, bits, t, is_scalar(t) ? fmt(e, "(%s)", expr(e, n)) : expr(e, n));
	if (v) {
		e->indent--;
		line(e, "}");
	}
}

const char *bits_of(struct emitter *e, struct node *data, const char **bits)
{
	struct type *t = real(e, data->type);
	uint64_t room = max_bits(e, t);
	const char *array = fresh(e, "data"), *b = fresh(e, "bits");

	line(e, "uint8_t %s[%llu] = { 0 };", array, (unsigned long long)(room + 7) / 8 + 32);
	line(e, "struct tp4_bits %s = { 0, %s };", b, array);
	if (in_parts(e, data))
		add_data(e, b, data);
	else
		add_bits(e, b, t, expr_saved(e, data));
	*bits = fmt(e, "%s.pos", b);
	return array;
}

/* hashes and checksums */

static const char *algorithm(struct emitter *e, struct node *a)
{
	return a ? expr(e, a) : "TP4_HASH_CSUM16";
}

/* base + h % max, in the result's type */
static const char *x_hash(struct emitter *e, struct node *n)
{
	struct node *to = freeze(e, arg_at(n, 0)), *base = arg_at(n, 2), *data = arg_at(n, 3),
		    *max = arg_at(n, 4);
	const char *bits, *d, *b, *m, *algo = expr(e, arg_at(n, 1));
	struct type *wide = type_bits(e->u, 128, false);

	if (n->params.n == 3) { /* ubpf's: hash(result, algorithm, data) */
		d = bits_of(e, base, &bits);
		assign(e, to, fmt(e, "(uint32_t)tp4_hash(TP4_HASH_LOOKUP3, %s, %s)", d, bits));
		return "0";
	}
	b = temp(e, wide, convert(e, expr(e, base), base->type, wide));
	d = bits_of(e, data, &bits);
	m = temp(e, wide, convert(e, expr(e, max), max->type, wide));
	assign(e, to,
	       convert(e,
		       temp(e, wide,
			    fmt(e, "%s ? %s + tp4_hash(%s, %s, %s) %% %s : %s", m, b, algo, d, bits,
				m, b)),
		       wide, to->type));
	return "0";
}

static const char *x_checksum16(struct emitter *e, struct node *n)
{
	const char *bits, *d = bits_of(e, arg_at(n, 0), &bits);

	return temp(e, type_bits(e->u, 16, false),
		    fmt(e, "(uint16_t)tp4_hash(TP4_HASH_CSUM16, %s, %s)", d, bits));
}

static const char *checksum_value(struct emitter *e, struct node *n, struct type *t, bool payload)
{
	const char *bits, *d, *algo = algorithm(e, arg_at(n, 3));
	struct type *w = type_bits(e->u, 64, false);

	d = bits_of(e, arg_at(n, 1), &bits);
	if (payload) {
		e->parse_bits = TP4_PARSE_MAX * 8; /* A port copies no more than it is told to. */
		return convert(e,
			       temp(e, w, fmt(e, "tp4_hash_payload(c, %s, %s, %s)", algo, d, bits)),
			       w, t);
	}
	return convert(e, temp(e, w, fmt(e, "tp4_hash(%s, %s, %s)", algo, d, bits)), w, t);
}

/* update_checksum, verify_checksum, and those "with_payload" */
static const char *x_update_or_verify(struct emitter *e, struct node *n)
{
	bool update = n->decl->name[0] == 'u';
	struct node *sum = arg_at(n, 2);
	const char *v, *valid = update ? NULL : field_valid(e, &sum);

	only_in(e, n, update ? 1 << 4 : 1 << 1,
		update ? "the control that computes checksums"
		       : "the control that verifies checksums");
	line(e, "if (%s%s%s) {", expr(e, arg_at(n, 0)), valid ? " && " : "", valid ? valid : "");
	e->indent++;
	v = checksum_value(e, n, sum->type, strstr(n->decl->name, "payload"));
	if (update) {
		assign(e, sum, v);
	} else {
		line(e, "if (!(%s))", equal_text(e, sum->type, v, expr(e, sum)));
		line(e, "\tc->checksum_error = 1;");
	}
	e->indent--;
	line(e, "}");
	return "0";
}

/* RFC 1624: HC' = ~(~HC + ~m + m') */
static const char *x_csum_replace(struct emitter *e, struct node *n)
{
	struct type *w = type_bits(e->u, 32, false);
	const char *sum = temp(e, w, arg_number(e, n, 0)), *old = temp(e, w, arg_number(e, n, 1));
	const char *new = temp(e, w, arg_number(e, n, 2));

	return convert(e,
		       temp(e, w, fmt(e, "tp4_csum_replace((uint16_t)%s, %s, %s)", sum, old, new)),
		       w, n->type);
}

/* The header without its checksum, which is no odd number of words */
static const char *x_ipv4_checksum(struct emitter *e, struct node *n)
{
	const char *array = fresh(e, "data"), *b = fresh(e, "bits");

	line(e, "uint8_t %s[20 + 32] = { 0 };", array);
	line(e, "struct tp4_bits %s = { 0, %s };", b, array);
	for (int i = 0; i < n->params.n; i++)
		add_bits(e, b, arg_at(n, i)->type, fmt(e, "(%s)", expr(e, arg_at(n, i))));
	return convert(e, fmt(e, "(uint16_t)tp4_hash(TP4_HASH_CSUM16, %s, %s.pos)", array, b),
		       type_bits(e->u, 16, false), n->type);
}

/* PSA_HashAlgorithm_t and PNA_HashAlgorithm_t, in their order */
const char *psa_algorithm(struct instance *i, const char *name)
{
	static const char *const names[] = {
		"TP4_HASH_IDENTITY",       "TP4_HASH_CRC32",        "TP4_HASH_CRC32_CUSTOM",
		"TP4_HASH_CRC16",          "TP4_HASH_CRC16_CUSTOM", "TP4_HASH_ONES_COMPLEMENT16",
		"TP4_HASH_TARGET_DEFAULT",
	};
	struct value *v = instance_arg(i, name);

	return v && v->kind == VAL_ENUM && v->member->index < 7 ? names[v->member->index]
								: "TP4_HASH_TARGET_DEFAULT";
}

/* O get_hash(data), O get_hash(base, data, max) */
static const char *x_get_hash(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	struct type *w = type_bits(e->u, 128, false);
	bool range = n->params.n == 3;
	const char *bits, *d, *h, *base, *max;

	if (!i)
		return "0";
	base = range ? temp(e, w, convert(e, expr(e, arg_at(n, 0)), arg_at(n, 0)->type, w)) : NULL;
	d = bits_of(e, arg_at(n, range), &bits);
	line(e, "tp4_pad_front(%s, %s);", d, bits);
	h = temp(e, w, fmt(e, "tp4_hash(%s, %s, %s)", psa_algorithm(i, "algo"), d, bits));
	if (range) {
		max = temp(e, w, convert(e, expr(e, arg_at(n, 2)), arg_at(n, 2)->type, w));
		h = temp(e, w, fmt(e, "%s + (%s ? %s %% %s : 0)", base, max, h, max));
	}
	return temp(e, n->type, convert(e, h, w, n->type));
}

bool is_checksum(const struct instance *i)
{
	return !strcmp(i->decl->name, "Checksum") || !strcmp(i->decl->name, "InternetChecksum");
}

static const char *checksum_text(struct emitter *e, struct instance *i)
{
	return fmt(e, "%s_object", i->cname);
}

/* Static, for blocks hand them on; no block runs within itself. */
void checksum_declare(struct emitter *e, struct instance *i)
{
	const char *k = checksum_text(e, i);

	buffer_printf(&e->types, "static struct tp4_checksum %s = { .bits = { 0, %s.data } };\n\n",
		      k, k);
}

void checksums_clear(struct emitter *e, struct instance *block)
{
	for (int k = 0; k < block->children.n; k++) {
		struct instance *i = block->children.v[k];

		if (i && i->type->kind == T_EXTERN && is_checksum(i))
			line(e, "tp4_checksum_clear(&%s);", checksum_text(e, i));
	}
}

static const char *x_checksum_object(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	const char *m = n->a->name, *k, *bits, *d;
	struct type *w = type_bits(e->u, 64, false);

	if (!i)
		return "0";
	k = checksum_text(e, i);
	if (!strcmp(m, "clear")) {
		line(e, "tp4_checksum_clear(&%s);", k);
	} else if (!strcmp(m, "update")) {
		d = bits_of(e, arg_at(n, 0), &bits);
		line(e, "tp4_checksum_update(&%s, %s, %s);", k, d, bits);
	} else if (!strcmp(m, "add") || !strcmp(m, "subtract")) {
		d = bits_of(e, arg_at(n, 0), &bits);
		line(e, "tp4_checksum_sum(&%s, %s, %s, %s);", k, d, bits,
		     m[0] == 's' ? "true" : "false");
	} else if (!strcmp(m, "get_state")) {
		return temp(e, n->type, fmt(e, "%s.sum", k));
	} else if (!strcmp(m, "set_state")) {
		line(e, "%s.sum = %s;", k, expr(e, arg_at(n, 0)));
	} else if (i->decl->name[0] == 'I') {
		return temp(e, n->type, fmt(e, "(uint16_t)~%s.sum", k));
	} else {
		return temp(e, n->type,
			    convert(e,
				    temp(e, w,
					 fmt(e, "tp4_hash(%s, %s.data, %s.bits.pos)",
					     psa_algorithm(i, "hash"), k, k)),
				    w, n->type));
	}
	return "0";
}

const struct extern_method hash_methods[] = {
	{ "Checksum16", "get", x_checksum16, "ri" },
	{ NULL, "hash", x_hash, "voiiii|voii" },
	{ NULL, "checksum16", x_checksum16, "ri" },
	{ NULL, "update_checksum", x_update_or_verify, "viio|viioi" },
	{ NULL, "verify_checksum", x_update_or_verify, "viii|viiii" },
	{ NULL, "update_checksum_with_payload", x_update_or_verify, "viio|viioi" },
	{ NULL, "verify_checksum_with_payload", x_update_or_verify, "viii|viiii" },
	{ NULL, "csum_replace2", x_csum_replace, "riii" },
	{ NULL, "csum_replace4", x_csum_replace, "riii" },
	{ NULL, "ebpf_ipv4_checksum", x_ipv4_checksum, "riiiiiiiiiii" },
	{ "Hash", "get_hash", x_get_hash, "ri|riii" },
	{ "Checksum", "clear", x_checksum_object, "v" },
	{ "Checksum", "update", x_checksum_object, "vi" },
	{ "Checksum", "get", x_checksum_object, "r" },
	{ "InternetChecksum", "clear", x_checksum_object, "v" },
	{ "InternetChecksum", "add", x_checksum_object, "vi" },
	{ "InternetChecksum", "subtract", x_checksum_object, "vi" },
	{ "InternetChecksum", "get", x_checksum_object, "r" },
	{ "InternetChecksum", "get_state", x_checksum_object, "r" },
	{ "InternetChecksum", "set_state", x_checksum_object, "vi" },
	{ 0 },
};
