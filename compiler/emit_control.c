/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * emit_control.c - controls and actions.
 *
 * What a control's actions share with its body (parameters, variables) is in a
 * frame that they all get; the C compiler inlines them and takes it apart again.
 */
#include "compiler/emit_extern.h"

static void action_c(struct emitter *e, struct action_use *a, struct instance *i)
{
	struct buffer b;
	struct emitter saved = function_begin(e, &b);
	const char *head = fmt(e, "static inline void act_%d_%s(struct tp4_ctx *c%s", a->index,
			       c_name(e, a->decl->name),
			       a->owner ? fmt(e, ", struct frame_%s *f", i->cname) : "");

	e->scope = a->decl;
	e->in_frame = a->owner != NULL;
	show_source(e, a->decl);
	line(e, "%s)\n{", param_list(e, &a->decl->params, head));
	e->indent = 1;
	bind_params(e, &a->decl->params);
	e->leave = "leave";
	block_c(e, a->decl->b);
	line(e, "@leave:;");
	line(e, "return;");
	e->indent = 0;
	line(e, "}");
	function_end(e, &saved, &b);
}

/* The frame's struct; names inside the control then mean its members. */
static void frame_c(struct emitter *e, struct instance *i)
{
	struct node *d = i->decl;
	struct buffer b = { 0 };

	buffer_printf(&b, "struct frame_%s {\n", i->cname);
	for (int k = 0; k < d->params.n; k++) {
		struct node *p = d->params.v[k];
		struct type *t = real(e, p->type);
		bool pointer = p->dir == DIR_OUT || p->dir == DIR_INOUT || !is_scalar(t);

		if (is_unseen(t))
			continue;
		buffer_printf(&b, "\t%s%s %s%s;\n",
			      p->dir == DIR_OUT || p->dir == DIR_INOUT || !pointer ? "" : "const ",
			      c_type(e, t), pointer ? "*" : "", c_name(e, p->name));
		p->info = (void *)fmt(e, pointer ? "(*f->%s)" : "f->%s", c_name(e, p->name));
	}
	for (int k = 0; k < d->list.n; k++)
		if (d->list.v[k]->kind == N_VAR) {
			struct node *v = d->list.v[k];
			const char *name = fmt(e, "%s_v%d", c_name(e, v->name), k);

			buffer_printf(&b, "\t%s %s;\n", c_type(e, v->type), name);
			v->info = (void *)fmt(e, "f->%s", name);
		}
	buffer_str(&b, "\tuint8_t nothing_;\n};\n\n");
	buffer_add(&e->types, b.text, b.len);
	buffer_free(&b);
}

static void frame_fill(struct emitter *e, struct instance *i)
{
	struct node *d = i->decl;

	line(e, "struct frame_%s frame, *f = &frame;", i->cname);
	raw(e, "\n");
	line(e, "f->nothing_ = 0;");
	for (int k = 0; k < d->params.n; k++)
		if (!is_unseen(real(e, d->params.v[k]->type)))
			line(e, "f->%s = %s;", c_name(e, d->params.v[k]->name),
			     c_name(e, d->params.v[k]->name));
}

/* A part of a parsed header, or the ingress port: known before the control runs. */
static bool foreseen(struct emitter *e, struct node *n, struct node *control, bool in_header)
{
	switch (n->kind) {
	case N_INT: return true;
	case N_CAST: return foreseen(e, n->b, control, in_header);
	case N_SLICE: return foreseen(e, n->a, control, in_header);
	case N_INDEX: return n->b->val && foreseen(e, n->a, control, in_header);
	case N_DOT:
		return foreseen(
			e, n->a, control,
			in_header || !strcmp(n->name, "ingress_port") ||
				(n->a->type && type_under(real(e, n->a->type))->kind == T_HEADER));
	case N_NAME:
		if (n->val)
			return true;
		for (int k = 0; in_header && k < control->params.n; k++)
			if (control->params.v[k] == n->decl)
				return control->params.v[k]->dir != DIR_OUT;
	}
	return false;
}

static bool table_foreseen(struct emitter *e, struct table *t, struct node *control)
{
	for (int k = 0; t->key && k < t->key->list.n; k++)
		if (!strcmp(t->key->list.v[k]->name, "selector") ||
		    !foreseen(e, t->key->list.v[k]->a, control, false))
			return false;
	return t->key && t->key->list.n;
}

/* static void peek_X(): as apply_X(), but only says which of its keys are known already. */
static void peek_c(struct emitter *e, struct instance *i)
{
	struct emitter saved;
	struct buffer b;

	for (int k = 0; k < i->tables.n; k++)
		i->peeks |= table_foreseen(e, i->tables.v[k], i->decl);
	if (!i->peeks)
		return;
	saved = function_begin(e, &b);
	line(e, "%s)\n{",
	     param_list(e, &i->decl->params,
			fmt(e, "static inline void peek_%s(struct tp4_ctx *c", i->cname)));
	e->indent = 1;
	e->in_frame = true;
	frame_fill(e, i);
	for (int k = 0; k < i->tables.n; k++)
		if (table_foreseen(e, i->tables.v[k], i->decl)) {
			line(e, "{");
			e->indent++;
			table_key_c(e, i->tables.v[k]);
			line(e, "tp4_peek(c, %d, key);", i->tables.v[k]->index);
			e->indent--;
			line(e, "}");
		}
	e->indent = 0;
	line(e, "}");
	function_end(e, &saved, &b);
}

void control_c(struct emitter *e, struct instance *i)
{
	const nodes *top = &e->m->program->list;
	bool first = once(e, "actions at the top");
	struct node *d = i->decl;
	struct buffer b;
	struct emitter saved;
	const struct subst s = instance_subst(i);

	e->inst = i;
	e->sub = s.n ? &s : NULL;
	e->scope = d;
	frame_c(e, i);
	for (int k = 0; k < i->tables.n; k++)
		for (int a = 0; a < i->tables.v[k]->refs.n; a++)
			if (!i->tables.v[k]->refs.v[a]->owner) {
				struct action_use *use = i->tables.v[k]->refs.v[a];

				if (once(e, fmt(e, "act %d", use->index)))
					action_c(e, use, i);
			}
	/* Direct calls of actions that stand at the top of the program: all, with the first control. */
	for (int k = 0; first && k < top->n; k++)
		if (top->v[k]->kind == N_ACTION) {
			struct action_use *use = model_action(e->m, top->v[k], NULL);

			if (once(e, fmt(e, "act %d", use->index)))
				action_c(e, use, i);
		}
	for (int k = 0; k < d->list.n; k++)
		if (d->list.v[k]->kind == N_ACTION)
			action_c(e, model_action(e->m, d->list.v[k], i), i);
	for (int k = 0; k < i->tables.n; k++)
		table_c(e, i->tables.v[k]);
	saved = function_begin(e, &b);
	e->scope = d;
	show_source(e, d);
	line(e, "%s)\n{",
	     param_list(e, &d->params,
			fmt(e, "static inline void apply_%s(struct tp4_ctx *c", i->cname)));
	e->indent = 1;
	frame_fill(e, i);
	clear_out(e, &d->params, i);
	checksums_clear(e, i);
	e->in_frame = true;
	e->leave = "leave";
	for (int k = 0; k < d->list.n; k++)
		if (d->list.v[k]->kind == N_VAR) {
			struct node *v = d->list.v[k];
			struct type *t = real(e, v->type);
			const char *name = v->info;

			if (is_scalar(t))
				line(e, "%s = %s;", name, v->b ? expr(e, v->b) : zero(e, t));
			else
				line(e, "memset(&%s, 0, sizeof(%s));", name, name);
			if (v->b && !is_scalar(t))
				fill(e, t, name, v->b);
		}
	block_c(e, d->b);
	line(e, "@leave:;");
	line(e, "return;");
	e->indent = 0;
	line(e, "}");
	function_end(e, &saved, &b);
	peek_c(e, i);
	e->sub = NULL;
}
