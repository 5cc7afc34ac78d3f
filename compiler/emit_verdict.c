/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_verdict.c - what is to become of the packet. */
#include "compiler/emit_extern.h"
#include "runtime/program.h"

/* verdicts */

static const char *x_drop(struct emitter *e, struct node *n)
{
	line(e, "c->p.drop = true;");
	return "0";
}

static const char *x_forward(struct emitter *e, struct node *n)
{
	line(e, "c->p.drop = false;");
	return "0";
}

/* v1model: mark_to_drop(standard_metadata) */
static const char *x_mark_to_drop(struct emitter *e, struct node *n)
{
	struct type *std;
	const char *var;

	if (!n->params.n && e->arch != TP4_ARCH_V1MODEL)
		return x_drop(e, n);
	if (n->params.n) {
		std = real(e, arg_at(n, 0)->type);
		var = place(e, arg_at(n, 0));
	} else {
		std = instance_param(e->u, instance_at(e->m->package, 0), 3);
		var = fmt(e, "(*(%s *)c->p4_std)", c_type(e, std));
	}
	if (!type_field(e->u, std, unit_name(e->u, "egress_spec"), NULL))
		report(e->u, no_field, n->tok, type_name(e->u, std), "egress_spec");
	arch_set(e, std, var, "egress_spec", "511");
	arch_set(e, std, var, "mcast_grp", "0");
	return "0";
}

static const char *request(struct emitter *e, const char *what, const char *list)
{
	line(e, "c->std->%s = true;", what);
	line(e, "c->std->%s_list = %s;", what, list);
	return "0";
}

static const char *x_clone(struct emitter *e, struct node *n)
{
	struct node *list = arg_at(n, 2);
	struct value *type = known_value(e, arg_at(n, 0));
	bool egress = type && type->kind == VAL_ENUM && !strcmp(type->member->name, "E2E");
	const char *session = arg_number(e, n, 1);

	/* As BMv2 does, the packet that the block makes is cloned, whichever type is said. */
	if (type)
		only_in(e, n, egress ? 1 << 3 : 1 << 2,
			"the ingress control (I2E) or the egress control (E2E)");
	line(e, "c->std->clone_session = %s;", session);
	return request(e, "clone",
		       !list                     ? "-1"
		       : n->decl->name[5] == '3' ? "-2"
						 : fmt(e, "(int32_t)%s", expr(e, list)));
}

/* pna's functions: what to do with the packet */
static const char *x_pna(struct emitter *e, struct node *n)
{
	const char *m = n->decl->name, *v;

	if (!strcmp(m, "send_to_port") || !strcmp(m, "mirror_packet"))
		only_in(e, n, 1u << (e->m->package->params->n - 2), "the main control");
	if (!strcmp(m, "drop_packet")) {
		line(e, "c->psa->drop = true;");
		line(e, "c->psa->recirculate = false;");
	} else if (!strcmp(m, "send_to_port")) {
		line(e, "c->psa->egress_port = %s;", arg_number(e, n, 0));
		line(e, "c->psa->drop = c->psa->recirculate = false;");
	} else if (!strcmp(m, "recirculate")) {
		line(e, "c->psa->drop = false;");
		line(e, "c->psa->recirculate = true;");
	} else if (!strcmp(m, "mirror_packet")) {
		v = temp(e, type_bits(e->u, 32, false),
			 fmt(e, "%s %% TP4_MIRROR_SLOTS", arg_number(e, n, 0)));
		line(e, "c->psa->mirror[%s] = true;", v);
		line(e, "c->psa->mirror_session[%s] = %s;", v, arg_number(e, n, 1));
	}
	return "0";
}

/* v1model's resubmit and recirculate, each with the old and the new name; pna's recirculate() */
static const char *x_again(struct emitter *e, struct node *n)
{
	struct node *list = arg_at(n, 0);
	bool index = list && strstr(n->decl->name, "list"), resubmits = n->decl->name[2] == 's';

	if (e->arch == TP4_ARCH_PNA)
		return x_pna(e, n);
	only_in(e, n, resubmits ? 1 << 2 : 1 << 3,
		resubmits ? "the ingress control" : "the egress control");
	return request(e, resubmits ? "resubmit" : "recirculate",
		       index ? fmt(e, "(int32_t)%s", expr(e, list)) : "-2");
}

static const char *x_truncate(struct emitter *e, struct node *n)
{
	const char *v = temp(e, type_bits(e->u, 32, false), arg_number(e, n, 0));

	if (e->arch == TP4_ARCH_UBPF) { /* the last call counts; 0: not at all */
		line(e, "c->p.truncate_len = %s;", v);
		line(e, "c->p.truncate = %s > 0;", v);
		return "0";
	}
	line(e, "if (!c->p.truncate || %s < c->p.truncate_len)", v);
	line(e, "\tc->p.truncate_len = %s;", v);
	line(e, "c->p.truncate = true;");
	return "0";
}

/* The field of a metadata structure that is an argument */
static const char *asked(struct emitter *e, struct node *n, int i, const char *field)
{
	struct type *t = real(e, arg_at(n, i)->type);
	const char *v = arch_get(e, t, temp(e, t, expr(e, arg_at(n, i))), field);

	if (!type_field(e->u, t, unit_name(e->u, field), NULL))
		report(e->u, no_field, n->tok, type_name(e->u, t), field);
	return v ? v : "0";
}

/* psa's questions about what will be done */
static const char *x_psa_asks(struct emitter *e, struct node *n)
{
	const char *m = n->decl->name, *drop;

	if (strstr(m, "clone"))
		return asked(e, n, 0, "clone");
	drop = asked(e, n, 0, "drop");
	if (!strcmp(m, "psa_recirculate"))
		return fmt(e, "(!%s && %s == %s)", drop, asked(e, n, 1, "egress_port"),
			   recirculate_port(e));
	return fmt(e, "(!%s && %s%s)", drop, strcmp(m, "psa_normal") ? "" : "!",
		   asked(e, n, 0, "resubmit"));
}

/* Ports are numbered so that the lowest bit is the direction, as on a covered port. */
static const char *x_pna_port(struct emitter *e, struct node *n)
{
	return fmt(e, "((%s & 1) == %d)", arg_number(e, n, 0), n->decl->name[3] == 'h');
}

static const char *x_select_direction(struct emitter *e, struct node *n)
{
	const char *d = temp(e, arg_at(n, 0)->type, expr(e, arg_at(n, 0)));

	if (n->params.n < 3)
		return d;
	const char *a = temp(e, n->type, expr(e, arg_at(n, 1)));
	bool asked = real(e, arg_at(n, 0)->type)->kind == T_BOOL; /* is_network_port */

	return temp(
		e, n->type,
		fmt(e, "%s == %d ? %s : %s", d, asked, a, temp(e, n->type, expr(e, arg_at(n, 2)))));
}

const struct extern_method verdict_methods[] = {
	{ NULL, "drop", x_drop, "v" },
	{ NULL, "forward", x_forward, "v" },
	{ NULL, "mark_to_drop", x_mark_to_drop, "v|vo" },
	{ NULL, "mark_to_pass", x_forward, "v" },
	{ NULL, "clone", x_clone, "vii" },
	{ NULL, "clone3", x_clone, "vii|viii" },
	{ NULL, "clone_preserving_field_list", x_clone, "viii" },
	{ NULL, "resubmit", x_again, "v|vi" },
	{ NULL, "resubmit_preserving_field_list", x_again, "vi" },
	{ NULL, "recirculate", x_again, "v|vi" },
	{ NULL, "recirculate_preserving_field_list", x_again, "vi" },
	{ NULL, "truncate", x_truncate, "vi" },
	{ NULL, "psa_clone_i2e", x_psa_asks, "ri" },
	{ NULL, "psa_clone_e2e", x_psa_asks, "ri" },
	{ NULL, "psa_resubmit", x_psa_asks, "ri" },
	{ NULL, "psa_normal", x_psa_asks, "ri" },
	{ NULL, "psa_recirculate", x_psa_asks, "rii" },
	{ NULL, "drop_packet", x_pna, "v" },
	{ NULL, "send_to_port", x_pna, "vi" },
	{ NULL, "mirror_packet", x_pna, "vii" },
	{ NULL, "is_net_port", x_pna_port, "ri" },
	{ NULL, "is_host_port", x_pna_port, "ri" },
	{ NULL, "SelectByDirection", x_select_direction, "ri|riii" },
	{ 0 },
};
