/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_entry.c - the entries and the default action's data that the program itself gives. */
#include "compiler/emit_table.h"

static void put_value(mpz_t v, uint8_t *to, int bytes)
{
	mpz_t i;
	size_t n;

	memset(to, 0, (size_t)bytes);
	mpz_init(i);
	mpz_fdiv_r_2exp(i, v, (mp_bitcnt_t)bytes * 8);
	n = (mpz_sizeinbase(i, 2) + 7) / 8;
	if (mpz_sgn(i) && n <= (size_t)bytes)
		mpz_export(to + (size_t)bytes - n, NULL, 1, 1, 1, 0, i);
	mpz_clear(i);
}

static void value_mpz(struct value *v, mpz_t out, int bits)
{
	mpz_set_ui(out, 0);
	if (!v)
		return;
	if (v->kind == VAL_INT)
		mpz_set(out, v->i);
	else if (v->kind == VAL_BOOL)
		mpz_set_ui(out, v->b);
	else if (v->kind == VAL_ENUM && v->member->val)
		mpz_set(out, v->member->val->i);
	else if (v->kind == VAL_ENUM)
		mpz_set_ui(out, (unsigned long)v->member->index);
	mpz_fdiv_r_2exp(out, out, (mp_bitcnt_t)bits);
}

static void bytes_c(struct emitter *e, const uint8_t *v, int n)
{
	buffer_str(&e->data, "(const uint8_t[]){ ");
	for (int i = 0; i < n; i++)
		buffer_printf(&e->data, "0x%02x, ", v[i]);
	buffer_str(&e->data, n ? "}" : "0 }");
}

void args_c(struct emitter *e, struct action_use *a, nodes *args, struct instance *inst)
{
	int k = 0;

	action_struct(e, a);
	buffer_printf(&e->data, "&(const struct args_%d){ ", a->index);
	for (int i = 0; i < a->decl->params.n; i++) {
		struct node *p = a->decl->params.v[i];
		struct value *v;

		if (p->dir != DIR_NONE)
			continue;
		v = k < args->n ? instance_eval(e->m, inst, args->v[k]) : NULL;
		k++;
		if (!v)
			continue;
		buffer_printf(&e->data, ".%s = %s, ", c_name(e, p->name),
			      static_text(e, v, p->type));
	}
	buffer_str(&e->data, "}");
}

static void entry_c(struct emitter *e, struct table *t, struct node *n, int priority)
{
	uint8_t value[1024] = { 0 }, mask[1024] = { 0 };
	uint16_t prefix[64] = { 0 };
	int at = 0, k = 0;
	mpz_t v, m;

	mpz_init(v);
	mpz_init(m);
	for (int i = 0; i < t->key->list.n; i++) {
		struct node *key = t->key->list.v[i];
		struct node *s = n->list.n == t->key->list.n ? n->list.v[i] : n->list.v[0];
		int w = key_bits(e, key->a->type), bytes = (w + 7) / 8;
		bool range = !strcmp(key->name, "range");

		if (is_selector(key))
			continue;
		if (at + bytes > (int)sizeof(value) || k >= 64)
			break;
		mpz_set_ui(m, 1);
		mpz_mul_2exp(m, m, (mp_bitcnt_t)w);
		mpz_sub_ui(m, m, 1);
		if (s->kind == N_DEFAULT || s->kind == N_DONTCARE) {
			mpz_set_ui(v, 0);
			if (!range)
				mpz_set_ui(m, 0);
		} else if (s->kind == N_BINARY && (s->op == TOK_MASK || s->op == TOK_RANGE)) {
			value_mpz(instance_eval(e->m, t->owner, s->a), v, w);
			value_mpz(instance_eval(e->m, t->owner, s->b), m, w);
			if (s->op == TOK_MASK)
				mpz_and(v, v, m);
		} else {
			value_mpz(instance_eval(e->m, t->owner, s), v, w);
			if (range)
				mpz_set(m, v);
		}
		put_value(v, value + at, bytes);
		put_value(m, mask + at, bytes);
		if (!strcmp(key->name, "lpm"))
			prefix[k] = (uint16_t)mpz_popcount(m);
		at += bytes;
		k++;
	}
	buffer_str(&e->data, "\t{ ");
	bytes_c(e, value, at);
	buffer_str(&e->data, ", ");
	bytes_c(e, mask, at);
	buffer_str(&e->data, ", (const uint16_t[]){ ");
	for (int i = 0; i < k; i++)
		buffer_printf(&e->data, "%d, ", prefix[i]);
	buffer_printf(&e->data, "%s}, %d, %d,\n\t  ", k ? "" : "0 ", priority, n->index);
	args_c(e, t->refs.v[n->index], &n->a->params, t->owner);
	buffer_printf(&e->data, ", %s },\n", n->is_const ? "true" : "false");
	mpz_clear(v);
	mpz_clear(m);
}

/* An entry's place among constant ones, 1 the first to match, unless @priority says another. */
static int64_t entry_rank(struct table *t, int i)
{
	int64_t rank = i + 1;

	node_anno_int(t->entries->list.v[i], "priority", &rank);
	return rank;
}

/* Entries without a priority of their own follow the rules of section 14.2.1.4. */
void entries_c(struct emitter *e, struct table *t)
{
	int largest_wins = table_prop(e, t, "largest_priority_wins", 1);
	int delta = table_prop(e, t, "priority_delta", 1), last = 0;
	bool own = has_priority(t), explicit_priority = false;
	int n = t->entries->list.n;
	int64_t ranks = n;

	for (int i = 0; i < n; i++) {
		explicit_priority |= t->entries->list.v[i]->b != NULL;
		ranks = entry_rank(t, i) > ranks ? entry_rank(t, i) : ranks;
	}
	buffer_printf(&e->data, "static const struct tp4_const_entry entries_%s[] = {\n", t->cname);
	for (int i = 0; i < n; i++) {
		struct node *k = t->entries->list.v[i];
		int priority;

		if (k->index < 0)
			continue;
		if (k->b) {
			struct value *v = instance_eval(e->m, t->owner, k->b);

			priority = v && v->kind == VAL_INT ? (int)mpz_get_si(v->i) : 0;
			last = priority;
			if (!largest_wins)
				priority = 0x3fffffff - priority;
		} else if (explicit_priority || !t->entries->is_const) {
			if (i == 0)
				last = largest_wins ? (n - 1) * delta + 1 : 1;
			else
				last += largest_wins ? -delta : delta;
			priority = largest_wins ? last : 0x3fffffff - last;
		} else {
			priority = (int)(ranks + 1 - entry_rank(t, i));
		}
		entry_c(e, t, k, own ? priority : 0);
	}
	buffer_str(&e->data, "};\n\n");
}
