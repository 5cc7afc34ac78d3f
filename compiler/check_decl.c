/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_decl.c - declarations (sections 7, 10, 11, 13 to 16). */
#include "compiler/check.h"

#include <string.h>

static void declare_tparams(struct checker *c, struct node *n)
{
	for (int i = 0; i < n->tparams.n; i++) {
		struct node *p = n->tparams.v[i];

		p->type = type_nominal(c->u, T_VAR, p, NULL, 0);
		declare(c, p);
	}
}

/* The type that a declaration's name stands for, its own parameters as arguments. */
static struct type *own_type(struct checker *c, struct node *n, enum type_kind kind)
{
	struct type **args = NULL;

	if (n->tparams.n) {
		args = arena_alloc(&c->u->arena, sizeof(*args) * (size_t)n->tparams.n);
		for (int i = 0; i < n->tparams.n; i++)
			args[i] = n->tparams.v[i]->type
					  ? n->tparams.v[i]->type
					  : type_nominal(c->u, T_VAR, n->tparams.v[i], NULL, 0);
	}
	return type_nominal(c->u, kind, n, args, n->tparams.n);
}

/* Appendix: packages are made of all, parsers of parsers, controls of controls, all by type. */
static bool takes(const struct node *owner, const struct type *t)
{
	if (t->decl->kind == N_PARSER || t->decl->kind == N_CONTROL)
		return false;
	return owner->kind == N_PACKAGE || (owner->kind == N_PARSER && t->kind == T_PARSER) ||
	       (owner->kind == N_CONTROL && t->kind == T_CONTROL);
}

/* Whose parameters cannot be left out, although @optional says so (6.8.2) */
static const char *never_optional(const struct node *owner)
{
	switch (owner->kind) {
	case N_ACTION: return "actions";
	case N_FUNCTION: return owner->b ? "functions" : NULL;
	}
	return NULL;
}

/* A default value; for a parameter of a generic type, anything that the type can become. */
static void check_default(struct checker *c, struct node *p, struct node *owner)
{
	struct subst s = { owner->tparams.v, NULL, owner->tparams.n };
	struct type *want, *t;

	if (!type_has_var(p->type) && !is_block(p->type)) {
		check_as(c, &p->b, p->type);
		return;
	}
	s.to = arena_alloc(&c->u->arena, sizeof(*s.to) * (size_t)(s.n + 1));
	for (int i = 0; i < s.n; i++)
		s.to[i] = type_unknown(c->u);
	want = type_subst(c->u, p->type, &s);
	t = check_expr(c, p->b, want);
	if (t->kind != T_ERR && !type_unify(c->u, want, t))
		report_span(c->u, type_mismatch, p->b->tok, p->b->end, type_name(c->u, p->type),
			    type_name(c->u, t));
}

/* Parameters and their directions (6.8); constructor: known when compiling (15). */
static void check_params(struct checker *c, nodes *params, struct node *owner, bool constructor)
{
	for (int i = 0; i < params->n; i++) {
		struct node *p = params->v[i];
		bool written = p->dir == DIR_OUT || p->dir == DIR_INOUT;
		struct type *t;

		t = p->type = resolve_type(c, p->a);
		p->flag = constructor;
		if (!declare(c, p))
			continue;
		p->parent = owner;
		check_annotations(c, &p->annos);
		if (constructor && p->dir != DIR_NONE)
			report(c->u, constructor_direction, p->tok, p->name);
		else if (p->dir != DIR_NONE && lacks_direction(t)) {
			report(c->u, object_direction, p->tok, p->name, type_name(c->u, t));
			p->type = err_type(c);
		} else if (t->kind == T_VOID ||
			   (is_block(t) && !(constructor && takes(owner, t))) ||
			   (owner->kind == N_ACTION && (t->kind == T_EXTERN || t->kind == T_INT)) ||
			   (t->kind == T_LIST && !constructor &&
			    (owner->b || owner->kind == N_PARSER))) {
			report_span(c->u, bad_param, p->a->tok, p->a->end, type_name(c->u, t));
			p->type = err_type(c);
		}
		if (owner->kind == N_ACTION && p->dir != DIR_NONE && i > 0 &&
		    params->v[i - 1]->dir == DIR_NONE)
			report(c->u, action_param_order, p->tok, p->name);
		if (node_anno(p, "optional") && !constructor && never_optional(owner))
			report(c->u, optional_place, p->tok, never_optional(owner));
		if (!p->b)
			continue;
		if (written)
			report(c->u, default_direction, p->tok, p->name);
		else if (node_anno(p, "optional"))
			report(c->u, optional_default, p->tok, p->name);
		check_default(c, p, owner);
		if (!p->b->known && p->b->type && type_real(p->b->type)->kind != T_ERR)
			report_span(c->u, not_constant, p->b->tok, p->b->end, "a default value");
	}
}

static void check_const(struct checker *c, struct node *n)
{
	n->type = resolve_type(c, n->a);
	if (n->type->kind == T_EXTERN || n->type->kind == T_VOID || n->type->kind == T_PACKAGE ||
	    n->type->kind == T_PARSER || n->type->kind == T_CONTROL) {
		report_span(c->u, bad_variable, n->a->tok, n->a->end, type_name(c->u, n->type));
		n->type = err_type(c);
	}
	check_as(c, &n->b, n->type);
	if (!n->b->known || names_parameter(n->b, true)) {
		if (n->b->type && type_real(n->b->type)->kind != T_ERR)
			report_span(c->u, not_constant, n->b->tok, n->b->end, "a constant");
		n->type = err_type(c); /* nor can what follows from it be known */
	}
	n->val = n->b->val;
	declare(c, n);
}

static void check_var(struct checker *c, struct node *n)
{
	n->type = resolve_type(c, n->a);
	switch (n->type->kind) {
	case T_EXTERN:
	case T_PARSER:
	case T_CONTROL:
	case T_PACKAGE:
	case T_VOID:
	case T_MATCHKIND:
	case T_STRING:
	case T_INT:
	case T_SET:
	case T_LIST:
	case T_DONTCARE:
		report_span(c->u, bad_variable, n->a->tok, n->a->end, type_name(c->u, n->type));
		if (n->type->kind == T_EXTERN || n->type->kind == T_CONTROL ||
		    n->type->kind == T_PARSER)
			unit_hint(c->u, "make an instance: %s(...) %s;", type_name(c->u, n->type),
				  n->name);
		else if (n->type->kind == T_INT)
			unit_hint(c->u, "give it a width, as in bit<32>, or make it a const");
		n->type = err_type(c);
		break;
	}
	if (!c->scope->up && n->type->kind != T_ERR) {
		report(c->u, global_variable, n->tok, n->name);
		n->told = true;
		n->type = err_type(c);
	}
	if (n->b)
		check_as(c, &n->b, n->type);
	declare(c, n);
}

/*
 * A program's functions return values to compute with, or nothing; methods also make objects, and
 * extern functions numbers without a width and strings, too.
 */
static struct type *resolve_result(struct checker *c, struct node *n, bool objects, bool literals)
{
	struct type *t = resolve_type(c, n);

	if (!is_block(t) && (objects || t->kind != T_EXTERN) &&
	    (literals || (t->kind != T_INT && t->kind != T_STRING)))
		return t;
	report_span(c->u, result_type, n->tok, n->end, type_name(c->u, t));
	return err_type(c);
}

static void check_method_body(struct checker *c, struct node *n, struct node *callable)
{
	struct checker saved = *c;
	int errors = c->u->errors;

	c->callable = callable;
	c->result = n->type;
	c->loops = 0;
	check_block(c, n->b);
	/* What could not be read may have been a return. */
	if (n->type->kind != T_VOID && n->type->kind != T_ERR && errors == c->u->errors &&
	    !check_returns(n->b))
		report(c->u, no_return, n->tok, n->name);
	saved.depth = c->depth;
	saved.next_error = c->next_error;
	*c = saved;
}

static void check_function(struct checker *c, struct node *n)
{
	bool plain = n->b && !c->in_initializer;

	scope_enter(c, n);
	declare_tparams(c, n);
	n->type = resolve_result(c, n->a, !plain, !plain);
	check_params(c, &n->params, n, false);
	if (n->b) {
		struct node *block = c->block;

		if (!c->in_initializer)
			c->block = NULL;
		check_method_body(c, n, n);
		c->block = block;
	}
	scope_leave(c);
	declare(c, n);
}

/* Does f have the parameters and the result of m of the extern `of`, optional ones left out? */
static bool implements(struct checker *c, struct node *f, struct node *m, struct type *of)
{
	struct subst s = decl_subst(of);

	if (f->params.n > m->params.n || f->tparams.n ||
	    !type_equal(f->type, type_subst(c->u, m->type, &s)))
		return false;
	for (int i = 0; i < m->params.n; i++)
		if (i >= f->params.n) {
			if (!node_anno(m->params.v[i], "optional"))
				return false;
		} else if (f->params.v[i]->dir != m->params.v[i]->dir ||
			   !type_equal(f->params.v[i]->type,
				       type_subst(c->u, m->params.v[i]->type, &s)))
			return false;
	return true;
}

/* A call in this method, of one of its object's, that may not come to its end; NULL: there is none */
static struct node *open_call(struct scope *methods, const struct node *method)
{
	for (int i = 0; i < method->list.n; i++) {
		struct node *m = lookup_here(methods, method->list.v[i]->a->name);

		if (m && m->kind == N_FUNCTION && !m->known)
			return method->list.v[i];
	}
	return NULL;
}

/* Methods of one object that call each other come back to where they were; what calls them by an
 * argument is found when it is compiled. */
static void check_circles(struct checker *c, struct scope *methods)
{
	struct node *open = NULL;
	bool news = true;

	/* A method comes to its end if it calls none, or only such ones. */
	while (news) {
		news = false;
		open = NULL;
		for (int i = 0; i < methods->list.n; i++) {
			struct node *m = methods->list.v[i].node, *call;

			if (m->kind != N_FUNCTION || m->known)
				continue;
			call = open_call(methods, m);
			m->known = !call;
			news |= m->known;
			open = call ? call : open;
		}
	}
	/* All that are left lead into a circle. */
	for (int i = 0; open && i < methods->list.n; i++)
		open = open_call(methods, lookup_here(methods, open->a->name));
	if (open)
		report(c->u, recursion, open->tok, open->a->name);
}

/*
 * The methods that an instance gives to the abstract ones of its extern; false: there is something
 * else, perhaps in place of one that is missing.
 */
static bool check_initializer(struct checker *c, struct node *n)
{
	struct node *ext = n->type->decl;
	struct scope *outer = c->scope;
	struct node *self;
	bool abstract = false, ok = true;

	for (int i = 0; n->type->kind == T_EXTERN && i < ext->list.n; i++)
		abstract |= ext->list.v[i]->flag;
	if (!abstract) {
		report(c->u, initializer_kind, n->b->tok, type_name(c->u, n->type));
		return false;
	}
	scope_enter(c, n);
	self = node_new(c->u, N_INSTANCE, n->tok);
	self->name = unit_name(c->u, "this");
	self->type = n->type;
	self->decl = n;
	declare(c, self);
	for (int i = 0; i < n->b->list.n; i++) {
		struct node *d = n->b->list.v[i];
		bool old = c->in_initializer;

		c->in_initializer = true;
		check_declaration(c, d);
		c->in_initializer = old;
		if (d->kind == N_FUNCTION) {
			struct node *m = NULL;

			for (int k = 0; k < ext->list.n; k++)
				if (ext->list.v[k]->flag && ext->list.v[k]->name == d->name)
					m = ext->list.v[k];
			for (int k = 0; k < i; k++)
				if (n->b->list.v[k]->name == d->name &&
				    n->b->list.v[k]->kind == N_FUNCTION)
					report(c->u, duplicate, d->tok, d->name);
			if (!m)
				report(c->u, not_abstract, d->tok, d->name, ext->name);
			else if (!implements(c, d, m, n->type))
				report(c->u, method_differs, d->tok, d->name);
			ok &= m != NULL;
		} else if (d->kind != N_INSTANCE && d->kind != N_CONST) {
			report(c->u, initializer_member, d->tok);
			ok = false;
		}
	}
	check_circles(c, c->scope);
	c->scope = outer;
	return ok;
}

void check_methods_given(struct checker *c, const struct token *at, const char *name,
			 const struct type *t, const struct node *initializer)
{
	for (int m = 0; t->kind == T_EXTERN && m < t->decl->list.n; m++) {
		struct node *method = t->decl->list.v[m];
		bool given = false;

		for (int i = 0; initializer && i < initializer->list.n; i++)
			given |= initializer->list.v[i]->name == method->name;
		/* Where all are optional there is a block still, as p4c has it. */
		if (method->flag && !given && !(initializer && node_anno(method, "optional")))
			report(c->u, missing_method, at, name, method->name);
	}
}

static void check_instance(struct checker *c, struct node *n)
{
	struct type *t = resolve_type_open(c, n->a);

	n->index = -1;
	if (t->kind == T_PACKAGE && c->scope->up) {
		report(c->u, package_place, n->tok);
		t = err_type(c);
	}
	if ((!c->scope->up || (c->in_initializer && !c->block)) &&
	    (t->kind == T_PARSER || t->kind == T_CONTROL) && t->decl->kind != N_PARSER_TYPE &&
	    t->decl->kind != N_CONTROL_TYPE)
		report(c->u, top_instance, n->tok, n->name);
	if (c->block && ((t->kind == T_PARSER && c->block->kind == N_CONTROL) ||
			 (t->kind == T_CONTROL && c->block->kind == N_PARSER))) {
		report(c->u, block_kind, n->tok, t->kind == T_PARSER ? "a parser" : "a control",
		       t->kind == T_PARSER ? "a control" : "a parser");
		t = err_type(c);
	}
	if (c->in_apply || c->state ||
	    (!c->in_initializer && ((c->scope->owner && !c->block && c->scope->up) ||
				    (c->callable && c->callable != c->block)))) {
		report(c->u, instance_place, n->tok, n->name);
		if (c->in_apply)
			unit_hint(c->u, "make it before apply");
		t = err_type(c);
	}
	n->type = t;
	t = check_construct(c, n, t, &n->list, NULL);
	n->type = t;
	if (!n->b || t->kind == T_ERR || check_initializer(c, n))
		check_methods_given(c, n->tok, n->name, t, n->b);
	declare(c, n);
}

/* Some members with values, or without, are one mistake. */
static void report_enum(struct checker *c, const struct node *n, const struct node *m, int i)
{
	if (m->b) {
		report(c->u, enum_no_value, m->tok, n->name);
		unit_hint(c->u, "give it one, as in enum bit<8> %s", n->name);
	} else {
		report(c->u, enum_value, m->tok, m->name);
		unit_hint(c->u, "as in %s = %d", m->name, i);
	}
}

/* The value of a serializable enum's member; it may name the members before it. */
static void check_enum_value(struct checker *c, struct node *n, struct node *m, struct type *under,
			     struct scope *names)
{
	struct scope *outer = c->scope;
	struct node *e = m->b;
	struct type *t;

	names->up = outer;
	c->scope = names;
	t = check_expr(c, e, under);
	c->scope = outer;
	if (t->kind == T_ERR || under->kind == T_ERR)
		return;
	if (type_real(t)->kind == T_SENUM && type_real(t)->decl == n)
		m->b = e = implicit_cast(c, e, under);
	if (e->val && e->val->kind == VAL_INT && !value_fits(e->val->i, type_under(under))) {
		report_span(c->u, enum_fit, e->tok, e->end, type_name(c->u, under));
		return;
	}
	if (!coerce(c, &m->b, under))
		return;
	e = m->b;
	if (!e->val ||
	    (e->val->kind != VAL_INT && !(e->val->kind == VAL_ENUM && e->val->member->val)))
		report_span(c->u, not_constant, e->tok, e->end, "an enum's value");
	else
		m->val = e->val->kind == VAL_INT ? e->val : e->val->member->val;
}

static void check_enum(struct checker *c, struct node *n)
{
	struct type *under = NULL;

	if (n->a) {
		under = resolve_type(c, n->a);
		if (under->kind != T_ERR && under->kind != T_BITS) {
			report_span(c->u, enum_type, n->a->tok, n->a->end, type_name(c->u, under));
			under = err_type(c);
		}
	}
	n->type = type_nominal(c->u, under ? T_SENUM : T_ENUM, n, NULL, 0);
	if (under) {
		n->type->args = arena_alloc(&c->u->arena, sizeof(*n->type->args));
		n->type->args[0] = under;
		n->type->n_args = 1;
	}
	n->scope = arena_alloc(&c->u->arena, sizeof(*n->scope));
	declare(c, n);
	for (int i = 0, told = false; i < n->list.n; i++) {
		struct node *m = n->list.v[i];

		m->parent = n;
		m->type = n->type;
		check_annotations(c, &m->annos);
		if (!under != !m->b) {
			if (!told)
				report_enum(c, n, m, i);
			told = true;
		} else if (under)
			check_enum_value(c, n, m, under, n->scope);
		declare_member(c, n->scope, m);
	}
}

/* They share their names with no other declarations: any of these may be called 'range'. */
static void check_match_kinds(struct checker *c, struct node *n)
{
	for (int i = 0; i < n->list.n; i++) {
		n->list.v[i]->type = type_basic(c->u, T_MATCHKIND);
		n->list.v[i]->parent = n;
		declare_member(c, &c->match_kinds, n->list.v[i]);
	}
}

/* All errors are members of one type, before as after their declaration (7.1.2). */
void check_errors(struct checker *c, struct node *n)
{
	struct node *all = c->errors;

	all->scope = &c->error_names;
	for (int i = 0; i < n->list.n; i++) {
		struct node *m = n->list.v[i];

		if (!declare_member(c, &c->error_names, m))
			continue;
		m->type = all->type;
		m->parent = all;
		vec_push(&c->u->arena, &all->list, m);
	}
}

/* Errors of the core library have the runtime's numbers wherever they are declared. */
void check_error_numbers(struct checker *c)
{
	static const char *const core[] = { "NoError",
					    "PacketTooShort",
					    "NoMatch",
					    "StackOutOfBounds",
					    "HeaderTooShort",
					    "ParserTimeout",
					    "ParserInvalidArgument" };
	enum { CORE = sizeof(core) / sizeof(core[0]) };
	nodes all = { 0 };
	int next = CORE;

	for (int k = 0; k <= CORE; k++)
		for (int i = 0; i < c->errors->list.n; i++) {
			struct node *m = c->errors->list.v[i];
			int known = 0;

			while (known < CORE && strcmp(core[known], m->name))
				known++;
			if (known != k)
				continue;
			m->index = k < CORE ? k : next++;
			vec_push(&c->u->arena, &all, m);
		}
	c->errors->list = all;
}

/* Behind those of the same name */
static void declare_method(struct checker *c, struct scope *methods, struct node *m)
{
	struct node *first = lookup_here(methods, m->name), **o = &first;

	for (; *o; o = &(*o)->d)
		if (((*o)->a == NULL) == (m->a == NULL) &&
		    ((*o)->flag || m->flag || same_params(*o, m)))
			report(c->u, duplicate, m->tok, m->name);
	*o = m;
	if (first == m)
		scope_insert(c, methods, m);
}

static void check_extern(struct checker *c, struct node *n)
{
	n->scope = arena_alloc(&c->u->arena, sizeof(*n->scope));
	scope_enter(c, n);
	declare_tparams(c, n);
	n->type = own_type(c, n, T_EXTERN);
	scope_leave(c);
	declare(c, n);
	for (int i = 0; i < n->list.n; i++) {
		struct node *m = n->list.v[i];

		scope_enter(c, n);
		declare_tparams(c, n);
		scope_enter(c, m);
		declare_tparams(c, m);
		m->parent = n;
		check_annotations(c, &m->annos);
		m->type = m->a ? resolve_result(c, m->a, true, false) : type_basic(c->u, T_VOID);
		if (m->a && m->name == n->name)
			report(c->u, constructor_result, m->tok, m->name);
		if (!m->a && m->name != n->name) {
			report(c->u, constructor_name, m->tok, m->name, n->name);
			/* It may be what the extern was to be called. */
			tell_missing(c, m->name);
		}
		n->told |= (m->a == NULL) != (m->name == n->name);
		check_params(c, &m->params, m, !m->a);
		scope_leave(c);
		scope_leave(c);
		declare_method(c, n->scope, m);
	}
}

static void check_callable_type(struct checker *c, struct node *n)
{
	scope_enter(c, n);
	declare_tparams(c, n);
	n->type = own_type(c, n,
			   n->kind == N_PARSER_TYPE    ? T_PARSER
			   : n->kind == N_CONTROL_TYPE ? T_CONTROL
						       : T_PACKAGE);
	check_params(c, &n->params, n, n->kind == N_PACKAGE);
	scope_leave(c);
	declare(c, n);
}

static void check_action(struct checker *c, struct node *n)
{
	struct type *nothing = type_basic(c->u, T_VOID);

	n->type = nothing;
	scope_enter(c, n);
	check_params(c, &n->params, n, false);
	check_ids(c, &n->params);
	{
		struct checker saved = *c;

		c->callable = n;
		c->result = nothing;
		c->in_apply = false;
		c->loops = 0;
		check_block(c, n->b);
		saved.depth = c->depth;
		*c = saved;
	}
	scope_leave(c);
	declare(c, n);
}

static void check_block_decl(struct checker *c, struct node *n)
{
	struct checker saved = *c;
	int errors = c->u->errors;

	scope_enter(c, n);
	declare_tparams(c, n);
	n->type = own_type(c, n, n->kind == N_PARSER ? T_PARSER : T_CONTROL);
	/* Its own name is visible inside so that recursion is told as such. */
	check_params(c, &n->params, n, false);
	check_params(c, &n->list2, n, true);
	c->block = c->callable = n;
	c->result = n->kind == N_CONTROL ? type_basic(c->u, T_VOID) : NULL;
	c->in_apply = false;
	scope_enter(c, n);
	if (n->kind == N_PARSER) {
		check_states(c, n);
	} else {
		for (int i = 0; i < n->list.n; i++) {
			struct node *d = n->list.v[i];

			switch (d->kind) {
			case N_CONST:
			case N_VAR:
			case N_INSTANCE:
			case N_ACTION:
			case N_TABLE: check_declaration(c, d); break;
			default: report_member(c, d, "a control");
			}
		}
		if (!n->b) {
			report(c->u, no_apply, n->tok, n->name);
		} else {
			c->in_apply = true;
			check_block(c, n->b);
			c->in_apply = false;
		}
	}
	check_names(c, &n->list);
	scope_leave(c);
	scope_leave(c);
	saved.next_error = c->next_error;
	saved.depth = c->depth;
	*c = saved;
	n->told = c->u->errors > errors;
	declare(c, n);
}

void check_declaration(struct checker *c, struct node *n)
{
	struct type *t;

	check_annotations(c, &n->annos);
	switch (n->kind) {
	case N_CONST: check_const(c, n); break;
	case N_VAR: check_var(c, n); break;
	case N_INSTANCE: check_instance(c, n); break;
	case N_TYPEDEF:
		t = n->type = resolve_type(c, n->a);
		if (t->kind == T_VOID || t->kind == T_STRING || t->kind == T_MATCHKIND) {
			report_span(c->u, alias_base, n->a->tok, n->a->end, type_name(c->u, t));
			n->type = err_type(c);
		}
		declare(c, n);
		break;
	case N_NEWTYPE:
		t = resolve_type(c, n->a);
		if (t->kind != T_BITS && t->kind != T_BOOL && t->kind != T_NEWTYPE &&
		    t->kind != T_ERR) {
			report_span(c->u, newtype_base, n->a->tok, n->a->end, type_name(c->u, t));
			t = err_type(c);
		}
		n->type = type_wrap(c->u, T_NEWTYPE, t, 0);
		n->type->decl = n;
		declare(c, n);
		break;
	case N_STRUCT:
	case N_HEADER:
	case N_UNION:
		scope_enter(c, n);
		declare_tparams(c, n);
		check_fields(c, n);
		n->type = own_type(c, n,
				   n->kind == N_STRUCT   ? T_STRUCT
				   : n->kind == N_HEADER ? T_HEADER
							 : T_UNION);
		scope_leave(c);
		declare(c, n);
		break;
	case N_ENUM: check_enum(c, n); break;
	case N_MATCHKINDS: check_match_kinds(c, n); break;
	case N_EXTERN: check_extern(c, n); break;
	case N_FUNCTION: check_function(c, n); break;
	case N_PARSER_TYPE:
	case N_CONTROL_TYPE:
	case N_PACKAGE: check_callable_type(c, n); break;
	case N_PARSER:
	case N_CONTROL: check_block_decl(c, n); break;
	case N_ACTION: check_action(c, n); break;
	case N_TABLE: check_table(c, n); break;
	case N_VALUESET:
		if (!c->scope->up)
			report(c->u, block_member, n->tok, "the top of a program");
		t = resolve_type(c, n->a);
		if (!selectable(c->u, t)) {
			report_span(c->u, select_type, n->a->tok, n->a->end, type_name(c->u, t));
			t = err_type(c);
		}
		n->type = type_wrap(c->u, T_SET, t, 0);
		if (!type_is_numeric(check_expr(c, n->b, NULL)) || n->b->val || !n->b->known)
			n->width = const_int(c, n->b, 0, 1 << 30, "the size of a value set");
		declare(c, n);
		break;
	}
}
