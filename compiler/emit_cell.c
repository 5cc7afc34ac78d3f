/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_cell.c - counters, registers and meters. */
#include "compiler/emit_extern.h"
#include "runtime/program.h"

/* counters, registers, meters */

/* Of a structure the number is its bits. */
const char *cell_number(struct emitter *e, struct node *index)
{
	struct type *t = real(e, index->type), *w = type_bits(e->u, 64, false);
	const char *bits, *d, *words;
	const char *number = e->arch == TP4_ARCH_UBPF ? "tp4_wide_key" : "tp4_wide_number";

	if (is_wide(t)) {
		d = temp(e, t, expr(e, index));
		return temp(e, w, fmt(e, "%s(%s.w, %d)", number, d, type_under(t)->width));
	}
	if (is_scalar(t)) {
		d = temp(e, t, expr(e, index));
		return temp(e, w,
			    max_bits(e, t) <= 64
				    ? d
				    : fmt(e, "%s((const uint64_t[]){ %s, %s >> 64 }, 128)", number,
					  d, d));
	}
	d = bits_of(e, index, &bits);
	words = fresh(e, "words");
	line(e, "uint64_t %s[%llu] = { 0 };", words, (unsigned long long)max_bits(e, t) / 64 + 1);
	line(e, "tp4_get_wide(%s, %s, 0, %s);", words, d, bits);
	return temp(e, w, fmt(e, "%s(%s, %s)", number, words, bits));
}

static const char *x_count(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	const char *v;

	if (!i || !arg_at(n, 0))
		return "0"; /* a direct counter counts where the entry is found */
	v = cell_number(e, arg_at(n, 0));
	line(e, "tp4_counter_add(&c->counters[%d], %s, %s);", i->state, v,
	     arg_at(n, 1) ? arg_number(e, n, 1) : "c->p.total_len");
	return "0";
}

static bool has_object(struct emitter *e, struct table *t, const struct instance *x)
{
	return t->decl == x->site;
}

/* A direct counter or meter is for its table's actions; without one it does nothing. */
static void check_owner(struct emitter *e, struct node *n, struct instance *x)
{
	if (x->site->kind == N_TABLE)
		table_here(e, n, has_object, x, "actions of the table that has this");
}

/* In psa a direct counter counts when it is told to. */
static const char *x_direct_count(struct emitter *e, struct node *n)
{
	const char *len = arg_at(n, 0) ? temp(e, type_bits(e->u, 32, false), arg_number(e, n, 0))
				       : "c->p.total_len";
	struct instance *i = extern_self(e, n);

	if (!i)
		return "0";
	check_owner(e, n, i);
	if (!instance_table(i))
		return "0";
	line(e, "if (c->entry) {");
	line(e, "\tc->entry->packets++;");
	line(e, "\tc->entry->bytes += %s;", len);
	line(e, "}");
	return "0";
}

/* ebpf's CounterArray: increment(index), add(index, value) */
static const char *x_increment(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	const char *index, *by;

	if (!i)
		return "0";
	index = cell_number(e, arg_at(n, 0));
	by = arg_at(n, 1) ? arg_number(e, n, 1) : "1";
	line(e, "if (%s < c->counters[%d].size)", index, i->state);
	line(e, "\tc->counters[%d].cell[%s].packets += %s;", i->state, index, by);
	return "0";
}

/* The cell at an index, in a block of C that cell_end() closes. ubpf's registers are maps. */
static const char *cell(struct emitter *e, struct instance *i, const char *at, bool write)
{
	if (e->arch == TP4_ARCH_UBPF)
		at = temp(e, type_bits(e->u, 64, false),
			  fmt(e, "tp4_register_find(&c->registers[%d], %s, %s)", i->state, at,
			      write ? "true" : "false"));
	line(e, "if (likely(%s < c->registers[%d].size)) {", at, i->state);
	e->indent++;
	return fmt(e, "((%s *)c->registers[%d].cell)[%s]", c_type(e, i->type->args[0]), i->state,
		   at);
}

static void cell_end(struct emitter *e)
{
	e->indent--;
	line(e, "}");
}

/* The argument for the parameter of this name */
static struct node *arg(struct node *n, const char *name)
{
	for (int i = 0; n->decl && i < n->decl->params.n && i < n->params.n; i++)
		if (!strcmp(n->decl->params.v[i]->name, name))
			return n->params.v[i];
	return NULL;
}

/* Beyond the end nothing is read or written, and the result stays what it was, as in BMv2. */
static const char *x_register_read(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	struct node *to = arg(n, "result"), *index = arg(n, "index");
	const char *v, *r = "0";

	if (!i)
		return "0";
	if (to) {
		to = freeze(e, to);
		v = cell(e, i, cell_number(e, index ? index : arg_at(n, 1)), false);
		assign(e, to, v);
	} else { /* T read(index) */
		r = temp(e, n->type, zero(e, n->type));
		v = cell(e, i, cell_number(e, index ? index : arg_at(n, 0)), false);
		line(e, "%s = %s;", r, v);
	}
	cell_end(e);
	return r;
}

static const char *x_register_write(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	const char *at, *v;

	if (!i)
		return "0";
	at = cell_number(e, arg_at(n, 0));
	v = expr_saved(e, arg_at(n, 1));
	line(e, "%s = %s;", cell(e, i, at, true), v);
	cell_end(e);
	return "0";
}

static void colour_out(struct emitter *e, struct node *to, const char *colour)
{
	struct type *w = type_bits(e->u, 32, false);

	assign(e, to, convert(e, temp(e, w, colour), w, to->type));
}

static const char *x_meter_run(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	struct value *size = i ? instance_arg(i, "size") : NULL;
	struct node *to;
	const char *index;

	if (!i)
		return "0";
	index = cell_number(e, arg_at(n, 0));
	to = freeze(e, arg_at(n, 1));
	line(e, "if (%s < %lluULL) {", index,
	     (unsigned long long)(size && size->kind == VAL_INT ? mpz_get_ui(size->i) : 0));
	e->indent++;
	colour_out(e, to,
		   fmt(e, "tp4_meter_run(c->meters[%d], %s, TP4_GREEN, c)", i->state, index));
	e->indent--;
	line(e, "}");
	return "0";
}

/* The meter ran when the entry was found; where none was, the result stays, as in BMv2. */
static const char *x_direct_meter_read(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);

	if (i && !instance_table(i))
		report(e->u, call_place, n->tok, n->decl->name, "direct meters of tables");
	line(e, "if (c->colour >= 0) {");
	e->indent++;
	colour_out(e, arg_at(n, 0), "(uint32_t)c->colour");
	e->indent--;
	line(e, "}");
	return "0";
}

const char *meter_unit(struct instance *x)
{
	static const char *const names[] = {
		[TP4_PACKETS] = "TP4_PACKETS", [TP4_BYTES] = "TP4_BYTES", [TP4_BOTH] = "TP4_BOTH"
	};

	return names[instance_unit(x)];
}

/*
 * execute(index), execute(index, colour) and a direct meter's without index; dpdk's say how long
 * the packet is, too. RED, GREEN, YELLOW
 */
static const char *x_execute(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	bool direct = !strcmp(n->decl->parent->name, "DirectMeter");
	struct node *colour = arg_at(n, !direct);
	struct node *len = n->params.n > !direct ? arg_at(n, n->params.n - 1) : NULL;
	const char *c, *index, *r, *whole = NULL;

	if (!i)
		return "0";
	if (direct)
		check_owner(e, n, i);
	index = direct ? NULL : cell_number(e, arg_at(n, 0));
	if (colour && type_under(real(e, colour->type))->kind == T_ENUM)
		c = fmt(e, "(%s + 2) %% 3", expr(e, colour));
	else
		c = "TP4_GREEN";
	if (len && type_under(real(e, len->type))->kind == T_BITS) {
		whole = temp(e, type_bits(e->u, 32, false), "c->p.total_len");
		line(e, "c->p.total_len = %s;", arg_number(e, n, n->params.n - 1));
	}
	r = direct ? fmt(e, "tp4_direct_meter_run(%s, %s == TP4_PACKETS, %s, c)",
			 instance_table(i) ? "c->entry" : "NULL", meter_unit(i), c)
		   : fmt(e, "tp4_meter_run(c->meters[%d], %s, %s, c)", i->state, index, c);
	r = temp(e, n->type, fmt(e, "(%s + 1) %% 3", r));
	if (whole)
		line(e, "c->p.total_len = %s;", whole);
	return r;
}

const struct extern_method cell_methods[] = {
	{ "counter", "count", x_count, "vi" },
	{ "direct_counter", "count", x_count, "v" },
	{ "CounterArray", "increment", x_increment, "vi" },
	{ "CounterArray", "add", x_increment, "vii" },
	{ "register", "read", x_register_read, "voi|ri" },
	{ "register", "write", x_register_write, "vii" },
	{ "Register", "read", x_register_read, "voi|ri" },
	{ "Register", "write", x_register_write, "vii" },
	{ "meter", "execute_meter", x_meter_run, "vio" },
	{ "direct_meter", "read", x_direct_meter_read, "vo" },
	{ "Counter", "count", x_count, "vi|vii" },
	{ "DirectCounter", "count", x_direct_count, "v|vi" },
	{ "Meter", "execute", x_execute, "ri|rii|riii" },
	{ "DirectMeter", "execute", x_execute, "r|ri|rii" },
	{ "Meter", "dpdk_execute", x_execute, "ri|rii|riii" },
	{ "DirectMeter", "dpdk_execute", x_execute, "r|ri|rii" },
	{ 0 },
};
