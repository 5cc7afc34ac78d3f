/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * stf_show.c - packets for people: the fields of the headers that the program's parser finds.
 *
 * The parser is that of the same program, compiled to call tp4_extracted().  Where there is
 * none, or it finds nothing, the usual headers are looked for.
 */
#include "runtime/stf_run.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PAYLOAD_SHOWN 32 /* bytes */

/* Bit i of the pattern or the packet: 0 or 1, or what else it is */
enum { ANY = 2, BEYOND = 3 };

static int bit(const struct stf_packet *k, size_t i)
{
	char c;

	if (!k->data) {
		size_t n = k->pattern ? strcspn(k->pattern, "$") : 0;

		if (i / 4 >= n)
			return k->pattern && k->pattern[n] ? BEYOND : ANY;
		c = k->pattern[i / 4];
		return c == '*' ? ANY : (c <= '9' ? c - '0' : c - 'a' + 10) >> (3 - i % 4) & 1;
	}
	return i / 8 < k->len ? k->data[i / 8] >> (7 - i % 8) & 1 : BEYOND;
}

static size_t bits_of(const struct stf_packet *k)
{
	return k->data ? (size_t)k->len * 8 : k->pattern ? strcspn(k->pattern, "$") * 4 : 0;
}

static struct stf_field *add(struct stf_fields *to, struct stf_field f)
{

	if (!(to->n & (to->n - 1))) {
		to->f = realloc(to->f, sizeof(*to->f) * (to->n ? 2 * to->n : 1));
		if (!to->f)
			abort();
	}
	to->f[to->n] = f;
	return &to->f[to->n++];
}

/* @fields: NAME:WIDTH NAME:WIDTH ..., where width 0 is what is left of all the bits */
static void add_header(struct stf_fields *to, const char *header, const char *fields, size_t at,
		       size_t bits)
{
	size_t left = bits;
	bool first = true;

	for (const char *p = fields; (p = strchr(p, ':')); p++)
		left -= strtoul(p + 1, NULL, 10);
	for (; *fields; first = false) {
		int n = (int)strcspn(fields, ":");
		size_t width = strtoul(fields + n + 1, NULL, 10);
		struct stf_field *f = add(to, (struct stf_field){ .first = first, .at = at });

		f->bits = width ? width : left;
		snprintf(f->header, sizeof(f->header), "%s", header);
		snprintf(f->name, sizeof(f->name), "%.*s", n, fields);
		at += f->bits;
		fields += strcspn(fields, " ");
		fields += *fields == ' ';
	}
}

void tp4_extracted(struct tp4_ctx *c, uint64_t bits, uint32_t next, const char *header,
		   const char *fields)
{
	const char *dot = strstr(header, ".next");
	char name[96];

	snprintf(name, sizeof(name), "%s", header);
	if (dot)
		snprintf(name, sizeof(name), "%.*s[%u]%s", (int)(dot - header), header, next,
			 dot + 5);
	add_header(c->sw->arg, name, fields, c->p.pos - bits, bits);
}

/* Run the program on the packet, as far as it takes to have it parsed. */
static void parse(struct stf *s, struct stf_fields *to, uint32_t port, const uint8_t *data,
		  size_t len)
{
	const struct tp4_program *g = s->traced->program;
	struct tp4_switch *sw = calloc(1, sizeof(*sw));
	void *state = calloc(1, g->state_size + 16);
	struct tp4_std std = { .ingress_port = port, .packet_length = (uint32_t)len };
	struct tp4_psa psa = { .ingress_port = port };
	struct tp4_ctx c = s->p->ctx; /* with the test's tables and value sets */

	if (!sw || !state)
		abort();
	sw->arg = to;
	c.sw = sw;
	c.p = (struct tp4_packet){ .buf = data,
				   .len = (uint32_t)(len < TP4_PARSE_MAX ? len : TP4_PARSE_MAX),
				   .total_len = (uint32_t)len,
				   .length = (uint32_t)len,
				   .port = port,
				   .timestamp = s->sw.now };
	if (g->run)
		g->run(&c);
	else if (g->parse)
		g->parse(&c, state, &std);
	else
		g->psa_ingress(&c, state, &psa);
	free(state);
	free(sw);
}

static unsigned int two(const uint8_t *data)
{
	return (unsigned int)data[0] << 8 | data[1];
}

static void usual(struct stf_fields *to, const uint8_t *data, size_t len)
{
	size_t at = 14;

	if (len < at)
		return;
	add_header(to, "eth", "dst:48 src:48 type:16", 0, 112);
	if (two(data + 12) == 0x8100 && len >= 18) {
		add_header(to, "vlan", "tci:16 type:16", 112, 32);
		at = 18;
	}
	if (two(data + at - 2) != 0x0800 || len < at + 20)
		return;
	add_header(to, "ip",
		   "version:4 ihl:4 tos:8 len:16 id:16 flags:3 fragment:13 ttl:8 proto:8 csum:16 "
		   "src:32 dst:32",
		   at * 8, 160);
	if ((data[at + 9] == 6 || data[at + 9] == 17) && len >= at + 24)
		add_header(to, data[at + 9] == 6 ? "tcp" : "udp", "sport:16 dport:16",
			   (at + 20) * 8, 32);
}

static void trace_make(struct stf *s)
{
	void *object;
	size_t len;

	if (s->asked)
		return;
	s->asked = true;
	if (!s->o->traced || !s->o->traced(s->o->arg, &object, &len))
		return;
	if (pipeline_load(object, len, &s->traced, NULL))
		s->traced = NULL;
	free(object);
}

void stf_dissect(struct stf *s, struct stf_fields *to, uint32_t port, const struct stf_packet *k,
		 const struct stf_packet *like)
{
	struct stf_fields found = { 0 };
	size_t n = k ? bits_of(k) : 0, len, at = 0;
	uint8_t *data;

	if (!n)
		return;
	len = (n + 7) / 8;
	if (like && bit(k, n) == ANY && like->len > len)
		len = like->len;
	data = calloc(1, len + TP4_PARSE_PAD);
	if (!data)
		abort();
	for (size_t i = 0; i < len * 8; i++) {
		int b = bit(k, i);

		if (b == ANY && like)
			b = bit(like, i);
		data[i / 8] |= (uint8_t)((b == 1) << (7 - i % 8));
	}
	trace_make(s);
	if (s->traced)
		parse(s, &found, port, data, len);
	if (!found.n)
		usual(&found, data, len);
	free(data);
	for (size_t i = 0; i < found.n && found.f[i].at < n; i++) {
		const struct stf_field *f = &found.f[i];

		if (f->at > at)
			add(to, (struct stf_field){ "skipped", "", at, f->at - at, true, false });
		add(to, *f);
		at = f->at + f->bits;
	}
	free(found.f);
	if (at < n)
		add(to, (struct stf_field){ "payload", "", at, n - at, true, false });
}

bool stf_differs(const struct stf_packet *want, const struct stf_packet *have, size_t at,
		 size_t bits)
{
	for (size_t end = at + bits; at < end; at++)
		if (bit(want, at) != ANY && bit(want, at) != bit(have, at))
			return true;
	return false;
}

static void mark(struct stf_fields *l, const struct stf_packet *want, const struct stf_packet *have)
{
	for (size_t i = 0; i < l->n; i++)
		l->f[i].differs = stf_differs(want, have, l->f[i].at, l->f[i].bits);
}

char *stf_compare(struct stf_fields *wanted, struct stf_fields *came, const struct stf_packet *want,
		  const struct stf_packet *have)
{
	char *names = NULL;
	size_t size;
	FILE *f = open_memstream(&names, &size);

	if (!f)
		abort();
	if (want && have) {
		mark(wanted, want, have);
		mark(came, want, have);
	}
	for (size_t i = 0; i < wanted->n; i++)
		if (wanted->f[i].differs)
			fprintf(f, "%s%s%s%s", ftell(f) ? ", " : "", wanted->f[i].header,
				*wanted->f[i].name ? "." : "", wanted->f[i].name);
	if (fclose(f))
		abort();
	return names;
}

/* The number in hexadecimal, with * where not all is known */
static void value(struct stf *s, const struct stf_packet *k, size_t at, size_t bits)
{
	for (size_t end = at + bits; at < end;) {
		size_t n = (end - at) % 4 ? (end - at) % 4 : 4;
		bool known = true;
		int v = 0;

		for (; n; n--, at++) {
			known &= bit(k, at) < ANY;
			v = v << 1 | (bit(k, at) & 1);
		}
		fputc(known ? "0123456789abcdef"[v] : '*', s->out);
	}
}

void stf_show(struct stf *s, const char *what, const struct stf_fields *fields,
	      const struct stf_packet *k)
{
	size_t n = k ? bits_of(k) : 0;

	if (!k)
		return;
	fprintf(s->out, "  %-8s ", what);
	if (!k->data && !k->pattern) {
		fprintf(s->out, "any packet\n");
		return;
	}
	for (size_t i = 0; i < n; i += 32) {
		if (i)
			fputc(' ', s->out);
		value(s, k, i, n - i < 32 ? n - i : 32);
	}
	fprintf(s->out, " (%zu byte%s)\n", (n + 7) / 8, (n + 7) / 8 == 1 ? "" : "s");
	for (size_t i = 0; i < fields->n; i++) {
		const struct stf_field *f = &fields->f[i];
		size_t shown = f->bits;

		if (f->first)
			fprintf(s->out, "%s           %s", i ? "\n" : "", f->header);
		if (!*f->name && shown > PAYLOAD_SHOWN * 8)
			shown = PAYLOAD_SHOWN * 8;
		fprintf(s->out, " %s%s%s", f->differs ? "[" : "", f->name, *f->name ? "=" : "");
		value(s, k, f->at, shown);
		fprintf(s->out, "%s%s", shown < f->bits ? "..." : "", f->differs ? "]" : "");
	}
	if (fields->n)
		fputc('\n', s->out);
}
