/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* instance.c - what is known of the objects that elaborate() has made. */
#include "compiler/instance.h"
#include "runtime/program.h"

#include <string.h>
#include <strings.h>

struct value *instance_arg(struct instance *i, const char *name)
{
	for (int k = 0; i->params && k < i->params->n; k++)
		if (!strcmp(i->params->v[k]->name, name))
			return i->args[k];
	return NULL;
}

uint64_t instance_size(struct instance *i, uint64_t fallback)
{
	static const char *const names[] = { "size", "n_counters", "n_meters", "max_index" };

	for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
		struct value *v = instance_arg(i, names[k]);

		if (v && v->kind == VAL_INT)
			return mpz_get_ui(v->i);
	}
	return fallback;
}

struct selector_size instance_selector(struct instance *i)
{
	struct selector_size s = { .is = strstr(i->decl->name, "elector") };
	struct node *a = node_anno(i->anno, "selector_size_semantics");
	int64_t n;

	if (s.is && node_anno_int(i->anno, "max_group_size", &n) && n > 0 && n <= INT32_MAX)
		s.max_group = (uint32_t)n;
	s.by_members = s.is && a && a->list.n == 1 && !strcmp(a->list.v[0]->name, "sum_of_members");
	if (s.by_members && node_anno_int(i->anno, "max_member_weight", &n) && n > 0 &&
	    n <= INT32_MAX)
		s.max_weight = (uint32_t)n;
	return s;
}

int instance_unit(struct instance *i)
{
	struct value *v = instance_arg(i, "type");
	const char *name = v && v->kind == VAL_ENUM ? v->member->name : "";

	return !strcasecmp(name, "packets") ? TP4_PACKETS
	       : !strcasecmp(name, "bytes") ? TP4_BYTES
					    : TP4_BOTH;
}

struct table *instance_table(const struct instance *i)
{
	return i->tables.n ? i->tables.v[0] : NULL;
}

static struct value *object(struct model *m, struct instance *i)
{
	struct value *v = arena_alloc(&m->u->arena, sizeof(*v));

	v->kind = VAL_OBJECT;
	v->object = i;
	return v;
}

/* The instance that an expression of extern, parser or control type means. */
struct instance *instance_find(struct model *m, struct instance *i, struct node *n)
{
	struct value *v = instance_eval(m, i, n);

	return v && v->kind == VAL_OBJECT ? v->object : NULL;
}

struct instance *instance_own(struct model *m, struct instance *i, struct node *site)
{
	return map_find(&m->owned, site, i);
}

static struct instance *instance_child(struct model *m, struct instance *i, struct node *site)
{
	struct instance *found = NULL;

	for (; i && !found; i = i->up)
		found = instance_own(m, i, site);
	return found;
}

struct node *instance_site(struct node *block)
{
	struct type *t = block->type ? type_real(block->type) : NULL;

	if (!t || (t->kind != T_CONTROL && t->kind != T_PARSER) ||
	    (block->kind != N_TYPENAME &&
	     (block->kind != N_NAME || !block->decl || block->decl->kind == N_INSTANCE ||
	      block->decl->kind == N_PARAM)))
		return NULL;
	return t->n_args ? block : t->decl;
}

struct subst instance_subst(const struct instance *i)
{
	return i && i->type ? decl_subst(i->type) : (struct subst){ 0 };
}

struct type *instance_param(struct unit *u, const struct instance *i, int at)
{
	const struct subst s = instance_subst(i);

	return type_subst(u, i->decl->params.v[at]->type, &s);
}

struct instance *instance_at(const struct instance *package, int at)
{
	struct value *v = at < package->params->n ? package->args[at] : NULL;

	return v && v->kind == VAL_OBJECT ? v->object : NULL;
}

struct instance *instance_applied(struct model *m, struct instance *i, struct node *block)
{
	struct node *site = instance_site(block);

	return site ? instance_own(m, i, site) : instance_find(m, i, block);
}

/* Is anything of it known in each call only? */
bool instance_differs(const struct instance *i)
{
	for (; i; i = i->up)
		for (int k = 0; k < i->bounds.n; k++)
			if (i->bounds.v[k].several)
				return true;
	return false;
}

/* What a parameter holds that is the same in all calls; NULL: it is not. */
static struct value *bound_value(struct model *m, const struct bound *b)
{
	return b->several ? NULL : instance_eval(m, b->caller, b->arg);
}

static struct value *name_value(struct model *m, struct instance *i, const struct node *n)
{
	if (!n->decl)
		return NULL;
	if (n->decl->kind == N_PARAM && n->decl->flag) {
		for (struct instance *s = i; s; s = s->up)
			for (int k = 0; s->params && k < s->params->n; k++)
				if (s->params->v[k] == n->decl)
					return s->args[k];
		return NULL;
	}
	if (n->decl->kind == N_PARAM)
		for (struct instance *s = i; s; s = s->up)
			for (int k = 0; k < s->bounds.n; k++)
				if (s->bounds.v[k].param == n->decl)
					return bound_value(m, &s->bounds.v[k]);
	if (n->decl->kind == N_CONST)
		return instance_eval(m, i, n->decl->b);
	if (n->decl->kind == N_INSTANCE) {
		struct instance *c = instance_child(m, i, n->decl);

		return c ? object(m, c) : NULL;
	}
	return NULL;
}

/* The value of a compile-time expression inside instance `i`. */
struct value *instance_eval(struct model *m, struct instance *i, struct node *n)
{
	struct node *copy;

	if (n->val)
		return n->val;
	switch (n->kind) {
	case N_NAME: {
		struct value *v = map_find(&m->values, n->decl, i);

		if (!v && (v = name_value(m, i, n)))
			*map_place(&m->u->arena, &m->values, n->decl, i) = v;
		return v;
	}
	case N_SELF: {
		struct instance *c = n->decl ? instance_child(m, i, n->decl->decl) : NULL;

		return c ? object(m, c) : NULL;
	}
	case N_CALL:
		if (n->type && n->a->type && type_real(n->a->type)->kind == T_TYPE) {
			struct instance *c = instance_child(m, i, n);

			if (!c)
				c = instance_make(m, i, n, type_real(n->type), &n->params, NULL);
			return c ? object(m, c) : NULL;
		}
		return NULL;
	case N_UNARY:
	case N_BINARY:
	case N_COND:
	case N_CAST:
	case N_SLICE:
	case N_INDEX:
	case N_DOT:
	case N_LIST:
	case N_RECORD:
	case N_ARG: break;
	default: return NULL;
	}
	/* Fold a copy whose operands have their values in this instance. */
	copy = arena_grow(&m->u->arena, n, sizeof(*n), sizeof(*n));
	struct node **parts[] = { &copy->a, &copy->b, &copy->c };

	if (n->kind == N_LIST || n->kind == N_RECORD) {
		nodes list = { 0 };

		for (int k = 0; k < n->list.n; k++) {
			struct node *e =
				n->list.v[k]->kind == N_ARG ? n->list.v[k]->a : n->list.v[k];
			struct node *c = arena_grow(&m->u->arena, e, sizeof(*e), sizeof(*e));

			c->val = instance_eval(m, i, e);
			if (!c->val)
				return NULL;
			vec_push(&m->u->arena, &list, c);
		}
		copy->list = list;
		copy->kind = N_LIST;
	} else {
		for (int k = 0; k < 3; k++) {
			struct node *e = *parts[k], *c;

			if (!e || !e->type || (n->kind == N_CAST && k == 0) ||
			    (n->kind == N_BINARY && k == 2))
				continue;
			c = arena_grow(&m->u->arena, e, sizeof(*e), sizeof(*e));
			c->val = instance_eval(m, i, e);
			if (!c->val && n->kind != N_COND)
				return NULL;
			*parts[k] = c;
		}
	}
	fold(m->u, copy);
	return copy->val;
}
