/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_arch.c - what runs when: the architecture around a program's blocks. */
#include "compiler/emit_extern.h"
#include "runtime/program.h"

static const char *state_names[] = { "counter", "register", "meter", "profile" };

/* The lists of externs with state; those of tables (4 and 5) have it in the tables' entries. */
static const struct extern_kind {
	const char *name;
	int list;
	uint32_t prefix;
} kinds[] = {
	{ "counter", 0, 0x12 },       { "Counter", 0, 0x12 },        { "CounterArray", 0, 0x12 },
	{ "register", 1, 0x16 },      { "Register", 1, 0x16 },       { "meter", 2, 0x14 },
	{ "Meter", 2, 0x14 },         { "action_profile", 3, 0x11 }, { "action_selector", 3, 0x11 },
	{ "ActionProfile", 3, 0x11 }, { "ActionSelector", 3, 0x11 }, { "direct_counter", 4, 0x13 },
	{ "DirectCounter", 4, 0x13 }, { "direct_meter", 5, 0x15 },   { "DirectMeter", 5, 0x15 },
};

static const struct extern_kind *kind_of(const struct instance *x)
{
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		if (!strcmp(kinds[k].name, x->decl->name))
			return &kinds[k];
	return NULL;
}

/* Number the externs that have state, each in the list of its kind. */
static void number_externs(struct emitter *e, int count[4])
{
	for (int i = 0; i < e->m->externs.n; i++) {
		struct instance *x = e->m->externs.v[i];
		const struct extern_kind *k = kind_of(x);

		x->state = k && k->list < 4 ? count[k->list]++ : 1000;
		if (k)
			x->id = model_id(e->m, k->prefix, x->name,
					 x->anno->kind == N_INSTANCE ? x->anno : NULL);
		if (is_checksum(x))
			checksum_declare(e, x);
	}
}

static const char *initial(struct emitter *e, struct instance *x, struct type *t)
{
	struct value *v = instance_arg(x, "initial_value");

	if (!v)
		return "";
	return fmt(e, ", .initial = (const %s[]){ %s }", c_type(e, t), static_text(e, v, t));
}

static void describe_externs(struct emitter *e)
{
	for (int list = 0; list < 4; list++) {
		buffer_printf(&e->data, "static const struct tp4_%s_desc %ss[] = {\n",
			      state_names[list], state_names[list]);
		for (int i = 0; i < e->m->externs.n; i++) {
			struct instance *x = e->m->externs.v[i];

			if (!kind_of(x) || kind_of(x)->list != list)
				continue;
			buffer_printf(&e->data, "\t{ .name = %s, .id = 0x%08xU, ",
				      c_string(e, x->name), x->id);
			if (list == 0 || list == 2) {
				buffer_printf(&e->data, ".size = %llu, .unit = %s },\n",
					      (unsigned long long)instance_size(x, 1),
					      meter_unit(x));
			} else if (list == 1) {
				struct type *t = type_under(x->type->args[0]);

				buffer_printf(&e->data,
					      ".size = %llu, .width = %d, .cell = sizeof(%s), "
					      ".is_signed = %s%s },\n",
					      (unsigned long long)instance_size(x, 1),
					      t->kind == T_BITS && t->width <= 8 * TP4_FIELD_MAX
						      ? t->width
					      : t->kind == T_BOOL ? 1
								  : 0,
					      c_type(e, t), t->is_signed ? "true" : "false",
					      initial(e, x, t));
			} else {
				const struct selector_size s = instance_selector(x);

				buffer_printf(&e->data,
					      ".size = %llu, .selector = %s, .max_group = %u, "
					      ".by_members = %s, .max_weight = %u },\n",
					      (unsigned long long)instance_size(x, 1024),
					      s.is ? "true" : "false", s.max_group,
					      s.by_members ? "true" : "false", s.max_weight);
			}
		}
		buffer_str(&e->data, "\t{ 0 },\n};\n");
	}
}

static struct instance *block(struct emitter *e, int i)
{
	return instance_at(e->m->package, i);
}

static void blocks_c(struct emitter *e)
{
	for (int i = 0; i < e->m->blocks.n; i++) {
		struct instance *b = e->m->blocks.v[i];

		if (b->decl->kind == N_PARSER)
			parser_c(e, b);
		else
			control_c(e, b);
	}
	e->inst = e->m->package;
	e->scope = e->m->main;
}

static const char *param_type(struct emitter *e, struct instance *b, int i)
{
	return c_type(e, instance_param(e->u, b, i));
}

static struct type *arch_field(struct emitter *e, struct type *of, const char *name)
{
	struct type *f = type_field(e->u, of, unit_name(e->u, name), NULL);

	if (!f || is_scalar(real(e, f)))
		return f;
	if (once(e, fmt(e, "%s.%s", type_name(e->u, of), name)))
		report(e->u, arch_field, e->m->main->tok, name, type_name(e->u, of),
		       type_name(e->u, f));
	return NULL;
}

void arch_set(struct emitter *e, struct type *of, const char *var, const char *field,
	      const char *text)
{
	struct type *f = arch_field(e, of, field);

	if (f)
		line(e, "%s.%s = %s;", var, field, convert(e, text, type_bits(e->u, 64, false), f));
}

const char *arch_get(struct emitter *e, struct type *of, const char *var, const char *field)
{
	struct type *f = arch_field(e, of, field);

	return f ? convert(e, fmt(e, "%s.%s", var, field), f, type_bits(e->u, 64, false)) : NULL;
}

/* run() of a program of one control, with the parser's headers */
static void filter_begin(struct emitter *e, struct instance *parser)
{
	line(e, "static void run(struct tp4_ctx *c)\n{");
	e->indent = 1;
	line(e, "%s hdr;", param_type(e, parser, 1));
}

static void filter_end(struct emitter *e, struct instance *deparser)
{
	line(e, "if (!c->p.drop)");
	line(e, "\tapply_%s(%s);", deparser->cname, hand(e, deparser, (const char *[]){ "hdr" }));
	e->indent = 0;
	line(e, "}\n");
}

/* What the packet alone tells of the tables that will be asked: only reading. */
static bool peek_begin(struct emitter *e, struct instance *control)
{
	e->peeks = control->peeks && !e->parser_acts;
	if (!e->peeks)
		return false;
	line(e, "static void peek(struct tp4_ctx *c, void *state)\n{");
	e->indent = 1;
	return true;
}

static void peek_end(struct emitter *e)
{
	e->indent = 0;
	line(e, "}\n");
}

static void transp4_locals(struct emitter *e, struct instance *p)
{
	struct type *tp4 = instance_param(e->u, p, 3);

	line(e, "%s meta = %s;", param_type(e, p, 2), zero(e, p->decl->params.v[2]->type));
	line(e, "%s tp4 = { 0 };", param_type(e, p, 3));
	raw(e, "\n");
	arch_set(e, tp4, "tp4", "direction", "(c->p.port & 1)");
	arch_set(e, tp4, "tp4", "packet_length", "c->p.total_len");
	arch_set(e, tp4, "tp4", "timestamp", "c->p.timestamp");
}

static void transp4_c(struct emitter *e)
{
	struct instance *p = block(e, 0), *f = block(e, 1), *d = block(e, 2);

	filter_begin(e, p);
	transp4_locals(e, p);
	line(e, "if (!parse_%s(c, &hdr, &meta, &tp4)) {", p->cname);
	line(e, "\tc->p.drop = true;");
	line(e, "\treturn;");
	line(e, "}");
	line(e, "apply_%s(c, &hdr, &meta, &tp4);", f->cname);
	line(e, "c->p.exited = false;");
	filter_end(e, d);
	if (peek_begin(e, f)) {
		line(e, "%s hdr;", param_type(e, p, 1));
		transp4_locals(e, p);
		line(e, "if (parse_%s(c, &hdr, &meta, &tp4))", p->cname);
		line(e, "\tpeek_%s(c, &hdr, &meta, &tp4);", f->cname);
		peek_end(e);
	}
}

static void ebpf_c(struct emitter *e)
{
	struct instance *p = block(e, 0), *f = block(e, 1);

	filter_begin(e, p);
	line(e, "bool accept = false;");
	raw(e, "\n");
	line(e, "c->p.pass_as_is = true;");
	line(e, "c->p.drop = true;");
	line(e, "if (!parse_%s(c, &hdr))", p->cname);
	line(e, "\treturn;");
	line(e, "apply_%s(c, &hdr, &accept);", f->cname);
	line(e, "c->p.exited = false;");
	line(e, "c->p.drop = !accept;");
	e->indent = 0;
	line(e, "}\n");
	if (peek_begin(e, f)) {
		line(e, "%s hdr;", param_type(e, p, 1));
		line(e, "bool accept = false;");
		raw(e, "\n");
		line(e, "if (parse_%s(c, &hdr))", p->cname);
		line(e, "\tpeek_%s(c, &hdr, &accept);", f->cname);
		peek_end(e);
	}
}

static void ubpf_c(struct emitter *e)
{
	struct instance *p = block(e, 0), *f = block(e, 1), *d = block(e, 2);
	/* The older interface has no standard metadata. */
	struct type *std = p->decl->params.n > 3 ? instance_param(e->u, p, 3) : NULL;
	const char *more = std ? ", &std" : "", *port;

	filter_begin(e, p);
	line(e, "%s meta = %s;", param_type(e, p, 2), zero(e, p->decl->params.v[2]->type));
	if (std)
		line(e, "%s std = { 0 };", param_type(e, p, 3));
	raw(e, "\n");
	if (std) {
		arch_set(e, std, "std", "input_port", "c->p.port");
		arch_set(e, std, "std", "packet_length", "c->p.total_len");
	}
	line(e, "c->p.out_port = 0;");
	line(e, "if (!parse_%s(c, &hdr, &meta%s)) {", p->cname, more);
	line(e, "\tc->p.pass_as_is = true;");
	line(e, "\treturn;");
	line(e, "}");
	line(e, "apply_%s(c, &hdr, &meta%s);", f->cname, more);
	line(e, "c->p.exited = false;");
	port = std ? arch_get(e, std, "std", "output_port") : NULL;
	if (port)
		line(e, "c->p.out_port = %s;", port);
	filter_end(e, d);
}

/* XDP_PASS goes on where it came in, as XDP_TX does; XDP_ABORTED and XDP_DROP are the first two. */
static void xdp_c(struct emitter *e)
{
	struct instance *p = block(e, 0), *f = block(e, 1), *d = block(e, 2);
	struct type *out = instance_param(e->u, f, 2);
	const char *action, *port;

	filter_begin(e, p);
	line(e, "%s in = { 0 };", param_type(e, f, 1));
	line(e, "%s out = { 0 };", param_type(e, f, 2));
	raw(e, "\n");
	arch_set(e, instance_param(e->u, f, 1), "in", "input_port", "c->p.port");
	line(e, "c->p.drop = true;");
	line(e, "if (!parse_%s(c, &hdr))", p->cname);
	line(e, "\treturn;");
	line(e, "apply_%s(c, &hdr, &in, &out);", f->cname);
	line(e, "c->p.exited = false;");
	action = arch_get(e, out, "out", "output_action");
	port = arch_get(e, out, "out", "output_port");
	line(e, "c->p.drop = %s < 2;", action ? action : "2");
	line(e, "c->p.out_port = %s == 4 ? %s : c->p.port;", action ? action : "2",
	     port ? port : "0");
	filter_end(e, d);
}

/* v1model's standard_metadata_t and the runtime's struct tp4_std, field by field */
static const char *const std_fields[] = {
	"ingress_port",
	"egress_spec",
	"egress_port",
	"instance_type",
	"packet_length",
	"enq_timestamp",
	"enq_qdepth",
	"deq_timedelta",
	"deq_qdepth",
	"ingress_global_timestamp",
	"egress_global_timestamp",
	"mcast_grp",
	"egress_rid",
	"checksum_error",
	"parser_error",
	"priority",
};

static void std_copy(struct emitter *e, struct type *t, bool in)
{
	const char *v;

	for (size_t i = 0; i < sizeof(std_fields) / sizeof(std_fields[0]); i++) {
		if (in) {
			arch_set(e, t, "s->std", std_fields[i], fmt(e, "std->%s", std_fields[i]));
			continue;
		}
		v = arch_get(e, t, "s->std", std_fields[i]);
		if (!v)
			continue;
		line(e, "std->%s = %s;", std_fields[i], v);
		/* Where a port has fewer bits, that is all that is left of 511. */
		if (!strcmp(std_fields[i], "egress_spec"))
			line(e, "if (%s == %s)\n\t\tstd->egress_spec = 511;", v,
			     convert(e, "511", type_bits(e->u, 64, false),
				     type_field(e->u, t, unit_name(e->u, "egress_spec"), NULL)));
	}
}

static void stage(struct emitter *e, const char *name, struct type *std)
{
	line(e, "static void %s(struct tp4_ctx *c, void *state, struct tp4_std *std)\n{", name);
	e->indent = 1;
	line(e, "struct v1_state *s = state;");
	raw(e, "\n");
	line(e, "c->std = std;");
	line(e, "c->p4_std = &s->std;");
	line(e, "c->p.exited = false;");
	std_copy(e, std, true);
}

static void stage_end(struct emitter *e, struct type *std)
{
	std_copy(e, std, false);
	e->indent = 0;
	line(e, "}\n");
}

/* Copy the fields of field list `list` that are annotated so; recursive in structs. */
static void preserve_fields(struct emitter *e, struct type *t, const char *path, int depth)
{
	t = real(e, t);
	if (t->kind != T_STRUCT || depth > 20)
		return;
	for (int i = 0; i < t->decl->list.n; i++) {
		struct node *f = t->decl->list.v[i], *a = node_anno(f, "field_list");
		const char *p = fmt(e, "%s.%s", path, field_c(e, t, i)), *cond = "false";

		if (!a) {
			preserve_fields(e, type_field_at(e->u, t, i), p, depth + 1);
			continue;
		}
		for (int k = 0; k < a->list.n; k++) {
			const struct value *v = value_number(a->list.v[k]->val);

			if (v && v->kind == VAL_INT)
				cond = fmt(e, "%s || list == %ld", cond, mpz_get_si(v->i));
		}
		line(e, "if (%s)", cond);
		line(e, "\tto->%s = from->%s;", p, p);
	}
}

static void v1model_c(struct emitter *e)
{
	struct instance *p = block(e, 0), *vr = block(e, 1), *ig = block(e, 2), *eg = block(e, 3);
	struct instance *ck = block(e, 4), *dep = block(e, 5);
	struct type *meta = instance_param(e->u, p, 2), *std = instance_param(e->u, p, 3);

	line(e, "struct v1_state {");
	line(e, "\t%s hdr;", param_type(e, p, 1));
	line(e, "\t%s meta;", param_type(e, p, 2));
	line(e, "\t%s std;", param_type(e, p, 3));
	line(e, "};\n");
	stage(e, "stage_parse", std);
	line(e, "memset(&s->hdr, 0, sizeof(s->hdr));");
	line(e, "parse_%s(c, &s->hdr, &s->meta, &s->std);", p->cname);
	arch_set(e, std, "s->std", "parser_error", "c->p.error");
	stage_end(e, std);
	stage(e, "stage_ingress", std);
	line(e, "c->checksum_error = 0;");
	line(e, "apply_%s(c, &s->hdr, &s->meta);", vr->cname);
	arch_set(e, std, "s->std", "checksum_error", "c->checksum_error");
	line(e, "c->p.exited = false;");
	line(e, "apply_%s(c, &s->hdr, &s->meta, &s->std);", ig->cname);
	stage_end(e, std);
	stage(e, "stage_egress", std);
	line(e, "apply_%s(c, &s->hdr, &s->meta, &s->std);", eg->cname);
	stage_end(e, std);
	stage(e, "stage_deparse", std);
	line(e, "apply_%s(c, &s->hdr, &s->meta);", ck->cname);
	line(e, "c->p.exited = false;");
	line(e, "apply_%s(%s);", dep->cname, hand(e, dep, (const char *[]){ "s->hdr" }));
	stage_end(e, std);
	line(e, "static void preserve(void *to_, const void *from_, int32_t list)\n{");
	e->indent = 1;
	line(e, "struct v1_state *to = to_;");
	line(e, "const struct v1_state *from = from_;");
	raw(e, "\n");
	line(e, "struct v1_state copy;");
	line(e, "if (to == from) {");
	line(e, "\tcopy = *from;");
	line(e, "\tfrom = &copy;");
	line(e, "}");
	line(e, "memset(&to->meta, 0, sizeof(to->meta));");
	line(e, "if (list == -2)");
	line(e, "\tto->meta = from->meta;");
	preserve_fields(e, meta, "meta", 0);
	e->indent = 0;
	line(e, "}\n");
	if (peek_begin(e, ig)) {
		line(e, "struct v1_state *s = state;");
		raw(e, "\n");
		line(e, "memset(s, 0, sizeof(*s));");
		line(e, "c->p4_std = &s->std;");
		arch_set(e, std, "s->std", "ingress_port", "c->p.port");
		line(e, "parse_%s(c, &s->hdr, &s->meta, &s->std);", p->cname);
		line(e, "peek_%s(c, &s->hdr, &s->meta, &s->std);", ig->cname);
		peek_end(e);
	}
}

static const struct arch {
	const char *package, *file; /* p4info says the file */
	const char *name;
	int arch;
	/* p: a parser, else controls; how many parameters they have but the packet; another way */
	const char *blocks, *other;
	void (*emit)(struct emitter *e);
} archs[] = {
	{ "TransP4", "transp4", "TP4_ARCH_TRANSP4", TP4_ARCH_TRANSP4, "p331", NULL, transp4_c },
	{ "V1Switch", "v1model", "TP4_ARCH_V1MODEL", TP4_ARCH_V1MODEL, "p323321", NULL, v1model_c },
	{ "ebpfFilter", "ebpf_model", "TP4_ARCH_EBPF", TP4_ARCH_EBPF, "p12", NULL, ebpf_c },
	{ "ubpf", "ubpf_model", "TP4_ARCH_UBPF", TP4_ARCH_UBPF, "p331", "p221", ubpf_c },
	{ "xdp", "xdp_model", "TP4_ARCH_UBPF", TP4_ARCH_UBPF, "p131", NULL, xdp_c },
	{ "PSA_Switch", "psa", "TP4_ARCH_PSA", TP4_ARCH_PSA, "p546p646", NULL, psa_c },
	{ "PNA_NIC", "pna", "TP4_ARCH_PNA", TP4_ARCH_PNA, "p3443", "p343", pna_c },
};

static const struct arch *arch_find(const char *package)
{
	for (size_t i = 0; i < sizeof(archs) / sizeof(archs[0]); i++)
		if (!strcmp(archs[i].package, package))
			return &archs[i];
	return NULL;
}

const char *arch_name(const struct model *m)
{
	const struct arch *a = arch_find(m->package->decl->name);

	return a ? a->file : m->package->decl->name;
}

/* Are the package's blocks, and those of packages in it, as `blocks` says?  What is left of it */
static const char *blocks_fit(struct emitter *e, const struct instance *package, const char *blocks)
{
	for (int i = 0; blocks && i < package->params->n; i++) {
		struct instance *b = instance_at(package, i);
		bool parser = *blocks == 'p';
		int seen = 0;

		if (!b)
			return NULL;
		if (b->decl->kind == N_PACKAGE) {
			blocks = blocks_fit(e, b, blocks);
			continue;
		}
		if (b->decl->kind == N_EXTERN)
			continue;
		for (int k = 0; k < b->decl->params.n; k++)
			seen += !is_unseen(instance_param(e->u, b, k));
		blocks += parser;
		if (*blocks++ != '0' + seen || parser != (b->decl->kind == N_PARSER))
			return NULL;
	}
	return blocks;
}

static bool blocks_are(struct emitter *e, const char *blocks)
{
	const char *end = blocks ? blocks_fit(e, e->m->package, blocks) : NULL;

	return end && !*end;
}

/* v1model: headers are a structure of headers, stacks, unions and such structures only. */
static void check_headers(struct emitter *e, struct type *t)
{
	for (int i = 0; i < type_n_fields(t); i++) {
		struct type *f = real(e, type_field_at(e->u, t, i));

		if (f->kind == T_STRUCT)
			check_headers(e, f);
		else if (f->kind != T_HEADER && f->kind != T_UNION && f->kind != T_STACK)
			report(e->u, arch_field, e->m->main->tok, t->decl->list.v[i]->name,
			       type_name(e->u, t), type_name(e->u, f));
	}
}

/* What keeps a table's entries is the program's to say where maps of the kernel do. */
static void check_implementations(struct emitter *e)
{
	for (int i = 0; i < e->m->tables.n; i++) {
		struct table *t = e->m->tables.v[i];

		if (t->key && t->key->list.n && !t->implementation && t->decl->kind == N_TABLE)
			report(e->u, no_implementation, t->decl->tok, t->decl->name);
	}
	for (int i = 0; i < e->m->externs.n; i++) {
		struct instance *x = e->m->externs.v[i];
		bool counts = !strcmp(x->decl->name, "CounterArray");
		struct value *size = instance_arg(x, counts ? "max_index" : "size");

		if (size && size->kind == VAL_INT && !mpz_sgn(size->i) &&
		    (counts || strstr(x->decl->name, "_table")))
			report(e->u, out_of_range, x->site->tok, "a map's size", 1L,
			       INT32_MAX + 0L);
	}
}

bool arch_c(struct emitter *e, const char *name)
{
	const struct arch *a = arch_find(e->m->package->decl->name);
	int count[4] = { 0 }, gauges;
	uint64_t bytes;

	if (!a) {
		report(e->u, no_arch, e->m->main->tok, e->m->package->decl->name);
		return false;
	}
	if (!blocks_are(e, a->blocks) && !blocks_are(e, a->other)) {
		report(e->u, arch_blocks, e->m->main->tok, a->package);
		return false;
	}
	e->arch = a->arch;
	if (a->arch == TP4_ARCH_V1MODEL) {
		struct type *headers = real(e, instance_param(e->u, block(e, 0), 1));

		if (headers->kind != T_STRUCT ||
		    real(e, instance_param(e->u, block(e, 0), 2))->kind != T_STRUCT) {
			report(e->u, arch_blocks, e->m->main->tok, a->package);
			return false;
		}
		check_headers(e, headers);
	}
	if (!strcmp(a->package, "ebpfFilter") || !strcmp(a->package, "xdp"))
		check_implementations(e);
	number_externs(e, count);
	blocks_c(e);
	e->out = &e->code;
	a->emit(e);
	table_data(e);
	describe_externs(e);
	describe_digests(e);
	if (a->arch == TP4_ARCH_PSA) /* egress parses behind what ingress took */
		e->parse_bits *= 2;
	gauges = invm_data(e);
	bytes = e->unbounded ? TP4_PARSE_MAX : (e->parse_bits + 7) / 8;
	buffer_printf(&e->code,
		      "\nconst struct tp4_program tp4_program = {\n"
		      "\t.abi = TP4_PROGRAM_ABI,\n\t.arch = %s,\n\t.name = %s,\n"
		      "\t.parse_bytes = %llu,\n\t.n_actions = %d,\n\t.n_tables = %d,\n"
		      "\t.n_counters = %d,\n\t.n_registers = %d,\n\t.n_meters = %d,\n"
		      "\t.n_profiles = %d,\n\t.n_digests = %d,\n\t.digests = digests,\n\t.actions "
		      "= actions,\n\t.tables = tables,\n"
		      "\t.counters = counters,\n\t.registers = registers,\n\t.meters = meters,\n"
		      "\t.profiles = profiles,\n\t.n_gauges = %d,\n\t.gauges = gauges,\n",
		      a->name, c_string(e, name),
		      (unsigned long long)(bytes > TP4_PARSE_MAX ? TP4_PARSE_MAX : bytes),
		      e->m->actions.n, e->m->tables.n, count[0], count[1], count[2], count[3],
		      e->m->digests.n, gauges);
	/* With two callers the C compiler would call it, its headers kept in memory. */
	buffer_printf(&e->types, "#define TP4_PARSER inline%s\n\n",
		      e->peeks ? " __attribute__((always_inline))" : "");
	if (e->peeks)
		buffer_str(&e->code, "\t.peek = peek,\n");
	if (a->arch == TP4_ARCH_V1MODEL)
		buffer_str(&e->code, "\t.state_size = sizeof(struct v1_state),\n"
				     "\t.header_size = offsetof(struct v1_state, meta),\n"
				     "\t.parse = stage_parse,\n\t.ingress = stage_ingress,\n"
				     "\t.egress = stage_egress,\n\t.deparse = stage_deparse,\n"
				     "\t.preserve = preserve,\n};\n");
	else if (a->arch == TP4_ARCH_PSA || a->arch == TP4_ARCH_PNA)
		buffer_printf(&e->code,
			      "\t.state_size = sizeof(struct psa_state),\n"
			      "\t.psa_ingress = psa_ingress,\n%s};\n",
			      a->arch == TP4_ARCH_PSA ? "\t.psa_egress = psa_egress,\n" : "");
	else
		buffer_str(&e->code, "\t.run = run,\n};\n");
	return true;
}
