/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_psa.c - what runs when in psa and pna programs; between is runtime/switch_psa.c. */
#include "compiler/emit.h"
#include "runtime/program.h"

const char *hand(struct emitter *e, struct instance *b, const char *const *places)
{
	const char *list = "c";

	for (int i = 0; i < b->decl->params.n; i++) {
		struct node *p = b->decl->params.v[i];
		struct type *t = real(e, instance_param(e->u, b, i));
		bool value = is_scalar(t) && p->dir != DIR_OUT && p->dir != DIR_INOUT;

		if (!is_unseen(t))
			list = fmt(e, "%s, %s%s", list, value ? "" : "&", *places++);
	}
	return list;
}

static void member(struct emitter *e, struct instance *b, int i, const char *name)
{
	line(e, "\t%s %s;", c_type(e, instance_param(e->u, b, i)), name);
}

static void stage(struct emitter *e, const char *name)
{
	line(e, "static void %s(struct tp4_ctx *c, void *state, struct tp4_psa *m)\n{", name);
	e->indent = 1;
	line(e, "struct psa_state *s = state;");
	raw(e, "\n");
	line(e, "c->psa = m;");
	line(e, "c->p.exited = false;");
}

static void stage_end(struct emitter *e)
{
	e->indent = 0;
	line(e, "}\n");
}

static void clear(struct emitter *e, const char *what)
{
	line(e, "memset(&s->%s, 0, sizeof(s->%s));", what, what);
}

/* What a deparser handed over is for packets on one path only: others find zeros. */
static void clear_if(struct emitter *e, const char *condition, const char *what)
{
	line(e, "if (%s)", condition);
	e->indent++;
	clear(e, what);
	e->indent--;
}

const char *recirculate_port(struct emitter *e)
{
	for (int i = 0; i < e->m->program->list.n; i++) {
		struct node *n = e->m->program->list.v[i];

		if (n->kind == N_CONST && !strcmp(n->name, "PSA_PORT_RECIRCULATE") && n->val &&
		    n->val->kind == VAL_INT && mpz_fits_uint_p(n->val->i))
			return fmt(e, "%luU", mpz_get_ui(n->val->i));
	}
	return "TP4_PSA_RECIRCULATE";
}

/*
 * A local of the type of the block's parameter i, with what is known of the packet; versions of
 * the architecture's file differ in what they ask for.
 */
static void input(struct emitter *e, struct instance *b, int i, const char *name)
{
	static const struct {
		const char *field, *text;
	} known[] = {
		{ "ingress_port", "port_in(m->ingress_port)" },
		{ "input_port", "m->ingress_port" },
		{ "egress_port", "port_in(m->egress_port)" },
		{ "packet_path", "m->path" },
		{ "ingress_timestamp", "m->timestamp" },
		{ "egress_timestamp", "m->timestamp" },
		{ "timestamp", "m->timestamp" },
		{ "parser_error", "c->p.error" },
		{ "class_of_service", "m->class_of_service" },
		{ "instance", "m->instance" },
		{ "direction", "(m->ingress_port & 1)" },
		{ "pass", "(m->pass & 7)" },
		{ "recirculated", "(m->path == TP4_PATH_RECIRCULATE)" },
	};

	line(e, "%s %s = { 0 };", c_type(e, instance_param(e->u, b, i)), name);
	for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
		arch_set(e, instance_param(e->u, b, i), name, known[k].field, known[k].text);
}

static void parse(struct emitter *e, struct instance *b, const char *const *places)
{
	line(e, "parse_%s(%s);", b->cname, hand(e, b, places));
}

static void apply(struct emitter *e, struct instance *b, const char *const *places)
{
	line(e, "apply_%s(%s);", b->cname, hand(e, b, places));
	line(e, "c->p.exited = false;");
}

/* A main control: its input and output are parameters 2 and 3. */
static void control(struct emitter *e, struct instance *b, const char *const *places, bool drop)
{
	input(e, b, 2, "in");
	line(e, "%s o = { 0 };", c_type(e, instance_param(e->u, b, 3)));
	if (drop)
		arch_set(e, instance_param(e->u, b, 3), "o", "drop", "1");
	apply(e, b, places);
}

/* What the control has decided. */
static void decided(struct emitter *e, struct instance *b)
{
	static const char *const fields[][2] = {
		{ "class_of_service", "class_of_service" },
		{ "clone", "clone" },
		{ "clone_session_id", "clone_session" },
		{ "drop", "drop" },
		{ "resubmit", "resubmit" },
		{ "multicast_group", "multicast_group" },
		{ "egress_port", "egress_port" },
	};
	const char *v;

	for (size_t k = 0; k < sizeof(fields) / sizeof(fields[0]); k++) {
		v = arch_get(e, instance_param(e->u, b, 3), "o", fields[k][0]);
		if (v)
			line(e, "m->%s = %s(%s);", fields[k][1],
			     strcmp(fields[k][0], "egress_port") ? "" : "port_out", v);
	}
}

/* The runtime's number of the port for recirculation, and the program's */
static void port_functions(struct emitter *e)
{
	const char *again = recirculate_port(e);

	line(e, "static inline uint32_t port_in(uint32_t port)\n{");
	line(e, "\treturn port == TP4_PSA_RECIRCULATE ? %s : port;\n}\n", again);
	line(e, "static inline uint32_t port_out(uint64_t port)\n{");
	line(e, "\treturn port == %s ? TP4_PSA_RECIRCULATE : (uint32_t)port;\n}\n", again);
}

void psa_c(struct emitter *e)
{
	struct instance *in = instance_at(e->m->package, 0), *out = instance_at(e->m->package, 2);
	struct instance *ip = instance_at(in, 0), *ig = instance_at(in, 1),
			*id = instance_at(in, 2);
	struct instance *ep = instance_at(out, 0), *eg = instance_at(out, 1);
	struct instance *ed = instance_at(out, 2);
	static const char *const ip_args[] = { "s->ihdr", "s->imeta", "pin", "s->resubmit",
					       "s->recirculate" };
	static const char *const ig_args[] = { "s->ihdr", "s->imeta", "in", "o" };
	static const char *const id_args[] = { "s->i2e",  "s->resubmit", "s->normal",
					       "s->ihdr", "s->imeta",    "o" };
	static const char *const ep_args[] = { "s->ehdr",   "s->emeta", "pin",
					       "s->normal", "s->i2e",   "s->e2e" };
	static const char *const eg_args[] = { "s->ehdr", "s->emeta", "in", "o" };
	static const char *const ed_args[] = { "s->e2e",  "s->recirculate",
					       "s->ehdr", "s->emeta",
					       "o",       "din" };

	port_functions(e);
	line(e, "struct psa_state {");
	member(e, ip, 1, "ihdr");
	member(e, ip, 2, "imeta");
	member(e, ip, 4, "resubmit");
	member(e, ip, 5, "recirculate");
	member(e, id, 1, "i2e");
	member(e, id, 3, "normal");
	member(e, ep, 1, "ehdr");
	member(e, ep, 2, "emeta");
	member(e, ed, 1, "e2e");
	line(e, "};\n");

	stage(e, "psa_ingress");
	clear(e, "ihdr");
	clear(e, "imeta");
	clear_if(e, "m->path != TP4_PATH_RESUBMIT", "resubmit");
	clear_if(e, "m->path != TP4_PATH_RECIRCULATE", "recirculate");
	input(e, ip, 3, "pin");
	parse(e, ip, ip_args);
	control(e, ig, ig_args, true);
	apply(e, id, id_args);
	decided(e, ig);
	stage_end(e);

	stage(e, "psa_egress");
	clear(e, "ehdr");
	clear(e, "emeta");
	clear_if(e, "m->path > TP4_PATH_MULTICAST", "normal");
	clear_if(e, "m->path != TP4_PATH_CLONE_I2E", "i2e");
	clear_if(e, "m->path != TP4_PATH_CLONE_E2E", "e2e");
	input(e, ep, 3, "pin");
	parse(e, ep, ep_args);
	control(e, eg, eg_args, false);
	input(e, ed, 6, "din");
	apply(e, ed, ed_args);
	decided(e, eg);
	stage_end(e);
}

/* It sees the headers that the one parser found, if their types are the same. */
static void pna_pre_c(struct emitter *e, struct instance *pre, struct instance *p)
{
	static const char *const args[] = { "s->hdr", "s->pre", "rin", "ro" };

	if (!type_equal(real(e, instance_param(e->u, pre, 0)), real(e, instance_param(e->u, p, 1))))
		return;
	input(e, pre, 2, "rin");
	line(e, "%s ro = { 0 };", c_type(e, instance_param(e->u, pre, 3)));
	apply(e, pre, args);
}

void pna_c(struct emitter *e)
{
	/* Version 0.7 has no control before the main one. */
	bool four = e->m->package->params->n > 3;
	struct instance *p = instance_at(e->m->package, 0);
	struct instance *pre = four ? instance_at(e->m->package, 1) : NULL;
	struct instance *mc = instance_at(e->m->package, 1 + four);
	struct instance *d = instance_at(e->m->package, 2 + four);
	static const char *const p_args[] = { "s->hdr", "s->meta", "pin" };
	static const char *const m_args[] = { "s->hdr", "s->meta", "in", "o" };
	static const char *const d_args[] = { "s->hdr", "s->meta", "o" };

	port_functions(e);
	line(e, "struct psa_state {");
	member(e, p, 1, "hdr");
	member(e, p, 2, "meta");
	if (pre)
		member(e, pre, 1, "pre");
	line(e, "};\n");
	stage(e, "psa_ingress");
	line(e, "memset(s, 0, sizeof(*s));");
	input(e, p, 3, "pin");
	parse(e, p, p_args);
	if (pre)
		pna_pre_c(e, pre, p);
	control(e, mc, m_args, false);
	apply(e, d, d_args);
	decided(e, mc);
	stage_end(e);
}
