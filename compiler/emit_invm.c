/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * emit_invm.c - transp4_invm.p4: gauges and owners of flows.
 *
 * Reading a gauge is a load in the program itself; an owner is looked up by
 * the runtime.
 */
#include "compiler/emit_extern.h"

#define NS_PER_MS 1000000ULL

static bool is_gauge(const struct instance *x)
{
	return !strcmp(x->decl->name, "Gauge");
}

/* Its place among the gauges. */
static int gauge_index(struct emitter *e, const struct instance *x)
{
	int n = 0;

	for (int i = 0; i < e->m->externs.n && e->m->externs.v[i] != x; i++)
		n += is_gauge(e->m->externs.v[i]);
	return n;
}

static unsigned long long max_age(struct instance *x)
{
	struct value *v = instance_arg(x, "max_age_ms");

	return v && v->kind == VAL_INT ? mpz_get_ui(v->i) * NS_PER_MS : 0;
}

static const char *gauge_call(struct emitter *e, struct node *n, struct instance *x, bool read)
{
	struct type *t = type_under(real(e, x->type->args[0]));
	struct value *initial = instance_arg(x, "initial");
	int i = gauge_index(e, x);

	if (!read)
		return temp(e, n->type, fmt(e, "tp4_gauge_stale(c, %d, %lluULL)", i, max_age(x)));
	if (t->kind != T_BITS || t->is_signed || t->width > 64 || !initial) {
		report(e->u, unsupported, n->tok, "a gauge of another type than bit<1> to bit<64>");
		return "0";
	}
	return temp(e, n->type,
		    fmt(e, "(%s)tp4_gauge_read(c, %d, %lluULL, %lluULL, %s)", c_type(e, t), i,
			max_age(x), ~0ULL >> (64 - t->width), value_text(e, initial, t)));
}

/* lookup4/6(protocol, src, src_port, dst, dst_port, out owner) */
static const char *owner_call(struct emitter *e, struct node *n, struct instance *x,
			      const char *method)
{
	const char *arg[5], *found, *owner = fresh(e, "owner"), *v;
	struct type *t;

	for (int i = 0; i < 5; i++)
		arg[i] = temp(e, n->params.v[i]->type, expr(e, n->params.v[i]));
	line(e, "struct tp4_owner %s;", owner);
	found = temp(e, n->type,
		     fmt(e, "tp4_owner_%s(c, %lluULL, %s, %s, %s, %s, %s, &%s)", method, max_age(x),
			 arg[0], arg[1], arg[2], arg[3], arg[4], owner));
	if (n->params.v[5]->kind == N_DONTCARE)
		return found;
	t = real(e, n->params.v[5]->type);
	v = temp(e, t, zero(e, t));
	line(e, "%s.%s = %s.uid;", v, field_c(e, t, 0), owner);
	line(e, "%s.%s = %s.cgroup;", v, field_c(e, t, 1), owner);
	line(e, "%s.%s = %s.program;", v, field_c(e, t, 2), owner);
	assign(e, n->params.v[5], v);
	return found;
}

const char *invm_call(struct emitter *e, struct node *n, const char *object, const char *method)
{
	bool gauge = object && !strcmp(object, "Gauge");
	struct instance *x;

	if (!gauge && !(object && !strcmp(object, "FlowOwner")))
		return NULL;
	x = extern_self(e, n);
	if (!x)
		return "0";
	return gauge ? gauge_call(e, n, x, !strcmp(method, "read")) : owner_call(e, n, x, method);
}

/* The program's list of gauges; returns how many there are. */
int invm_data(struct emitter *e)
{
	int n = 0;

	buffer_str(&e->data, "static const struct tp4_gauge_desc gauges[] = {\n");
	for (int i = 0; i < e->m->externs.n; i++) {
		struct instance *x = e->m->externs.v[i];
		struct value *name = is_gauge(x) ? instance_arg(x, "name") : NULL;

		if (!is_gauge(x))
			continue;
		buffer_printf(&e->data, "\t{ .name = %s },\n",
			      name ? value_text(e, name, type_basic(e->u, T_STRING)) : "\"\"");
		n++;
	}
	buffer_str(&e->data, "\t{ 0 },\n};\n");
	return n;
}
