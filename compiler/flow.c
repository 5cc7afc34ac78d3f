/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* flow.c - states and places, and what is told of them */
#include "compiler/flow.h"

#include <string.h>

struct state *state_new(struct flow *f)
{
	struct state *s = f->spare;

	if (s)
		f->spare = s->next;
	else
		s = arena_alloc(&f->u->arena, sizeof(*s) + PLACES);
	s->reached = false;
	return s;
}

void state_drop(struct flow *f, struct state *s)
{
	s->next = f->spare;
	f->spare = s;
}

void state_copy(struct flow *f, struct state *to, const struct state *from)
{
	f->fuel -= 1 + f->n / 64;
	to->reached = from->reached;
	memcpy(to->bits, from->bits, STATE_BYTES(f->n));
}

bool state_join(struct flow *f, struct state *to, const struct state *from)
{
	uint64_t news = 0;

	if (!from->reached)
		return false;
	if (!to->reached) {
		state_copy(f, to, from);
		return true;
	}
	f->fuel -= 1 + f->n / 64;
	for (int i = 0; i < f->n; i += 8) {
		uint64_t a, b;

		memcpy(&a, to->bits + i, 8);
		memcpy(&b, from->bits + i, 8);
		news |= b & ~a;
		a |= b;
		memcpy(to->bits + i, &a, 8);
	}
	return news;
}

void state_swap(struct state **a, struct state **b)
{
	struct state *s = *a;

	*a = *b;
	*b = s;
}

int place_count(struct type *t)
{
	int64_t sum = 0;

	t = type_real(t);
	switch (t->kind) {
	case T_BOOL:
	case T_BITS:
	case T_VARBIT:
	case T_ENUM:
	case T_SENUM:
	case T_NEWTYPE:
	case T_ERRORS: return 1;
	case T_STRUCT:
	case T_HEADER:
	case T_UNION:
		if (t->n_args)
			return 0;
		if (t->decl->width >= 0)
			return t->decl->width;
		sum = t->kind == T_HEADER;
		for (int i = 0; i < t->decl->list.n && sum <= PLACES; i++) {
			t->decl->list.v[i]->width = (int)sum;
			sum += place_count(t->decl->list.v[i]->type);
		}
		return t->decl->width = sum > PLACES ? 0 : (int)sum;
	case T_STACK: sum = (int64_t)t->width * place_count(t->args[0]); break;
	case T_TUPLE:
		for (int i = 0; i < t->n_args && t->n_args < 100; i++)
			sum += place_count(t->args[i]);
	}
	return sum > PLACES ? 0 : (int)sum;
}

struct type *place_part(struct type *t, int i, int base, int *at)
{
	*at = base;
	switch (t->kind) {
	case T_STRUCT:
	case T_HEADER:
	case T_UNION:
		if (i >= t->decl->list.n)
			return NULL;
		*at += t->decl->list.v[i]->width;
		return type_real(t->decl->list.v[i]->type);
	case T_STACK:
		*at += i * place_count(t->args[0]);
		return i < t->width ? type_real(t->args[0]) : NULL;
	case T_TUPLE:
		for (int k = 0; k < i && k < t->n_args; k++)
			*at += place_count(t->args[k]);
		return i < t->n_args ? type_real(t->args[i]) : NULL;
	}
	return NULL;
}

void place_fill(struct flow *f, struct type *t, int at, uint8_t value, uint8_t valid)
{
	struct type *inner;
	int n, p;

	t = type_real(t);
	n = place_count(t);
	f->fuel -= 1;
	memset(f->now->bits + at, value, (size_t)n);
	if (t->kind == T_HEADER && n)
		f->now->bits[at] = valid;
	else
		for (int i = 0; n && (inner = place_part(t, i, at, &p)); i++)
			place_fill(f, inner, p, value, valid);
}

void place_new(struct flow *f, struct node *n, uint8_t value, uint8_t valid)
{
	int places = n->type ? place_count(n->type) : 0;

	n->width = -1;
	if (!places || f->n + places > PLACES)
		return;
	n->width = f->n;
	f->n += places;
	place_fill(f, n->type, n->width, value, valid);
}

/* Which part of a value is there: ".a.b[1]" */
static const char *place_name(struct flow *f, struct type *t, int offset)
{
	struct type *inner;
	const char *name;
	int p;

	t = type_real(t);
	for (int i = 0; (inner = place_part(t, i, 0, &p)); i++)
		if (offset >= p && offset < p + place_count(inner)) {
			name = type_is_struct_like(t)
				       ? arena_printf(&f->u->arena, ".%s", t->decl->list.v[i]->name)
				       : arena_printf(&f->u->arena, "[%d]", i);
			return arena_printf(&f->u->arena, "%s%s", name,
					    place_name(f, inner, offset - p));
		}
	return "";
}

static bool silent(const struct flow *f, enum doubt doubt)
{
	static const char *const names[] = { [READ] = "uninitialized_use",
					     [OUT] = "uninitialized_out_param",
					     [HEADER] = "invalid_header" };

	for (const struct around *a = f->around; a; a = a->up)
		if (node_no_warning(a->n, names[doubt]))
			return true;
	return f->quiet || f->fuel < 0 || !f->now->reached;
}

void place_look(struct flow *f, struct node *n, int base, int at, enum doubt doubt)
{
	static const enum diag_code codes[][2] = {
		[READ] = { DIAG_may_be_unset, DIAG_never_set },
		[OUT] = { DIAG_may_be_unwritten, DIAG_never_written },
		[HEADER] = { DIAG_may_be_invalid, DIAG_invalid_header },
	};
	uint8_t s = f->now->bits[at];
	bool never = !(s & (YES | ANY));
	const char *name;

	if (!never && !(s & NO) && (f->guards || !(s & LEFT)))
		return;
	if (!silent(f, doubt)) {
		name = doubt == OUT ? n->name : expression_text(f->u, n, false);
		if (doubt != HEADER)
			name = arena_printf(&f->u->arena, "%s%s", name,
					    place_name(f, n->type, at - base));
		unit_report(f->u, codes[doubt][never], n->tok, doubt == OUT ? NULL : n->end, name);
	}
	if (doubt == HEADER)
		place_fill(f, n->type, at, ANY, ANY);
	f->now->bits[at] = ANY;
}

void place_look_all(struct flow *f, struct node *n, int base, struct type *t, int at,
		    enum doubt doubt)
{
	struct type *inner;
	int p;

	t = type_real(t);
	if (!place_count(t) || t->kind == T_UNION ||
	    (t->kind == T_HEADER && (doubt == OUT || f->now->bits[at] != YES)))
		return;
	f->fuel -= 1;
	for (int i = 0; (inner = place_part(t, i, at, &p)); i++)
		place_look_all(f, n, base, inner, p, doubt);
	if (!place_part(t, 0, at, &p))
		place_look(f, n, base, at, doubt);
}
