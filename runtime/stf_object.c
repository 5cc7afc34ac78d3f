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
	*v = strtoull(*p + (base == 2 ? 2 : 0), &end, base);
	*p = end;
	return true;
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

struct sought {
	uint64_t order;
	const struct record *found;
};

static int seek(void *arg, struct record *r)
{
	struct sought *s = arg;

	if (r->order == s->order)
		s->found = r;
	return 0;
}

/* Of a direct counter, index is the entry's number. NULL: there is no such, which is told. */
static const struct record *counted_entry(struct stf *s, const char *counter, uint64_t index)
{
	struct sought sought = { index, NULL };

	for (uint32_t i = 0; i < s->p->program->n_tables && !sought.found; i++) {
		const char *full = s->p->program->tables[i].direct_counter;

		if (full && fits(full, counter))
			table_visit(s->p->ctx.tables[i], NULL, seek, &sought);
	}
	if (!sought.found)
		stf_tell(s, STF_UNREADABLE, "there is no counter '%s', or not of %llu", counter,
			 (unsigned long long)index);
	return sought.found;
}

/* check_counter NAME(INDEX or $ENTRY) [packets|bytes REL NUMBER] */
bool stf_check_counter(struct stf *s, const char *rest)
{
	char *counter = name(&rest), *what;
	uint64_t index = 0, want, v = 0, bytes = 0;
	char rel[3] = { 0 };
	int i;
	bool ok = false;

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
				v = k->record->entry.packets;
				bytes = k->record->entry.bytes;
				ok = true;
			}
		if (!ok)
			stf_tell(s, STF_UNREADABLE, "no entry is called '%s'", n);
		free(n);
		rest += strcspn(rest, ")");
	} else if (stf_number(&rest, &index)) {
		const struct record *r;

		i = find_counter(s, counter);
		if (i >= 0 && index < s->p->ctx.counters[i].size) {
			v = s->p->ctx.counters[i].cell[index].packets;
			bytes = s->p->ctx.counters[i].cell[index].bytes;
			ok = true;
		} else if ((r = counted_entry(s, counter, index))) {
			v = r->entry.packets;
			bytes = r->entry.bytes;
			ok = true;
		}
	} else {
		stf_tell(s, STF_UNREADABLE, "expected: COUNTER(INDEX or $NAME)");
	}
	free(counter);
	if (!ok)
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
	if (!stf_number(&rest, &want) || !rel[0]) {
		stf_tell(s, STF_UNREADABLE, "expected: packets|bytes REL NUMBER");
		free(what);
		return false;
	}
	if (!strcmp(what, "bytes"))
		v = bytes;
	if (!holds(v, rel, want))
		stf_tell(s, STF_FAILED, "the counter has %llu %s, expected %s %llu",
			 (unsigned long long)v, what, rel, (unsigned long long)want);
	free(what);
	return true;
}

bool stf_counter_read(struct stf *s, const char *rest)
{
	char *n = name(&rest);
	uint64_t index = 0;
	int i = find_counter(s, n);

	stf_number(&rest, &index);
	free(n);
	if (i >= 0 && index < s->p->ctx.counters[i].size)
		stf_tell(s, STF_NOTE, "counter: %llu packets, %llu bytes",
			 (unsigned long long)s->p->ctx.counters[i].cell[index].packets,
			 (unsigned long long)s->p->ctx.counters[i].cell[index].bytes);
	return true;
}

bool stf_counter_write(struct stf *s, const char *rest)
{
	char *n = name(&rest);
	uint64_t index, packets, bytes;
	int i = find_counter(s, n);

	free(n);
	if (i < 0 || !stf_number(&rest, &index) || !stf_number(&rest, &packets) ||
	    !stf_number(&rest, &bytes) || index >= s->p->ctx.counters[i].size) {
		stf_tell(s, STF_UNREADABLE, "expected: counter_write COUNTER INDEX PACKETS BYTES");
		return false;
	}
	s->p->ctx.counters[i].cell[index].packets = packets;
	s->p->ctx.counters[i].cell[index].bytes = bytes;
	return true;
}

bool stf_register_read(struct stf *s, const char *rest)
{
	char *n = name(&rest);
	uint64_t index = 0;
	uint8_t value[TP4_FIELD_MAX];
	size_t len;
	int i = find_register(s, n);

	free(n);
	stf_number(&rest, &index);
	if (i >= 0 && !pipeline_register_read(s->p, s->p->program->registers[i].id, index, value,
					      sizeof(value), &len)) {
		char text[TP4_FIELD_MAX * 2 + 1];

		stf_hex(text, value, len);
		stf_tell(s, STF_NOTE, "register: 0x%s", text);
	}
	return true;
}

bool stf_register_write(struct stf *s, const char *rest)
{
	char *n = name(&rest);
	uint64_t index, v;
	uint32_t width = 0;
	uint8_t be[8];
	int i = find_register(s, n);

	free(n);
	if (i >= 0)
		width = s->p->program->registers[i].width;
	if (i < 0 || !stf_number(&rest, &index) || !stf_number(&rest, &v)) {
		stf_tell(s, STF_UNREADABLE, "expected: register_write REGISTER INDEX VALUE");
		return false;
	}
	/* Here a signed register's bits are written as an unsigned number. */
	if (s->p->program->registers[i].is_signed && width < 64 && !(v >> width) &&
	    v >> (width - 1))
		v |= UINT64_MAX << width;
	for (int k = 0; k < 8; k++)
		be[7 - k] = (uint8_t)(v >> 8 * k);
	if (pipeline_register_write(s->p, s->p->program->registers[i].id, index, be, 8))
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

static int find_meter(struct stf *s, const char *n)
{
	for (uint32_t i = 0; i < s->p->program->n_meters; i++)
		if (fits(s->p->program->meters[i].name, n))
			return (int)i;
	return -1;
}

/* BMv2's rates are per microsecond: RATE:BURST, the committed one first. */
static bool rates(const char *rest, uint64_t r[4])
{
	memset(r, 0, sizeof(uint64_t) * 4);
	for (int i = 0; i < 2; i++) {
		char *end;

		while (isspace((unsigned char)*rest))
			rest++;
		if (!*rest)
			return i > 0;
		r[i * 2] = (uint64_t)(strtod(rest, &end) * 1000000.0);
		if (*end != ':')
			return false;
		r[i * 2 + 1] = strtoull(end + 1, &end, 0);
		rest = end;
	}
	return true;
}

/* A direct meter's cells are made when they get rates; index: the entry's number. */
struct direct {
	const uint64_t *rates;
	uint64_t index;
	bool all;
};

static int direct_set(void *arg, struct record *r)
{
	const struct direct *d = arg;
	const uint64_t *v = d->rates;

	if (!d->all && r->order != d->index)
		return 0;
	if (!r->entry.meter)
		r->entry.meter = calloc(1, sizeof(*r->entry.meter));
	if (!r->entry.meter)
		abort();
	meter_cell_set(r->entry.meter, v[0], v[1], v[2] ? v[2] : v[0], v[3] ? v[3] : v[1]);
	return 0;
}

static bool direct_meter(struct stf *s, const char *n, struct direct *d)
{
	for (uint32_t i = 0; i < s->p->program->n_tables; i++) {
		const char *full = s->p->program->tables[i].direct_meter;

		if (full && fits(full, n)) {
			table_visit(s->p->ctx.tables[i], NULL, direct_set, d);
			return true;
		}
	}
	stf_tell(s, STF_UNREADABLE, "no meter is called '%s'", n);
	return false;
}

static bool meter(struct stf *s, const char *rest, bool all)
{
	char *n = name(&rest);
	int i = find_meter(s, n);
	uint64_t index = 0, r[4];

	if ((!all && !stf_number(&rest, &index)) || !rates(rest, r)) {
		stf_tell(s, STF_UNREADABLE, "expected: METER %sRATE:BURST RATE:BURST",
			 all ? "" : "INDEX ");
		free(n);
		return false;
	}
	if (i < 0) {
		bool ok = direct_meter(s, n, &(struct direct){ r, index, all });

		free(n);
		return ok;
	}
	free(n);
	for (struct meter_cell *c; (c = meter_cell(s->p->ctx.meters[i], index)); index++) {
		meter_cell_set(c, r[0], r[1], r[2] ? r[2] : r[0], r[3] ? r[3] : r[1]);
		if (!all)
			break;
	}
	return true;
}

bool stf_meter_rates(struct stf *s, const char *rest)
{
	return meter(s, rest, false);
}

bool stf_meter_array(struct stf *s, const char *rest)
{
	return meter(s, rest, true);
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

	if (!stf_number(&rest, &id) || !stf_number(&rest, &to)) {
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

	if (!stf_number(&rest, &id)) {
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

	if (!stf_number(&rest, &id) || s->sw.n_groups >= 64) {
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
	while (n->n_ports < SWITCH_PORTS_MAX && stf_number(&rest, &v))
		n->ports[n->n_ports++] = (uint32_t)v;
	s->sw.n_nodes++;
	return true;
}

bool stf_node_associate(struct stf *s, const char *rest)
{
	uint64_t group, node;

	if (!stf_number(&rest, &group) || !stf_number(&rest, &node) || node >= s->sw.n_nodes) {
		stf_tell(s, STF_UNREADABLE, "expected: mc_node_associate GROUP NODE");
		return false;
	}
	for (uint32_t i = 0; i < s->sw.n_groups; i++)
		if (s->sw.groups[i].id == group && s->sw.groups[i].n_nodes < 64)
			s->sw.groups[i].nodes[s->sw.groups[i].n_nodes++] = (uint32_t)node;
	return true;
}
