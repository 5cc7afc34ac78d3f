/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* type.c - types: making, comparing, unifying, naming. */
#include "compiler/check.h"

#include <string.h>

static struct type *type_new(struct unit *u, enum type_kind kind)
{
	struct type *t = arena_alloc(&u->arena, sizeof(*t));

	t->kind = (uint8_t)kind;
	return t;
}

struct type *type_basic(struct unit *u, enum type_kind kind)
{
	return type_new(u, kind);
}

struct type *type_bits(struct unit *u, int width, bool is_signed)
{
	struct type *t = type_new(u, T_BITS);

	t->width = width;
	t->is_signed = is_signed;
	return t;
}

struct type *type_nominal(struct unit *u, enum type_kind kind, struct node *decl,
			  struct type **args, int n)
{
	struct type *t = type_new(u, kind);

	t->decl = decl;
	t->args = args;
	t->n_args = n;
	return t;
}

struct type *type_wrap(struct unit *u, enum type_kind kind, struct type *inner, int width)
{
	struct type *t = type_new(u, kind);

	t->args = arena_alloc(&u->arena, sizeof(*t->args));
	t->args[0] = inner;
	t->n_args = 1;
	t->width = width;
	return t;
}

struct type *type_tuple(struct unit *u, struct type **args, int n)
{
	struct type *t = type_new(u, T_TUPLE);

	t->args = args;
	t->n_args = n;
	return t;
}

struct type *type_unknown(struct unit *u)
{
	return type_new(u, T_VAR);
}

struct type *type_real(struct type *t)
{
	while (t->kind == T_VAR && t->bound)
		t = t->bound;
	return t;
}

struct type *type_subst(struct unit *u, struct type *t, const struct subst *s)
{
	struct type *copy;
	bool changed = false;
	struct type **args;

	t = type_real(t);
	if (!s || !s->n)
		return t;
	if (t->kind == T_VAR) {
		for (int i = 0; i < s->n; i++)
			if (t->decl && s->from[i] == t->decl)
				return type_real(s->to[i]);
		return t;
	}
	if (!t->n_args)
		return t;
	args = arena_alloc(&u->arena, sizeof(*args) * (size_t)t->n_args);
	for (int i = 0; i < t->n_args; i++) {
		args[i] = type_subst(u, t->args[i], s);
		changed |= args[i] != t->args[i];
	}
	if (!changed)
		return t;
	copy = arena_grow(&u->arena, t, sizeof(*t), sizeof(*t));
	copy->args = args;
	return copy;
}

bool type_equal(struct type *a, struct type *b)
{
	a = type_real(a);
	b = type_real(b);
	if (a == b || a->kind == T_ERR || b->kind == T_ERR)
		return true;
	if (a->kind != b->kind)
		return false;
	if (a->kind == T_VAR)
		return a->decl && a->decl == b->decl;
	if (a->decl != b->decl || a->width != b->width || a->is_signed != b->is_signed)
		return false;
	if (a->n_args != b->n_args)
		return false;
	for (int i = 0; i < a->n_args; i++)
		if (!type_equal(a->args[i], b->args[i]))
			return false;
	return true;
}

static bool occurs(struct type *var, struct type *t)
{
	t = type_real(t);
	if (t == var)
		return true;
	for (int i = 0; i < t->n_args; i++)
		if (occurs(var, t->args[i]))
			return true;
	return false;
}

static nodes *callable_params(struct type *t)
{
	return &t->decl->params;
}

static bool is_callable_type(struct type *t)
{
	return t->kind == T_PARSER || t->kind == T_CONTROL;
}

struct subst decl_subst(struct type *t)
{
	return (struct subst){ t->decl->tparams.v, t->args,
			       t->n_args < t->decl->tparams.n ? t->n_args : t->decl->tparams.n };
}

/* A parser or control against the type it must have: same parameters. */
static bool unify_callable(struct unit *u, struct type *f, struct type *a)
{
	nodes *fp = callable_params(f), *ap = callable_params(a);
	struct subst fs = decl_subst(f), as = decl_subst(a);
	int j = 0;

	for (int i = 0; i < fp->n; i++) {
		bool optional = node_anno(fp->v[i], "optional") != NULL;

		if (j >= ap->n) {
			if (optional)
				continue;
			return false;
		}
		if (optional && ap->n - j < fp->n - i && ap->v[j]->name != fp->v[i]->name)
			continue;
		/* inout in some versions of the architecture, in in others */
		if (fp->v[i]->dir != ap->v[j]->dir &&
		    !(ap->v[j]->dir == DIR_IN && node_anno(fp->v[i], "some_versions")))
			return false;
		if (!type_unify(u, type_subst(u, fp->v[i]->type, &fs),
				type_subst(u, ap->v[j]->type, &as)))
			return false;
		j++;
	}
	return j == ap->n;
}

/* May another give the type: of a number its width, of {#} all, of an enum the one under it? */
bool type_gives_way(struct unit *u, struct type *t)
{
	t = type_real(t);
	if (t->kind == T_TUPLE || (t->kind == T_STRUCT && !t->decl->tok))
		for (int i = 0; i < type_n_fields(t); i++)
			if (type_gives_way(u, type_field_at(u, t, i)))
				return true;
	return t->kind == T_INT || t->kind == T_INVALID || t->kind == T_SENUM;
}

/* The elements of a list, those that give way after the others. */
static bool unify_elements(struct unit *u, struct type *f, struct type *a)
{
	bool each = f->kind == T_LIST || f->kind == T_STACK;

	for (int late = 0; late < 2; late++)
		for (int i = 0; i < type_n_fields(a); i++) {
			struct type *t = type_field_at(u, a, i);

			if (type_gives_way(u, t) == late &&
			    !type_unify(u, each ? f->args[0] : type_field_at(u, f, i), t))
				return false;
		}
	return true;
}

bool type_unify(struct unit *u, struct type *f, struct type *a)
{
	f = type_real(f);
	a = type_real(a);
	if (f == a || f->kind == T_ERR || a->kind == T_ERR || f->kind == T_DONTCARE)
		return true;
	if (f->kind == T_VAR && !f->decl) {
		if (a->kind == T_DONTCARE)
			return true;
		if (occurs(f, a))
			return false;
		f->bound = a;
		return true;
	}
	if (a->kind == T_VAR && !a->decl) {
		if (occurs(a, f))
			return false;
		a->bound = f;
		return true;
	}
	if (f->kind == T_BITS && a->kind == T_INT)
		return true; /* the literal takes the width */
	if (f->kind == T_SET && a->kind != T_SET)
		return type_unify(u, f->args[0], a);
	if (is_callable_type(f) && f->kind == a->kind && f->decl != a->decl)
		return unify_callable(u, f, a);
	if ((type_is_struct_like(f) || f->kind == T_TUPLE) &&
	    (a->kind == T_TUPLE || (a->kind == T_STRUCT && !a->decl->tok))) {
		if (f->kind == T_TUPLE && a->kind != T_TUPLE)
			return false;
		return type_n_fields(f) == type_n_fields(a) && unify_elements(u, f, a);
	}
	if ((f->kind == T_LIST || f->kind == T_STACK) && a->kind == T_TUPLE)
		return unify_elements(u, f, a);
	if (a->kind == T_SENUM && f->kind == T_BITS)
		return type_unify(u, f, a->args[0]);
	if (f->kind != a->kind)
		return false;
	if (f->decl != a->decl || f->width != a->width || f->is_signed != a->is_signed ||
	    f->n_args != a->n_args)
		return false;
	for (int i = 0; i < f->n_args; i++)
		if (!type_unify(u, f->args[i], a->args[i]))
			return false;
	return true;
}

bool type_has_unknown(struct type *t)
{
	t = type_real(t);
	if (t->kind == T_VAR)
		return !t->decl;
	for (int i = 0; i < t->n_args; i++)
		if (type_has_unknown(t->args[i]))
			return true;
	return false;
}

bool type_has_var(struct type *t)
{
	t = type_real(t);
	if (t->kind == T_VAR)
		return true;
	for (int i = 0; i < t->n_args; i++)
		if (type_has_var(t->args[i]))
			return true;
	return false;
}

static const char *args_name(struct unit *u, struct type *t)
{
	const char *s = "";

	for (int i = 0; i < t->n_args && i < 20; i++)
		s = arena_printf(&u->arena, "%s%s%s", s, i ? ", " : "", type_name(u, t->args[i]));
	return s;
}

const char *type_name(struct unit *u, struct type *t)
{
	t = type_real(t);
	switch (t->kind) {
	case T_ERR: return "?";
	case T_VOID: return "void";
	case T_BOOL: return "bool";
	case T_STRING: return "string";
	case T_ERRORS: return "error";
	case T_MATCHKIND: return "match_kind";
	case T_INT: return "int";
	case T_BITS:
		return arena_printf(&u->arena, "%s<%d>", t->is_signed ? "int" : "bit", t->width);
	case T_VARBIT: return arena_printf(&u->arena, "varbit<%d>", t->width);
	case T_STACK: return arena_printf(&u->arena, "%s[%d]", type_name(u, t->args[0]), t->width);
	case T_TUPLE: return arena_printf(&u->arena, "tuple<%s>", args_name(u, t));
	case T_LIST: return arena_printf(&u->arena, "list<%s>", args_name(u, t));
	case T_SET: return arena_printf(&u->arena, "set of %s", args_name(u, t));
	case T_TYPE: return arena_printf(&u->arena, "the type %s", args_name(u, t));
	case T_INVALID: return "{#}";
	case T_DONTCARE: return "_";
	case T_VAR: return t->decl ? t->decl->name : "an unknown type";
	case T_FUNCTION: return arena_printf(&u->arena, "function %s", t->decl->name);
	case T_ACTION: return arena_printf(&u->arena, "action %s", t->decl->name);
	case T_TABLE: return arena_printf(&u->arena, "table %s", t->decl->name);
	case T_STATE: return arena_printf(&u->arena, "state %s", t->decl->name);
	case T_APPLIED: return arena_printf(&u->arena, "the result of %s.apply()", t->decl->name);
	case T_ACTIONRUN: return arena_printf(&u->arena, "an action of %s", t->decl->name);
	}
	if (!t->decl)
		return "?";
	if (!t->decl->name)
		return "a structure";
	if (t->n_args && t->kind != T_SENUM && t->kind != T_NEWTYPE && !type_has_unknown(t))
		return arena_printf(&u->arena, "%s<%s>", t->decl->name, args_name(u, t));
	return t->decl->name;
}

bool type_is_numeric(struct type *t)
{
	t = type_real(t);
	return t->kind == T_INT || t->kind == T_BITS || t->kind == T_ERR;
}

bool type_is_struct_like(struct type *t)
{
	t = type_real(t);
	return t->kind == T_STRUCT || t->kind == T_HEADER || t->kind == T_UNION;
}

struct type *type_field_at(struct unit *u, struct type *t, int i)
{
	t = type_real(t);
	if (t->kind == T_TUPLE)
		return type_real(t->args[i]);
	if (type_is_struct_like(t)) {
		struct subst s = decl_subst(t);
		struct type *f = t->decl->list.v[i]->type;

		return f ? type_subst(u, f, &s) : type_basic(u, T_ERR);
	}
	return type_basic(u, T_ERR);
}

int type_n_fields(struct type *t)
{
	t = type_real(t);
	if (t->kind == T_TUPLE)
		return t->n_args;
	return type_is_struct_like(t) ? t->decl->list.n : 0;
}

void type_leaves(struct unit *u, struct type *t, const char *name, leaf_list *out)
{
	struct leaf *leaf;
	int n;

	t = type_real(t);
	n = type_n_fields(t);
	for (int i = 0; i < n; i++) {
		struct node *field = type_is_struct_like(t) ? t->decl->list.v[i] : NULL;
		int at = out->n;

		type_leaves(u, type_field_at(u, t, i),
			    field ? arena_printf(&u->arena, "%s%s%s", name, *name ? "." : "",
						 field->name)
				  : name,
			    out);
		if (out->n == at + 1 && !out->v[at]->field)
			out->v[at]->field = field;
	}
	if (n)
		return;
	leaf = arena_alloc(&u->arena, sizeof(*leaf));
	*leaf = (struct leaf){ .type = t, .name = name };
	vec_push(&u->arena, out, leaf);
}

struct type *type_field(struct unit *u, struct type *t, const char *name, struct node **decl)
{
	struct node *field = NULL;

	t = type_real(t);
	if (!type_is_struct_like(t))
		return NULL;
	if (t->decl->scope)
		field = lookup_here(t->decl->scope, name);
	for (int i = 0; !t->decl->scope && !field && i < t->decl->list.n; i++)
		if (t->decl->list.v[i]->name == name)
			field = t->decl->list.v[i];
	if (field && decl)
		*decl = field;
	return field ? type_field_at(u, t, field->index) : NULL;
}

/* Arrays of anything else have no next element (8.18). */
bool type_is_header_stack(struct type *t)
{
	struct type *elem = t->kind == T_STACK ? type_real(t->args[0]) : NULL;

	return elem && (elem->kind == T_HEADER || elem->kind == T_UNION || elem->kind == T_VAR);
}

struct type *type_under(struct type *t)
{
	t = type_real(t);
	while (t->kind == T_NEWTYPE || t->kind == T_SENUM)
		t = type_real(t->args[0]);
	return t;
}

int64_t type_width(struct unit *u, struct type *t)
{
	int64_t sum = 0, w;

	t = type_under(t);
	switch (t->kind) {
	case T_BOOL: return 1;
	case T_BITS: return t->width;
	case T_VARBIT: return 0;
	case T_ERRORS:
	case T_ENUM: return 32;
	case T_STACK: w = type_width(u, t->args[0]); return w < 0 ? -1 : w * t->width;
	case T_UNION:
		for (int i = 0; i < type_n_fields(t); i++) {
			w = type_width(u, type_field_at(u, t, i));
			sum = w > sum ? w : sum;
		}
		return sum;
	case T_STRUCT:
	case T_HEADER:
	case T_TUPLE:
		for (int i = 0; i < type_n_fields(t); i++) {
			w = type_width(u, type_field_at(u, t, i));
			if (w < 0)
				return -1;
			sum += w;
		}
		return sum;
	}
	return -1;
}

bool type_has_kind(struct unit *u, struct type *t, enum type_kind kind)
{
	t = type_under(t);
	if (t->kind == kind)
		return true;
	if (t->kind == T_STACK)
		return type_has_kind(u, t->args[0], kind);
	for (int i = 0; i < type_n_fields(t); i++)
		if (type_has_kind(u, type_field_at(u, t, i), kind))
			return true;
	return false;
}

struct value *value_int(struct unit *u, const mpz_t i)
{
	struct value *v = arena_alloc(&u->arena, sizeof(*v));

	v->kind = VAL_INT;
	mpz_init_set(v->i, i);
	return v;
}

struct value *value_si(struct unit *u, long i)
{
	struct value *v = arena_alloc(&u->arena, sizeof(*v));

	v->kind = VAL_INT;
	mpz_init_set_si(v->i, i);
	return v;
}

struct value *value_bool(struct unit *u, bool b)
{
	struct value *v = arena_alloc(&u->arena, sizeof(*v));

	v->kind = VAL_BOOL;
	v->b = b;
	return v;
}

/* A member of an enum with numbers is what its number is. */
const struct value *value_number(const struct value *v)
{
	return v && v->kind == VAL_ENUM && v->member->val ? v->member->val : v;
}

bool value_equal(const struct value *a, const struct value *b)
{
	a = value_number(a);
	b = value_number(b);
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case VAL_INT: return mpz_cmp(a->i, b->i) == 0;
	case VAL_BOOL: return a->b == b->b;
	case VAL_STRING: return !strcmp(a->s, b->s);
	case VAL_ENUM: return a->member == b->member;
	case VAL_LIST:
		if (a->n != b->n)
			return false;
		for (int i = 0; i < a->n; i++)
			if (!a->v[i] || !b->v[i] || !value_equal(a->v[i], b->v[i]))
				return false;
		return true;
	case VAL_INVALID: return true;
	}
	return a->object == b->object;
}

bool value_fits(const mpz_t i, const struct type *t)
{
	if (t->kind != T_BITS)
		return true;
	if (!t->is_signed)
		return mpz_sgn(i) >= 0 &&
		       (int64_t)mpz_sizeinbase(i, 2) <= t->width + (mpz_sgn(i) == 0);
	if (mpz_sgn(i) >= 0)
		return mpz_sgn(i) == 0 || (int64_t)mpz_sizeinbase(i, 2) < t->width;
	{
		mpz_t low;
		bool fits;

		mpz_init(low);
		if (t->width > 0)
			mpz_ui_pow_ui(low, 2, (unsigned long)t->width - 1);
		mpz_neg(low, low);
		fits = t->width > 0 && mpz_cmp(i, low) >= 0;
		mpz_clear(low);
		return fits;
	}
}

void value_wrap(mpz_t i, const struct type *t)
{
	if (t->kind != T_BITS)
		return;
	mpz_fdiv_r_2exp(i, i, (mp_bitcnt_t)t->width);
	if (t->is_signed && t->width && mpz_tstbit(i, (mp_bitcnt_t)t->width - 1)) {
		mpz_t m;

		mpz_init(m);
		mpz_ui_pow_ui(m, 2, (unsigned long)t->width);
		mpz_sub(i, i, m);
		mpz_clear(m);
	}
}
