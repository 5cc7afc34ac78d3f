/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_extern.c - calls of externs, one small function for each. */
#include "compiler/emit_object.h"
#include "runtime/program.h"

static struct node *arg(struct node *n, const char *name)
{
	for (int i = 0; n->decl && i < n->decl->params.n && i < n->params.n; i++)
		if (!strcmp(n->decl->params.v[i]->name, name))
			return n->params.v[i];
	return NULL;
}

static struct node *arg_at(struct node *n, int i)
{
	return i < n->params.n ? n->params.v[i] : NULL;
}

/* C text that says whether the header is valid that the node is a field of; NULL: it is none. */
const char *field_valid(struct emitter *e, struct node *n)
{
	if (n->kind != N_DOT || !n->a->type || real(e, n->a->type)->kind != T_HEADER)
		return NULL;
	return fmt(e, "%s.valid_", place(e, n->a));
}

/* The object that the method is called on. */
struct instance *extern_self(struct emitter *e, struct node *n)
{
	struct instance *i = NULL;

	if (e->chosen_call == n)
		return e->chosen;
	if (n->a->kind == N_DOT)
		i = instance_find(e->m, e->inst, n->a->a);
	if (!i)
		report(e->u, unsupported, n->tok, "an object that is chosen at run time");
	return i;
}

/*
 * The data's bits in a new byte array; returns its name, *bits the count's C text.
 * As in BMv2, fields of headers that are not valid are left out.
 */
const char *bits_of(struct emitter *e, struct node *data, const char **bits)
{
	struct type *t = real(e, data->type);
	uint64_t room = max_bits(e, t);
	const char *array = fresh(e, "data"), *b = fresh(e, "bits"), *v;

	line(e, "uint8_t %s[%llu] = { 0 };", array, (unsigned long long)(room + 7) / 8 + 32);
	line(e, "struct tp4_bits %s = { 0, %s };", b, array);
	if (data->kind == N_LIST) {
		for (int i = 0; i < data->list.n; i++) {
			struct type *f = real(e, data->list.v[i]->type);

			if (type_under(f)->kind == T_INT) {
				report(e->u, needs_width, data->list.v[i]->tok);
				continue;
			}
			v = field_valid(e, data->list.v[i]);
			if (v) {
				line(e, "if (%s) {", v);
				e->indent++;
			}
			add_bits(e, b, f, is_scalar(f) ? fmt(e, "(%s)", expr(e, data->list.v[i])) :
							 expr(e, data->list.v[i]));
			if (v) {
				e->indent--;
				line(e, "}");
			}
		}
	} else {
		v = expr_saved(e, data);
		add_bits(e, b, t, v);
	}
	*bits = fmt(e, "%s.pos", b);
	return array;
}

static void set_out(struct emitter *e, struct node *to, const char *v)
{
	if (to && to->kind != N_DONTCARE)
		assign(e, to, v);
}

/* packet_in */

static void short_packet(struct emitter *e, const char *bits)
{
	line(e, "if (unlikely(!tp4_has(&c->p, %s))) {", bits);
	line(e, "\tc->p.error = 1; /* PacketTooShort */");
	line(e, "\tgoto %s;", e->reject);
	line(e, "}");
}

static void load_varbit_header(struct emitter *e, struct type *t, const char *h, const char *var)
{
	const char *at = fresh(e, "at");
	uint64_t fixed = max_bits(e, t);
	int max = 0;

	for (int i = 0; i < type_n_fields(t); i++) {
		struct type *f = type_under(type_field_at(e->u, t, i));

		if (f->kind == T_VARBIT)
			max = f->width;
	}
	fixed -= (uint64_t)max;
	line(e, "if (%s %% 8) {", var);
	line(e, "\tc->p.error = 6; /* ParserInvalidArgument */");
	line(e, "\tgoto %s;", e->reject);
	line(e, "}");
	short_packet(e, fmt(e, "%llu + (uint64_t)%s", (unsigned long long)fixed, var));
	line(e, "if (%s > %d) {", var, max);
	line(e, "\tc->p.error = 4; /* HeaderTooShort */");
	line(e, "\tgoto %s;", e->reject);
	line(e, "}");
	line(e, "uint64_t %s = c->p.pos;", at);
	line(e, "%s.valid_ = true;", h);
	for (int i = 0; i < type_n_fields(t); i++) {
		struct type *f = type_field_at(e->u, t, i), *u = type_under(f);
		const char *to = fmt(e, "%s.%s", h, field_c(e, t, i));

		if (u->kind == T_VARBIT) {
			line(e, "memset(&%s, 0, sizeof(%s));", to, to);
			line(e, "%s.bits = (uint32_t)%s;", to, var);
			line(e, "for (uint32_t i = 0; i < %s.bits; i += 8)", to);
			line(e, "\t%s.data[i / 8] = (uint8_t)(tp4_get(c->p.buf, %s + i, 8) & "
				"(%s.bits - i >= 8 ? 0xff : 0xff << (8 - (%s.bits - i))));", to, at, to, to);
			line(e, "%s += %s.bits;", at, to);
		} else {
			uint64_t w = max_bits(e, f);
			const char *b = fresh(e, "b");

			line(e, "uint8_t %s[%llu] = { 0 };", b, (unsigned long long)(w + 7) / 8 + 32);
			line(e, "for (uint32_t i = 0; i < %llu; i += 8)", (unsigned long long)w);
			line(e, "\t%s[i / 8] = (uint8_t)tp4_get(c->p.buf, %s + i, 8);", b, at);
			load_bits(e, f, to, b, 0);
			line(e, "%s += %llu;", at, (unsigned long long)w);
		}
	}
	line(e, "c->p.pos = %s;", at);
}

/* The stack whose `next` the place goes through, as in us.next or us.next.a */
static struct node *next_of(struct node *n)
{
	for (; n && (n->kind == N_DOT || n->kind == N_INDEX); n = n->a)
		if (n->kind == N_DOT && !strcmp(n->name, "next") && type_real(n->a->type)->kind == T_STACK)
			return n->a;
	return NULL;
}

static const char *x_extract(struct emitter *e, struct node *n)
{
	struct node *hdr = arg_at(n, 0), *size = arg_at(n, 1);
	struct type *t = real(e, hdr->type);
	uint64_t bits = max_bits(e, t);
	const char *h;
	struct node *stack = next_of(hdr);
	bool discard = hdr->kind == N_DONTCARE;

	if (t->kind != T_HEADER) {
		report(e->u, extract_type, hdr->tok, type_name(e->u, t));
		return "0";
	}
	if (size) {
		const char *var = temp(e, type_bits(e->u, 32, false), expr(e, size));

		h = discard ? temp(e, t, "{ 0 }") : expr(e, hdr);
		if (!type_has_varbit(e->u, t)) {
			report(e->u, extract_varbit, n->tok, type_name(e->u, t));
			return "0";
		}
		load_varbit_header(e, t, h, var);
	} else if (discard) {
		short_packet(e, fmt(e, "%llu", (unsigned long long)bits));
		line(e, "c->p.pos += %llu;", (unsigned long long)bits);
		return "0";
	} else {
		if (type_has_varbit(e->u, t)) {
			report(e->u, extract_fixed, n->tok, type_name(e->u, t));
			return "0";
		}
		h = expr(e, hdr); /* checks a stack's bounds */
		short_packet(e, fmt(e, "%llu", (unsigned long long)bits));
		if (bits % 8) {
			const char *tmp = fresh(e, "tmp");

			line(e, "uint8_t %s[%llu];", tmp, (unsigned long long)(bits + 7) / 8 + 32);
			line(e, "%s(&%s, tp4_here(&c->p, %llu, %s));", load_function(e, t), h,
			     (unsigned long long)bits, tmp);
		} else {
			const char *tmp = fresh(e, "tmp");

			line(e, "uint8_t %s[%llu];", tmp, (unsigned long long)(bits + 7) / 8 + 32);
			line(e, "%s(&%s, tp4_here(&c->p, %llu, %s));", load_function(e, t), h,
			     (unsigned long long)bits, tmp);
		}
		line(e, "c->p.pos += %llu;", (unsigned long long)bits);
	}
	if (!discard && hdr->kind == N_DOT && type_real(hdr->a->type)->kind == T_UNION)
		make_valid(e, hdr, true);
	if (stack)
		line(e, "%s.next++;", place(e, stack));
	return "0";
}

static const char *x_lookahead(struct emitter *e, struct node *n)
{
	struct type *t = real(e, n->type);
	uint64_t bits = max_bits(e, t);
	const char *r = temp(e, t, zero(e, t)), *tmp = fresh(e, "tmp");

	short_packet(e, fmt(e, "%llu", (unsigned long long)bits));
	line(e, "uint8_t %s[%llu];", tmp, (unsigned long long)(bits + 7) / 8 + 32);
	line(e, "%s(&%s, tp4_here(&c->p, %llu, %s));", load_function(e, t), r,
	     (unsigned long long)bits, tmp);
	return r;
}

static const char *x_advance(struct emitter *e, struct node *n)
{
	const char *v = temp(e, type_bits(e->u, 32, false), expr(e, arg_at(n, 0)));

	if (e->arch == TP4_ARCH_V1MODEL) {
		line(e, "if (%s %% 8) {", v);
		line(e, "\tc->p.error = 6; /* ParserInvalidArgument */");
		line(e, "\tgoto %s;", e->reject);
		line(e, "}");
	}
	short_packet(e, v);
	line(e, "c->p.pos += %s;", v);
	return "0";
}

static const char *x_length(struct emitter *e, struct node *n)
{
	return "c->p.total_len";
}

static const char *x_verify(struct emitter *e, struct node *n)
{
	const char *ok = expr(e, arg_at(n, 0)), *err;

	line(e, "if (!%s) {", ok);
	e->indent++;
	err = expr(e, arg_at(n, 1));
	line(e, "c->p.error = %s;", err);
	line(e, "goto %s;", e->reject);
	e->indent--;
	line(e, "}");
	return "0";
}

/* packet_out */
static const char *x_emit(struct emitter *e, struct node *n)
{
	struct node *a = arg_at(n, 0);
	struct type *t = real(e, a->type);
	const char *v;

	if (is_scalar(t) || is_wide(t)) {
		report(e->u, extract_type, a->tok, type_name(e->u, t));
		return "0";
	}
	if (a->kind == N_LIST && t->kind != T_HEADER) {
		for (int i = 0; i < a->list.n; i++) {
			t = real(e, a->list.v[i]->type);
			if (!is_scalar(t))
				line(e, "%s(&c->p, &%s);", emit_function(e, t), expr(e, a->list.v[i]));
		}
		return "0";
	}
	v = expr(e, a);
	line(e, "%s(&c->p, &%s);", emit_function(e, t), v);
	return "0";
}

/* counters, registers, meters */

/* An index as a number of 64 bits: a structure's bits; what does not fit is beyond every end. */
const char *cell_number(struct emitter *e, struct node *index)
{
	struct type *t = real(e, index->type), *w = type_bits(e->u, 64, false);
	const char *bits, *d, *words;

	if (is_wide(t)) {
		d = temp(e, t, expr(e, index));
		return temp(e, w, fmt(e, "tp4_wide_number(%s.w, %d)", d, type_under(t)->width));
	}
	if (is_scalar(t)) {
		d = temp(e, t, expr(e, index));
		return max_bits(e, t) <= 64 ? temp(e, w, d) :
		       temp(e, w, fmt(e, "%s >> 64 ? UINT64_MAX : (uint64_t)%s", d, d));
	}
	d = bits_of(e, index, &bits);
	words = fresh(e, "words");
	line(e, "uint64_t %s[%llu] = { 0 };", words, (unsigned long long)max_bits(e, t) / 64 + 1);
	line(e, "tp4_get_wide(%s, %s, 0, %s);", words, d, bits);
	return temp(e, w, fmt(e, "tp4_wide_number(%s, %s)", words, bits));
}

static const char *x_count(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	const char *v;

	if (!i || !arg_at(n, 0))
		return "0"; /* a direct counter counts where the entry is found */
	v = cell_number(e, arg_at(n, 0));
	line(e, "tp4_counter_add(&c->counters[%d], %s, %s);", i->state, v,
	     arg_at(n, 1) ? expr(e, arg_at(n, 1)) : "c->p.total_len");
	return "0";
}

/* ebpf's CounterArray: increment(index), add(index, value) */
static const char *x_increment(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	const char *index, *by;

	if (!i)
		return "0";
	index = temp(e, arg_at(n, 0)->type, expr(e, arg_at(n, 0)));
	by = arg_at(n, 1) ? expr(e, arg_at(n, 1)) : "1";
	line(e, "if (%s < c->counters[%d].size)", index, i->state);
	line(e, "\tc->counters[%d].cell[%s].packets += %s;", i->state, index, by);
	return "0";
}

/* The cell at an index, in a block of C that cell_end() closes. */
static const char *cell(struct emitter *e, struct instance *i, const char *at)
{
	line(e, "if (likely(%s < c->registers[%d].size)) {", at, i->state);
	e->indent++;
	return fmt(e, "((%s *)c->registers[%d].cell)[%s]", c_type(e, i->type->args[0]), i->state, at);
}

static void cell_end(struct emitter *e)
{
	e->indent--;
	line(e, "}");
}

/* Beyond the end nothing is read or written, and the result stays what it was, as in BMv2. */
static const char *x_register_read(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	struct node *to = arg(n, "result"), *index = arg(n, "index");
	const char *v, *r = "0";

	if (!i)
		return "0";
	if (to) {
		v = cell(e, i, cell_number(e, index ? index : arg_at(n, 1)));
		set_out(e, to, v);
	} else { /* T read(index) */
		r = temp(e, n->type, zero(e, n->type));
		v = cell(e, i, cell_number(e, index ? index : arg_at(n, 0)));
		line(e, "%s = %s;", r, v);
	}
	cell_end(e);
	return r;
}

static const char *x_register_write(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	const char *at, *v;

	if (!i)
		return "0";
	at = cell_number(e, arg_at(n, 0));
	v = expr_saved(e, arg_at(n, 1));
	line(e, "%s = %s;", cell(e, i, at), v);
	cell_end(e);
	return "0";
}

static void colour_out(struct emitter *e, struct node *to, const char *colour)
{
	struct type *w = type_bits(e->u, 32, false);

	set_out(e, to, convert(e, temp(e, w, colour), w, to->type));
}

static const char *x_meter_run(struct emitter *e, struct node *n)
{
	struct instance *i = extern_self(e, n);
	struct value *size = i ? instance_arg(i, "size") : NULL;
	const char *index;

	if (!i)
		return "0";
	index = cell_number(e, arg_at(n, 0));
	line(e, "if (%s < %lluULL) {", index, (unsigned long long)(size && size->kind == VAL_INT ?
									     mpz_get_ui(size->i) : 0));
	e->indent++;
	colour_out(e, arg_at(n, 1), fmt(e, "tp4_meter_run(c->meters[%d], %s, TP4_GREEN, c)", i->state, index));
	e->indent--;
	line(e, "}");
	return "0";
}

/* The meter ran when the entry was found; where none was, the result stays what it was, as in BMv2. */
static const char *x_direct_meter_read(struct emitter *e, struct node *n)
{
	line(e, "if (c->colour >= 0) {");
	e->indent++;
	colour_out(e, arg_at(n, 0), "(uint32_t)c->colour");
	e->indent--;
	line(e, "}");
	return "0";
}

/* hashes and checksums */

static const char *algorithm(struct emitter *e, struct node *a)
{
	return a ? expr(e, a) : "TP4_HASH_CSUM16";
}

/* base + h % max, in the result's type */
static const char *x_hash(struct emitter *e, struct node *n)
{
	struct node *to = arg_at(n, 0), *base = arg_at(n, 2), *data = arg_at(n, 3), *max = arg_at(n, 4);
	const char *bits, *d, *b, *m, *algo = expr(e, arg_at(n, 1));
	struct type *wide = type_bits(e->u, 128, false);

	if (n->params.n == 3) { /* ubpf's: hash(result, algorithm, data) */
		d = bits_of(e, base, &bits);
		set_out(e, to, fmt(e, "(uint32_t)tp4_hash(TP4_HASH_LOOKUP3, %s, %s)", d, bits));
		return "0";
	}
	b = temp(e, wide, convert(e, expr(e, base), base->type, wide));
	m = temp(e, wide, convert(e, expr(e, max), max->type, wide));
	d = bits_of(e, data, &bits);
	set_out(e, to, convert(e, temp(e, wide, fmt(e, "%s ? %s + tp4_hash(%s, %s, %s) %% %s : %s", m, b,
						    algo, d, bits, m, b)), wide, to->type));
	return "0";
}

static const char *x_checksum16(struct emitter *e, struct node *n)
{
	const char *bits, *d = bits_of(e, arg_at(n, 0), &bits);

	return temp(e, type_bits(e->u, 16, false), fmt(e, "(uint16_t)tp4_hash(TP4_HASH_CSUM16, %s, %s)", d, bits));
}

static const char *checksum_value(struct emitter *e, struct node *n, struct type *t, bool payload)
{
	const char *bits, *d, *algo = algorithm(e, arg_at(n, 3));
	struct type *w = type_bits(e->u, 64, false);

	d = bits_of(e, arg_at(n, 1), &bits);
	if (payload)
		return convert(e, temp(e, w, fmt(e, "tp4_hash_payload(c, %s, %s, %s)", algo, d, bits)), w, t);
	return convert(e, temp(e, w, fmt(e, "tp4_hash(%s, %s, %s)", algo, d, bits)), w, t);
}

static const char *update_or_verify(struct emitter *e, struct node *n, bool update, bool payload)
{
	struct node *sum = arg_at(n, 2);
	const char *v, *valid = update ? NULL : field_valid(e, sum);

	line(e, "if (%s%s%s) {", expr(e, arg_at(n, 0)), valid ? " && " : "", valid ? valid : "");
	e->indent++;
	v = checksum_value(e, n, sum->type, payload);
	if (update) {
		set_out(e, sum, v);
	} else {
		line(e, "if (!(%s))", equal_text(e, sum->type, v, expr(e, sum)));
		line(e, "\tc->checksum_error = 1;");
	}
	e->indent--;
	line(e, "}");
	return "0";
}

static const char *x_update_checksum(struct emitter *e, struct node *n)
{
	return update_or_verify(e, n, true, false);
}

static const char *x_verify_checksum(struct emitter *e, struct node *n)
{
	return update_or_verify(e, n, false, false);
}

static const char *x_update_payload(struct emitter *e, struct node *n)
{
	return update_or_verify(e, n, true, true);
}

static const char *x_verify_payload(struct emitter *e, struct node *n)
{
	return update_or_verify(e, n, false, true);
}

/* deprecated Checksum16 objects: bit<16> get<D>(data) */
static const char *x_checksum_get(struct emitter *e, struct node *n)
{
	return x_checksum16(e, n);
}

static const char *x_random(struct emitter *e, struct node *n)
{
	struct node *to = arg_at(n, 0);
	const char *lo = temp(e, to->type, expr(e, arg_at(n, 1)));

	set_out(e, to, random_text(e, to->type, lo, expr(e, arg_at(n, 2))));
	return "0";
}

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
	return request(e, "clone", !list ? "-1" : n->decl->name[5] == '3' ? "-2" :
		       fmt(e, "(int32_t)%s", expr(e, list)));
}

static const char *x_resubmit(struct emitter *e, struct node *n)
{
	struct node *list = arg_at(n, 0);
	bool index = list && strstr(n->decl->name, "list");

	return request(e, "resubmit", index ? fmt(e, "(int32_t)%s", expr(e, list)) : "-2");
}

static const char *x_recirculate(struct emitter *e, struct node *n)
{
	if (e->arch == TP4_ARCH_PNA)
		return x_pna(e, n);
	struct node *list = arg_at(n, 0);
	bool index = list && strstr(n->decl->name, "list");

	return request(e, "recirculate", index ? fmt(e, "(int32_t)%s", expr(e, list)) : "-2");
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

static const char *x_assert(struct emitter *e, struct node *n)
{
	line(e, "if (!%s)", expr(e, arg_at(n, 0)));
	line(e, "\ttp4_assert_failed(c, \"line %d\");", n->tok->line);
	return "0";
}

static const char *x_log(struct emitter *e, struct node *n)
{
	struct node *data = arg_at(n, 1);
	const char *format = expr(e, arg_at(n, 0)), *args = "";
	int count = 0;

	for (int i = 0; data && data->kind == N_LIST && i < data->list.n; i++)
		if (is_scalar(real(e, data->list.v[i]->type)) &&
		    type_under(real(e, data->list.v[i]->type))->kind != T_STRING) {
			args = fmt(e, "%s(uint64_t)%s, ", args, expr(e, data->list.v[i]));
			count++;
		}
	line(e, "tp4_log(c, %s, (const uint64_t[]){ %s0 }, %d);", format, args, count);
	return "0";
}

static const char *x_static_assert(struct emitter *e, struct node *n)
{
	struct value *v = known_value(e, arg_at(n, 0));

	if (v && v->kind == VAL_BOOL && !v->b)
		report(e->u, static_assert, n->tok, arg_at(n, 1) && arg_at(n, 1)->val ?
		       arg_at(n, 1)->val->s : "it is false");
	return "true";
}

/* RFC 1624: HC' = ~(~HC + ~m + m') */
static const char *x_csum_replace(struct emitter *e, struct node *n)
{
	const char *sum = temp(e, arg_at(n, 0)->type, expr(e, arg_at(n, 0)));
	const char *old = temp(e, arg_at(n, 1)->type, expr(e, arg_at(n, 1)));
	const char *new = temp(e, arg_at(n, 2)->type, expr(e, arg_at(n, 2)));

	return temp(e, n->type, fmt(e, "tp4_csum_replace(%s, %s, %s)", sum, old, new));
}

/* The header without its checksum, which is no odd number of words */
static const char *x_ipv4_checksum(struct emitter *e, struct node *n)
{
	const char *array = fresh(e, "data"), *b = fresh(e, "bits");

	line(e, "uint8_t %s[20 + 32] = { 0 };", array);
	line(e, "struct tp4_bits %s = { 0, %s };", b, array);
	for (int i = 0; i < n->params.n; i++)
		add_bits(e, b, arg_at(n, i)->type, fmt(e, "(%s)", expr(e, arg_at(n, i))));
	return temp(e, n->type, fmt(e, "(uint16_t)tp4_hash(TP4_HASH_CSUM16, %s, %s.pos)", array, b));
}

static const char *x_zero(struct emitter *e, struct node *n)
{
	return "0";
}

static const char *x_time(struct emitter *e, struct node *n)
{
	return fmt(e, "(%s)(c->p.timestamp & 0xffffffffffffULL)", c_type(e, n->type));
}

/* Which extern's which method; no object: a function; no method: any. */
static const struct extern_method {
	const char *object, *method;
	const char *(*emit)(struct emitter *e, struct node *n);
} methods[] = {
	{ "packet_in", "extract", x_extract },
	{ "packet_in", "lookahead", x_lookahead },
	{ "packet_in", "advance", x_advance },
	{ "packet_in", "length", x_length },
	{ "packet_out", "emit", x_emit },
	{ NULL, "verify", x_verify },
	{ NULL, "static_assert", x_static_assert },
	{ "counter", "count", x_count },
	{ "direct_counter", "count", x_count },
	{ "CounterArray", "increment", x_increment },
	{ "CounterArray", "add", x_increment },
	{ "register", "read", x_register_read },
	{ "register", "write", x_register_write },
	{ "Register", "read", x_register_read },
	{ "Register", "write", x_register_write },
	{ "meter", "execute_meter", x_meter_run },
	{ "direct_meter", "read", x_direct_meter_read },
	{ "Checksum16", "get", x_checksum_get },
	{ NULL, "hash", x_hash },
	{ NULL, "checksum16", x_checksum16 },
	{ NULL, "update_checksum", x_update_checksum },
	{ NULL, "verify_checksum", x_verify_checksum },
	{ NULL, "update_checksum_with_payload", x_update_payload },
	{ NULL, "verify_checksum_with_payload", x_verify_payload },
	{ NULL, "random", x_random },
	{ NULL, "drop", x_drop },
	{ NULL, "forward", x_forward },
	{ NULL, "mark_to_drop", x_mark_to_drop },
	{ NULL, "mark_to_pass", x_forward },
	{ NULL, "clone", x_clone },
	{ NULL, "clone3", x_clone },
	{ NULL, "clone_preserving_field_list", x_clone },
	{ NULL, "resubmit", x_resubmit },
	{ NULL, "resubmit_preserving_field_list", x_resubmit },
	{ NULL, "recirculate", x_recirculate },
	{ NULL, "recirculate_preserving_field_list", x_recirculate },
	{ NULL, "truncate", x_truncate },
	{ NULL, "csum_replace2", x_csum_replace },
	{ NULL, "csum_replace4", x_csum_replace },
	{ NULL, "ubpf_time_get_ns", x_time },
	{ NULL, "BPF_KTIME_GET_NS", x_time },
	{ NULL, "BPF_PERF_EVENT_OUTPUT", x_zero },
	{ NULL, "ebpf_ipv4_checksum", x_ipv4_checksum },
	{ NULL, "assert", x_assert },
	{ NULL, "assume", x_assert },
	{ NULL, "log_msg", x_log },
	{ NULL, "digest", x_digest },
	{ "Counter", "count", x_count },
	{ "DirectCounter", "count", x_direct_count },
	{ "Meter", "execute", x_execute },
	{ "DirectMeter", "execute", x_execute },
	{ "Meter", "dpdk_execute", x_execute },
	{ "DirectMeter", "dpdk_execute", x_execute },
	{ "Hash", "get_hash", x_get_hash },
	{ "Checksum", "clear", x_checksum_object },
	{ "Checksum", "update", x_checksum_object },
	{ "Checksum", "get", x_checksum_object },
	{ "InternetChecksum", "clear", x_checksum_object },
	{ "InternetChecksum", "add", x_checksum_object },
	{ "InternetChecksum", "subtract", x_checksum_object },
	{ "InternetChecksum", "get", x_checksum_object },
	{ "InternetChecksum", "get_state", x_checksum_object },
	{ "InternetChecksum", "set_state", x_checksum_object },
	{ "Random", "read", x_random_object },
	{ "Digest", "pack", x_digest },
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
	{ NULL, "add_entry", x_add_entry },
	{ NULL, "add_entry_if", x_add_entry },
	{ NULL, "allocate_flow_id", x_flow_id },
	{ NULL, "set_entry_data", x_set_entry_data },
	{ NULL, "set_entry_expire_time", x_pna_timer },
	{ NULL, "set_entry_expire_time_if", x_pna_timer },
	{ NULL, "restart_expire_timer", x_pna_timer },
	{ NULL, "update_expire_info", x_pna_timer },
	{ "tc_skb_metadata", NULL, x_skb },
	{ "ipsec_accelerator", NULL, x_ipsec },
};

/* Which arguments, or r, the result, may have any type and must be numbers all the same. */
static const struct {
	const char *object, *method;
	int n_params; /* 0: any */
	const char *places;
} numbers[] = {
	{ NULL, "hash", 5, "024" },
	{ NULL, "random", 0, "012" },
	{ NULL, "update_checksum", 0, "2" },
	{ NULL, "verify_checksum", 0, "2" },
	{ NULL, "update_checksum_with_payload", 0, "2" },
	{ NULL, "verify_checksum_with_payload", 0, "2" },
	{ "meter", "execute_meter", 0, "1" },
	{ "direct_meter", "read", 0, "0" },
	{ "Hash", "get_hash", 0, "r" },
	{ "Checksum", "get", 0, "r" },
	{ "Random", "read", 0, "r" },
};

static void check_numbers(struct emitter *e, struct node *n, const char *object)
{
	const char *places = "";

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (!strcmp(numbers[i].method, n->decl->name) &&
		    (!numbers[i].n_params || numbers[i].n_params == n->params.n) &&
		    (object ? numbers[i].object && !strcmp(numbers[i].object, object) : !numbers[i].object))
			places = numbers[i].places;
	for (; *places; places++) {
		struct node *a = *places == 'r' ? n : arg_at(n, *places - '0');
		struct type *t = a ? real(e, a->type) : NULL;

		if (t && !is_scalar(t) && !is_wide(t))
			report_span(e->u, number_wanted, a->tok, a->end, n->decl->name, type_name(e->u, t));
	}
}

static const char *call_of_one(struct emitter *e, struct node *n)
{
	const char *object = NULL, *method, *text;

	if (!n->decl)
		return "0";
	method = n->decl->name;
	if (n->decl->kind == N_METHOD && n->decl->parent)
		object = n->decl->parent->name;
	check_numbers(e, n, object);
	if (e->scope->kind != N_CONTROL && e->scope->kind != N_ACTION && strcmp(method, "verify") &&
	    (!object || strcmp(object, "packet_in")))
		e->parser_acts = true;
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if ((!methods[i].method || !strcmp(methods[i].method, method)) &&
		    (object ? methods[i].object && !strcmp(methods[i].object, object) :
			      !methods[i].object))
			return methods[i].emit(e, n);
	text = invm_call(e, n, object, method);
	if (text)
		return text;
	if (e->u->externs && !object && !n->decl->tparams.n)
		return call_function(e, n);
	report(e->u, no_extern, n->tok, object ? fmt(e, "%s.%s", object, method) : method);
	if (!object && !e->u->externs)
		unit_hint(e->u, "define it in C: --extern FILE.c");
	return "0";
}

/* An object handed over as an argument: any of its type, told apart when the program runs. */
static bool is_handed_over(struct emitter *e, struct node *n)
{
	struct node *object = n->a->kind == N_DOT ? n->a->a : NULL;

	return object && object->kind == N_NAME && object->decl && object->decl->kind == N_PARAM &&
	       !object->decl->flag && object->type && type_real(object->type)->kind == T_EXTERN &&
	       !is_unseen(object->type) && !instance_find(e->m, e->inst, object);
}

const char *extern_call(struct emitter *e, struct node *n)
{
	const struct node *outer_call = e->chosen_call;
	struct instance *outer = e->chosen;
	struct type *t, *object;
	const char *which, *result;

	if (!is_handed_over(e, n))
		return call_of_one(e, n);
	t = real(e, n->type);
	object = real(e, n->a->a->type);
	which = expr(e, n->a->a);
	result = t->kind == T_VOID ? "0" : temp(e, t, zero(e, t));
	for (int i = 0; i < e->m->externs.n; i++) {
		struct instance *x = e->m->externs.v[i];
		const char *r;

		if (!type_equal(x->type, object))
			continue;
		line(e, "if (%s == %d) {", which, x->index);
		e->indent++;
		e->chosen_call = n;
		e->chosen = x;
		r = call_of_one(e, n);
		if (t->kind != T_VOID)
			line(e, "%s = %s;", result, r);
		e->indent--;
		line(e, "}");
	}
	e->chosen_call = outer_call;
	e->chosen = outer;
	return result;
}
