/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * emit_call.c - calls: copy in, call, copy out (section 6.8).
 *
 * Structures are handed over by pointer where nobody can see the difference:
 * when no other argument of the call can be a part of it or hold it and the
 * callee cannot reach it by another name.
 */
#include "compiler/emit.h"

struct back {
	struct node *to;
	const char *from;
};

typedef VEC(struct back) backs;

static struct node *root_of(struct node *n)
{
	while (n && (n->kind == N_DOT || n->kind == N_INDEX || n->kind == N_SLICE ||
		     (n->kind == N_BINARY && n->lvalue)))
		n = n->a;
	return n && n->kind == N_NAME ? n->decl : NULL;
}

static bool is_place(struct node *n)
{
	while (n->kind == N_DOT || n->kind == N_INDEX) {
		struct type *t = n->a->type ? type_real(n->a->type) : NULL;

		if (n->kind == N_DOT && t && t->kind == T_STACK)
			return false;
		if (n->val)
			return false;
		n = n->a;
	}
	return n->kind == N_NAME && n->decl && n->decl->info && !n->val && n->decl->kind != N_CONST;
}

static int depth_of(const struct node *n)
{
	int depth = 0;

	for (; n->kind != N_NAME; n = n->a)
		depth++;
	return depth;
}

/* Are these surely different parts of one variable?  Both are as deep in it. */
static bool apart(const struct node *a, const struct node *b)
{
	if (a->kind == N_NAME)
		return false;
	if (apart(a->a, b->a))
		return true;
	if (a->kind == N_INDEX && b->kind == N_INDEX)
		return a->b->val && b->b->val && !value_equal(a->b->val, b->b->val);
	return a->kind == N_DOT && b->kind == N_DOT && a->name != b->name &&
	       (type_real(a->a->type)->kind == T_STRUCT || type_real(a->a->type)->kind == T_HEADER);
}

/* May writing to one of these places change the other? */
static bool overlap(struct node *a, struct node *b)
{
	struct node *root = root_of(a);
	int da, db;

	if (!root || root_of(b) != root)
		return false;
	for (da = depth_of(a), db = depth_of(b); da > db; da--)
		a = a->a;
	for (; db > da; db--)
		b = b->a;
	return !apart(a, b);
}

static bool shared(nodes *params, nodes *args, int i)
{
	for (int k = 0; k < args->n; k++) {
		if (k == i || !args->v[k] || !overlap(args->v[i], args->v[k]))
			continue;
		if (params->v[k]->dir == DIR_OUT || params->v[k]->dir == DIR_INOUT ||
		    params->v[i]->dir == DIR_OUT || params->v[i]->dir == DIR_INOUT)
			return true;
	}
	return false;
}

void check_exit(struct emitter *e)
{
	if (!e->has_exit || !e->leave || e->scope->kind == N_PARSER || e->scope->kind == N_FUNCTION)
		return;
	line(e, "if (unlikely(c->p.exited))");
	line(e, "\tgoto %s;", e->leave);
}

/* The C arguments of a call, each with ", " before it; what must be copied out goes to *back. */
static const char *pass(struct emitter *e, nodes *params, nodes *args, const struct subst *sub,
			bool closure, backs *back)
{
	const char **text = arena_alloc(&e->u->arena, sizeof(*text) * (size_t)(params->n + 1));
	const int *order = written_order(e->u, args);
	struct buffer b = { 0 };
	const char *list;
	/* Later arguments may change what earlier ones read. */
	int last_call = -1;

	for (int k = 0; k < args->n; k++)
		if (args->v[order[k]] && has_call(args->v[order[k]]))
			last_call = k;
	for (int k = 0; k < params->n; k++) {
		int i = k < args->n ? order[k] : k;
		struct node *p = params->v[i], *a = i < args->n ? args->v[i] : NULL;
		struct type *t = real(e, sub ? type_subst(e->u, p->type, sub) : p->type);
		bool out = p->dir == DIR_OUT || p->dir == DIR_INOUT;
		const char *v;

		if (is_unseen(t))
			continue;
		if (!a && p->b && !out)
			a = p->b;
		if (!a || a->kind == N_DONTCARE) {
			v = temp(e, t, zero(e, t));
			text[i] = fmt(e, ", %s%s", out || !is_scalar(t) ? "&" : "", v);
			continue;
		}
		if (out) {
			/* A union's other members are not valid any more if this one is now. */
			if (!closure && is_place(a) && !in_union(e, a) &&
			    !shared(params, args, i) && k >= last_call) {
				text[i] = fmt(e, ", &%s", place(e, a));
				continue;
			}
			a = freeze(e, a);
			v = temp(e, t, p->dir == DIR_OUT ? zero(e, t) : expr(e, a));
			struct back kept = { a, v };

			vec_push(&e->u->arena, back, kept);
			text[i] = fmt(e, ", &%s", v);
		} else if (is_scalar(t)) {
			v = k < last_call || (closure && back) ? expr_saved(e, a) : expr(e, a);
			text[i] = fmt(e, ", %s", v);
		} else {
			if (!closure && is_place(a) && !shared(params, args, i) && k >= last_call)
				v = place(e, a);
			else
				v = temp(e, t, expr(e, a));
			text[i] = fmt(e, ", &%s", v);
		}
	}
	for (int i = 0; i < params->n; i++)
		buffer_str(&b, text[i] ? text[i] : "");
	list = arena_copy(&e->u->arena, b.text ? b.text : "", b.len);
	buffer_free(&b);
	return list;
}

static void copy_back(struct emitter *e, backs *back)
{
	for (int i = 0; i < back->n; i++)
		assign(e, back->v[i].to, back->v[i].from);
}

/* The C parameters that follow `head`. */
const char *param_list(struct emitter *e, nodes *params, const char *head)
{
	struct buffer b = { 0 };

	buffer_str(&b, head);
	for (int i = 0; i < params->n; i++) {
		struct node *p = params->v[i];
		struct type *t = real(e, p->type);
		bool out = p->dir == DIR_OUT || p->dir == DIR_INOUT;

		if (!is_unseen(t))
			buffer_printf(&b, ", %s%s %s%s", out || is_scalar(t) ? "" : "const ",
				      c_type(e, t), out || !is_scalar(t) ? "*" : "",
				      c_name(e, p->name));
	}
	head = arena_copy(&e->u->arena, b.text, b.len);
	buffer_free(&b);
	return head;
}

void bind_params(struct emitter *e, nodes *params)
{
	for (int i = 0; i < params->n; i++) {
		struct node *p = params->v[i];
		struct type *t = real(e, p->type);
		bool pointer = p->dir == DIR_OUT || p->dir == DIR_INOUT || !is_scalar(t);

		p->info = (void *)fmt(e, pointer ? "(*%s)" : "%s", c_name(e, p->name));
	}
}

static bool same_tree(const struct node *a, const struct node *b);

static bool same_trees(const nodes *a, const nodes *b)
{
	bool same = a->n == b->n;

	for (int i = 0; same && i < a->n; i++)
		same = same_tree(a->v[i], b->v[i]);
	return same;
}

static bool same_tree(const struct node *a, const struct node *b)
{
	if (!a || !b)
		return a == b;
	return a->kind == b->kind && a->op == b->op && a->name == b->name && a->decl == b->decl &&
	       (!a->val || (b->val && value_equal(a->val, b->val))) && same_tree(a->a, b->a) &&
	       same_tree(a->b, b->b) && same_tree(a->c, b->c) && same_trees(&a->list, &b->list);
}

/* The calls of one block within another */
struct calls {
	const struct node *first;
	bool differ;
};

static void note_calls(struct emitter *e, const struct node *block, const struct node *in)
{
	/* To the third part by a loop: a chain of else-ifs may be of any length. */
	for (; in; in = in->c) {
		if (in->kind == N_CALL && in->a->kind == N_DOT && in->a->a->kind == N_NAME &&
		    in->a->a->decl) {
			const struct node *site = in->a->a->decl;
			void **place = map_place(&e->u->arena, &e->calls, site, block);
			struct calls *k = *place;

			if (!k) {
				*place = k = arena_alloc(&e->u->arena, sizeof(*k));
				k->first = in;
			}
			k->differ |= site->kind == N_INSTANCE &&
				     !same_trees(&in->params, &k->first->params);
		}
		for (int k = 0; k < in->list.n; k++)
			note_calls(e, block, in->list.v[k]);
		note_calls(e, block, in->a);
		note_calls(e, block, in->b);
	}
}

/*
 * Do all calls of block `i` that are in `in` have the same arguments?  Each Type.apply() has
 * an instance to itself as far as p4c is concerned.  The first call goes to *first.
 */
static bool calls_alike(struct emitter *e, const struct node *in, const struct instance *i,
			const struct node **first)
{
	void **noted = map_place(&e->u->arena, &e->calls, in, NULL);
	const struct calls *k;

	if (!*noted) {
		*noted = e;
		note_calls(e, in, in);
	}
	k = map_find(&e->calls, i->site, in);
	*first = k ? k->first : NULL;
	return !k || !k->differ;
}

/* Is this (a part of) a parameter of the block around? */
static bool in_parameter(const struct node *n)
{
	while (n->kind == N_DOT || n->kind == N_INDEX)
		n = n->a;
	return n->kind == N_NAME && n->decl && n->decl->kind == N_PARAM;
}

/* Headers become invalid, and all else, unless it is kept, what is not initialised is. */
static void clear_c(struct emitter *e, struct type *t, const char *to, bool keep)
{
	if (t->kind == T_STRUCT && keep)
		for (int i = 0; i < type_n_fields(t); i++)
			clear_c(e, real(e, type_field_at(e->u, t, i)),
				fmt(e, "%s.%s", to, field_c(e, t, i)), keep);
	else if (t->kind == T_HEADER || t->kind == T_UNION || type_is_header_stack(t) ||
		 (!keep && !is_scalar(t)))
		line(e, "memset(&%s, 0, sizeof(%s));", to, to);
	else if (!keep)
		line(e, "%s = %s;", to, zero(e, t));
}

/*
 * How out parameters begin is left open (6.8).  For a block whose calls are alike p4c puts the
 * arguments themselves in the parameters' place; local variables have nothing in them then,
 * because what is assigned before such a call is thought to be lost.
 */
void clear_out(struct emitter *e, nodes *params, struct instance *i)
{
	for (int k = 0; k < params->n; k++) {
		struct node *p = params->v[k];
		struct type *t = real(e, p->type);
		const struct node *call = NULL;
		bool keep;

		if (p->dir != DIR_OUT || is_unseen(t))
			continue;
		keep = i && i->up && i->up->decl && calls_alike(e, i->up->decl, i, &call) && call &&
		       call->params.v[k] && in_parameter(call->params.v[k]);
		clear_c(e, t, fmt(e, "(*%s)", c_name(e, p->name)), keep);
	}
}

/* Does this function look at the packet?  It may find too little of it. */
bool takes_packet(const struct node *f)
{
	for (int i = 0; i < f->params.n; i++) {
		struct type *t = type_real(f->params.v[i]->type);

		if (t->kind == T_EXTERN && !strcmp(t->decl->name, "packet_in"))
			return true;
	}
	return false;
}

/* An extern function of the user's C: what is in is handed over, the rest is pointed to. */
static void call_user(struct emitter *e, struct node *f, const char *user)
{
	const char *list = "";

	for (int i = 0; i < f->params.n; i++) {
		struct node *p = f->params.v[i];
		struct type *t = real(e, p->type);
		bool out = p->dir == DIR_OUT || p->dir == DIR_INOUT;

		if (!is_unseen(t))
			list = fmt(e, "%s%s%s%s", list, *list ? ", " : "",
				   out || is_scalar(t) ? "" : "*", c_name(e, p->name));
	}
	/* &: what is not there is an error to every C compiler. */
	line(e, "%s(&%s)(%s);", e->ret ? "result_ = " : "", user, list);
}

#define LEVELS_MAX    1000  /* of functions that call functions */
#define FUNCTIONS_MAX 20000 /* each for its types and numbers */

/* A function without a body is the user's C function of that name. */
static void function_c(struct emitter *e, struct node *f, const char *name, const char *user)
{
	struct type *result = real(e, f->type);
	struct buffer b;
	struct emitter saved = function_begin(e, &b);
	const char *c = c_type(e, result);

	e->scope = f;
	e->in_frame = false;
	show_source(e, f);
	line(e, "%s", param_list(e, &f->params, fmt(e, "static %s %s(struct tp4_ctx *c", c, name)));
	b.len--;
	buffer_str(&b, ")\n{\n");
	e->indent = 1;
	bind_params(e, &f->params);
	clear_out(e, &f->params, NULL);
	if (result->kind != T_VOID) {
		e->ret = "result_";
		line(e, "%s result_ = %s;", c, zero(e, result));
	}
	e->leave = "leave";
	e->reject = takes_packet(f) ? e->leave : NULL;
	if (f->b)
		block_c(e, f->b);
	else
		call_user(e, f, user);
	line(e, "@leave:;");
	line(e, "%s", e->ret ? "return result_;" : "return;");
	e->indent = 0;
	line(e, "}");
	function_end(e, &saved, &b);
}

/* A call's arguments but for numbers that the callee knows: they may fit no type of C. */
static nodes without_known(struct emitter *e, struct instance *callee, nodes *params, nodes *args)
{
	nodes out = { 0 };

	for (int i = 0; i < params->n; i++) {
		struct node *a = args->v[i];

		for (int k = 0; k < callee->bounds.n; k++) {
			struct bound *b = &callee->bounds.v[k];

			if (b->param != params->v[i] || type_real(b->param->type)->kind != T_INT ||
			    b->several || !instance_eval(e->m, b->caller, b->arg))
				continue;
			a = node_new(e->u, N_INT, b->arg->tok);
			a->type = b->param->type;
			a->val = value_si(e->u, 0);
		}
		vec_push(&e->u->arena, &out, a);
	}
	return out;
}

const char *call_function(struct emitter *e, struct node *n, struct instance *object)
{
	struct node *f = n->decl;
	struct instance *caller = e->inst;
	struct instance *inner = arena_alloc(&e->u->arena, sizeof(*inner));
	const struct subst *old = e->sub;
	struct subst s = { .n = f->tparams.n };
	int outer = 0;
	const char *key = fmt(e, "function %p", (void *)f), *name, *list, *r;
	const char *user = c_name(e, f->name);
	struct type *result;
	backs back = { 0 };
	nodes args;

	inner->decl = f;
	/* What an object's own method names, its initializer may hold. */
	inner->up = f->b && object ? object : caller;
	if (object) {
		key = fmt(e, "%s of %s", key, object->cname);
		user = fmt(e, "%s_%s", object->cname, f->name);
	}
	for (const struct instance *o = object; o; o = o->up)
		outer += instance_subst(o).n;
	s.from = arena_alloc(&e->u->arena, sizeof(*s.from) * (size_t)(s.n + outer + 1));
	s.to = arena_alloc(&e->u->arena, sizeof(*s.to) * (size_t)(s.n + outer + 1));
	for (int i = 0; i < s.n; i++) {
		const char *type = c_type(e, real(e, n->inferred[i]));

		s.from[i] = f->tparams.v[i];
		s.to[i] = real(e, n->inferred[i]);
		key = fmt(e, "%s<%s>", key, type_name(e->u, s.to[i]));
		user = fmt(e, "%s_%s", user, type + 7 * !strncmp(type, "struct ", 7));
	}
	for (const struct instance *o = object; o; o = o->up)
		for (int i = 0; i < instance_subst(o).n; i++, s.n++) {
			s.from[s.n] = instance_subst(o).from[i];
			s.to[s.n] = instance_subst(o).to[i];
		}
	/* A function of numbers without a width is one for each of them. */
	for (int i = 0; i < f->params.n; i++) {
		struct node *a = n->params.v[i] ? n->params.v[i] : f->params.v[i]->b;
		struct bound b = { f->params.v[i], a, caller, false };
		struct value *v;

		if (!f->b || !a || type_real(b.param->type)->kind != T_INT ||
		    !(v = known_value(e, a)))
			continue;
		vec_push(&e->u->arena, &inner->bounds, b);
		key = fmt(e, "%s/%s", key, mpz_get_str(NULL, 16, v->i));
	}
	args = without_known(e, inner, &f->params, &n->params);
	list = pass(e, &f->params, &args, &s, takes_packet(f), &back);
	e->sub = &s;
	e->inst = inner;
	result = real(e, f->type);
	name = known_name(e, key);
	if (!name) {
		name = model_cname(e->m, fmt(e, "fn_%s", f->name));
		learn_name(e, key, name);
		if (e->levels++ == LEVELS_MAX)
			report(e->u, too_deep, n->tok, LEVELS_MAX);
		if (e->functions++ == FUNCTIONS_MAX)
			report(e->u, too_many_instances, n->tok, FUNCTIONS_MAX);
		e->writing = &(struct writing){ name, e->writing };
		if (e->levels <= LEVELS_MAX && e->functions <= FUNCTIONS_MAX)
			function_c(e, f, name, user);
		e->writing = e->writing->around;
		e->levels--;
	}
	/* Methods of one object may come back to themselves by others of it. */
	for (const struct writing *w = e->writing; w; w = w->around)
		if (w->name == name)
			report(e->u, recursion, n->tok, f->name);
	e->sub = old;
	e->inst = caller;
	if (result->kind == T_VOID) {
		line(e, "%s(c%s);", name, list);
		r = "0";
	} else {
		r = temp(e, result, fmt(e, "%s(c%s)", name, list));
	}
	if (takes_packet(f) && e->reject) {
		line(e, "if (unlikely(c->p.error))");
		line(e, "\tgoto %s;", e->reject);
	}
	copy_back(e, &back);
	return r;
}

/*
 * Call an action: `args` for all its parameters, or, from a table, for the
 * directed ones only, the others being members of the entry's data.
 */
void call_action(struct emitter *e, struct node *decl, nodes *args, const char *data)
{
	struct action_use *a = model_action(e->m, decl, e->inst);
	nodes params = { 0 };
	struct buffer list = { 0 };
	backs back = { 0 };
	bool closure = a->owner != NULL;

	for (int i = 0; i < decl->params.n; i++)
		if (!data || decl->params.v[i]->dir != DIR_NONE)
			vec_push(&e->u->arena, &params, decl->params.v[i]);
	buffer_str(&list, pass(e, &params, args, NULL, true, &back));
	for (int i = 0; data && i < decl->params.n; i++) {
		struct node *p = decl->params.v[i];

		if (p->dir == DIR_NONE)
			buffer_printf(&list, ", %s%s->%s", is_scalar(real(e, p->type)) ? "" : "&",
				      data, c_name(e, p->name));
	}
	line(e, "act_%d_%s(c%s%s);", a->index, c_name(e, decl->name),
	     closure ? e->in_frame ? ", f" : ", &frame" : "", list.text);
	buffer_free(&list);
	copy_back(e, &back);
	check_exit(e);
}

static const char *call_block(struct emitter *e, struct node *n, struct type *t)
{
	struct instance *i = instance_applied(e->m, e->inst, n->a->a);
	backs back = { 0 };
	const char *list;
	const struct node *first;
	struct subst s = decl_subst(t);
	bool copies;
	nodes args;

	if (!i) {
		report(e->u, unsupported, n->tok, "a block that is chosen at run time");
		return "0";
	}
	/*
	 * What a parser has done before it rejects is seen in ingress if p4c would hand over the
	 * arguments themselves: where all calls of the parser have the same ones.
	 */
	copies = t->kind == T_PARSER && !calls_alike(e, e->inst->decl, i, &first);
	args = without_known(e, i, &i->decl->params, &n->params);
	list = pass(e, &i->decl->params, &args, &s, copies, &back);
	if (t->kind == T_PARSER) {
		const char *r =
			temp(e, type_basic(e->u, T_BOOL), fmt(e, "parse_%s(c%s)", i->cname, list));

		if (!copies)
			copy_back(e, &back);
		line(e, "if (!%s)", r);
		line(e, "\tgoto %s;", e->reject);
		if (copies)
			copy_back(e, &back);
	} else {
		line(e, "apply_%s(c%s);", i->cname, list);
		copy_back(e, &back);
		check_exit(e);
	}
	return "0";
}

static void push_pop(struct emitter *e, struct node *n, bool push)
{
	struct type *t = real(e, n->a->a->type);
	const char *s = place(e, n->a->a);
	struct node *count = n->params.v[0];
	const struct value *v = value_number(known_value(e, count));
	long size = t->width, by;

	if (!v || v->kind != VAL_INT) {
		tell_unknown(e, count, "the count");
		return;
	}
	if (mpz_sgn(v->i) < 0 || mpz_cmp_si(v->i, 65535) > 0) {
		report_span(e->u, out_of_range, count->tok, count->end, "the count", 0L, 65535L);
		return;
	}
	by = mpz_cmp_si(v->i, size) > 0 ? size : mpz_get_si(v->i);
	if (!by)
		return;
	if (push) {
		line(e, "memmove(&%s.e[%ld], &%s.e[0], sizeof(%s.e[0]) * %ld);", s, by, s, s,
		     size - by);
		line(e, "memset(&%s.e[0], 0, sizeof(%s.e[0]) * %ld);", s, s, by);
		line(e, "%s.next = %s.next + %ld > %ld ? %ld : %s.next + %ld;", s, s, by, size,
		     size, s, by);
	} else {
		line(e, "memmove(&%s.e[0], &%s.e[%ld], sizeof(%s.e[0]) * %ld);", s, s, by, s,
		     size - by);
		line(e, "memset(&%s.e[%ld], 0, sizeof(%s.e[0]) * %ld);", s, size - by, s, by);
		line(e, "%s.next = %s.next > %ld ? %s.next - %ld : 0;", s, s, by, s, by);
	}
}

static const char *valid_text(struct emitter *e, struct node *h)
{
	struct type *t = real(e, h->type);
	const char *p = expr(e, h), *all = "false";

	if (t->kind == T_HEADER)
		return fmt(e, "%s.valid_", p);
	for (int i = 0; i < type_n_fields(t); i++)
		all = fmt(e, "%s || %s.%s.valid_", all, p, field_c(e, t, i));
	return fmt(e, "(%s)", all);
}

const char *call_c(struct emitter *e, struct node *n)
{
	if (n->a->kind == N_DOT) {
		struct type *t = real(e, n->a->a->type);
		const char *m = n->a->name;

		if (t->kind == T_HEADER || t->kind == T_UNION) {
			if (!strcmp(m, "isValid"))
				return valid_text(e, n->a->a);
			make_valid(e, n->a->a, m[3] == 'V');
			return "0";
		}
		if (t->kind == T_STACK) {
			push_pop(e, n, m[1] == 'u');
			return "0";
		}
		if (t->kind == T_TABLE)
			return table_apply(e, n);
		if (t->kind == T_TYPE)
			t = real(e, t->args[0]);
		if (t->kind == T_PARSER || t->kind == T_CONTROL)
			return call_block(e, n, t);
		return extern_call(e, n);
	}
	if (n->decl && n->decl->kind == N_ACTION) {
		call_action(e, n->decl, &n->params, NULL);
		return "0";
	}
	if (n->decl && n->decl->kind == N_FUNCTION && n->decl->b)
		return call_function(e, n, NULL);
	return extern_call(e, n);
}
