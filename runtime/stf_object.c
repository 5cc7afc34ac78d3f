/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* stf_object.c - the statements about counters, registers, meters, mirrors and groups. */
#include "runtime/meter.h"
#include "runtime/stf_run.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Decimal, 0x... or 0b...; a zero in front means nothing. */
bool stf_number(const char **p, uint64_t *v)
{
	char *end;
	int base = 10;

	while (isspace((unsigned char)**p))
		(*p)++;
	if (!isdigit((unsigned char)**p))
		return false;
	if (**p == '0' && tolower((unsigned char)(*p)[1]) == 'x')
		base = 16;
	else if (**p == '0' && tolower((unsigned char)(*p)[1]) == 'b')
		base = 2;
	if (base == 2 && !isdigit((unsigned char)(*p)[2]))
		return false;
	*v = strtoull(*p + (base == 2 ? 2 : 0), &end, base);
	*p = end;
	return !isalnum((unsigned char)*end);
}

/* Nothing but blanks is left of the line. */
static bool at_end(const char *rest)
{
	return !rest[strspn(rest, " \t\r\n")];
}

/* What is read goes on without it, as BMv2's tests do. */
static void no_such(struct stf *s, enum stf_kind kind, const char *what, const char *name,
		    uint64_t index)
{
	stf_tell(s, kind, "there is no %s '%s', or not of %llu", what, name,
		 (unsigned long long)index);
}

static char *name(const char **p)
{
	return stf_word(p, "(");
}

/* Filter programs' tests write pipe_COUNTER for pipe.COUNTER. */
static bool fits(const char *full, const char *text)
{
	size_t n = strlen(full), m = strlen(text), i = 0;

	if (n < m || (n > m && full[n - m - 1] != '.'))
		return false;
	full += n - m;
	while (i < m && (full[i] == text[i] || (full[i] == '.' && text[i] == '_')))
		i++;
	return i == m;
}

static int find_counter(struct stf *s, const char *n)
{
	for (uint32_t i = 0; i < s->p->program->n_counters; i++)
		if (fits(s->p->program->counters[i].name, n))
			return (int)i;
	return -1;
}

static int find_register(struct stf *s, const char *n)
{
	for (uint32_t i = 0; i < s->p->program->n_registers; i++)
		if (fits(s->p->program->registers[i].name, n))
			return (int)i;
	return -1;
}

static bool holds(uint64_t v, const char *rel, uint64_t want)
{
	if (!strcmp(rel, "=="))
		return v == want;
	if (!strcmp(rel, "!="))
		return v != want;
	if (!strcmp(rel, "<"))
		return v < want;
	if (!strcmp(rel, "<="))
		return v <= want;
	if (!strcmp(rel, ">"))
		return v > want;
	return v >= want;
}

static bool is_relation(const char *rel)
{
	static const char *const all[] = { "==", "!=", "<", "<=", ">", ">=" };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (!strcmp(all[i], rel))
			return true;
	return false;
}

struct sought {
	uint64_t order;
	struct record *found;
};

static int seek(void *arg, struct record *r)
{
	struct sought *s = arg;

	if (r->order == s->order)
		s->found = r;
	return 0;
}

/* What counts at the index, of a direct counter at the entry of that number; NULL: nothing */
static bool counter_cell(struct stf *s, const char *n, uint64_t index, uint64_t **packets,
			 uint64_t **bytes)
{
	struct sought sought = { index, NULL };
	int i = find_counter(s, n);

	if (i >= 0 && index < s->p->ctx.counters[i].size) {
		*packets = &s->p->ctx.counters[i].cell[index].packets;
		*bytes = &s->p->ctx.counters[i].cell[index].bytes;
		return true;
	}
	for (uint32_t k = 0; k < s->p->program->n_tables && !sought.found; k++) {
		const char *full = s->p->program->tables[k].direct_counter;

		if (full && fits(full, n))
			table_visit(s->p->ctx.tables[k], NULL, seek, &sought);
	}
	if (!sought.found)
		return false;
	*packets = &sought.found->entry.packets;
	*bytes = &sought.found->entry.bytes;
	return true;
}

/* check_counter NAME(INDEX or $ENTRY) [packets|bytes REL NUMBER] */
bool stf_check_counter(struct stf *s, const char *rest)
{
	char *counter = name(&rest), *what;
	uint64_t index = 0, want, v, *packets = NULL, *bytes = NULL;
	char rel[3] = { 0 };

	while (isspace((unsigned char)*rest))
		rest++;
	if (*rest == '(')
		rest++;
	while (isspace((unsigned char)*rest))
		rest++;
	if (*rest == '$') {
		char *n = strndup(rest + 1, strcspn(rest + 1, ") \t\r\n"));

		for (struct stf_name *k = s->names; k; k = k->next)
			if (k->record && !strcmp(k->name, n)) {
				packets = &k->record->entry.packets;
				bytes = &k->record->entry.bytes;
			}
		if (!packets)
			stf_tell(s, STF_UNREADABLE, "no entry is called '%s'", n);
		free(n);
		rest += strcspn(rest, ")");
	} else if (!stf_number(&rest, &index)) {
		stf_tell(s, STF_UNREADABLE, "expected: COUNTER(INDEX or $NAME)");
	} else if (!counter_cell(s, counter, index, &packets, &bytes)) {
		no_such(s, STF_UNREADABLE, "counter", counter, index);
	}
	free(counter);
	if (!packets)
		return false;
	while (*rest == ')' || isspace((unsigned char)*rest))
		rest++;
	if (!*rest)
		return true;
	what = isalpha((unsigned char)*rest) ? stf_word(&rest, "=!<>") : strdup("packets");
	while (isspace((unsigned char)*rest))
		rest++;
	for (int k = 0; k < 2 && strchr("=!<>", *rest) && *rest; k++)
		rel[k] = *rest++;
	if (!stf_number(&rest, &want) || !at_end(rest) || !is_relation(rel) ||
	    (strcmp(what, "packets") && strcmp(what, "bytes"))) {
		stf_tell(s, STF_UNREADABLE, "expected: packets|bytes REL NUMBER");
		free(what);
		return false;
	}
	v = !strcmp(what, "bytes") ? *bytes : *packets;
	if (!holds(v, rel, want))
		stf_tell(s, STF_FAILED, "the counter has %llu %s, expected %s %llu",
			 (unsigned long long)v, what, rel, (unsigned long long)want);
	free(what);
	return true;
}

bool stf_counter_read(struct stf *s, const char *rest)
{
	uint64_t index, *packets, *bytes;
	char *n = name(&rest);
	bool ok = stf_number(&rest, &index) && at_end(rest);

	if (!ok)
		stf_tell(s, STF_UNREADABLE, "expected: counter_read COUNTER INDEX");
	else if (!counter_cell(s, n, index, &packets, &bytes))
		no_such(s, STF_NOTE, "counter", n, index);
	else
		stf_tell(s, STF_NOTE, "counter: %llu packets, %llu bytes",
			 (unsigned long long)*packets, (unsigned long long)*bytes);
	free(n);
	return ok;
}

bool stf_counter_write(struct stf *s, const char *rest)
{
	uint64_t index, packets, bytes, *to_packets, *to_bytes;
	char *n = name(&rest);
	bool ok = stf_number(&rest, &index) && stf_number(&rest, &packets) &&
		  stf_number(&rest, &bytes) && at_end(rest);

	if (!ok) {
		stf_tell(s, STF_UNREADABLE, "expected: counter_write COUNTER INDEX PACKETS BYTES");
	} else if (!counter_cell(s, n, index, &to_packets, &to_bytes)) {
		no_such(s, STF_UNREADABLE, "counter", n, index);
		ok = false;
	} else {
		*to_packets = packets;
		*to_bytes = bytes;
	}
	free(n);
	return ok;
}

/* register_read REGISTER [INDEX] */
bool stf_register_read(struct stf *s, const char *rest)
{
	uint8_t value[TP4_FIELD_MAX];
	char *n = name(&rest), text[TP4_FIELD_MAX * 2 + 1];
	int i = find_register(s, n);
	bool all = at_end(rest);
	uint64_t index = 0;
	size_t len;

	if (!all && (!stf_number(&rest, &index) || !at_end(rest))) {
		stf_tell(s, STF_UNREADABLE, "expected: register_read REGISTER [INDEX]");
		free(n);
		return false;
	}
	for (uint64_t end = index + (all && i >= 0 ? s->p->program->registers[i].size : 1);
	     index < end; index++) {
		if (i < 0 || pipeline_register_read(s->p, s->p->program->registers[i].id, index,
						    value, sizeof(value), &len)) {
			no_such(s, STF_NOTE, "register", n, index);
			break;
		}
		stf_hex(text, value, len);
		stf_tell(s, STF_NOTE, "register: 0x%s", text);
	}
	free(n);
	return true;
}

/* Here a signed register's bits are written as an unsigned number. */
static void extend(uint8_t *v, uint32_t width)
{
	uint8_t *top = &v[TP4_FIELD_MAX - 1 - (width - 1) / 8], *first = v;

	while (first < top && !*first)
		first++;
	if (first == top && *top >> (width - 1) % 8 == 1) {
		*top |= (uint8_t)(0xff << (width - 1) % 8);
		memset(v, 0xff, (size_t)(top - v));
	}
}

bool stf_register_write(struct stf *s, const char *rest)
{
	const struct tp4_register_desc *d;
	struct stf_number v;
	char *n = name(&rest);
	uint64_t index;
	int i = find_register(s, n);
	bool ok = stf_number(&rest, &index);

	free(n);
	rest += strspn(rest, " \t");
	if (i < 0 || !ok || !stf_number_read(&rest, &v) || v.wild || !at_end(rest)) {
		stf_tell(s, STF_UNREADABLE, "expected: register_write REGISTER INDEX VALUE");
		return false;
	}
	d = &s->p->program->registers[i];
	if (d->is_signed && d->width)
		extend(v.v, d->width);
	if (pipeline_register_write(s->p, d->id, index, v.v, TP4_FIELD_MAX))
		stf_tell(s, STF_FAILED,
			 "the register has no such index, or the value is too large");
	return true;
}

bool stf_register_reset(struct stf *s, const char *rest)
{
	char *n = name(&rest);
	int i = find_register(s, n);

	free(n);
	if (i < 0) {
		stf_tell(s, STF_UNREADABLE, "no such register");
		return false;
	}
	memset(s->p->ctx.registers[i].cell, 0,
	       s->p->ctx.registers[i].size * s->p->program->registers[i].cell);
	return true;
}

/* BMv2's rates are per microsecond: RATE:BURST, the committed one first; the peak is as much. */
static bool rates(const char *rest, uint64_t r[4])
{
	int i;

	for (i = 0; i < 2 && !at_end(rest); i++) {
		char *end;
		double rate = strtod(rest, &end);
		const char *burst = end + 1;

		if (end == rest || *end != ':' || !(rate >= 0 && rate < 1e12) ||
		    !stf_number(&burst, &r[i * 2 + 1]))
			return false;
		r[i * 2] = (uint64_t)(rate * 1000000.0);
		rest = burst;
	}
	if (i == 1 || !(r[2] | r[3])) {
		r[2] = r[0];
		r[3] = r[1];
	}
	return i && at_end(rest);
}

/* A statement about a meter's cells. A direct one's are its entries', by their numbers. */
struct meter_use {
	struct stf *s;
	const uint64_t *rates; /* NULL: to show them */
	uint64_t index;
	bool all, found;
};

static void meter_use(struct meter_use *u, struct meter_cell *c)
{
	const uint64_t *r = u->rates;

	u->found = true;
	if (r) {
		meter_cell_set(c, r[0], r[1], r[2], r[3]);
	} else if (!c || !c->set) {
		stf_tell(u->s, STF_NOTE, "the meter has no rates");
	} else {
		stf_tell(u->s, STF_NOTE, "0: info rate = %.9g, burst size = %llu",
			 (double)c->cir / 1e6, (unsigned long long)c->cburst);
		stf_tell(u->s, STF_NOTE, "1: info rate = %.9g, burst size = %llu",
			 (double)c->pir / 1e6, (unsigned long long)c->pburst);
	}
}

/* A direct meter's cells are made when they get rates. */
static int direct_use(void *arg, struct record *r)
{
	struct meter_use *u = arg;

	if (!u->all && r->order != u->index)
		return 0;
	if (!r->entry.meter && u->rates) {
		r->entry.meter = calloc(1, sizeof(*r->entry.meter));
		if (!r->entry.meter)
			abort();
	}
	meter_use(u, r->entry.meter);
	return 0;
}

/* false: there is no such meter */
static bool meter_find(struct meter_use *u, const char *n)
{
	const struct tp4_program *g = u->s->p->program;
	struct tp4_ctx *x = &u->s->p->ctx;
	struct meter_cell *c;

	for (uint32_t i = 0; i < g->n_meters; i++) {
		if (!fits(g->meters[i].name, n))
			continue;
		for (uint64_t k = u->index; (c = meter_cell(x->meters[i], k)); k++) {
			meter_use(u, c);
			if (!u->all)
				break;
		}
		return true;
	}
	for (uint32_t i = 0; i < g->n_tables; i++) {
		if (!g->tables[i].direct_meter || !fits(g->tables[i].direct_meter, n))
			continue;
		table_visit(x->tables[i], NULL, direct_use, u);
		return true;
	}
	return false;
}

static bool meter(struct stf *s, const char *rest, bool all, bool set)
{
	char *n = name(&rest);
	uint64_t r[4] = { 0 };
	struct meter_use u = { .s = s, .rates = set ? r : NULL, .all = all };
	bool ok = (all || stf_number(&rest, &u.index)) && (set ? rates(rest, r) : at_end(rest));

	if (!ok) {
		stf_tell(s, STF_UNREADABLE, "expected: METER%s%s", all ? "" : " INDEX",
			 set ? " RATE:BURST [RATE:BURST]" : "");
	} else if (!meter_find(&u, n)) {
		stf_tell(s, STF_UNREADABLE, "no meter is called '%s'", n);
		ok = false;
	} else if (!u.found && !all) {
		no_such(s, STF_NOTE, "meter", n, u.index);
	}
	free(n);
	return ok;
}

bool stf_meter_rates(struct stf *s, const char *rest)
{
	return meter(s, rest, false, true);
}

bool stf_meter_array(struct stf *s, const char *rest)
{
	return meter(s, rest, true, true);
}

bool stf_meter_show(struct stf *s, const char *rest)
{
	return meter(s, rest, false, false);
}

bool stf_nothing(struct stf *s, const char *rest)
{
	(void)s;
	(void)rest;
	return true;
}

static bool mirror(struct stf *s, const char *rest, bool group)
{
	uint64_t id, to;
	uint32_t i = 0;

	if (!stf_number(&rest, &id) || !stf_number(&rest, &to) || !at_end(rest)) {
		stf_tell(s, STF_UNREADABLE, "expected: SESSION %s", group ? "GROUP" : "PORT");
		return false;
	}
	while (i < s->sw.n_sessions && s->sw.sessions[i].id != id)
		i++;
	if (i == 64) {
		stf_tell(s, STF_UNREADABLE, "a test has at most 64 mirror sessions");
		return false;
	}
	s->sw.sessions[i] = (struct switch_session){ (uint32_t)id, group, (uint32_t)to };
	if (i == s->sw.n_sessions)
		s->sw.n_sessions++;
	return true;
}

bool stf_mirror_add(struct stf *s, const char *rest)
{
	return mirror(s, rest, false);
}

bool stf_mirror_add_mc(struct stf *s, const char *rest)
{
	return mirror(s, rest, true);
}

bool stf_mirror_delete(struct stf *s, const char *rest)
{
	uint64_t id;
	uint32_t k = 0;

	if (!stf_number(&rest, &id) || !at_end(rest)) {
		stf_tell(s, STF_UNREADABLE, "expected: mirroring_delete SESSION");
		return false;
	}
	for (uint32_t i = 0; i < s->sw.n_sessions; i++)
		if (s->sw.sessions[i].id != id)
			s->sw.sessions[k++] = s->sw.sessions[i];
	s->sw.n_sessions = k;
	return true;
}

bool stf_group_create(struct stf *s, const char *rest)
{
	uint64_t id;

	if (!stf_number(&rest, &id) || !at_end(rest) || s->sw.n_groups >= 64) {
		stf_tell(s, STF_UNREADABLE, "expected: mc_mgrp_create GROUP");
		return false;
	}
	s->sw.groups[s->sw.n_groups++] = (struct switch_group){ .id = (uint32_t)id };
	return true;
}

bool stf_node_create(struct stf *s, const char *rest)
{
	struct switch_node *n = &s->sw.nodes[s->sw.n_nodes];
	uint64_t v;

	if (s->sw.n_nodes >= 64 || !stf_number(&rest, &v)) {
		stf_tell(s, STF_UNREADABLE, "expected: mc_node_create RID PORT...");
		return false;
	}
	*n = (struct switch_node){ .rid = (uint32_t)v };
	while (n->n_ports < SWITCH_PORTS_MAX && !at_end(rest) && stf_number(&rest, &v))
		n->ports[n->n_ports++] = (uint32_t)v;
	if (!at_end(rest)) {
		stf_tell(s, STF_UNREADABLE,
			 "expected: mc_node_create RID PORT..., at most %d ports",
			 SWITCH_PORTS_MAX);
		return false;
	}
	s->sw.n_nodes++;
	return true;
}

bool stf_node_associate(struct stf *s, const char *rest)
{
	uint64_t group, node;
	bool found = false;

	if (!stf_number(&rest, &group) || !stf_number(&rest, &node) || !at_end(rest) ||
	    node >= s->sw.n_nodes) {
		stf_tell(s, STF_UNREADABLE, "expected: mc_node_associate GROUP NODE");
		return false;
	}
	for (uint32_t i = 0; i < s->sw.n_groups; i++)
		if (s->sw.groups[i].id == group && s->sw.groups[i].n_nodes < 64) {
			s->sw.groups[i].nodes[s->sw.groups[i].n_nodes++] = (uint32_t)node;
			found = true;
		}
	if (!found)
		stf_tell(s, STF_NOTE, "there is no group %llu, or it is full",
			 (unsigned long long)group);
	return true;
}
