/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_pna.c - pna's functions for the entries of tables, and what it has that we have not. */
#include "compiler/emit_extern.h"
#include "compiler/emit_table.h"
#include "runtime/program.h"

/*
 * The C name of arguments of the action, from a structure or tuple of them in their order (or the
 * one argument itself).
 */
static const char *action_args(struct emitter *e, struct action_use *a, struct node *data)
{
	struct type *t = real(e, data->type);
	bool single = is_scalar(t) || is_wide(t);
	const char *args = fresh(e, "args"), *v;
	int given = single ? 1 : type_n_fields(t), k = 0;

	action_struct(e, a);
	v = temp(e, t, expr(e, data));
	line(e, "struct args_%d %s = { 0 };", a->index, args);
	for (int j = 0; j < a->decl->params.n; j++) {
		struct node *p = a->decl->params.v[j];
		struct type *is;

		if (p->dir != DIR_NONE || k++ >= given)
			continue;
		is = single ? t : real(e, type_field_at(e->u, t, k - 1));
		if (is->kind != T_INT && !type_equal(is, real(e, p->type)))
			report_span(e->u, entry_action, data->tok, data->end, a->decl->name,
				    fmt(e, "its parameter '%s' is no %s", p->name,
					type_name(e->u, is)));
		line(e, "%s.%s = %s%s%s;", args, c_name(e, p->name), v, single ? "" : ".",
		     single ? "" : field_c(e, t, k - 1));
	}
	if (k != given)
		report_span(e->u, entry_action, data->tok, data->end, a->decl->name,
			    fmt(e, "it takes %d arguments, not %d", k, given));
	return args;
}

static bool adds_entries(struct emitter *e, struct table *t, const struct instance *x)
{
	return table_prop(e, t, "add_on_miss", 0);
}

static bool has_timers(struct emitter *e, struct table *t, const struct instance *x)
{
	struct table_timeout timeout = table_timeout(e->m, t);

	return timeout.notifies || timeout.expires;
}

/* Can the table have entries with this action? */
static void check_listed(struct emitter *e, struct table *t, struct action_use *a,
			 struct node *name)
{
	struct node *ref = action_listed(t->actions, a->decl);

	if (!ref || node_anno(ref, "defaultonly"))
		report_span(e->u, entry_action, name->tok, name->end, a->decl->name,
			    ref ? "it is for default_action only"
				: "it is not in the table's list of actions");
}

/* add_entry([condition,] action_name, action_params[, expire_time_profile_id]) */
static const char *x_add_entry(struct emitter *e, struct node *n)
{
	bool cond = n->params.n > 3;
	const char *wanted = cond ? temp(e, arg_at(n, 0)->type, expr(e, arg_at(n, 0))) : "true";
	struct value *name = known_value(e, arg_at(n, cond));
	struct node *profile = arg_at(n, 2 + cond);
	struct table *t =
		table_here(e, n, adds_entries, NULL, "actions of tables with add_on_miss");

	for (int i = 0; name && name->kind == VAL_STRING && i < e->m->actions.n; i++) {
		struct action_use *a = e->m->actions.v[i];
		const char *args;

		if (strcmp(a->decl->name, name->s) || (a->owner && a->owner != e->inst))
			continue;
		if (t)
			check_listed(e, t, a, arg_at(n, cond));
		args = action_args(e, a, arg_at(n, 1 + cond));
		/* In version 0.7 success is a zero. */
		return temp(e, n->type,
			    fmt(e, "%s(%s && tp4_add_entry(c, %d, &%s, %s))",
				real(e, n->type)->kind == T_BOOL ? "" : "!", wanted, a->index, args,
				profile ? arg_number(e, n, 2 + cond) : "0"));
	}
	report(e->u, entry_action, n->tok, name && name->kind == VAL_STRING ? name->s : "this",
	       "this control has no such action");
	return "false";
}

/* Timers of the entry at hand */
static const char *x_pna_timer(struct emitter *e, struct node *n)
{
	const char *m = n->decl->name, *cond, *profile;

	table_here(e, n, has_timers, NULL, "actions of tables with timeouts");
	if (!strcmp(m, "restart_expire_timer")) {
		line(e, "tp4_timer_restart(c);");
	} else if (!strcmp(m, "set_entry_expire_time")) {
		line(e, "tp4_timer_set(c, %s);", arg_number(e, n, 0));
	} else if (!strcmp(m, "set_entry_expire_time_if")) {
		cond = expr_saved(e, arg_at(n, 0));
		profile = temp(e, type_bits(e->u, 32, false), arg_number(e, n, 1));
		line(e, "if (%s)", cond);
		line(e, "\ttp4_timer_set(c, %s);", profile);
	} else { /* update_expire_info */
		const char *aging = expr_saved(e, arg_at(n, 0)),
			   *time = expr_saved(e, arg_at(n, 1));

		profile = temp(e, type_bits(e->u, 32, false), arg_number(e, n, 2));
		line(e, "if (%s && %s)", aging, time);
		line(e, "\ttp4_timer_set(c, %s);", profile);
		line(e, "else if (%s)", aging);
		line(e, "\ttp4_timer_restart(c);");
	}
	return "0";
}

static const char *x_flow_id(struct emitter *e, struct node *n)
{
	return convert(e, temp(e, type_bits(e->u, 32, false), "(uint32_t)tp4_random(c)"),
		       type_bits(e->u, 32, false), n->type);
}

/* The entry at hand gets new arguments for the action that it has and that runs. */
static const char *x_set_entry_data(struct emitter *e, struct node *n)
{
	for (int i = 0; i < e->m->actions.n; i++) {
		struct action_use *a = e->m->actions.v[i];
		const char *args;

		if (a->decl != e->scope || (a->owner && a->owner != e->inst))
			continue;
		args = action_args(e, a, arg_at(n, 0));
		line(e, "if (c->found)");
		line(e, "\tmemcpy(c->found->data, &%s, sizeof(%s));", args, args);
		return "0";
	}
	report(e->u, unsupported, n->tok, "set_entry_data() outside of an action");
	return "0";
}

/* There is no security association here: no packet comes from one. */
static const char *x_ipsec(struct emitter *e, struct node *n)
{
	if (!strcmp(n->decl->name, "from_ipsec"))
		assign(e, arg_at(n, 0), "1 /* IPSEC_ERROR */");
	return "false";
}

/* There is no sk_buff here: what is read of it is zero. */
static const char *x_skb(struct emitter *e, struct node *n)
{
	for (int i = 0; i < n->params.n; i++)
		expr_saved(e, arg_at(n, i));
	return "0";
}

const struct extern_method pna_methods[] = {
	{ NULL, "add_entry", x_add_entry, "rii|riii" },
	{ NULL, "add_entry_if", x_add_entry, "riiii" },
	{ NULL, "allocate_flow_id", x_flow_id, "r" },
	{ NULL, "set_entry_data", x_set_entry_data, "vi" },
	{ NULL, "set_entry_expire_time", x_pna_timer, "vi" },
	{ NULL, "set_entry_expire_time_if", x_pna_timer, "vii" },
	{ NULL, "restart_expire_timer", x_pna_timer, "v" },
	{ NULL, "update_expire_info", x_pna_timer, "viii" },
	{ "tc_skb_metadata", NULL, x_skb, NULL },
	{ "ipsec_accelerator", NULL, x_ipsec, NULL },
	{ 0 },
};
