/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_expr.c - names, members, indices, and what may stand where (section 8). */
#include "compiler/check.h"

#include <string.h>

/* What this name means in the parser or control around, outside of an initializer. */
static struct node *lookup_block(struct checker *c, const char *name)
{
	struct scope *s = c->scope;
	struct node *n = NULL;

	while (s && s->owner != c->block)
		s = s->up;
	for (; s && s->owner == c->block && !n; s = s->up)
		n = lookup_here(s, name);
	return n;
}

static struct type *check_name(struct checker *c, struct node *n)
{
	struct node *d = lookup(c, n->name, n->flag);

	if (!d && ((c->callable && c->callable->name == n->name) ||
		   (c->block && c->block->name == n->name))) {
		report(c->u, recursion, n->tok, n->name);
		return err_type(c);
	}
	if (!d) {
		report_no_name(c, n->tok, n->name);
		return err_type(c);
	}
	n->decl = d;
	/* 11.3.1 has no such names, as the object runs the method; but targets and programs do. */
	if (c->in_initializer && c->block && (d->kind == N_VAR || d->kind == N_PARAM) && !d->flag &&
	    lookup_block(c, n->name) == d) {
		report(c->u, outer_value, n->tok, n->name);
		if (c->callable && c->callable->kind == N_FUNCTION)
			c->callable->flag = true;
	}
	if (d->kind != N_FUNCTION)
		check_deprecated(c, n->tok, d);
	if (is_type_decl(d)) {
		n->known = true;
		return type_wrap(c->u, T_TYPE, d->type ? d->type : err_type(c), 0);
	}
	switch (d->kind) {
	case N_CONST:
		n->val = d->val;
		n->known = true;
		break;
	case N_VAR: n->lvalue = true; break;
	case N_PARAM:
		n->lvalue = d->dir == DIR_OUT || d->dir == DIR_INOUT;
		n->known = d->flag || (d->type && type_real(d->type)->kind == T_INT);
		break;
	case N_INSTANCE:
	case N_VALUESET: n->known = true; break;
	case N_TABLE: return type_nominal(c->u, T_TABLE, d, NULL, 0);
	case N_ACTION: return type_nominal(c->u, T_ACTION, d, NULL, 0);
	case N_FUNCTION: return type_nominal(c->u, T_FUNCTION, d, NULL, 0);
	case N_STATE: return type_nominal(c->u, T_STATE, d, NULL, 0);
	case N_ENUMERATOR: /* match kinds, and an enum's members inside of it */
		n->val = arena_alloc(&c->u->arena, sizeof(*n->val));
		n->val->kind = VAL_ENUM;
		n->val->member = d;
		n->known = true;
		break;
	}
	return d->type ? type_real(d->type) : err_type(c);
}

/* E.member, error.member */
static struct type *check_type_member(struct checker *c, struct node *n, struct type *t)
{
	struct node *d = NULL, *m;

	t = type_real(t);
	if (t->kind == T_ERR)
		return t;
	if (t->kind == T_ERRORS)
		d = c->errors;
	else if (t->kind == T_ENUM || t->kind == T_SENUM)
		d = t->decl;
	if (!d) {
		report_span(c->u, no_member, n->tok, n->end, type_name(c->u, t), n->name);
		return err_type(c);
	}
	m = d->scope ? lookup_here(d->scope, n->name) : NULL;
	/* What a member's own value names may come behind it. */
	for (int i = 0; !m && i < d->list.n; i++)
		if (d->list.v[i]->name == n->name)
			m = d->list.v[i];
	if (m) {
		struct value *v = arena_alloc(&c->u->arena, sizeof(*v));

		v->kind = VAL_ENUM;
		v->member = n->decl = m;
		n->val = v;
		n->known = true;
		return t;
	}
	if (newly_missing(c, type_name(c->u, t), n->name)) {
		report(c->u, no_member, n->end, type_name(c->u, t), n->name);
		hint_member(c, t, n->name);
	}
	return err_type(c);
}

static struct type *check_stack_member(struct checker *c, struct node *n, struct type *t)
{
	if (!strcmp(n->name, "size")) {
		n->val = value_si(c->u, t->width);
		n->known = true;
		return type_bits(c->u, 32, false);
	}
	if (type_is_header_stack(t) && (!strcmp(n->name, "next") || !strcmp(n->name, "last") ||
					!strcmp(n->name, "lastIndex"))) {
		if (!c->block || c->block->kind != N_PARSER) {
			report(c->u, stack_member_place, n->end, n->name);
			return err_type(c);
		}
		if (n->name[4] == 'I')
			return type_bits(c->u, 32, false);
		n->lvalue = n->a->lvalue && !strcmp(n->name, "next");
		return type_real(t->args[0]);
	}
	report(c->u, no_field, n->end, type_name(c->u, t), n->name);
	hint_member(c, t, n->name);
	return err_type(c);
}

static struct type *check_dot(struct checker *c, struct node *n)
{
	struct type *t = check_expr(c, n->a, NULL), *f;

	if (t->kind == T_ERR || !n->name[0])
		return err_type(c);
	if (t->kind == T_TYPE)
		return check_type_member(c, n, t->args[0]);
	if (t->kind == T_STACK)
		return check_stack_member(c, n, t);
	if (t->kind == T_APPLIED) {
		if (!strcmp(n->name, "hit") || !strcmp(n->name, "miss"))
			return type_basic(c->u, T_BOOL);
		if (!strcmp(n->name, "action_run"))
			return type_nominal(c->u, T_ACTIONRUN, t->decl, NULL, 0);
	}
	f = type_field(c->u, t, n->name, &n->decl);
	if (!f && !newly_missing(c, type_name(c->u, t), n->name))
		return err_type(c);
	if (!f) {
		report(c->u, no_field, n->end, type_name(c->u, t), n->name);
		hint_member(c, t, n->name);
		return err_type(c);
	}
	n->lvalue = n->a->lvalue;
	n->known = n->a->known;
	return f;
}

/* A serializable enum counts as its number (8.12.2). */
static struct type *check_number(struct checker *c, struct node **n)
{
	struct type *t = check_expr(c, *n, NULL);

	if (t->kind != T_SENUM)
		return t;
	*n = implicit_cast(c, *n, type_real(t->args[0]));
	return type_real(t->args[0]);
}

static struct type *check_index(struct checker *c, struct node *n)
{
	struct type *t = check_expr(c, n->a, NULL), *i = check_number(c, &n->b);
	int size;

	if (t->kind == T_ERR || i->kind == T_ERR)
		return err_type(c);
	if (t->kind != T_STACK && t->kind != T_TUPLE && t->kind != T_LIST) {
		report_span(c->u, not_indexable, n->a->tok, n->a->end, type_name(c->u, t));
		if (t->kind == T_BITS && n->b->val && n->b->val->kind == VAL_INT)
			unit_hint(c->u, "a bit is a slice: [%ld:%ld]", mpz_get_si(n->b->val->i),
				  mpz_get_si(n->b->val->i));
		return err_type(c);
	}
	if (!type_is_numeric(i)) {
		report_span(c->u, not_integer, n->b->tok, n->b->end, type_name(c->u, i));
		return err_type(c);
	}
	if (t->kind == T_STACK && i->kind == T_INT && n->b->val && n->b->val->kind == VAL_INT &&
	    mpz_sgn(n->b->val->i) >= 0 && mpz_cmp_si(n->b->val->i, 0x7fffffff) < 0)
		n->b = implicit_cast(c, n->b, type_bits(c->u, 32, false));
	size = t->kind == T_TUPLE ? t->n_args : t->kind == T_STACK ? t->width : 0x7fffffff;
	/* h[0] of a stack without elements serves h[0].minSizeInBits(). */
	if (n->b->val && n->b->val->kind == VAL_INT && (size || t->kind != T_STACK) &&
	    (mpz_sgn(n->b->val->i) < 0 || mpz_cmp_si(n->b->val->i, size) >= 0)) {
		report_span(c->u, index_range, n->b->tok, n->b->end, size - 1);
		return err_type(c);
	}
	if (t->kind == T_TUPLE) {
		if (!n->b->val) {
			report_span(c->u, not_constant, n->b->tok, n->b->end, "a tuple's index");
			return err_type(c);
		}
		n->index = (int)mpz_get_si(n->b->val->i);
		n->lvalue = n->a->lvalue;
		return type_real(t->args[n->index]);
	}
	n->lvalue = n->a->lvalue && t->kind == T_STACK;
	return type_real(t->args[0]);
}

static struct node *number(struct checker *c, const struct token *tok, int i)
{
	struct node *n = node_new(c->u, N_INT, tok);

	n->type = type_basic(c->u, T_INT);
	n->val = value_si(c->u, i);
	n->known = true;
	return n;
}

/* a[low +: width] is a[low + width - 1 : low], or (a >> low)[width - 1 : 0], a place if a is. */
static void check_slice_width(struct checker *c, struct node *n)
{
	int width = const_int(c, n->c, 1, 65535, "the width of a slice");
	struct type *t = check_number(c, &n->b);
	struct node *low = n->b, *shift;

	n->flag = false;
	if (t->kind != T_ERR && !type_is_numeric(t)) {
		report_span(c->u, not_integer, low->tok, low->end, type_name(c->u, t));
		t = err_type(c);
	}
	if (width < 0 || t->kind == T_ERR) {
		n->b->type = err_type(c);
		return;
	}
	if (low->val && low->val->kind == VAL_INT && mpz_fits_sint_p(low->val->i)) {
		n->b = number(c, low->tok, (int)mpz_get_si(low->val->i) + width - 1);
		n->c = low;
		return;
	}
	shift = node_new(c->u, N_BINARY, n->a->tok);
	shift->op = TOK_COUNT;
	shift->flag = true;
	shift->end = low->end;
	shift->a = n->a;
	shift->b = low;
	n->a = shift;
	n->b = number(c, low->tok, width - 1);
	n->c = number(c, low->tok, 0);
}

static struct type *check_slice(struct checker *c, struct node *n)
{
	struct type *t;
	int hi, lo;

	t = check_number(c, &n->a);
	if (t->kind != T_ERR && !type_is_numeric(t)) {
		report_span(c->u, slice_type, n->a->tok, n->a->end, type_name(c->u, t));
		t = err_type(c);
	}
	if (n->flag && t->kind != T_ERR) {
		check_slice_width(c, n);
		t = check_number(c, &n->a);
		if (n->a->kind == N_BINARY && n->a->flag)
			n->a->lvalue = n->a->a->lvalue;
	}
	if (t->kind == T_ERR || check_number(c, &n->b)->kind == T_ERR ||
	    check_number(c, &n->c)->kind == T_ERR)
		return err_type(c);
	hi = const_int(c, n->b, 0, t->kind == T_BITS ? t->width - 1 : 65535,
		       "the upper bit of a slice");
	lo = hi < 0 ? -1
		    : const_int(c, n->c, 0, t->kind == T_BITS ? t->width - 1 : 65535,
				"the lower bit of a slice");
	if (hi < 0 || lo < 0) {
		if (n->b->known && n->c->known && (!n->b->val || !n->c->val))
			report_span(c->u, not_constant, n->b->tok, n->c->end, "a slice's bounds");
		return err_type(c);
	}
	if (lo > hi) {
		report_span(c->u, slice_order, n->b->tok, n->c->end, hi, lo);
		return err_type(c);
	}
	n->lvalue = n->a->lvalue;
	n->known = n->a->known;
	return type_bits(c->u, hi - lo + 1, false);
}

/* Is this the type of a value, of which there may be another? */
static bool choosable(const struct type *t)
{
	return passable(t, false) && t->kind != T_EXTERN && t->kind != T_TYPE;
}

static struct type *check_cond(struct checker *c, struct node *n, struct type *want)
{
	struct type *if_, *a, *b, *joint;

	if_ = check_as(c, &n->a, type_basic(c->u, T_BOOL));
	a = check_expr(c, n->b, want);
	b = check_expr(c, n->c, want);
	if (if_->kind == T_ERR || a->kind == T_ERR || b->kind == T_ERR)
		return err_type(c);
	if (!choosable(a) || !choosable(b)) {
		report_span(c->u, operands, n->tok, n->end, "?:", type_name(c->u, a),
			    type_name(c->u, b));
		return err_type(c);
	}
	/* These are gone when the program runs. */
	if ((a->kind == T_STRING || a->kind == T_MATCHKIND) && !n->a->known) {
		report_span(c->u, not_constant, n->a->tok, n->a->end, "what chooses here");
		return err_type(c);
	}
	if (a->kind == T_INT && b->kind == T_INT && !n->a->known) {
		report_span(c->u, needs_width, n->b->tok, n->c->end);
		return err_type(c);
	}
	if (want && !type_has_unknown(want) && want->kind != T_INT) {
		n->lvalue = false;
		return coerce(c, &n->b, want) && coerce(c, &n->c, want) ? want : err_type(c);
	}
	joint = join_sides(c, &n->b, &n->c);
	if (joint)
		return joint;
	if (!type_equal(a, b)) {
		report_span(c->u, type_clash, n->c->tok, n->c->end, type_name(c->u, a),
			    type_name(c->u, b));
		return err_type(c);
	}
	return a;
}

struct type *check_expr(struct checker *c, struct node *n, struct type *want)
{
	struct type *t;

	if (n->type)
		return type_real(n->type); /* checked before */
	if (++c->depth > 2900) {
		report(c->u, too_deep, n->tok, 2900);
		c->depth--;
		return n->type = err_type(c);
	}
	if (want)
		want = type_real(want);
	switch (n->kind) {
	case N_INT:
		n->val = value_int(c->u, *n->tok->value);
		if (n->width < 0) {
			t = type_basic(c->u, T_INT);
		} else if (n->width > 65536 || (n->width == 0 && n->flag)) {
			report(c->u, out_of_range, n->tok, "the width of a number",
			       n->flag ? 1L : 0L, 65536L);
			t = err_type(c);
		} else {
			t = type_bits(c->u, n->width, n->flag);
			if (!value_fits(n->val->i, t) &&
			    (int64_t)mpz_sizeinbase(n->val->i, 2) > n->width)
				report(c->u, number_cut, n->tok, type_name(c->u, t));
			value_wrap(n->val->i, t);
		}
		n->known = true;
		break;
	case N_BOOL:
		n->val = value_bool(c->u, n->flag);
		n->known = true;
		t = type_basic(c->u, T_BOOL);
		break;
	case N_STRING:
		n->val = arena_alloc(&c->u->arena, sizeof(*n->val));
		n->val->kind = VAL_STRING;
		n->val->s = n->name;
		n->known = true;
		t = type_basic(c->u, T_STRING);
		break;
	case N_NAME: t = check_name(c, n); break;
	case N_TYPENAME: t = type_wrap(c->u, T_TYPE, resolve_type(c, n->a), 0); break;
	case N_SELF: {
		struct node *i = lookup(c, unit_name(c->u, "this"), false);

		t = i && i->type ? i->type : err_type(c);
		n->decl = i;
		if (!i)
			report(c->u, this_place, n->tok);
		break;
	}
	case N_DOT: t = check_dot(c, n); break;
	case N_INDEX: t = check_index(c, n); break;
	case N_SLICE: t = check_slice(c, n); break;
	case N_CALL: t = check_call(c, n, want); break;
	case N_UNARY: t = check_unary(c, n, want); break;
	case N_BINARY: t = check_binary(c, n, want); break;
	case N_COND:
		t = check_cond(c, n, want);
		n->known = n->a->known && n->b->known && n->c->known;
		break;
	case N_CAST: t = check_cast(c, n); break;
	case N_LIST: t = check_list(c, n, want); break;
	case N_RECORD: t = check_record(c, n, want); break;
	case N_INVALID:
		t = want && (want->kind == T_HEADER || want->kind == T_UNION)
			    ? want
			    : type_basic(c->u, T_INVALID);
		n->known = true;
		break;
	case N_DOTS:
		t = want && n->flag && has_default(c->u, want) ? want : NULL;
		if (t) {
			check_dots(c, n, t);
		} else if (want && want->kind == T_ERR) {
			t = want;
		} else {
			report(c->u, dots_place, n->tok);
			t = err_type(c);
		}
		break;
	case N_DONTCARE:
	case N_DEFAULT: t = type_basic(c->u, T_DONTCARE); break;
	default: t = err_type(c);
	}
	t = type_real(t);
	n->type = t;
	fold(c->u, n);
	c->depth--;
	return type_real(n->type);
}

/* The variable or parameter that this is a part of, if it is one. */
static struct node *whole(struct node *n)
{
	while (n->kind == N_DOT || n->kind == N_INDEX || n->kind == N_SLICE || n->kind == N_BINARY)
		n = n->a;
	return n->kind == N_NAME ? n->decl : NULL;
}

/* Something of this variable or parameter is given a value. */
void mark_written(struct checker *c, struct node *n)
{
	if (whole(n))
		whole(n)->written = true;
	for (; n->kind == N_DOT || n->kind == N_INDEX || n->kind == N_SLICE; n = n->a)
		if (n->kind == N_INDEX && type_real(n->a->type)->kind == T_TUPLE && n->lvalue)
			return report_span(c->u, tuple_part, n->tok, n->end);
}

bool param_tell_once(struct node *n)
{
	struct node *d = whole(n);
	bool told;

	if (!d || d->kind != N_PARAM || d->dir == DIR_OUT || d->dir == DIR_INOUT)
		return true;
	told = d->told;
	d->told = true;
	return !told;
}

void hint_lvalue(struct checker *c, struct node *n)
{
	const struct node *d = whole(n);

	if (d && d->kind == N_PARAM)
		unit_hint(c->u, "parameter '%s' is %s: make it inout or out, or copy it first",
			  d->name, d->dir == DIR_IN ? "in" : "without direction");
	else if (d && d->kind == N_CONST)
		unit_hint(c->u, "'%s' is a constant", d->name);
}

void check_lvalue(struct checker *c, struct node *n)
{
	if (n->type && type_real(n->type)->kind == T_ERR)
		return;
	if (!n->lvalue && param_tell_once(n)) {
		report_span(c->u, not_lvalue, n->tok, n->end);
		hint_lvalue(c, n);
	}
	mark_written(c, n);
}
