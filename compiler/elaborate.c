/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* elaborate.c - from `main` to the objects that exist when the program runs (section 18.1). */
#include "compiler/instance.h"

#include <ctype.h>
#include <string.h>

#define INSTANCE_MAX 20000
#define LEVELS_MAX   500 /* names of instances are as long as these are deep */

/* Where the number of who has the id is kept, from which on the next that is free was looked for */
static void **id_place(struct model *m, uint32_t id)
{
	return map_place(&m->u->arena, &m->ids, (void *)(uintptr_t)id, NULL);
}

/* false: it is another's */
static bool id_take(struct model *m, uint32_t id)
{
	void **last = id_place(m, id);
	bool is_free = !*last;

	if (is_free)
		*last = (void *)(uintptr_t)id;
	return is_free;
}

/* The first from there on that is nobody's */
static uint32_t id_from(struct model *m, uint32_t from)
{
	uint32_t id = from;

	while (!id_take(m, id))
		id = (id & 0xff000000) | (((uint32_t)(uintptr_t)*id_place(m, id) + 1) & 0xffffff);
	*id_place(m, from) = (void *)(uintptr_t)id;
	return id;
}

/* P4Runtime's ids: Jenkins' one-at-a-time hash of the name below the kind's prefix (6.3). */
uint32_t model_id(struct model *m, uint32_t prefix, const char *name, const struct node *anno)
{
	uint32_t h = 0, id;
	int64_t given;

	if (anno && node_anno_int(anno, "id", &given)) {
		const struct token *tok = node_anno(anno, "id")->tok;

		id = (uint32_t)given;
		if (!(id >> 24))
			id |= prefix << 24;
		if (given <= 0 || given > UINT32_MAX || id >> 24 != prefix)
			report(m->u, id_prefix, tok, (long)prefix);
		if (!id_take(m, id))
			report(m->u, duplicate, tok, "@id");
	} else {
		for (const char *p = name; *p; p++) {
			h += (unsigned char)*p;
			h += h << 10;
			h ^= h >> 6;
		}
		h += h << 3;
		h ^= h >> 11;
		h += h << 15;
		id = id_from(m, prefix << 24 | (h & 0xffffff));
	}
	return id;
}

static bool has_id(const struct node *n, uint32_t *id)
{
	int64_t given;

	if (!node_anno_int(n, "id", &given) || given <= 0 || given > UINT32_MAX)
		return false;
	*id = (uint32_t)given;
	return true;
}

uint32_t model_local_id(struct unit *u, struct local_ids *l, const struct node *n)
{
	const int most = l->all->n;
	uint32_t id;

	if (has_id(n, &id))
		return id;
	if (!l->given) {
		l->given = arena_alloc(&u->arena, (size_t)most + 1);
		for (int i = 0; i < most; i++)
			if (has_id(l->all->v[i], &id) && id <= (uint32_t)most)
				l->given[id] = true;
	}
	do
		l->last++;
	while (l->given[l->last]);
	return l->last;
}

const char *model_cname(struct model *m, const char *name)
{
	char *s = arena_copy(&m->u->arena, name, strlen(name));
	const char *want = s;
	size_t n = 2;

	for (char *p = s; *p; p++)
		if (!isalnum((unsigned char)*p))
			*p = '_';
	/* Few have the name; or, from the tenth on, a number that nobody has had yet. */
	for (; !intern_new(&m->u->arena, &m->cnames, want); n++)
		want = arena_printf(&m->u->arena, "%s_%zu", s, n < 10 ? n : m->cnames.n + n);
	return want;
}

static const char *control_name(struct model *m, struct instance *up, const struct node *n,
				const char *local)
{
	const char *given = n ? node_anno_string(n, "name") : NULL;

	if (given)
		local = given;
	if (local[0] == '.')
		return local + 1;
	if (!up || !up->name[0])
		return local;
	return arena_printf(&m->u->arena, "%s.%s", up->name, local);
}

struct action_use *model_action(struct model *m, struct node *decl, struct instance *owner)
{
	struct action_use *a;
	void **place;

	if (!decl->parent || decl->parent->kind == N_PROGRAM)
		owner = NULL;
	place = map_place(&m->u->arena, &m->owned, decl, owner);
	if (*place)
		return *place;
	*place = a = arena_alloc(&m->u->arena, sizeof(*a));
	a->decl = decl;
	a->owner = owner;
	a->name = control_name(m, a->owner, decl, decl->name);
	a->id = model_id(m, 0x01, a->name, decl);
	a->index = m->actions.n;
	vec_push(&m->u->arena, &m->actions, a);
	return a;
}

static struct node *no_action(struct model *m)
{
	const char *name = unit_name(m->u, "NoAction");

	for (int i = 0; i < m->program->list.n; i++)
		if (m->program->list.v[i]->kind == N_ACTION && m->program->list.v[i]->name == name)
			return m->program->list.v[i];
	return NULL;
}

static struct digest *add_digest(struct model *m, const char *name, struct type *type,
				 struct node *anno)
{
	struct digest *d = arena_alloc(&m->u->arena, sizeof(*d)), *last = NULL;
	void **named;

	name = unit_name(m->u, name);
	*d = (struct digest){ .name = name, .type = type, .anno = anno, .index = m->digests.n };
	named = map_place(&m->u->arena, &m->digests_named, name, NULL);
	/* Calls with data of one type are one digest. */
	for (struct digest *o = *named; o && !d->id; o = o->next) {
		last = last ? last : o;
		d->id = type_equal(o->type, type) ? o->id : 0;
	}
	d->again = d->id;
	if (!d->id)
		d->id = last && !anno ? id_from(m, last->id) : model_id(m, 0x17, name, anno);
	if (!d->again) {
		d->next = *named;
		*named = d;
	}
	vec_push(&m->u->arena, &m->digests, d);
	return d;
}

/* A name from the top, as @name(".t"), goes to one table only (20.3.3). */
static void told_once(struct model *m, const struct table *t, const struct node *n)
{
	const char *given = node_anno_string(n, "name");

	if (!intern_new(&m->u->arena, &m->table_names, t->name) && given && given[0] == '.')
		report(m->u, name_twice, n->tok, t->name);
}

/* The keys that an action selector chooses by */
static const char *selector_keys(struct unit *u, const struct node *table)
{
	const char *all = "";

	for (int i = 0; i < table->list.n; i++)
		for (int k = 0; table->list.v[i]->kind == N_KEY && k < table->list.v[i]->list.n;
		     k++)
			if (!strcmp(table->list.v[i]->list.v[k]->name, "selector"))
				all = arena_printf(&u->arena, "%s%s,", all,
						   table_key_text(u, table->list.v[i]->list.v[k]));
	return all;
}

/*
 * Gives a table the objects of a property, one or a list.  Of several counters the control plane
 * sees one with an entry: the first, and only that one counts; likewise meters.
 */
static void attach(struct model *m, struct instance *owner, struct table *t, struct node *p,
		   struct node *value)
{
	struct instance **places[] = {
		[OBJECT_COUNTER] = &t->counters,
		[OBJECT_METER] = &t->meters,
		[OBJECT_IMPLEMENTATION] = &t->implementation,
	};
	struct instance *x, **place = places[p->index];

	if (value->kind == N_LIST)
		for (int i = 0; i < value->list.n; i++)
			attach(m, owner, t, p, value->list.v[i]);
	x = type_real(value->type)->kind == T_EXTERN ? instance_find(m, owner, value) : NULL;
	if (!x)
		return;
	for (int i = 0; p->index == OBJECT_IMPLEMENTATION && i < x->tables.n; i++) {
		struct table *first = x->tables.v[i];

		if (first->owner != owner)
			continue;
		if (strcmp(selector_keys(m->u, first->decl), selector_keys(m->u, t->decl)))
			report(m->u, selector_differs, value->tok, first->name);
		break;
	}
	if (p->index == OBJECT_IMPLEMENTATION && *place)
		report(m->u, unsupported, value->tok, "a second implementation of a table");
	else if (p->index != OBJECT_IMPLEMENTATION && x->site->kind == N_TABLE)
		report(m->u, attached_twice, value->tok, x->site->name);
	x->site = t->decl;
	if (!*place) {
		*place = x;
		vec_push(&m->u->arena, &x->tables, t);
	}
}

static void add_table(struct model *m, struct instance *owner, struct table *t)
{
	t->index = m->tables.n;
	vec_push(&m->u->arena, &m->tables, t);
	vec_push(&m->u->arena, &owner->tables, t);
	*map_place(&m->u->arena, &m->owned, t->decl, owner) = t;
}

static void make_table(struct model *m, struct instance *owner, struct node *n)
{
	struct table *t = arena_alloc(&m->u->arena, sizeof(*t));

	t->decl = n;
	t->owner = owner;
	t->name = control_name(m, owner, n, n->name);
	t->cname = model_cname(m, t->name);
	told_once(m, t, n);
	t->id = model_id(m, 0x02, t->name, n);
	t->default_ref = -1;
	for (int i = 0; i < n->list.n; i++) {
		struct node *p = n->list.v[i];

		if (p->kind == N_KEY) {
			t->key = p;
		} else if (p->kind == N_ACTIONS) {
			t->actions = p;
			for (int k = 0; k < p->list.n; k++)
				if (p->list.v[k]->decl) {
					vec_push(&m->u->arena, &t->refs,
						 model_action(m, p->list.v[k]->decl, owner));
					vec_push(&m->u->arena, &t->listed, p->list.v[k]);
				}
		} else if (p->kind == N_ENTRIES) {
			t->entries = p;
		} else if (!strcmp(p->name, "default_action")) {
			t->dflt = p;
			t->default_ref = p->index;
			t->default_const = p->is_const;
		} else if (!strcmp(p->name, "size")) {
			t->size_node = p->a;
		} else if (p->index != OBJECT_NONE) {
			attach(m, owner, t, p, p->a);
		}
	}
	if (t->default_ref < 0) {
		struct node *none = no_action(m);

		for (int k = 0; k < t->refs.n; k++)
			if (none && t->refs.v[k]->decl == none)
				t->default_ref = k;
		if (t->default_ref < 0 && none) {
			t->default_ref = t->refs.n;
			t->no_default_listed = true;
			vec_push(&m->u->arena, &t->refs, model_action(m, none, NULL));
		}
	}
	add_table(m, owner, t);
}

static bool same_object(struct model *m, struct instance *i, struct node *a, struct node *b)
{
	struct instance *x = instance_find(m, i, a);
	struct value *v = instance_eval(m, i, a), *w = instance_eval(m, i, b);

	if (v && v->kind == VAL_INT)
		return w && value_equal(v, w);
	return (a->kind == N_NAME && b->kind == N_NAME && a->decl == b->decl) ||
	       (x && x == instance_find(m, i, b));
}

/* Block.apply(x): the block's parameter means the object, or the number, in all of its code. */
static void bind_objects(struct model *m, struct instance *caller, struct node *call)
{
	struct instance *c = instance_applied(m, caller, call->a->a);

	for (int k = 0; c && c->decl && k < c->decl->params.n && k < call->params.n; k++) {
		struct node *p = c->decl->params.v[k];
		struct bound b = { p, call->params.v[k] ? call->params.v[k] : p->b, caller, false };
		struct bound *old = NULL;

		if (!b.arg || !b.param->type ||
		    (type_real(b.param->type)->kind != T_INT &&
		     (type_real(b.param->type)->kind != T_EXTERN ||
		      !strncmp(type_real(b.param->type)->decl->name, "packet_", 7))))
			continue;
		for (int j = 0; j < c->bounds.n; j++)
			if (c->bounds.v[j].param == b.param)
				old = &c->bounds.v[j];
		if (!old)
			vec_push(&m->u->arena, &c->bounds, b);
		else if (!old->several &&
			 (old->caller != caller || !same_object(m, caller, old->arg, b.arg))) {
			old->several = true;
			m->values = (struct map){ 0 }; /* some of which were made of this one */
		}
	}
}

/* Instances that stand in statements and expressions: Block.apply(), value sets, ... */
static void walk(struct model *m, struct instance *i, struct node *n, int depth)
{
	/* To the third part by a loop: a chain of else-ifs may be of any length. */
	for (; n && depth <= 3000; n = n->c) {
		if (n->kind == N_CALL && n->a->kind == N_DOT && !strcmp(n->a->name, "apply") &&
		    n->a->a->type) {
			struct node *site = instance_site(n->a->a);
			struct instance *own = site ? instance_own(m, i, site) : NULL;
			nodes none = { 0 };

			if (site && !own)
				instance_make(m, i, site, type_real(n->a->a->type), &none, NULL);
			/* All that are applied directly are called as their type (15.1). */
			else if (own && own->tables.n)
				report(m->u, name_twice, n->tok, own->tables.v[0]->name);
			bind_objects(m, i, n);
		}
		if (n->kind == N_CALL && n->a->kind == N_NAME && n->decl &&
		    !strcmp(n->decl->name, "digest") && !n->decl->b && n->params.n == 2 &&
		    n->params.v[1] && n->params.v[1]->type && !n->info) {
			struct type *t = type_real(n->params.v[1]->type);

			n->info = add_digest(m, t->decl && t->decl->name ? t->decl->name : "digest",
					     t, t->decl && t->decl->name ? t->decl : NULL);
		}
		walk(m, i, n->a, depth + 1);
		walk(m, i, n->b, depth + 1);
		for (int k = 0; k < n->list.n; k++)
			walk(m, i, n->list.v[k], depth + 1);
		for (int k = 0; k < n->list2.n; k++)
			walk(m, i, n->list2.v[k], depth + 1);
		/* The last call, so that a chain of else-ifs may have any length. */
	}
}

static void value_set_fields(struct unit *u, struct table *t)
{
	struct subst s = instance_subst(t->owner);
	nodes all = { 0 };
	struct local_ids ids = { .all = &all };

	type_leaves(u, type_subst(u, t->set->type->args[0], &s), "", &t->fields);
	for (int i = 0; i < t->fields.n; i++)
		vec_push(&u->arena, &all, t->fields.v[i]->field);
	for (int i = 0; i < t->fields.n; i++) {
		struct leaf *f = t->fields.v[i];
		struct node *a = node_anno(f->field, "match");

		f->id = model_local_id(u, &ids, f->field);
		f->match = a && a->list.n ? a->list.v[0]->name : "exact";
	}
}

static void make_value_set(struct model *m, struct instance *owner, struct node *n)
{
	struct table *t = arena_alloc(&m->u->arena, sizeof(*t));

	t->decl = t->set = n;
	t->owner = owner;
	t->name = control_name(m, owner, n, n->name);
	t->cname = model_cname(m, t->name);
	t->id = model_id(m, 0x03, t->name, n);
	value_set_fields(m->u, t);
	t->default_ref = 0;
	t->size_node = n->b;
	if (no_action(m))
		vec_push(&m->u->arena, &t->refs, model_action(m, no_action(m), NULL));
	add_table(m, owner, t);
}

struct instance *instance_make(struct model *m, struct instance *up, struct node *site,
			       struct type *t, nodes *args, const char *local)
{
	struct instance *i = arena_alloc(&m->u->arena, sizeof(*i));
	struct subst sub = instance_subst(up);
	int levels = 0;

	t = type_subst(m->u, t, &sub);
	if (m->blocks.n + m->externs.n > INSTANCE_MAX) {
		if (!unit_told(m->u, DIAG_too_many_instances))
			report(m->u, too_many_instances, site->tok, INSTANCE_MAX);
		return NULL;
	}
	for (struct instance *s = up; s; s = s->up, levels++)
		if (s->decl == t->decl && t->kind != T_EXTERN) {
			report(m->u, recursion, site->tok, t->decl->name);
			return NULL;
		}
	if (levels > LEVELS_MAX) {
		report(m->u, too_deep, site->tok, LEVELS_MAX);
		return NULL;
	}
	i->decl = t->decl;
	i->site = i->anno = site;
	i->type = t;
	i->up = up;
	i->index = -1;
	if (!local)
		local = t->decl->name;
	i->name = control_name(m, up, site->kind == N_INSTANCE ? site : t->decl, local);
	switch (t->kind) {
	case T_PACKAGE: i->params = &t->decl->params; break;
	case T_EXTERN:
		i->params = site->c && site->c->kind == N_METHOD ? &site->c->params : NULL;
		break;
	default: i->params = &t->decl->list2;
	}
	i->args = arena_alloc(&m->u->arena, sizeof(*i->args) * (size_t)(args->n + 1));
	for (int k = 0; i->params && k < i->params->n; k++) {
		struct node *a = k < args->n ? args->v[k] : NULL;

		if (!a)
			a = i->params->v[k]->b;
		i->args[k] = a ? instance_eval(m, up, a) : NULL;
	}
	if (t->kind == T_EXTERN) {
		i->cname = model_cname(m, i->name);
		i->index = m->externs.n;
		vec_push(&m->u->arena, &m->externs, i);
		if (!strcmp(t->decl->name, "Digest") && t->n_args)
			i->digest = add_digest(m, i->name, type_real(t->args[0]),
					       site->kind == N_INSTANCE ? site : NULL);
	}
	if (up) {
		vec_push(&m->u->arena, &up->children, i);
		*map_place(&m->u->arena, &m->owned, site, up) = i;
	}
	if (t->kind == T_EXTERN && site->kind == N_INSTANCE && site->b)
		for (int k = 0; k < site->b->list.n; k++) {
			struct node *d = site->b->list.v[k];

			if (d->kind == N_INSTANCE)
				instance_make(m, i, d, type_real(d->type), &d->params, d->name);
		}
	if (t->kind != T_PARSER && t->kind != T_CONTROL)
		return i;
	i->cname = model_cname(m, i->name);
	for (int k = 0; k < t->decl->list.n; k++) {
		struct node *d = t->decl->list.v[k];

		if (d->kind == N_INSTANCE)
			instance_make(m, i, d, type_real(d->type), &d->params, d->name);
	}
	for (int k = 0; k < t->decl->list.n; k++) {
		struct node *d = t->decl->list.v[k];

		if (d->kind == N_TABLE)
			make_table(m, i, d);
		else if (d->kind == N_VALUESET)
			make_value_set(m, i, d);
		else if (d->kind == N_STATE || d->kind == N_ACTION)
			walk(m, i, d, 0);
	}
	walk(m, i, t->decl->b, 0);
	vec_push(&m->u->arena, &m->blocks, i);
	return i;
}

/* Sizes as they are in each instance, which calls may have given an int */
static void find_size(struct model *m, struct table *t)
{
	struct node *n = t->size_node;
	const struct value *v = n ? value_number(instance_eval(m, t->owner, n)) : NULL;
	const char *what = t->set ? "the size of a value set" : "a table's size";
	long max = t->set ? 1 << 30 : 0x7fffffff;

	if (n && !v && instance_differs(t->owner))
		report_span(m->u, not_constant, n->tok, n->end, what);
	if (v && v->kind == VAL_INT) {
		if (mpz_sgn(v->i) < 0 || mpz_cmp_si(v->i, max) > 0)
			report_span(m->u, out_of_range, n->tok, n->end, what, 0L, max);
		else
			t->size = mpz_get_ui(v->i);
	}
	if (t->set && !t->size)
		t->size = 64;
}

struct model *elaborate(struct unit *u, struct node *program, struct node *main)
{
	struct model *m = arena_alloc(&u->arena, sizeof(*m));
	struct instance *root = arena_alloc(&u->arena, sizeof(*root));

	m->u = u;
	m->program = program;
	m->main = main;
	m->errors = program->a;
	root->name = "";
	/* What stands at the top is visible to all. */
	for (int i = 0; i < program->list.n; i++) {
		struct node *d = program->list.v[i];

		if (d->kind == N_INSTANCE && d != main && d->type &&
		    type_real(d->type)->kind != T_ERR)
			instance_make(m, root, d, type_real(d->type), &d->params, d->name);
	}
	m->package = instance_make(m, root, main, type_real(main->type), &main->params, "");
	for (int i = 0; i < m->tables.n; i++)
		find_size(m, m->tables.v[i]);
	return u->errors ? NULL : m;
}

/*
 * v1model: support_timeout; psa: psa_idle_timeout; pna: pna_idle_timeout, idle_timeout and
 * idle_timeout_with_auto_delete, where only calls restart a timer.
 */
struct table_timeout table_timeout(struct model *m, struct table *t)
{
	struct table_timeout r = { 0 };

	for (int k = 0; k < t->decl->list.n; k++) {
		struct node *p = t->decl->list.v[k];
		bool plain = p->kind == N_PROP && (!strcmp(p->name, "support_timeout") ||
						   !strcmp(p->name, "psa_idle_timeout"));
		struct value *v;

		if (!plain && (p->kind != N_PROP || (strcmp(p->name, "pna_idle_timeout") &&
						     strncmp(p->name, "idle_timeout", 12))))
			continue;
		v = instance_eval(m, t->owner, p->a);
		if (!v)
			continue;
		if (v->kind == VAL_BOOL
			    ? v->b && strstr(p->name, "auto_delete")
			    : v->kind == VAL_ENUM && !strcmp(v->member->name, "AUTO_DELETE"))
			r.expires = true;
		else if (v->kind == VAL_BOOL ? v->b
					     : v->kind == VAL_ENUM &&
						       !strcmp(v->member->name, "NOTIFY_CONTROL"))
			r.notifies = true;
		r.match_restarts |= plain;
	}
	return r;
}
