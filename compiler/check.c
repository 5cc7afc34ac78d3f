/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* check.c - scopes and the walk over a program's declarations. */
#include "compiler/check.h"

#include <string.h>

struct type *err_type(struct checker *c)
{
	return type_basic(c->u, T_ERR);
}

void scope_enter(struct checker *c, struct node *owner)
{
	struct scope *s = arena_alloc(&c->u->arena, sizeof(*s));

	s->up = c->scope;
	s->owner = owner;
	c->scope = s;
}

/* What is odd about the use of a name, now that all of its uses were seen. */
static void check_use(struct checker *c, struct node *n)
{
	const struct node *owner = n->parent;

	switch (n->kind) {
	case N_VAR:
		if (!n->used && !node_no_warning(n, "unused"))
			report(c->u, unused, n->tok, "variable", n->name);
		break;
	case N_INSTANCE:
		if (!n->used && !n->decl && !node_no_warning(n, "unused"))
			report(c->u, unused, n->tok, "instance", n->name);
		break;
	case N_TABLE:
		if (!n->used && !node_no_warning(n, "unused"))
			report(c->u, unused, n->tok, "table", n->name);
		break;
	case N_ACTION:
		if (!n->used && owner && !node_no_warning(n, "unused"))
			report(c->u, unused, n->tok, "action", n->name);
		break;
	}
}

void scope_leave(struct checker *c)
{
	for (int i = 0; i < c->scope->list.n && c->scope->up; i++)
		check_use(c, c->scope->list.v[i].node);
	c->scope = c->scope->up;
}

static size_t slot_of(const struct scope *s, const char *name)
{
	size_t i = ((uintptr_t)name >> 4) * 0x9e3779b97f4a7c15ULL >> 20;

	i &= (size_t)s->hash_cap - 1;
	while (s->hash[i].name && s->hash[i].name != name)
		i = (i + 1) & ((size_t)s->hash_cap - 1);
	return i;
}

struct node *lookup_here(struct scope *s, const char *name)
{
	if (s->hash) {
		size_t i = slot_of(s, name);

		return s->hash[i].name ? s->hash[i].node : NULL;
	}
	for (int i = s->list.n - 1; i >= 0; i--)
		if (s->list.v[i].name == name)
			return s->list.v[i].node;
	return NULL;
}

void scope_insert(struct checker *c, struct scope *s, struct node *n)
{
	struct binding b = { n->name, n };

	vec_push(&c->u->arena, &s->list, b);
	if (s->list.n * 2 > s->hash_cap && s->list.n > 8) {
		s->hash_cap = s->hash_cap ? s->hash_cap * 2 : 64;
		s->hash = arena_alloc(&c->u->arena, sizeof(*s->hash) * (size_t)s->hash_cap);
		for (int i = 0; i < s->list.n; i++)
			s->hash[slot_of(s, s->list.v[i].name)] = s->list.v[i];
	} else if (s->hash) {
		s->hash[slot_of(s, n->name)] = b;
	}
}

bool is_type_decl(const struct node *n)
{
	switch (n->kind) {
	case N_TYPEDEF:
	case N_NEWTYPE:
	case N_STRUCT:
	case N_HEADER:
	case N_UNION:
	case N_ENUM:
	case N_EXTERN:
	case N_PARSER_TYPE:
	case N_CONTROL_TYPE:
	case N_PACKAGE:
	case N_PARSER:
	case N_CONTROL:
	case N_TPARAM: return true;
	}
	return false;
}

/* Calls tell functions and methods apart by the number and the names of their parameters. */
bool same_params(const struct node *a, const struct node *b)
{
	if (a->params.n != b->params.n)
		return false;
	for (int i = 0; i < a->params.n; i++)
		if (a->params.v[i]->name != b->params.v[i]->name)
			return false;
	return true;
}

/*
 * The parameter that a variable of a block or state would hide, as p4c finds it: of what is around,
 * too.  The locals of a control or parser beside these are in its own scope: they only hide it.
 */
static struct node *hidden_parameter(struct checker *c, const char *name)
{
	const struct node *owner = c->scope->owner;
	struct node *n = NULL;

	if (!owner || (owner->kind != N_BLOCK && owner->kind != N_STATE))
		return NULL;
	for (struct scope *s = c->scope->up; s && !n; s = s->up)
		n = lookup_here(s, name);
	return n && n->kind == N_PARAM ? n : NULL;
}

/* Functions with other parameters stay beside each other. */
static bool gives_way(struct node *old, struct node *n)
{
	if (!node_anno(old, "some_versions") || n->tok->src->system)
		return false;
	if (old->kind != N_FUNCTION || n->kind != N_FUNCTION)
		return true;
	for (; old; old = old->d)
		if (same_params(old, n))
			return true;
	return false;
}

static bool is_value(const struct node *n)
{
	return n->kind == N_VAR || n->kind == N_CONST;
}

/*
 * Names of one scope must differ, and variables of blocks from the parameters around; extern
 * functions may share one if their parameters differ, and so may functions of P4.  What only some
 * versions of an architecture have is the program's to declare.
 */
bool declare(struct checker *c, struct node *n)
{
	struct node *old;

	if (!n->name || !n->name[0])
		return false;
	old = lookup_here(c->scope, n->name);
	if (old && gives_way(old, n))
		old = NULL;
	if (old && old->kind == n->kind && (n->kind == N_FUNCTION || n->kind == N_PACKAGE) &&
	    (!old->b == !n->b || node_anno(old, "some_versions"))) {
		struct node **o = &old;

		/* Functions that no call could tell apart are an error only where one is called. */
		while (*o && (n->kind == N_FUNCTION || !same_params(*o, n)))
			o = &(*o)->d;
		if (!*o) {
			*o = n; /* behind those before */
			return true;
		}
	}
	if (!old && is_value(n))
		old = hidden_parameter(c, n->name);
	/* Where x is no type, "x y;" may lack what stands between them. */
	if (old && (n->kind == N_VAR || n->kind == N_PARAM) && n->type->kind == T_ERR)
		return false;
	if (old) {
		report(c->u, duplicate, n->tok, n->name);
		if (old->tok && old->tok->src)
			unit_hint(c->u, "it is declared at %s:%d", old->tok->src->name,
				  old->tok->line);
		/* The uses behind it mean this one, if they can mean both. */
		if (is_value(n) && (is_value(old) || old->kind == N_PARAM))
			scope_insert(c, c->scope, n);
		return false;
	}
	for (struct scope *s = c->scope->up; s; s = s->up) {
		old = lookup_here(s, n->name);
		if (old && s != c->global && old->tok->src == n->tok->src && is_value(n)) {
			report(c->u, shadow, n->tok, n->name);
			break;
		}
	}
	n->parent = c->scope->owner;
	scope_insert(c, c->scope, n);
	return true;
}

bool declare_member(struct checker *c, struct scope *members, struct node *m)
{
	if (lookup_here(members, m->name)) {
		report(c->u, duplicate, m->tok, m->name);
		return false;
	}
	scope_insert(c, members, m);
	return true;
}

struct node *lookup(struct checker *c, const char *name, bool global)
{
	for (struct scope *s = global ? c->global : c->scope; s; s = s->up) {
		struct node *n = lookup_here(s, name);

		if (n) {
			n->used = true;
			return n;
		}
	}
	return lookup_here(&c->match_kinds, name);
}

static bool hint_later(struct checker *c, const nodes *list, const struct token *tok,
		       const char *name)
{
	for (int i = 0; i < list->n; i++) {
		const struct node *d = list->v[i];

		if (d->name != name)
			continue;
		if (tok > d->tok && tok < d->end)
			unit_hint(c->u, "it cannot be a part of itself");
		else
			unit_hint(c->u, "it is declared behind this, at %s:%d", d->tok->src->name,
				  d->tok->line);
		return true;
	}
	return false;
}

static bool hint_enum_member(struct checker *c, const struct node *d, const char *name)
{
	for (int k = 0; k < d->list.n; k++)
		if (d->list.v[k]->name == name) {
			unit_hint(c->u, "did you mean '%s.%s'?",
				  d->kind == N_ERRORS ? "error" : d->name, name);
			return true;
		}
	return false;
}

/* Is it what is declared only later, or a member that lacks its enum's name? */
static bool hint_elsewhere(struct checker *c, const struct token *tok, const char *name)
{
	if ((c->block && hint_later(c, &c->block->list, tok, name)) ||
	    hint_later(c, &c->program->list, tok, name))
		return true;
	for (int i = 0; i < c->program->list.n; i++) {
		const struct node *d = c->program->list.v[i];

		if ((d->kind == N_ENUM || d->kind == N_ERRORS) && hint_enum_member(c, d, name))
			return true;
	}
	return false;
}

/* A hint with what else in the scope and those around the name may stand for */
static void suggest(struct checker *c, const struct scope *s, const struct token *tok,
		    const char *name)
{
	struct meant m = meant_for(name);

	if (c->u->unsaid || hint_word(c->u, name) || hint_elsewhere(c, tok, name))
		return;
	for (; s; s = s->up)
		for (int i = 0; i < s->list.n; i++)
			meant_try(&m, s->list.v[i].name);
	meant_try_keywords(&m, token_begins_statement(c->u, tok));
	meant_hint(c->u, &m);
}

void hint_member(struct checker *c, struct type *t, const char *name)
{
	static const struct {
		enum type_kind of;
		const char *name;
		bool is_method;
	} known[] = {
		{ T_HEADER, "isValid", true },      { T_HEADER, "setValid", true },
		{ T_HEADER, "setInvalid", true },   { T_UNION, "isValid", true },
		{ T_STACK, "push_front", true },    { T_STACK, "pop_front", true },
		{ T_STACK, "next", false },         { T_STACK, "last", false },
		{ T_STACK, "lastIndex", false },    { T_STACK, "size", false },
		{ T_APPLIED, "hit", false },        { T_APPLIED, "miss", false },
		{ T_APPLIED, "action_run", false }, { T_TABLE, "apply", true },
		{ T_CONTROL, "apply", true },       { T_PARSER, "apply", true },
	};
	struct meant m = meant_for(name);

	if (c->u->unsaid)
		return;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		bool same = !strcmp(known[i].name, name);

		if (t->kind == T_TABLE && known[i].of == T_APPLIED && same)
			return unit_hint(c->u, "apply it first: %s.apply().%s", t->decl->name,
					 name);
		if (t->kind == known[i].of && known[i].is_method && same)
			return unit_hint(c->u, "call it: %s()", name);
		if (t->kind == known[i].of)
			meant_try(&m, known[i].name);
	}
	if (type_is_struct_like(t) || t->kind == T_ENUM || t->kind == T_SENUM ||
	    t->kind == T_EXTERN)
		meant_try_all(&m, &t->decl->list);
	if (t->kind == T_ERRORS)
		meant_try_all(&m, &c->errors->list);
	if (t->kind == T_ACTION && !strcmp(name, "apply"))
		unit_hint(c->u, "call it: %s()", t->decl->name);
	else if (!meant_hint(c->u, &m) && t->kind == T_HEADER && strstr(name, "alid"))
		unit_hint(c->u, "ask isValid(), or call setValid() or setInvalid()");
}

bool newly_missing(struct checker *c, const char *what, const char *name)
{
	name = arena_printf(&c->u->arena, "%s.%s", what, name);
	return intern_new(&c->u->arena, c->told_members, name);
}

/* What is missing now need not be told. */
void tell_missing(struct checker *c, const char *name)
{
	intern_new(&c->u->arena, c->told_names, name);
	intern_new(&c->u->arena, c->told_members, name);
}

/* Declarations of a kind that a parser or control has not; their names stay unknown. */
void report_member(struct checker *c, struct node *n, const char *block)
{
	report(c->u, block_member, n->tok, block);
	unit_hint(c->u, "declare it at the top of the program");
	if (n->name)
		tell_missing(c, n->name);
}

/* A file of ours that was forgotten is told of once, whatever of it is missing then. */
static bool tell_forgotten(struct checker *c, const char *name, bool as_type, const char **file)
{
	*file = c->u->diags_full ? NULL : header_declaring(c->u, name, as_type, c->u->forgotten);
	c->u->forgotten = *file ? *file : c->u->forgotten;
	return !*file || intern_new(&c->u->arena, c->told_members, *file);
}

void report_missing(struct checker *c, enum diag_code code, const struct token *tok,
		    const char *name)
{
	const char *file;

	if (!tell_forgotten(c, name, code == DIAG_no_type, &file))
		return;
	unit_report(c->u, code, tok, NULL, name);
	if (file)
		unit_hint(c->u, "#include <%s> declares it", file);
	else
		suggest(c, code == DIAG_no_match_kind ? &c->match_kinds : c->scope, tok, name);
}

void report_no_name(struct checker *c, const struct token *tok, const char *name)
{
	if (intern_new(&c->u->arena, c->told_names, name))
		report_missing(c, DIAG_no_name, tok, name);
}

struct node *check_program(struct unit *u, struct node *program)
{
	struct intern names = { 0 }, members = { 0 };
	struct scope tables = { 0 }, objects = { 0 };
	struct checker c = { .u = u,
			     .program = program,
			     .tables = &tables,
			     .objects = &objects,
			     .told_names = &names,
			     .told_members = &members };
	struct node *main = NULL;

	scope_enter(&c, NULL);
	c.global = c.scope;
	c.errors = node_new(u, N_ERRORS, program->tok);
	c.errors->type = type_basic(u, T_ERRORS);
	program->a = c.errors;
	for (int i = 0; i < program->list.n; i++)
		if (program->list.v[i]->kind == N_ERRORS)
			check_errors(&c, program->list.v[i]);
	check_error_numbers(&c);
	for (int i = 0; i < program->list.n; i++) {
		names = (struct intern){ 0 };
		check_declaration(&c, program->list.v[i]);
	}
	program->scope = c.global;
	check_names(&c, &program->list);
	main = lookup_here(c.global, unit_name(u, "main"));
	if (main && main->type && type_real(main->type)->kind == T_ERR)
		main = NULL;
	if (main && (main->kind != N_INSTANCE || type_real(main->type)->kind != T_PACKAGE)) {
		report(u, main_kind, main->tok);
		main = NULL;
	}
	if (main)
		main->used = true;
	return main;
}
