/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_extern.c - calls of externs: which one it is, and the few that belong nowhere else. */
#include "compiler/emit_extern.h"
#include "runtime/program.h"

struct instance *extern_self(struct emitter *e, struct node *n)
{
	struct instance *i = NULL;

	if (e->chosen_call == n)
		return e->chosen;
	if (n->a->kind == N_DOT)
		i = instance_find(e->m, e->inst, n->a->a);
	if (!i)
		report(e->u, unsupported, n->tok, "an object that is chosen at run time");
	return i;
}

void only_in(struct emitter *e, struct node *call, unsigned blocks, const char *where)
{
	const struct instance *i = e->inst;
	bool inside = false;

	while (i->up && i->up != e->m->package->up)
		i = i->up;
	for (int at = 0; at < e->m->package->params->n; at++)
		inside |= (blocks >> at & 1) && i == instance_at(e->m->package, at);
	if (!inside)
		report(e->u, call_place, call->tok, call->decl->name, where);
}

struct table *table_here(struct emitter *e, struct node *call, table_test *is,
			 const struct instance *x, const char *kind)
{
	bool listed = e->scope->kind != N_ACTION;

	for (int i = 0; i < e->m->tables.n; i++)
		for (int k = 0; k < e->m->tables.v[i]->refs.n; k++) {
			struct table *t = e->m->tables.v[i];

			if (t->refs.v[k]->decl != e->scope)
				continue;
			if (is(e, t, x))
				return t;
			listed = true;
		}
	if (listed)
		report(e->u, call_place, call->tok, call->decl->name, kind);
	return NULL;
}

const char *arg_number(struct emitter *e, struct node *n, int i)
{
	struct node *a = arg_at(n, i);

	return convert(e, expr(e, a), a->type, type_bits(e->u, 32, false));
}

/* A number from lo to hi; lo, if there is none. */
static const char *random_text(struct emitter *e, struct type *t, const char *lo, const char *hi)
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

static const char *x_random(struct emitter *e, struct node *n)
{
	struct node *to = freeze(e, arg_at(n, 0));
	const char *lo = temp(e, to->type, expr(e, arg_at(n, 1)));

	assign(e, to, random_text(e, to->type, lo, expr(e, arg_at(n, 2))));
	return "0";
}

/* T read() */
static const char *x_random_object(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	struct value *lo = i ? instance_arg(i, "min") : NULL,
		     *hi = i ? instance_arg(i, "max") : NULL;

	if (!lo || !hi || lo->kind != VAL_INT || hi->kind != VAL_INT)
		return temp(e, n->type, zero(e, n->type));
	return random_text(e, n->type, int_literal(e, lo->i, n->type),
			   int_literal(e, hi->i, n->type));
}

static const char *x_assert(struct emitter *e, struct node *n)
{
	line(e, "if (!%s)", expr(e, arg_at(n, 0)));
	line(e, "\ttp4_assert_failed(c, \"line %d\");", n->tok->line);
	return "0";
}

static const char *x_static_assert(struct emitter *e, struct node *n)
{
	struct node *a = arg_at(n, 0);
	struct value *v = known_value(e, a);

	if (!v)
		tell_unknown(e, a, "what is asserted statically");
	else if (v->kind == VAL_BOOL && !v->b)
		report(e->u, static_assert, n->tok,
		       arg_at(n, 1) && arg_at(n, 1)->val ? arg_at(n, 1)->val->s : "it is false");
	return "true";
}

static const char *x_zero(struct emitter *e, struct node *n)
{
	return "0";
}

static const char *x_time(struct emitter *e, struct node *n)
{
	return convert(e, "(c->p.timestamp & 0xffffffffffffULL)", type_bits(e->u, 48, false),
		       n->type);
}

static const struct extern_method other_methods[] = {
	{ NULL, "static_assert", x_static_assert, "ri|rii" },
	{ NULL, "random", x_random, "voii" },
	{ NULL, "ubpf_time_get_ns", x_time, "r" },
	{ NULL, "BPF_KTIME_GET_NS", x_time, "r" },
	{ NULL, "BPF_PERF_EVENT_OUTPUT", x_zero, "r" },
	{ NULL, "assert", x_assert, "vi" },
	{ NULL, "assume", x_assert, "vi" },
	{ "Random", "read", x_random_object, "r" },
	{ 0 },
};

/* Which arguments, or r, the result, may have any type and must be numbers all the same. */
static const struct {
	const char *object, *method;
	int n_params; /* 0: any */
	const char *places;
} numbers[] = {
	{ NULL, "hash", 5, "024" },
	{ NULL, "random", 0, "012" },
	{ NULL, "update_checksum", 0, "2" },
	{ NULL, "verify_checksum", 0, "2" },
	{ NULL, "update_checksum_with_payload", 0, "2" },
	{ NULL, "verify_checksum_with_payload", 0, "2" },
	{ NULL, "send_to_port", 0, "0" },
	{ NULL, "mirror_packet", 0, "01" },
	{ NULL, "is_net_port", 0, "0" },
	{ NULL, "is_host_port", 0, "0" },
	{ "meter", "execute_meter", 0, "1" },
	{ "direct_meter", "read", 0, "0" },
	{ "Hash", "get_hash", 0, "r" },
	{ "Checksum", "get", 0, "r" },
	{ "Random", "read", 0, "r" },
};

static void check_numbers(struct emitter *e, struct node *n, const char *object)
{
	const char *places = "";

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (!strcmp(numbers[i].method, n->decl->name) &&
		    (!numbers[i].n_params || numbers[i].n_params == n->params.n) &&
		    (object ? numbers[i].object && !strcmp(numbers[i].object, object)
			    : !numbers[i].object))
			places = numbers[i].places;
	for (; *places; places++) {
		struct node *a = *places == 'r' ? n : arg_at(n, *places - '0');
		struct type *t = a ? real(e, a->type) : NULL;

		if (t && !is_scalar(t) && !is_wide(t))
			report_span(e->u, number_wanted, a->tok, a->end, n->decl->name,
				    type_name(e->u, t));
	}
}

/* Is the declaration one of those that `takes` lists?  A program may have its own. */
static bool declared_so(const struct node *f, const char *takes)
{
	bool fits = true;
	int i = -1;

	for (const char *p = takes; p; i++, p++) {
		if (*p == '|' || !*p) {
			if (fits && i == f->params.n)
				return true;
			if (!*p)
				return false;
			fits = true;
			i = -2;
		} else if (i < 0) {
			fits = (*p == 'v') == (type_real(f->type)->kind == T_VOID);
		} else {
			fits &= i < f->params.n &&
				(*p == 'o') == (f->params.v[i]->dir == DIR_OUT ||
						f->params.v[i]->dir == DIR_INOUT);
		}
	}
	return true;
}

/* The call of an abstract method as one of the function that the object has for it; NULL: none */
static struct node *given_method(struct emitter *e, struct node *n, const struct instance *self)
{
	const struct node *given = self->site->kind == N_INSTANCE ? self->site->b : NULL;

	for (int i = 0; given && i < given->list.n; i++) {
		struct node *copy, *f = given->list.v[i];

		if (f->kind != N_FUNCTION || f->name != n->decl->name || f->params.n != n->params.n)
			continue;
		if (f->flag)
			report(e->u, unsupported, n->tok,
			       "a method that names variables of the block around it");
		copy = arena_grow(&e->u->arena, n, sizeof(*n), sizeof(*n));
		copy->decl = f;
		memset(&copy->params, 0, sizeof(copy->params));
		/* What is left out is what the declaration that the caller sees says. */
		for (int k = 0; k < n->params.n; k++)
			vec_push(&e->u->arena, &copy->params,
				 n->params.v[k] ? n->params.v[k] : n->decl->params.v[k]->b);
		return copy;
	}
	return NULL;
}

static const char *call_of_one(struct emitter *e, struct node *n)
{
	static const struct extern_method *const tables[] = {
		packet_methods, cell_methods, hash_methods,  verdict_methods,
		digest_methods, pna_methods,  other_methods,
	};
	const char *object = NULL, *method, *text;

	if (!n->decl)
		return "0";
	method = n->decl->name;
	if (n->decl->kind == N_METHOD && n->decl->parent)
		object = n->decl->parent->name;
	check_numbers(e, n, object);
	if (e->scope->kind != N_CONTROL && e->scope->kind != N_ACTION && strcmp(method, "verify") &&
	    (!object || strcmp(object, "packet_in")))
		e->parser_acts = true;
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (const struct extern_method *m = tables[i]; m->emit; m++)
			if ((!m->method || !strcmp(m->method, method)) &&
			    (object ? m->object && !strcmp(m->object, object) : !m->object) &&
			    declared_so(n->decl, m->takes))
				return m->emit(e, n);
	text = invm_call(e, n, object, method);
	if (text)
		return text;
	if (n->decl->kind == N_METHOD && n->decl->flag) {
		struct instance *self = extern_self(e, n);
		struct node *given = self ? given_method(e, n, self) : NULL;

		if (given)
			return call_function(e, given, self);
	}
	if (e->u->externs) {
		struct instance *self = object ? extern_self(e, n) : NULL;

		return object && !self ? "0" : call_function(e, n, self);
	}
	report(e->u, no_extern, n->tok, object ? fmt(e, "%s.%s", object, method) : method);
	unit_hint(e->u, "define it in C: --extern FILE.c");
	return "0";
}

/* An object handed over as an argument: any of its type, told apart when the program runs. */
static bool is_handed_over(struct emitter *e, struct node *n)
{
	struct node *object = n->a->kind == N_DOT ? n->a->a : NULL;

	return object && object->kind == N_NAME && object->decl && object->decl->kind == N_PARAM &&
	       !object->decl->flag && object->type && type_real(object->type)->kind == T_EXTERN &&
	       !is_unseen(object->type) && !instance_find(e->m, e->inst, object);
}

struct node *argument_saved(struct emitter *e, struct node *a)
{
	struct node *copy = arena_grow(&e->u->arena, a, sizeof(*a), sizeof(*a));

	if (known_value(e, a) || is_unseen(real(e, a->type)))
		return a;
	if (a->kind == N_DOT && real(e, a->a->type)->kind == T_HEADER) {
		copy->a = node_saved(e, a->a);
		return copy;
	}
	if (a->kind != N_LIST)
		return node_saved(e, a);
	memset(&copy->list, 0, sizeof(copy->list));
	for (int i = 0; i < a->list.n; i++)
		vec_push(&e->u->arena, &copy->list, argument_saved(e, a->list.v[i]));
	return copy;
}

/*
 * If arguments call something, all are evaluated now, once and in the order of the text (6.8):
 * not every extern looks at each of them.
 */
static struct node *with_arguments_saved(struct emitter *e, struct node *n)
{
	const int *order = written_order(e->u, &n->params);
	bool calls = false;
	struct node *copy;
	nodes args = { 0 };

	for (int i = 0; i < n->params.n; i++) {
		calls |= has_call(n->params.v[i]);
		vec_push(&e->u->arena, &args, n->params.v[i]);
	}
	if (!calls)
		return n;
	copy = arena_grow(&e->u->arena, n, sizeof(*n), sizeof(*n));
	copy->params = args;
	for (int k = 0; k < args.n; k++) {
		struct node **a = &args.v[order[k]];
		enum direction dir = n->decl->params.v[order[k]]->dir;

		if (!*a || (*a)->kind == N_DONTCARE)
			continue;
		if (dir != DIR_OUT && dir != DIR_INOUT)
			*a = argument_saved(e, *a);
		else if (!next_of(*a)) /* which extract() moves on */
			*a = freeze(e, *a);
	}
	return copy;
}

const char *extern_call(struct emitter *e, struct node *n)
{
	const struct node *outer_call = e->chosen_call;
	struct instance *outer = e->chosen;
	struct type *t, *object;
	const char *which, *result;

	n = with_arguments_saved(e, n);
	if (!is_handed_over(e, n))
		return call_of_one(e, n);
	t = real(e, n->type);
	object = real(e, n->a->a->type);
	which = expr(e, n->a->a);
	result = t->kind == T_VOID ? "0" : temp(e, t, zero(e, t));
	for (int i = 0; i < e->m->externs.n; i++) {
		struct instance *x = e->m->externs.v[i];
		const char *r;

		if (!type_equal(x->type, object))
			continue;
		line(e, "if (%s == %d) {", which, x->index);
		e->indent++;
		e->chosen_call = n;
		e->chosen = x;
		r = call_of_one(e, n);
		if (t->kind != T_VOID)
			line(e, "%s = %s;", result, r);
		e->indent--;
		line(e, "}");
	}
	e->chosen_call = outer_call;
	e->chosen = outer;
	return result;
}
