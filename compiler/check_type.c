/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_type.c - written types to types (section 7). */
#include "compiler/check.h"

#define WIDTH_MAX 65536

/* A constant expression's value within [min, max]; -1 after a report. */
int const_int(struct checker *c, struct node *e, long min, long max, const char *what)
{
	struct type *t = check_expr(c, e, NULL);
	const struct value *v;

	if (t->kind == T_ERR)
		return -1;
	if (type_under(t)->kind != T_INT && type_under(t)->kind != T_BITS) {
		report_span(c->u, not_integer, e->tok, e->end, type_name(c->u, t));
		return -1;
	}
	if (!e->val) {
		report_span(c->u, not_constant, e->tok, e->end, what);
		return -1;
	}
	v = value_number(e->val);
	if (v->kind != VAL_INT)
		return -1;
	if (mpz_cmp_si(v->i, min) < 0 || mpz_cmp_si(v->i, max) > 0) {
		report_span(c->u, out_of_range, e->tok, e->end, what, min, max);
		return -1;
	}
	return (int)mpz_get_si(v->i);
}

static struct type *resolve_base(struct checker *c, struct node *n)
{
	int w;

	switch (n->op) {
	case TOK_BOOL: return type_basic(c->u, T_BOOL);
	case TOK_ERROR: return type_basic(c->u, T_ERRORS);
	case TOK_STRINGTYPE: return type_basic(c->u, T_STRING);
	case TOK_VOID: return type_basic(c->u, T_VOID);
	case TOK_MATCH_KIND: return type_basic(c->u, T_MATCHKIND);
	case TOK_BIT:
		if (!n->a)
			return type_bits(c->u, 1, false);
		w = const_int(c, n->a, 0, WIDTH_MAX, "the width of bit<>");
		return w < 0 ? err_type(c) : type_bits(c->u, w, false);
	case TOK_INTTYPE:
		if (!n->a)
			return type_basic(c->u, T_INT);
		w = const_int(c, n->a, 1, WIDTH_MAX, "the width of int<>");
		return w < 0 ? err_type(c) : type_bits(c->u, w, true);
	case TOK_VARBIT: {
		struct type *t = type_basic(c->u, T_VARBIT);

		w = n->a ? const_int(c, n->a, 0, WIDTH_MAX, "the width of varbit<>") : -1;
		t->width = w;
		return w < 0 ? err_type(c) : t;
	}
	}
	return err_type(c);
}

#define LEAVES_MAX 100000
#define LEVELS_MAX 500

/* Fields of fields of fields: types that double at each step never end. */
static bool countable(struct unit *u, struct type *t, int levels, int *left)
{
	t = type_real(t);
	if (--*left < 0 || !levels)
		return false;
	if (t->kind == T_STACK)
		return countable(u, t->args[0], levels, left);
	for (int i = 0; i < type_n_fields(t); i++)
		if (!countable(u, type_field_at(u, t, i), levels - 1, left))
			return false;
	return true;
}

static struct type *not_huge(struct checker *c, struct type *t, const struct token *tok)
{
	int left = LEAVES_MAX;

	if (countable(c->u, t, LEVELS_MAX, &left))
		return t;
	report(c->u, type_huge, tok, t->decl && t->decl->name ? t->decl->name : "this", LEAVES_MAX,
	       LEVELS_MAX);
	return err_type(c);
}

/* Table of section 7.2.9; in a struct inside of a header only what has a fixed width. */
static bool field_allowed(struct unit *u, enum node_kind in, struct type *t, bool nested)
{
	t = type_real(t);
	switch (t->kind) {
	case T_ERR:
	case T_VAR: return true;
	case T_BITS:
	case T_SENUM:
	case T_BOOL: return in != N_UNION;
	case T_NEWTYPE: return field_allowed(u, in, t->args[0], nested);
	case T_VARBIT: return in != N_UNION && !nested;
	case T_HEADER: return in != N_HEADER;
	case T_STRUCT:
		if (in == N_HEADER) {
			for (int i = 0; i < type_n_fields(t); i++)
				if (!field_allowed(u, in, type_field_at(u, t, i), true))
					return false;
			return true;
		}
		return in == N_STRUCT;
	case T_STACK: return in != N_UNION && field_allowed(u, in, t->args[0], in == N_HEADER);
	case T_ENUM:
	case T_ERRORS:
	case T_MATCHKIND:
	case T_UNION:
	case T_TUPLE: return in == N_STRUCT;
	}
	return false;
}

/* Arrays hold what structures do, but for some kinds (table of section 7.2.9). */
static bool element_allowed(struct unit *u, struct type *t)
{
	return t->kind != T_ERRORS && t->kind != T_MATCHKIND && t->kind != T_TUPLE &&
	       !type_is_header_stack(t) && field_allowed(u, N_STRUCT, t, false);
}

static void bad_field_type(struct checker *c, struct node *at, struct node *owner, struct type *t)
{
	report_span(c->u, bad_field, at->tok, at->end,
		    owner->kind == N_HEADER  ? "a header"
		    : owner->kind == N_UNION ? "a header union"
					     : "a struct",
		    type_name(c->u, t));
}

/* With its type arguments a structure must be what could have been declared without. */
static bool check_field_types(struct checker *c, struct node *at, struct type *t)
{
	for (int i = 0; i < type_n_fields(t); i++) {
		struct type *f = type_field_at(c->u, t, i);

		if (!field_allowed(c->u, t->decl->kind, f, false)) {
			bad_field_type(c, at, t->decl, f);
			return false;
		}
		if (f->kind == T_STACK)
			f = type_real(f->args[0]);
		if (f->n_args && type_is_struct_like(f) && !check_field_types(c, at, f))
			return false;
	}
	return true;
}

bool is_block(const struct type *t)
{
	return t->kind == T_PARSER || t->kind == T_CONTROL || t->kind == T_PACKAGE;
}

/* What no parameter with a direction can be (6.8) */
bool lacks_direction(const struct type *t)
{
	return t->kind == T_EXTERN || t->kind == T_INT || t->kind == T_STRING || is_block(t);
}

static bool check_param_types(struct checker *c, struct node *at, nodes *params, struct type *t)
{
	struct subst s = decl_subst(t);

	for (int i = 0; i < params->n; i++) {
		struct node *p = params->v[i];
		struct type *pt;

		if (p->dir == DIR_NONE || !p->type)
			continue;
		pt = type_subst(c->u, p->type, &s);
		if (lacks_direction(type_real(pt))) {
			report_span(c->u, type_argument, at->tok, at->end, type_name(c->u, pt));
			return false;
		}
	}
	return true;
}

/* A type argument: what can have values that programs compute with, or an extern (7.2.11). */
struct type *resolve_type_arg(struct checker *c, struct node *n)
{
	struct type *t = resolve_type(c, n);

	if (t->kind != T_INT && t->kind != T_PARSER && t->kind != T_CONTROL && t->kind != T_PACKAGE)
		return t;
	report_span(c->u, type_argument, n->tok, n->end, type_name(c->u, t));
	return err_type(c);
}

static bool mentions(struct type *t, const struct node *decl)
{
	t = type_real(t);
	for (int i = 0; i < t->n_args; i++)
		if (mentions(t->args[i], decl))
			return true;
	return t->decl == decl;
}

static struct type *resolve_name(struct checker *c, struct node *n, bool open)
{
	struct node *d = lookup(c, n->name, n->flag);
	struct type *t, **args;

	if (!d && c->block && c->block->name == n->name) {
		report(c->u, recursion, n->tok, n->name);
		return err_type(c);
	}
	if (!d) {
		/* As a value it would be missing, too. */
		intern_new(&c->u->arena, c->told_names, n->name);
		if (intern_new(&c->u->arena, c->told_members, n->name))
			report_missing(c, DIAG_no_type, n->tok, n->name);
		return err_type(c);
	}
	/* A parameter or variable of the same name does not hide a type. */
	for (struct scope *s = c->scope; s && !is_type_decl(d); s = s->up) {
		struct node *outer = lookup_here(s, n->name);

		d = outer ? outer : d;
	}
	if (!is_type_decl(d)) {
		if (d->kind != N_VAR || !d->told)
			report(c->u, not_a_type, n->tok, n->name);
		return err_type(c);
	}
	/* Of several packages the one with so many type parameters. */
	for (struct node *o = d; d->kind == N_PACKAGE && n->targs.n && o; o = o->d)
		if (o->tparams.n == n->targs.n) {
			d = o;
			break;
		}
	n->decl = d;
	check_deprecated(c, n->tok, d);
	t = d->type;
	if (!t)
		return err_type(c);
	if (!n->targs.n) {
		if (d->tparams.n && !open && d->kind != N_PARSER && d->kind != N_CONTROL) {
			report(c->u, needs_type_args, n->tok, n->name, d->tparams.n);
			return err_type(c);
		}
		return t;
	}
	if (n->targs.n != d->tparams.n) {
		report(c->u, type_arg_count, n->tok, n->name, d->tparams.n, n->targs.n);
		return err_type(c);
	}
	args = arena_alloc(&c->u->arena, sizeof(*args) * (size_t)n->targs.n);
	for (int i = 0; i < n->targs.n; i++) {
		args[i] = resolve_type_arg(c, n->targs.v[i]);
		if (args[i]->kind == T_ERR)
			return args[i];
		if (d->kind == N_EXTERN && mentions(args[i], d)) {
			report(c->u, recursion, n->targs.v[i]->tok, n->name);
			return err_type(c);
		}
	}
	t = not_huge(c, type_nominal(c->u, t->kind, d, args, n->targs.n), n->tok);
	if (t->kind == T_ERR)
		return t;
	if (type_is_struct_like(t) && !check_field_types(c, n, t))
		return err_type(c);
	for (int i = 0; d->kind == N_EXTERN && i < d->list.n; i++)
		if (!check_param_types(c, n, &d->list.v[i]->params, t))
			return err_type(c);
	return check_param_types(c, n, &d->params, t) ? t : err_type(c);
}

/* What neither lists nor tuples hold (7.2.9) */
static bool no_element(const struct type *t)
{
	return t->kind == T_VOID || t->kind == T_EXTERN || t->kind == T_PACKAGE ||
	       t->kind == T_PARSER || t->kind == T_CONTROL;
}

static struct type *resolve(struct checker *c, struct node *n, bool open)
{
	struct type *t, **args;
	int size;

	if (++c->depth > 500) {
		report(c->u, too_deep, n->tok, 500);
		c->depth--;
		return err_type(c);
	}
	switch (n->kind) {
	case N_TBASE: t = resolve_base(c, n); break;
	case N_TNAME: t = resolve_name(c, n, open); break;
	case N_TSTACK:
		t = resolve_type(c, n->a);
		size = const_int(c, n->b, t->kind == T_HEADER || t->kind == T_UNION, 65535,
				 "the size of an array");
		if (t->kind == T_ERR || size < 0) {
			t = err_type(c);
			break;
		}
		if (!element_allowed(c->u, t)) {
			report_span(c->u, stack_element, n->a->tok, n->a->end, type_name(c->u, t));
			t = err_type(c);
			break;
		}
		t = type_wrap(c->u, T_STACK, t, size);
		break;
	case N_TTUPLE:
		args = arena_alloc(&c->u->arena, sizeof(*args) * (size_t)(n->targs.n + 1));
		for (int i = 0; i < n->targs.n; i++) {
			args[i] = resolve_type(c, n->targs.v[i]);
			/* What is known when compiling may hold an int, a string, a list or a
			 * match kind, too, as with p4c. */
			if (no_element(args[i])) {
				report(c->u, tuple_element, n->targs.v[i]->tok,
				       type_name(c->u, args[i]));
				args[i] = err_type(c);
			}
		}
		t = not_huge(c, type_tuple(c->u, args, n->targs.n), n->tok);
		break;
	case N_TLIST:
		if (n->targs.n == 1) {
			t = resolve_type(c, n->targs.v[0]);
			if (no_element(t)) {
				report(c->u, list_element, n->targs.v[0]->tok, type_name(c->u, t));
				t = err_type(c);
			}
			if (t->kind != T_ERR)
				t = type_wrap(c->u, T_LIST, t, 0);
		} else {
			report_span(c->u, type_arg_count, n->tok, n->end, "list", 1, n->targs.n);
			t = err_type(c);
		}
		break;
	case N_TANY: t = type_basic(c->u, T_DONTCARE); break;
	default: t = err_type(c);
	}
	c->depth--;
	n->type = t;
	return t;
}

struct type *resolve_type(struct checker *c, struct node *n)
{
	return type_real(resolve(c, n, false));
}

struct type *resolve_type_open(struct checker *c, struct node *n)
{
	return type_real(resolve(c, n, true));
}

/* @match(kind): how a value set looks a field up (13.6) */
static void check_match(struct checker *c, struct node *a)
{
	struct node *word = a && a->list.n ? a->list.v[0] : a;

	if (a &&
	    (a->list.n != 1 || word->tok->kind != TK_NAME || !find_match_kind(c, word->tok->name)))
		report(c->u, no_match_kind, word->tok,
		       arena_copy(&c->u->arena, word->tok->at, (size_t)word->tok->len));
}

/* The fields of a struct, header or header union (7.2). */
void check_fields(struct checker *c, struct node *n)
{
	int varbits = 0, left;

	check_ids(c, &n->list);
	n->scope = arena_alloc(&c->u->arena, sizeof(*n->scope));
	for (int i = 0; i < n->list.n; i++) {
		struct node *f = n->list.v[i];

		f->type = resolve_type(c, f->a);
		f->parent = n;
		declare_member(c, n->scope, f);
		check_annotations(c, &f->annos);
		check_match(c, node_anno(f, "match"));
		if (!field_allowed(c->u, n->kind, f->type, false)) {
			bad_field_type(c, f->a, n, f->type);
			f->type = err_type(c);
		}
		if (f->type->kind == T_VARBIT && n->kind == N_HEADER && ++varbits > 1)
			report(c->u, two_varbits, f->tok, n->name);
	}
	left = LEAVES_MAX;
	for (int i = 0; i < n->list.n; i++) {
		if (left < 0)
			n->list.v[i]->type = err_type(c);
		else if (!countable(c->u, n->list.v[i]->type, LEVELS_MAX - 1, &left)) {
			report(c->u, type_huge, n->tok, n->name, LEAVES_MAX, LEVELS_MAX);
			left = i = -1;
		}
	}
}
