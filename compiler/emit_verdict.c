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
	if (!n->params.n && e->arch == TP4_ARCH_V1MODEL) {
		struct value *parser = e->m->package->args[0];
		struct instance *p = parser && parser->kind == VAL_OBJECT ? parser->object : NULL;
		const char *std = p ? c_type(e, p->decl->params.v[3]->type) : "void";

		line(e, "((%s *)c->p4_std)->egress_spec = 511;", std);
		line(e, "((%s *)c->p4_std)->mcast_grp = 0;", std);
		return "0";
	}
	if (!n->params.n)
		return x_drop(e, n);
	line(e, "%s.egress_spec = 511;", place(e, arg_at(n, 0)));
	line(e, "%s.mcast_grp = 0;", place(e, arg_at(n, 0)));
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
	const char *session = expr(e, arg_at(n, 1));

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

	if (!strcmp(m, "drop_packet")) {
		line(e, "c->psa->drop = true;");
		line(e, "c->psa->recirculate = false;");
	} else if (!strcmp(m, "send_to_port")) {
		line(e, "c->psa->egress_port = %s;", expr(e, arg_at(n, 0)));
		line(e, "c->psa->drop = c->psa->recirculate = false;");
	} else if (!strcmp(m, "recirculate")) {
		line(e, "c->psa->drop = false;");
		line(e, "c->psa->recirculate = true;");
	} else if (!strcmp(m, "mirror_packet")) {
		v = temp(e, type_bits(e->u, 32, false),
			 fmt(e, "%s %% TP4_MIRROR_SLOTS", expr(e, arg_at(n, 0))));
		line(e, "c->psa->mirror[%s] = true;", v);
		line(e, "c->psa->mirror_session[%s] = %s;", v, expr(e, arg_at(n, 1)));
	}
	return "0";
}

/* v1model's resubmit and recirculate, each with the old and the new name; pna's recirculate() */
static const char *x_again(struct emitter *e, struct node *n)
{
	struct node *list = arg_at(n, 0);
	bool index = list && strstr(n->decl->name, "list");

	if (e->arch == TP4_ARCH_PNA)
		return x_pna(e, n);
	return request(e, n->decl->name[2] == 's' ? "resubmit" : "recirculate",
		       index ? fmt(e, "(int32_t)%s", expr(e, list)) : "-2");
}

static const char *x_truncate(struct emitter *e, struct node *n)
{
	const char *v = temp(e, type_bits(e->u, 32, false), expr(e, arg_at(n, 0)));

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

/* psa's questions about what will be done */
static const char *x_psa_asks(struct emitter *e, struct node *n)
{
	const char *m = n->decl->name, *v = temp(e, arg_at(n, 0)->type, expr(e, arg_at(n, 0)));

	if (strstr(m, "clone"))
		return fmt(e, "%s.clone", v);
	if (!strcmp(m, "psa_resubmit"))
		return fmt(e, "(!%s.drop && %s.resubmit)", v, v);
	if (!strcmp(m, "psa_normal"))
		return fmt(e, "(!%s.drop && !%s.resubmit)", v, v);
	return fmt(e, "(!%s.drop && %s.egress_port == TP4_PSA_RECIRCULATE)", v,
		   temp(e, arg_at(n, 1)->type, expr(e, arg_at(n, 1))));
}

/* Ports are numbered so that the lowest bit is the direction, as on a covered port. */
static const char *x_pna_port(struct emitter *e, struct node *n)
{
	return fmt(e, "((%s & 1) == %d)", expr(e, arg_at(n, 0)), n->decl->name[3] == 'h');
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
	{ NULL, "drop", x_drop },
	{ NULL, "forward", x_forward },
	{ NULL, "mark_to_drop", x_mark_to_drop },
	{ NULL, "mark_to_pass", x_forward },
	{ NULL, "clone", x_clone },
	{ NULL, "clone3", x_clone },
	{ NULL, "clone_preserving_field_list", x_clone },
	{ NULL, "resubmit", x_again },
	{ NULL, "resubmit_preserving_field_list", x_again },
	{ NULL, "recirculate", x_again },
	{ NULL, "recirculate_preserving_field_list", x_again },
	{ NULL, "truncate", x_truncate },
	{ NULL, "psa_clone_i2e", x_psa_asks },
	{ NULL, "psa_clone_e2e", x_psa_asks },
	{ NULL, "psa_resubmit", x_psa_asks },
	{ NULL, "psa_normal", x_psa_asks },
	{ NULL, "psa_recirculate", x_psa_asks },
	{ NULL, "drop_packet", x_pna },
	{ NULL, "send_to_port", x_pna },
	{ NULL, "mirror_packet", x_pna },
	{ NULL, "is_net_port", x_pna_port },
	{ NULL, "is_host_port", x_pna_port },
	{ NULL, "SelectByDirection", x_select_direction },
	{ 0 },
};
