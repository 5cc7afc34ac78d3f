/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check_op.c - operators and casts (8.3 to 8.10). */
#include "compiler/check.h"

struct type *check_unary(struct checker *c, struct node *n, struct type *want)
{
	struct type *t;

	if (n->op == TOK_NOT) {
		t = check_as(c, &n->a, type_basic(c->u, T_BOOL));
		n->known = n->a->known;
		return t;
	}
	t = check_expr(c, n->a, want);
	if (t->kind == T_SENUM && coerce(c, &n->a, t->args[0]))
		t = type_real(t->args[0]);
	n->known = n->a->known;
	if (t->kind == T_ERR)
		return t;
	if (!type_is_numeric(t) || (t->kind == T_INT && n->op == TOK_BNOT)) {
		report_span(c->u, operand, n->tok, n->end, token_spelling(n->op),
			    type_name(c->u, t));
		if (t->kind == T_BOOL && n->op == TOK_BNOT)
			unit_hint(c->u, "write !");
		return err_type(c);
	}
	return t;
}

/* Values of this type can be compared with == (8.x: all but externs and the like). */
static bool comparable(struct type *t)
{
	t = type_real(t);
	switch (t->kind) {
	case T_VOID:
	case T_EXTERN:
	case T_PARSER:
	case T_CONTROL:
	case T_PACKAGE:
	case T_FUNCTION:
	case T_ACTION:
	case T_TABLE:
	case T_STATE:
	case T_TYPE:
	case T_APPLIED:
	case T_ACTIONRUN:
	case T_SET:
	case T_INVALID:
	case T_STRING:
	case T_DONTCARE: return false;
	case T_VAR:
		return t->decl != NULL; /* a type parameter: what stands for it can be compared */
	case T_STRUCT:
	case T_HEADER:
	case T_UNION:
		for (int i = 0; i < t->decl->list.n; i++)
			if (t->decl->list.v[i]->type && !type_has_var(t->decl->list.v[i]->type) &&
			    !comparable(t->decl->list.v[i]->type))
				return false;
		return true;
	case T_STACK:
	case T_TUPLE:
		for (int i = 0; i < t->n_args; i++)
			if (!comparable(t->args[i]))
				return false;
	}
	return true;
}

static const char *op_name(const struct node *n)
{
	return n->op == TOK_COUNT ? ">>" : token_spelling(n->op);
}

static struct type *bad_operands(struct checker *c, struct node *n, struct type *a, struct type *b)
{
	report_span(c->u, operands, n->tok, n->end, op_name(n), type_name(c->u, a),
		    type_name(c->u, b));
	if (a->kind == T_BITS && b->kind == T_BITS)
		unit_hint(c->u, "cast one side to the type of the other");
	else if (a->kind == T_BOOL && b->kind == T_BOOL && (n->op == TOK_BAND || n->op == TOK_BOR))
		unit_hint(c->u, "write %s", token_spelling(n->op == TOK_BAND ? TOK_AND : TOK_OR));
	else if (a->kind == T_ERRORS || b->kind == T_ERRORS)
		unit_hint(c->u, "errors have names, as error.NoError");
	else if (a->kind == T_BOOL &&
		 (n->op == TOK_LT || n->op == TOK_LE || n->op == TOK_GT || n->op == TOK_GE))
		unit_hint(c->u, "compare two at a time, as in 'x < y && y < z'");
	return err_type(c);
}

/* Of two lists, an element without a width takes that of its partner. */
static void give_widths(struct checker *c, struct node *a, struct node *b)
{
	struct node *sides[] = { a, b };

	for (int i = 0; i < a->list.n && i < b->list.n; i++) {
		struct node **x = &a->list.v[i], **y = &b->list.v[i];
		enum type_kind xt = type_real((*x)->type)->kind, yt = type_real((*y)->type)->kind;

		if (xt == T_INT && yt == T_BITS)
			coerce(c, x, (*y)->type);
		else if (xt == T_BITS && yt == T_INT)
			coerce(c, y, (*x)->type);
		else if ((*x)->kind == N_LIST && (*y)->kind == N_LIST)
			give_widths(c, *x, *y);
	}
	for (int k = 0; k < 2; k++) {
		struct type *t = type_tuple(
			c->u, arena_alloc(&c->u->arena, sizeof(t) * (size_t)(sides[k]->list.n + 1)),
			sides[k]->list.n);

		for (int i = 0; i < t->n_args; i++)
			t->args[i] = type_real(sides[k]->list.v[i]->type);
		sides[k]->type = t;
	}
}

static bool in_braces(const struct node *n)
{
	return n->kind == N_LIST || n->kind == N_RECORD || n->kind == N_INVALID;
}

/* Numbers and values in braces take the type of the other side: the type of both, or null. */
struct type *join_sides(struct checker *c, struct node **x, struct node **y)
{
	struct type *a = type_real((*x)->type), *b = type_real((*y)->type);

	if (in_braces(*x) && in_braces(*y) && ((*x)->kind == N_RECORD || (*y)->kind == N_RECORD))
		return NULL;
	if ((a->kind == T_INT && b->kind == T_BITS) || (in_braces(*x) && !in_braces(*y)))
		return coerce(c, x, b) ? b : err_type(c);
	if ((*x)->kind == N_LIST && (*y)->kind == N_LIST) {
		give_widths(c, *x, *y);
		a = type_real((*x)->type);
	}
	if ((b->kind == T_INT && a->kind == T_BITS) || in_braces(*y))
		return coerce(c, y, a) ? a : err_type(c);
	return NULL;
}

static struct type *check_equal(struct checker *c, struct node *n, struct type *a, struct type *b)
{
	struct type *boolean = type_basic(c->u, T_BOOL), *joint;

	if (a->kind == T_SENUM && b->kind == T_SENUM && a->decl != b->decl) {
		coerce(c, &n->a, a = type_real(a->args[0]));
		coerce(c, &n->b, b = type_real(b->args[0]));
	}
	if (a->kind == T_SENUM && b->kind != T_SENUM)
		coerce(c, &n->a, a = type_real(a->args[0]));
	if (b->kind == T_SENUM && a->kind != T_SENUM)
		coerce(c, &n->b, b = type_real(b->args[0]));
	joint = join_sides(c, &n->a, &n->b);
	if (joint)
		return joint->kind == T_ERR ? joint : boolean;
	if (a->kind == T_VARBIT && b->kind == T_VARBIT)
		return a->width == b->width ? boolean : bad_operands(c, n, a, b);
	if (!type_equal(a, b))
		return bad_operands(c, n, a, b);
	if (!comparable(a))
		return bad_operands(c, n, a, b);
	return boolean;
}

/* Is this a known number without a width, and below zero or not? */
static bool known_int(const struct node *n, bool negative)
{
	return type_real(n->type)->kind == T_INT && n->val && n->val->kind == VAL_INT &&
	       (mpz_sgn(n->val->i) < 0) == negative;
}

struct type *check_binary(struct checker *c, struct node *n, struct type *want)
{
	struct type *a, *b;
	bool same_width = true;

	if (n->op == TOK_AND || n->op == TOK_OR) {
		a = check_as(c, &n->a, type_basic(c->u, T_BOOL));
		b = a->kind == T_ERR ? check_expr(c, n->b, NULL)
				     : check_as(c, &n->b, type_basic(c->u, T_BOOL));
		n->known = n->a->known && n->b->known;
		return a->kind == T_ERR ? a : b;
	}
	a = check_expr(c, n->a, n->op == TOK_SHL || n->op == TOK_COUNT ? want : NULL);
	b = check_expr(c, n->b, NULL);
	n->known = n->a->known && n->b->known;
	if (a->kind == T_ERR || b->kind == T_ERR)
		return err_type(c);
	if (n->op == TOK_EQ || n->op == TOK_NE)
		return check_equal(c, n, a, b);
	if (n->op == TOK_PP && a->kind == T_STRING && b->kind == T_STRING)
		return a;
	if (a->kind == T_SENUM && coerce(c, &n->a, a->args[0]))
		a = type_real(a->args[0]);
	if (b->kind == T_SENUM && coerce(c, &n->b, b->args[0]))
		b = type_real(b->args[0]);
	if (!type_is_numeric(a) || !type_is_numeric(b))
		return bad_operands(c, n, a, b);
	switch (n->op) {
	case TOK_PP:
		if (a->kind != T_BITS || b->kind != T_BITS) {
			report_span(c->u, needs_width, n->tok, n->end);
			return err_type(c);
		}
		if (a->width + b->width > 65536) {
			report_span(c->u, out_of_range, n->tok, n->end, "the width of bit<>", 0L,
				    65536L);
			return err_type(c);
		}
		return type_bits(c->u, a->width + b->width, a->is_signed);
	case TOK_SHL:
	case TOK_COUNT:
		if (b->kind == T_BITS && b->is_signed && !n->b->val) {
			report_span(c->u, shift_signed, n->b->tok, n->b->end);
			return err_type(c);
		}
		if (a->kind == T_INT && b->kind != T_INT && !n->b->known) {
			report_span(c->u, needs_width, n->a->tok, n->a->end);
			return err_type(c);
		}
		return a;
	case TOK_MASK:
	case TOK_RANGE: break;
	case TOK_DIV:
	case TOK_MOD:
		if ((a->kind == T_BITS && a->is_signed) || (b->kind == T_BITS && b->is_signed)) {
			report_span(c->u, div_signed, n->tok, n->end, op_name(n));
			return err_type(c);
		}
		/* A cast would hide it; without one it is told with the value. */
		if (a->kind != b->kind && (known_int(n->a, true) || known_int(n->b, true))) {
			report(c->u, div_negative, n->b->tok);
			return err_type(c);
		}
		break;
	case TOK_BAND:
	case TOK_BOR:
	case TOK_BXOR:
		/* Programs join flags so; only of negative numbers is it unclear which bits. */
		if (known_int(n->a, false) && known_int(n->b, false))
			return a;
		/* fall through */
	case TOK_PLUS_SAT:
	case TOK_MINUS_SAT:
		if (a->kind == T_INT && b->kind == T_INT) {
			report_span(c->u, needs_width, n->tok, n->end);
			return err_type(c);
		}
		break;
	}
	if (a->kind == T_INT && b->kind == T_BITS) {
		same_width = coerce(c, &n->a, b);
		a = b;
	} else if (b->kind == T_INT && a->kind == T_BITS) {
		same_width = coerce(c, &n->b, a);
	} else if (!type_equal(a, b)) {
		return bad_operands(c, n, a, b);
	}
	if (!same_width)
		return err_type(c);
	switch (n->op) {
	case TOK_LT:
	case TOK_LE:
	case TOK_GT:
	case TOK_GE: return type_basic(c->u, T_BOOL);
	case TOK_MASK:
	case TOK_RANGE: return type_wrap(c->u, T_SET, a, 0);
	}
	return a;
}

static bool castable(struct checker *c, struct node *n, struct type *from, struct type *to)
{
	struct type *f = type_under(from), *t = type_under(to);

	/* Only what something else can be cast to can be cast to itself. */
	if (to->kind == T_ENUM || to->kind == T_ERRORS || to->kind == T_VARBIT ||
	    to->kind == T_STRING)
		return false;
	if (type_equal(from, to))
		return true;
	if (from->kind == T_NEWTYPE || to->kind == T_NEWTYPE) {
		/* Only to and from what it stands for, or a number without a width (8.11.1). */
		if (from->kind == T_NEWTYPE && type_equal(from->args[0], to))
			return true;
		return to->kind == T_NEWTYPE &&
		       (type_equal(from, to->args[0]) || from->kind == T_INT);
	}
	/* An enum is made of nothing but its own type, or a number without a width. */
	if (to->kind == T_SENUM)
		return from->kind == T_INT || type_equal(f, t);
	if (f->kind == T_BITS && t->kind == T_BITS) {
		if (f->is_signed == t->is_signed)
			return true;
		return f->width == t->width;
	}
	if (f->kind == T_INT)
		return t->kind == T_BITS || t->kind == T_INT ||
		       (t->kind == T_BOOL && n->val && n->val->kind == VAL_INT &&
			mpz_cmp_si(n->val->i, 1) <= 0 && mpz_sgn(n->val->i) >= 0);
	if (t->kind == T_INT)
		return int_like(n);
	if (f->kind == T_BITS && t->kind == T_BOOL)
		return f->width == 1 && !f->is_signed;
	if (f->kind == T_BOOL && t->kind == T_BITS)
		return t->width == 1 && !t->is_signed;
	if (from->kind == T_INVALID)
		return to->kind == T_HEADER || to->kind == T_UNION;
	if (from->kind == T_TUPLE && (to->kind == T_STRUCT || to->kind == T_HEADER)) {
		if (from->n_args != type_n_fields(to))
			return false;
		for (int i = 0; i < type_n_fields(to); i++)
			if (!type_equal(from->args[i], type_field_at(c->u, to, i)))
				return false;
		return true;
	}
	return false;
}

struct type *check_cast(struct checker *c, struct node *n)
{
	struct type *to = resolve_type_open(c, n->a), *from;
	bool literal = in_braces(n->b) || n->b->kind == N_DOTS;

	if (to->kind == T_ERR) {
		check_expr(c, n->b, NULL);
		return to;
	}
	if (literal && type_is_struct_like(to) && n->a->kind == N_TNAME && !n->a->targs.n &&
	    n->a->decl == to->decl && to->decl->tparams.n) {
		/* Generic structure without arguments: infer them. */
		struct type **args = arena_alloc(&c->u->arena, sizeof(*args) * (size_t)to->n_args);

		for (int i = 0; i < to->n_args; i++)
			args[i] = type_unknown(c->u);
		to = type_nominal(c->u, to->kind, to->decl, args, to->n_args);
		check_expr(c, n->b, to);
		if (type_has_unknown(to)) {
			report_span(c->u, cannot_infer, n->tok, n->end,
				    "the structure's type arguments");
			return err_type(c);
		}
		n->b->type = NULL;
	}
	from = check_expr(c, n->b, literal ? to : NULL);
	if (from->kind == T_INT && !n->b->val && type_under(to)->kind == T_BITS) {
		/* Numbers without a width to choose from take the cast's. */
		n->b->type = NULL;
		from = check_expr(c, n->b, to);
	}
	n->known = n->b->known;
	if (from->kind == T_ERR)
		return from;
	if (from->kind == T_TYPE) {
		report_span(c->u, type_as_value, n->b->tok, n->b->end,
			    type_name(c->u, from->args[0]));
		return err_type(c);
	}
	if (literal && coerce(c, &n->b, to))
		return to;
	if (literal)
		return err_type(c);
	if (!castable(c, n->b, from, to)) {
		report_span(c->u, bad_cast, n->tok, n->end, type_name(c->u, from),
			    type_name(c->u, to));
		if (type_under(from)->kind == T_BITS && type_under(to)->kind == T_BITS)
			unit_hint(c->u, "change the width first, then the sign");
		return err_type(c);
	}
	return to;
}
