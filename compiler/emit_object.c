/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_object.c - the objects of psa and pna: hashes, checksums, meters, digests; pna's functions. */
#include "compiler/emit_object.h"
#include "runtime/program.h"

#include <strings.h>

static struct node *arg(struct node *n, int i)
{
	return i < n->params.n ? n->params.v[i] : NULL;
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
const char *x_get_hash(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	struct type *w = type_bits(e->u, 128, false);
	bool range = n->params.n == 3;
	const char *bits, *d, *h, *base, *max;

	if (!i)
		return "0";
	base = range ? temp(e, w, convert(e, expr(e, arg(n, 0)), arg(n, 0)->type, w)) : NULL;
	d = bits_of(e, arg(n, range), &bits);
	line(e, "tp4_pad_front(%s, %s);", d, bits);
	h = temp(e, w, fmt(e, "tp4_hash(%s, %s, %s)", psa_algorithm(i, "algo"), d, bits));
	if (range) {
		max = temp(e, w, convert(e, expr(e, arg(n, 2)), arg(n, 2)->type, w));
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
		struct instance *i = block->children.v[k].instance;

		if (i && i->type->kind == T_EXTERN && is_checksum(i))
			line(e, "tp4_checksum_clear(&%s);", checksum_text(e, i));
	}
}

const char *x_checksum_object(struct emitter *e, struct node *n)
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
		d = bits_of(e, arg(n, 0), &bits);
		line(e, "tp4_checksum_update(&%s, %s, %s);", k, d, bits);
	} else if (!strcmp(m, "add") || !strcmp(m, "subtract")) {
		d = bits_of(e, arg(n, 0), &bits);
		line(e, "tp4_checksum_sum(&%s, %s, %s, %s);", k, d, bits,
		     m[0] == 's' ? "true" : "false");
	} else if (!strcmp(m, "get_state")) {
		return temp(e, n->type, fmt(e, "%s.sum", k));
	} else if (!strcmp(m, "set_state")) {
		line(e, "%s.sum = %s;", k, expr(e, arg(n, 0)));
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

/* A number from lo to hi; lo, if there is none. */
const char *random_text(struct emitter *e, struct type *t, const char *lo, const char *hi)
{
	struct type *w = type_bits(e->u, 128, type_under(real(e, t))->is_signed);

	lo = temp(e, w, convert(e, lo, t, w));
	hi = temp(e, w, convert(e, hi, t, w));
	return convert(
		e,
		temp(e, w,
		     fmt(e, "%s < %s ? (%s)tp4_random_between(c, (tp4_u128)%s, (tp4_u128)%s) : %s",
			 lo, hi, c_type(e, w), lo, hi, lo)),
		w, t);
}

/* T read() */
const char *x_random_object(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	struct value *lo = i ? instance_arg(i, "min") : NULL,
		     *hi = i ? instance_arg(i, "max") : NULL;

	if (!lo || !hi || lo->kind != VAL_INT || hi->kind != VAL_INT)
		return temp(e, n->type, zero(e, n->type));
	return random_text(e, n->type, int_literal(e, lo->i, n->type),
			   int_literal(e, hi->i, n->type));
}

const char *meter_unit(struct instance *x)
{
	struct value *v = instance_arg(x, "type");

	if (!v || v->kind != VAL_ENUM)
		return "TP4_BOTH";
	if (!strcasecmp(v->member->name, "packets"))
		return "TP4_PACKETS";
	if (!strcasecmp(v->member->name, "bytes"))
		return "TP4_BYTES";
	return "TP4_BOTH";
}

/*
 * execute(index), execute(index, colour) and a direct meter's without index; dpdk's say how long
 * the packet is, too. RED, GREEN, YELLOW
 */
const char *x_execute(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	bool direct = !strcmp(n->decl->parent->name, "DirectMeter");
	struct node *colour = arg(n, !direct);
	struct node *len = n->params.n > !direct ? arg(n, n->params.n - 1) : NULL;
	const char *c, *index, *r, *whole = NULL;

	if (!i)
		return "0";
	index = direct ? NULL : cell_number(e, arg(n, 0));
	if (colour && type_under(real(e, colour->type))->kind == T_ENUM)
		c = fmt(e, "(%s + 2) %% 3", expr(e, colour));
	else
		c = "TP4_GREEN";
	if (len && type_under(real(e, len->type))->kind == T_BITS) {
		whole = temp(e, len->type, "c->p.total_len");
		line(e, "c->p.total_len = %s;", expr(e, len));
	}
	r = direct ? fmt(e, "tp4_direct_meter_run(c->entry, %s == TP4_PACKETS, %s, c)",
			 meter_unit(i), c)
		   : fmt(e, "tp4_meter_run(c->meters[%d], %s, %s, c)", i->state, index, c);
	r = temp(e, n->type, fmt(e, "(%s + 1) %% 3", r));
	if (whole)
		line(e, "c->p.total_len = %s;", whole);
	return r;
}

/* In psa a direct counter counts when it is told to. */
const char *x_direct_count(struct emitter *e, struct node *n)
{
	const char *len = arg(n, 0) ? expr_saved(e, arg(n, 0)) : "c->p.total_len";

	line(e, "if (c->entry) {");
	line(e, "\tc->entry->packets++;");
	line(e, "\tc->entry->bytes += %s;", len);
	line(e, "}");
	return "0";
}

/* A digest's data under way: C statements that add to `bits`, or, without it, only the leaves' widths. */
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
		digest_leaves(e, type_field_at(e->u, t, i), fmt(e, "%s.%s", v, field_c(e, t, i)), d);
}

/* v1model's digest(receiver, data), psa's pack(data) */
const char *x_digest(struct emitter *e, struct node *n)
{
	struct node *data = arg(n, n->params.n - 1);
	struct digest_data d = { .bits = fresh(e, "bits") };
	const char *array = fresh(e, "data"), *v;
	struct type *t = real(e, data->type);
	const void *site = n->a->kind == N_DOT ? (const void *)extern_self(e, n) : n;

	for (int i = 0; i < e->m->digests.n; i++) {
		if (e->m->digests.v[i]->site != site)
			continue;
		v = temp(e, t, expr(e, data));
		line(e, "uint8_t %s[TP4_DIGEST_MAX] = { 0 };", array);
		line(e, "struct tp4_bits %s = { 0, %s };", d.bits, array);
		digest_leaves(e, t, v, &d);
		if (d.bytes > TP4_DIGEST_MAX)
			report(e->u, unsupported, data->tok, fmt(e, "a digest of more than %d bytes", TP4_DIGEST_MAX));
		line(e, "tp4_digest(c, %d, %s, %d);", i, array, d.bytes);
		break;
	}
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
		buffer_printf(&e->data, "\t{ \"%s\", 0x%08xU, %d, digest_%d },\n",
			      e->m->digests.v[i]->name, e->m->digests.v[i]->id,
			      e->m->digests.v[i]->n_leaves, i);
	buffer_str(&e->data, "\t{ 0 },\n};\n");
}

/* psa's questions about what will be done */
const char *x_psa_asks(struct emitter *e, struct node *n)
{
	const char *m = n->decl->name, *v = temp(e, arg(n, 0)->type, expr(e, arg(n, 0)));

	if (strstr(m, "clone"))
		return fmt(e, "%s.clone", v);
	if (!strcmp(m, "psa_resubmit"))
		return fmt(e, "(!%s.drop && %s.resubmit)", v, v);
	if (!strcmp(m, "psa_normal"))
		return fmt(e, "(!%s.drop && !%s.resubmit)", v, v);
	return fmt(e, "(!%s.drop && %s.egress_port == TP4_PSA_RECIRCULATE)", v,
		   temp(e, arg(n, 1)->type, expr(e, arg(n, 1))));
}

/* pna's functions: what to do with the packet */
const char *x_pna(struct emitter *e, struct node *n)
{
	const char *m = n->decl->name, *v;

	if (!strcmp(m, "drop_packet")) {
		line(e, "c->psa->drop = true;");
		line(e, "c->psa->recirculate = false;");
	} else if (!strcmp(m, "send_to_port")) {
		line(e, "c->psa->egress_port = %s;", expr(e, arg(n, 0)));
		line(e, "c->psa->drop = c->psa->recirculate = false;");
	} else if (!strcmp(m, "recirculate")) {
		line(e, "c->psa->drop = false;");
		line(e, "c->psa->recirculate = true;");
	} else if (!strcmp(m, "mirror_packet")) {
		v = temp(e, type_bits(e->u, 32, false),
			 fmt(e, "%s %% TP4_MIRROR_SLOTS", expr(e, arg(n, 0))));
		line(e, "c->psa->mirror[%s] = true;", v);
		line(e, "c->psa->mirror_session[%s] = %s;", v, expr(e, arg(n, 1)));
	}
	return "0";
}

/* Ports are numbered so that the lowest bit is the direction, as on a covered port. */
const char *x_pna_port(struct emitter *e, struct node *n)
{
	return fmt(e, "((%s & 1) == %d)", expr(e, arg(n, 0)), n->decl->name[3] == 'h');
}

const char *x_select_direction(struct emitter *e, struct node *n)
{
	const char *d = temp(e, arg(n, 0)->type, expr(e, arg(n, 0)));

	if (n->params.n < 3)
		return d;
	const char *a = temp(e, n->type, expr(e, arg(n, 1)));
	bool asked = real(e, arg(n, 0)->type)->kind == T_BOOL; /* is_network_port */

	return temp(
		e, n->type,
		fmt(e, "%s == %d ? %s : %s", d, asked, a, temp(e, n->type, expr(e, arg(n, 2)))));
}

/* The C name of arguments of the action, from a structure of them (or the one argument itself). */
static const char *action_args(struct emitter *e, struct action_use *a, struct node *data)
{
	struct type *t = real(e, data->type);
	const char *args = fresh(e, "args"), *v;
	int k = 0;

	action_struct(e, a);
	v = temp(e, t, expr(e, data));
	line(e, "struct args_%d %s = { 0 };", a->index, args);
	for (int j = 0; j < a->decl->params.n; j++) {
		struct node *p = a->decl->params.v[j];

		if (p->dir != DIR_NONE)
			continue;
		if (is_scalar(t) || is_wide(t))
			line(e, "%s.%s = %s;", args, c_name(e, p->name), v);
		else if (k < type_n_fields(t))
			line(e, "%s.%s = %s.%s;", args, c_name(e, p->name), v, field_c(e, t, k));
		k++;
	}
	return args;
}

/* add_entry([condition,] action_name, action_params[, expire_time_profile_id]) */
const char *x_add_entry(struct emitter *e, struct node *n)
{
	bool cond = n->params.n > 3;
	const char *wanted = cond ? temp(e, arg(n, 0)->type, expr(e, arg(n, 0))) : "true";
	struct value *name = known_value(e, arg(n, cond));
	struct node *profile = arg(n, 2 + cond);

	for (int i = 0; name && name->kind == VAL_STRING && i < e->m->actions.n; i++) {
		struct action_use *a = e->m->actions.v[i];
		const char *args;

		if (strcmp(a->decl->name, name->s) || (a->owner && a->owner != e->inst))
			continue;
		args = action_args(e, a, arg(n, 1 + cond));
		/* In version 0.7 success is a zero. */
		return temp(e, n->type,
			    fmt(e, "%s(%s && tp4_add_entry(c, %d, &%s, %s))",
				real(e, n->type)->kind == T_BOOL ? "" : "!", wanted, a->index, args,
				profile ? expr(e, profile) : "0"));
	}
	report(e->u, unsupported, n->tok, "an action that this control does not have");
	return "false";
}

/* Timers of the entry at hand */
const char *x_pna_timer(struct emitter *e, struct node *n)
{
	const char *m = n->decl->name, *cond;

	if (!strcmp(m, "restart_expire_timer")) {
		line(e, "tp4_timer_restart(c);");
	} else if (!strcmp(m, "set_entry_expire_time")) {
		line(e, "tp4_timer_set(c, %s);", expr(e, arg(n, 0)));
	} else if (!strcmp(m, "set_entry_expire_time_if")) {
		cond = expr_saved(e, arg(n, 0));
		line(e, "if (%s)", cond);
		line(e, "\ttp4_timer_set(c, %s);", expr(e, arg(n, 1)));
	} else { /* update_expire_info */
		const char *aging = expr_saved(e, arg(n, 0)), *time = expr_saved(e, arg(n, 1));
		const char *profile = expr_saved(e, arg(n, 2));

		line(e, "if (%s && %s)", aging, time);
		line(e, "\ttp4_timer_set(c, %s);", profile);
		line(e, "else if (%s)", aging);
		line(e, "\ttp4_timer_restart(c);");
	}
	return "0";
}

const char *x_flow_id(struct emitter *e, struct node *n)
{
	return temp(e, n->type, "(uint32_t)tp4_random(c)");
}

/* The entry at hand gets new arguments for the action that it has and that runs. */
const char *x_set_entry_data(struct emitter *e, struct node *n)
{
	for (int i = 0; i < e->m->actions.n; i++) {
		struct action_use *a = e->m->actions.v[i];
		const char *args;

		if (a->decl != e->scope || (a->owner && a->owner != e->inst))
			continue;
		args = action_args(e, a, arg(n, 0));
		line(e, "if (c->found)");
		line(e, "\tmemcpy(c->found->data, &%s, sizeof(%s));", args, args);
		return "0";
	}
	report(e->u, unsupported, n->tok, "set_entry_data() outside of an action");
	return "0";
}

/* There is no security association here: no packet comes from one. */
const char *x_ipsec(struct emitter *e, struct node *n)
{
	if (!strcmp(n->decl->name, "from_ipsec"))
		assign(e, arg(n, 0), "1 /* IPSEC_ERROR */");
	return "false";
}

/* There is no sk_buff here: what is read of it is zero. */
const char *x_skb(struct emitter *e, struct node *n)
{
	for (int i = 0; i < n->params.n; i++)
		expr_saved(e, arg(n, i));
	return "0";
}
