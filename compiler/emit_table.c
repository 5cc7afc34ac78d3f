/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_table.c - tables: the lookup, the chosen action, and what the runtime is told of them. */
#include "compiler/emit_extern.h"
#include "compiler/emit_table.h"
#include "runtime/program.h"

static const char *match_name(struct emitter *e, const char *kind, const struct token *tok)
{
	if (!strcmp(kind, "lpm"))
		return "TP4_LPM";
	if (!strcmp(kind, "ternary"))
		return "TP4_TERNARY";
	if (!strcmp(kind, "range"))
		return "TP4_RANGE";
	if (!strcmp(kind, "optional"))
		return "TP4_OPTIONAL";
	if (strcmp(kind, "exact"))
		report(e->u, unsupported, tok, fmt(e, "match kind '%s'", kind));
	return "TP4_EXACT";
}

/* 0: what has parts, so control cannot give it */
int key_bits(struct emitter *e, struct type *t)
{
	t = type_under(real(e, t));
	return t->kind == T_BITS ? t->width : t->kind == T_BOOL ? 1 : is_scalar(t) ? 32 : 0;
}

bool is_selector(const struct node *k)
{
	return !strcmp(k->name, "selector");
}

/* How a key is matched: an exact one is optional where an entry of the program leaves it open. */
static const char *key_kind(const struct table *t, int k)
{
	const char *kind = t->key->list.v[k]->name;

	for (int i = 0; t->entries && !strcmp(kind, "exact") && i < t->entries->list.n; i++) {
		const nodes *sets = &t->entries->list.v[i]->list;
		const struct node *s = sets->v[sets->n == t->key->list.n ? k : 0];

		if (s->kind == N_DEFAULT || s->kind == N_DONTCARE)
			kind = "optional";
	}
	return kind;
}

bool has_priority(struct table *t)
{
	for (int i = 0; t->key && i < t->key->list.n; i++)
		if (strcmp(key_kind(t, i), "exact") && strcmp(key_kind(t, i), "lpm") &&
		    !is_selector(t->key->list.v[i]))
			return true;
	return false;
}

/* The table's first lpm key behind key `i` */
static struct node *lpm_behind(struct table *t, int i)
{
	while (++i < t->key->list.n)
		if (!strcmp(t->key->list.v[i]->name, "lpm"))
			return t->key->list.v[i];
	return NULL;
}

/* Which lookup fits: all exact; exact and one lpm; anything. */
static const char *lookup_name(struct table *t)
{
	return has_priority(t)     ? "tp4_any_lookup"
	       : lpm_behind(t, -1) ? "tp4_lpm_lookup"
				   : "tp4_exact_lookup";
}

static int key_size(struct emitter *e, struct table *t)
{
	int size = 0;

	for (int i = 0; t->key && i < t->key->list.n; i++)
		if (!is_selector(t->key->list.v[i]))
			size += (key_bits(e, t->key->list.v[i]->a->type) + 7) / 8;
	for (int i = 0; i < t->fields.n; i++)
		size += (key_bits(e, t->fields.v[i]->type) + 7) / 8;
	return size;
}

static int used_keys(struct table *t)
{
	int n = t->fields.n;

	for (int i = 0; t->key && i < t->key->list.n; i++)
		n += !is_selector(t->key->list.v[i]);
	return n;
}

void action_struct(struct emitter *e, struct action_use *a)
{
	struct node *d = a->decl;

	if (!once(e, fmt(e, "args %d", a->index)))
		return;
	/* The types first: they may need definitions of their own. */
	for (int i = 0; i < d->params.n; i++)
		c_type(e, d->params.v[i]->type);
	buffer_printf(&e->types, "struct args_%d { /* %s */\n", a->index, d->name);
	for (int i = 0; i < d->params.n; i++)
		if (d->params.v[i]->dir == DIR_NONE)
			buffer_printf(&e->types, "\t%s %s;\n", c_type(e, d->params.v[i]->type),
				      c_name(e, d->params.v[i]->name));
	buffer_str(&e->types, "\tuint8_t nothing_;\n};\n\n");
}

int key_part_c(struct emitter *e, const char *key, int at, struct type *t, const char *v,
	       const char *valid)
{
	struct type *u = type_under(real(e, t));
	int w = key_bits(e, t), bytes = (w + 7) / 8;

	if (valid && !is_wide(u))
		v = fmt(e, "(%s ? %s : 0)", valid, v);
	if (is_wide(u)) {
		line(e, "memset(%s + %d, 0, %d);", key, at, bytes);
		if (valid)
			line(e, "if (%s)", valid);
		line(e, "%stp4_put_wide(%s + %d, %d, %d, %s.w);", valid ? "\t" : "", key, at,
		     bytes * 8 - w, w, v);
	} else if (w > 64) {
		line(e, "memset(%s + %d, 0, %d);", key, at, bytes);
		line(e, "tp4_put128(%s + %d, %d, %d, (tp4_u128)%s);", key, at, bytes * 8 - w, w, v);
	} else if (w) {
		if (bytes != 1 && bytes != 2 && bytes != 4 && bytes != 6 && bytes != 8)
			line(e, "memset(%s + %d, 0, %d);", key, at, bytes);
		if (u->is_signed)
			v = fmt(e, "tp4_low((uint64_t)%s, %d)", v, w);
		line(e, "tp4_put(%s + %d, 0, %d, %s);", key, at, bytes * 8, v);
	}
	return bytes;
}

/* uint8_t key[]: what the table is asked for; as in BMv2, fields of invalid headers are zero */
void table_key_c(struct emitter *e, struct table *t)
{
	int at = 0;

	line(e, "uint8_t key[%d];", key_size(e, t) + 16);
	raw(e, "\n");
	for (int i = 0; i < t->key->list.n; i++) {
		struct node *k = t->key->list.v[i]->a;
		const char *valid;

		if (is_selector(t->key->list.v[i]))
			continue;
		valid = e->arch == TP4_ARCH_V1MODEL || e->arch == TP4_ARCH_PSA ||
					e->arch == TP4_ARCH_PNA
				? field_valid(e, &k)
				: NULL;
		at += key_part_c(e, "key", at, k->type, expr(e, k), valid);
	}
}

int table_prop(struct emitter *e, struct table *t, const char *name, int fallback)
{
	for (int i = 0; i < t->decl->list.n; i++) {
		struct node *p = t->decl->list.v[i];

		if (p->kind == N_PROP && !strcmp(p->name, name)) {
			struct value *v = instance_eval(e->m, t->owner, p->a);

			if (v && v->kind == VAL_BOOL)
				return v->b;
			if (v && v->kind == VAL_INT)
				return (int)mpz_get_si(v->i);
		}
	}
	return fallback;
}

/* What a selector chooses by: a hash of the keys that are for it */
static const char *selector_hash(struct emitter *e, struct table *t)
{
	const char *bits = fresh(e, "bits"), *data = fresh(e, "data");
	struct value *algo = instance_arg(t->implementation, "algorithm");
	uint64_t room = 0;
	int n = 0;

	for (int i = 0; i < t->key->list.n; i++)
		if (is_selector(t->key->list.v[i])) {
			room += max_bits(e, t->key->list.v[i]->a->type);
			n++;
		}
	if (!n)
		return "0";
	line(e, "uint8_t %s[%llu] = { 0 };", data, (unsigned long long)room / 8 + 32);
	line(e, "struct tp4_bits %s = { 0, %s };", bits, data);
	for (int i = 0; i < t->key->list.n; i++) {
		struct node *k = t->key->list.v[i]->a;
		const char *valid;

		if (!is_selector(t->key->list.v[i]))
			continue;
		valid = field_valid(e, &k); /* as in a hash */
		line(e, "if (%s) {", valid ? valid : "true");
		e->indent++;
		add_bits(e, bits, k->type, temp(e, k->type, expr(e, k)));
		e->indent--;
		line(e, "}");
	}
	return fmt(e, "(uint32_t)tp4_hash(%s, %s, %s.pos)",
		   algo && algo->kind == VAL_ENUM ? fmt(e, "%d", algo->member->index)
						  : psa_algorithm(t->implementation, "algo"),
		   data, bits);
}

/* From the entry to the member of the profile or the group that it names; there may be none. */
static void profile_c(struct emitter *e, struct table *t)
{
	const char *hash = selector_hash(e, t);

	line(e, "en = tp4_profile_follow(c->profiles[%d], en, %s);", t->implementation->state,
	     hash);
	line(e, "if (!en) {");
	line(e, "\tdone = 0;");
	line(e, "\ten = own = ((struct tp4_table_head *)c->tables[%d])->miss;", t->index);
	line(e, "}");
}

/* A selector's keys are looked at behind the others and after a hit only: not if they call. */
static struct node *key_saved(struct emitter *e, struct node *key)
{
	bool calls = false;
	struct node *copy;

	for (int i = 0; key && i < key->list.n; i++)
		calls |= is_selector(key->list.v[i]) && has_call(key->list.v[i]->a);
	if (!calls)
		return key;
	copy = arena_grow(&e->u->arena, key, sizeof(*key), sizeof(*key));
	memset(&copy->list, 0, sizeof(copy->list));
	for (int i = 0; i < key->list.n; i++) {
		struct node *k = key->list.v[i];

		k = arena_grow(&e->u->arena, k, sizeof(*k), sizeof(*k));
		k->a = argument_saved(e, k->a);
		vec_push(&e->u->arena, &copy->list, k);
	}
	return copy;
}

/* static uint32_t table_X(ctx, frame): the action's number, with TP4_HIT */
void table_c(struct emitter *e, struct table *t)
{
	struct node *key = t->key;
	struct table_timeout timeout = table_timeout(e->m, t);
	bool timed = timeout.notifies || timeout.expires;
	struct buffer b;
	struct emitter saved = function_begin(e, &b);

	show_source(e, t->decl);
	line(e, "static inline uint32_t table_%s(struct tp4_ctx *c, struct frame_%s *f)\n{",
	     t->cname, t->owner->cname);
	e->indent = 1;
	e->leave = "leave";
	e->in_frame = true;
	line(e, "struct tp4_entry *en = NULL;");
	line(e, "uint32_t done = 0;");
	t->key = key_saved(e, key);
	if (used_keys(t)) {
		table_key_c(e, t);
		if (timed) {
			line(e, "c->timer = NULL;");
			line(e, "do");
		}
		line(e, "%sen = %s(c->tables[%d], key);", timed ? "\t" : "", lookup_name(t),
		     t->index);
		if (timed)
			line(e, "while (en && tp4_timer_expired(c, %d, en));", t->index);
	}
	if (e->arch == TP4_ARCH_PNA)
		line(e, "c->found = en;");
	line(e, "struct tp4_entry *own;");
	line(e, "if (en) {");
	e->indent++;
	line(e, "done = TP4_HIT;");
	line(e, "own = en;");
	if (t->implementation && t->implementation->state >= 0 && t->implementation->state < 1000)
		profile_c(e, t);
	e->indent--;
	line(e, "} else {");
	line(e, "\ten = own = ((struct tp4_table_head *)c->tables[%d])->miss;", t->index);
	line(e, "}");
	/* psa's and pna's DirectCounter counts when it is told to, this whether it is or not (BMv2). */
	if (t->counters && !strcmp(t->counters->decl->name, "direct_counter")) {
		line(e, "own->packets++;");
		line(e, "own->bytes += c->p.total_len;");
	}
	if (t->counters || t->meters)
		line(e, "c->entry = own;");
	if (t->meters && e->arch == TP4_ARCH_V1MODEL)
		line(e,
		     "c->colour = done ? (int32_t)tp4_direct_meter_run(own, %s == TP4_PACKETS, "
		     "TP4_GREEN, c) : -1;",
		     meter_unit(t->meters));
	if (used_keys(t) && table_prop(e, t, "add_on_miss", 0)) {
		line(e, "c->miss_table = %d;", t->index);
		line(e, "c->miss_key = key;");
	}
	line(e, "switch (en->action) {");
	for (int i = 0; i < t->refs.n; i++) {
		struct node *ref = table_listed(t, i);
		nodes none = { 0 };

		action_struct(e, t->refs.v[i]);
		line(e, "case %d: {", i);
		e->indent++;
		line(e, "const struct args_%d *arg = (const void *)en->data;", t->refs.v[i]->index);
		call_action(e, t->refs.v[i]->decl, ref && ref->a ? &ref->a->params : &none, "arg");
		line(e, "break;");
		e->indent--;
		line(e, "}");
	}
	line(e, "}");
	line(e, "@leave:;");
	line(e, "return done | en->action;");
	e->indent = 0;
	line(e, "}");
	t->key = key;
	function_end(e, &saved, &b);
}

const char *table_apply(struct emitter *e, struct node *n)
{
	struct table *t = map_find(&e->m->owned, n->decl, e->inst);
	const char *r;

	if (!t)
		return "0";
	r = fresh(e, "t");
	line(e, "uint32_t %s = table_%s(c, f);", r, t->cname);
	check_exit(e);
	return r;
}

static bool key_signed(struct emitter *e, struct type *t)
{
	struct type *u = type_under(real(e, t));

	return u->kind == T_BITS && u->is_signed;
}

static void value_set_keys(struct emitter *e, struct table *t)
{
	buffer_printf(&e->data, "static const struct tp4_key_desc keys_%s[] = {\n", t->cname);
	for (int i = 0; i < t->fields.n; i++) {
		struct leaf *f = t->fields.v[i];

		buffer_printf(&e->data, "\t{ %s, %u, %d, %s, NULL, %d },\n",
			      c_string(e, *f->name ? f->name : "value"), f->id,
			      key_bits(e, f->type), match_name(e, f->match, t->set->tok),
			      key_signed(e, f->type));
	}
	buffer_str(&e->data, "};\n");
}

static void one_table(struct emitter *e, struct table *t)
{
	struct subst s = instance_subst(t->owner);

	e->sub = &s;
	if (key_size(e, t) > TP4_KEY_MAX || used_keys(t) > 64)
		report(e->u, unsupported, t->decl->tok,
		       "a key of more than 1024 bytes or 64 fields");
	if (t->key && t->key->list.n) {
		struct local_ids ids = { .all = &t->key->list };

		buffer_printf(&e->data, "static const struct tp4_key_desc keys_%s[] = {\n",
			      t->cname);
		for (int i = 0; i < t->key->list.n; i++) {
			struct node *k = t->key->list.v[i];

			if (is_selector(k))
				continue;
			buffer_printf(
				&e->data, "\t{ %s, %u, %d, %s, %s, %d },\n",
				c_string(e, table_key_name(e->u, k)), model_local_id(e->u, &ids, k),
				key_bits(e, k->a->type), match_name(e, key_kind(t, i), k->c->tok),
				c_string(e, table_key_text(e->u, k)), key_signed(e, k->a->type));
			/* Which of two prefixes is the longest? */
			if (!strcmp(k->name, "lpm") && !has_priority(t) && lpm_behind(t, i))
				report(e->u, lpm_twice, lpm_behind(t, i)->c->tok, t->decl->name);
		}
		buffer_str(&e->data, "\t{ 0 },\n};\n");
	}
	if (t->set)
		value_set_keys(e, t);
	if (t->refs.n) {
		buffer_printf(&e->data, "static const struct tp4_action_ref refs_%s[] = {\n",
			      t->cname);
		for (int i = 0; i < t->refs.n; i++) {
			struct node *ref = table_listed(t, i);

			buffer_printf(&e->data, "\t{ %d, %s },\n", t->refs.v[i]->index,
				      !ref || node_anno(ref, "defaultonly") ? "TP4_DEFAULT_ONLY"
				      : node_anno(ref, "tableonly")         ? "TP4_TABLE_ONLY"
									    : "0");
		}
		buffer_str(&e->data, "};\n");
	}
	if (t->entries && t->key)
		entries_c(e, t);
	e->sub = NULL;
}

void table_data(struct emitter *e)
{
	struct model *m = e->m;

	for (int i = 0; i < m->tables.n; i++)
		one_table(e, m->tables.v[i]);
	for (int i = 0; i < m->actions.n; i++) {
		struct action_use *a = m->actions.v[i];
		struct subst s = instance_subst(a->owner);
		struct local_ids ids = { .all = &a->decl->params };
		int n = 0;

		e->sub = &s;
		action_struct(e, a);
		buffer_printf(&e->data,
			      "static const struct tp4_param_desc params_%d[] = { /* %s */\n",
			      a->index, a->decl->name);
		for (int k = 0; k < a->decl->params.n; k++) {
			struct node *p = a->decl->params.v[k];
			struct type *u = type_under(real(e, p->type));

			if (p->dir != DIR_NONE)
				continue;
			n++;
			buffer_printf(
				&e->data,
				"\t{ %s, %u, %d, offsetof(struct args_%d, %s), sizeof(%s), %s "
				"},\n",
				c_string(e, node_anno_string(p, "name")
						    ? node_anno_string(p, "name")
						    : p->name),
				model_local_id(e->u, &ids, p), key_bits(e, u), a->index,
				c_name(e, p->name), c_type(e, u), u->is_signed ? "true" : "false");
		}
		buffer_str(&e->data, "\t{ 0 },\n};\n");
		a->decl->width = n;
	}
	buffer_str(&e->data, "static const struct tp4_action_desc actions[] = {\n");
	for (int i = 0; i < m->actions.n; i++) {
		struct action_use *a = m->actions.v[i];

		buffer_printf(&e->data,
			      "\t{ %s, 0x%08xU, %d, params_%d, sizeof(struct args_%d) },\n",
			      c_string(e, a->name), a->id, a->decl->width, a->index, a->index);
	}
	buffer_str(&e->data, "\t{ 0 },\n};\nstatic const struct tp4_table_desc tables[] = {\n");
	for (int i = 0; i < m->tables.n; i++) {
		struct table *t = m->tables.v[i];
		struct table_timeout timeout =
			t->set ? (struct table_timeout){ 0 } : table_timeout(m, t);
		struct subst s = instance_subst(t->owner);
		int nk = used_keys(t);

		e->sub = &s;
		buffer_printf(&e->data, "\t{ .name = %s, .id = 0x%08xU,\n", c_string(e, t->name),
			      t->id);
		if (nk)
			buffer_printf(&e->data,
				      "\t  .n_keys = %d, .key_size = %d, .keys = keys_%s,\n", nk,
				      key_size(e, t), t->cname);
		if (t->refs.n)
			buffer_printf(&e->data, "\t  .n_actions = %d, .actions = refs_%s,\n",
				      t->refs.n, t->cname);
		if (t->default_ref >= 0) {
			nodes none = { 0 };

			buffer_printf(&e->data,
				      "\t  .default_action = %d, .default_data = ", t->default_ref);
			args_c(e, t->refs.v[t->default_ref], t->dflt ? &t->dflt->a->params : &none,
			       t->owner);
			buffer_str(&e->data, ",\n");
		}
		if (t->entries && t->key)
			buffer_printf(
				&e->data,
				"\t  .n_entries = sizeof(entries_%s) / sizeof(entries_%s[0]), "
				".entries = entries_%s,\n",
				t->cname, t->cname, t->cname);
		buffer_printf(&e->data,
			      "\t  .default_const = %s, .entries_const = %s, .size = %llu, "
			      ".profile = %d,\n"
			      "\t  .has_direct_counter = %s, .has_direct_meter = %s,\n"
			      "\t  .direct_counter_id = 0x%08xU, .direct_meter_id = 0x%08xU,\n"
			      "\t  .direct_counter = %s, .direct_meter = %s,\n"
			      "\t  .timeout = %s, .match_restarts = %s },\n",
			      t->default_const ? "true" : "false",
			      t->entries && t->entries->is_const ? "true" : "false",
			      (unsigned long long)(t->size ? t->size : 1024),
			      t->implementation && t->implementation->state < 1000
				      ? t->implementation->state
				      : -1,
			      t->counters ? "true" : "false", t->meters ? "true" : "false",
			      t->counters ? t->counters->id : 0, t->meters ? t->meters->id : 0,
			      t->counters ? c_string(e, t->counters->name) : "NULL",
			      t->meters ? c_string(e, t->meters->name) : "NULL",
			      timeout.expires    ? "TP4_EXPIRE"
			      : timeout.notifies ? "TP4_NOTIFY"
						 : "TP4_NO_TIMEOUT",
			      timeout.match_restarts ? "true" : "false");
	}
	buffer_str(&e->data, "\t{ 0 },\n};\n");
	e->sub = NULL;
}
