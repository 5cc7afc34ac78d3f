/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* stf.c - play a packet test: statements in order, packets in and out, the verdict. */
#include "runtime/stf_run.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "control/line.h"

static void tell(struct stf *s, const struct stf_message *m)
{
	s->failures += m->kind == STF_FAILED;
	if (s->o->tell)
		s->o->tell(s->o->arg, m);
	else if (m->line)
		fprintf(s->out, "%s:%d: %s\n", s->o->test, m->line, m->text);
	else
		fprintf(s->out, "transp4: %s: %s\n", s->o->test, m->text);
}

void stf_tell(struct stf *s, enum stf_kind kind, const char *fmt, ...)
{
	struct stf_message m = { .kind = kind, .line = s->line };
	char *text;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		abort();
	va_end(ap);
	m.text = text;
	tell(s, &m);
	free(text);
}

static struct stf_port *port_of(struct stf *s, uint32_t number)
{
	struct stf_port *p;

	for (p = s->ports; p; p = p->next)
		if (p->number == number)
			return p;
	p = calloc(1, sizeof(*p));
	if (!p)
		abort();
	p->number = number;
	p->next = s->ports;
	s->ports = p;
	return p;
}

static void got(void *arg, uint32_t port, const uint8_t *data, uint32_t len)
{
	struct stf *s = arg;
	struct stf_port *p = port_of(s, port);
	struct stf_packet *k = calloc(1, sizeof(*k)), **at;

	if (!k || !(k->data = malloc(len + 1)))
		abort();
	memcpy(k->data, data, len);
	k->len = len;
	k->line = s->line;
	for (at = &p->got; *at; at = &(*at)->next)
		;
	*at = k;
}

/* Hex digits, '*', '$'; blanks do not count. NULL: something else is there */
static char *digits(const char *text, bool wild)
{
	char *d = malloc(strlen(text) + 1);
	size_t n = 0;

	if (!d)
		abort();
	for (; *text; text++) {
		if (isspace((unsigned char)*text))
			continue;
		if (!isxdigit((unsigned char)*text) && !(wild && (*text == '*' || *text == '$'))) {
			free(d);
			return NULL;
		}
		d[n++] = (char)tolower((unsigned char)*text);
	}
	d[n] = 0;
	return d;
}

static int nibble(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

static bool read_port(const char **rest, uint32_t *port)
{
	uint64_t v;

	if (!stf_number(rest, &v) || (**rest && !isspace((unsigned char)**rest)))
		return false;
	*port = (uint32_t)v;
	return true;
}

static void show_reports(struct stf *s)
{
	struct pipeline_digest d;
	const char *l;

	while ((l = pipeline_log_next(s->p)))
		if (s->o->verbose)
			stf_tell(s, STF_NOTE, "log: %s", l);
	while (pipeline_digest_next(s->p, &d)) {
		char text[TP4_DIGEST_MAX * 3 + 1], *end = text;

		*end = 0;
		for (size_t k = 0; k < d.n_members; k++) {
			end = stpcpy(end, " ");
			end = stf_hex(end, d.members[k].data, d.members[k].len);
		}
		if (s->o->verbose)
			stf_tell(s, STF_NOTE, "digest 0x%08x:%s", d.id, text);
	}
}

/* The clock of packets is the same in every run: it starts at a second, as a switch does. */
#define START_NS  1000000000U
#define PACKET_NS 1000000U

static bool do_packet(struct stf *s, const char *rest)
{
	uint32_t port, n;
	uint8_t *data;
	char *d = NULL;

	if (!read_port(&rest, &port) || !(d = digits(rest, false))) {
		stf_tell(s, STF_UNREADABLE, "expected: packet PORT HEX");
		return false;
	}
	port_of(s, port)->named = true;
	n = (uint32_t)(strlen(d) + 1) / 2;
	data = malloc(n + 1);
	if (!data)
		abort();
	/* A last digit alone is a byte of that value, which some tests count on. */
	for (uint32_t i = 0; i < n; i++) {
		const char *at = d + 2 * i;

		data[i] = (uint8_t)(at[1] ? nibble(at[0]) << 4 | nibble(at[1]) : nibble(at[0]));
	}
	if (switch_inject(s->p, &s->sw, port, data, n))
		stf_tell(s, STF_FAILED, "out of memory");
	s->sw.now += PACKET_NS;
	show_reports(s);
	free(data);
	free(d);
	return true;
}

/* wait [SECONDS]: packets come later by so much. */
static bool do_wait(struct stf *s, const char *rest)
{
	char *end;
	double seconds = strtod(rest, &end);

	while (isspace((unsigned char)*end))
		end++;
	if (*end || !(seconds >= 0 && seconds < 1e9)) {
		stf_tell(s, STF_UNREADABLE, "expected: wait [SECONDS]");
		return false;
	}
	s->sw.now += (uint64_t)(seconds * 1e9);
	return true;
}

static bool do_expect(struct stf *s, const char *rest)
{
	struct stf_packet *k = calloc(1, sizeof(*k)), **at;
	struct stf_port *p;
	uint32_t port;

	if (!k)
		abort();
	if (!read_port(&rest, &port) || !(k->pattern = digits(rest, true)) ||
	    strcspn(k->pattern, "$") + 1 < strlen(k->pattern)) {
		free(k->pattern);
		free(k);
		stf_tell(s, STF_UNREADABLE, "expected: expect PORT [HEX*][$]");
		return false;
	}
	p = port_of(s, port);
	p->named = true;
	k->line = s->line;
	if (!*k->pattern) {
		free(k->pattern);
		k->pattern = NULL; /* any content */
	}
	for (at = &p->want; *at; at = &(*at)->next)
		;
	*at = k;
	return true;
}

static bool matches(const struct stf_packet *want, const struct stf_packet *have, size_t *where)
{
	const char *w = want->pattern;
	size_t i;

	for (i = 0; w && w[i] && w[i] != '$'; i++) {
		*where = i / 2;
		if (i / 2 >= have->len)
			return false;
		if (w[i] != '*' && nibble(w[i]) != (have->data[i / 2] >> (i % 2 ? 0 : 4) & 15))
			return false;
	}
	*where = i / 2;
	return !w || w[i] != '$' || have->len == (i + 1) / 2;
}

char *stf_hex(char *to, const uint8_t *data, size_t len)
{
	*to = 0;
	for (size_t i = 0; i < len; i++)
		to += sprintf(to, "%02x", data[i]);
	return to;
}

/* @want, @have: what was expected and came instead; NULL: nothing */
static void differ(struct stf *s, uint32_t port, const struct stf_packet *want,
		   const struct stf_packet *have, const char *what)
{
	struct stf_message m = { .kind = STF_FAILED, .line = want ? want->line : have->line };
	struct stf_fields wanted = { 0 }, came = { 0 };
	char *text, *names, *hex = NULL;
	size_t *bytes = NULL;

	stf_dissect(s, &wanted, port, want, have);
	stf_dissect(s, &came, port, have, NULL);
	names = stf_compare(&wanted, &came, want, have);
	if (asprintf(&text, "port %u%s%s%s", port, what, *names ? ": " : "", names) < 0)
		abort();
	m.text = text;
	if (want)
		m.expected = want->pattern ? want->pattern : "";
	if (have) {
		hex = malloc((size_t)have->len * 2 + 1);
		if (!hex)
			abort();
		stf_hex(hex, have->data, have->len);
		m.got = hex;
	}
	if (want && have) {
		size_t n = want->pattern ? strlen(want->pattern) / 2 + 1 : 0;

		n = n > have->len ? n : have->len;
		m.bytes = bytes = malloc((n + 1) * sizeof(*bytes));
		if (!bytes)
			abort();
		for (size_t i = 0; i < n; i++)
			if (stf_differs(want, have, i * 8, 8))
				bytes[m.n_bytes++] = i;
	}
	tell(s, &m);
	if (!s->o->tell) {
		stf_show(s, "expected", &wanted, want);
		stf_show(s, "got", &came, have);
	}
	free(wanted.f);
	free(came.f);
	free(names);
	free(text);
	free(hex);
	free(bytes);
}

static void compare(struct stf *s)
{
	char what[64];

	for (struct stf_port *p = s->ports; p; p = p->next) {
		struct stf_packet *w = p->want, *h = p->got;
		int n = 1;

		if (!p->named)
			continue; /* nothing is plugged in there */
		for (; w && h; w = w->next, h = h->next, n++) {
			size_t at = 0;

			s->line = w->line;
			if (!matches(w, h, &at)) {
				snprintf(what, sizeof(what), ", packet %d differs at byte %zu", n,
					 at);
				differ(s, p->number, w, h, what);
			} else if (s->o->verbose) {
				stf_tell(s, STF_NOTE, "port %u, packet %d: as expected", p->number,
					 n);
				if (!s->o->tell)
					stf_show(s, "got", &(struct stf_fields){ 0 }, h);
			}
		}
		for (; w; w = w->next)
			differ(s, p->number, w, NULL, ": a packet is missing");
		for (; h; h = h->next)
			differ(s, p->number, NULL, h, ": a packet too many");
	}
	/* Where a missing packet may have gone */
	for (struct stf_port *p = s->ports; p && s->failures; p = p->next) {
		if (p->named || !p->got)
			continue;
		s->line = p->got->line;
		stf_tell(s, STF_NOTE,
			 "port %u: a packet came, but no line of the test has this port",
			 p->number);
	}
}

static const struct {
	const char *name;
	bool (*run)(struct stf *s, const char *rest);
} statements[] = {
	{ "packet", do_packet },
	{ "expect", do_expect },
	{ "add", stf_add },
	{ "setdefault", stf_setdefault },
	{ "check_counter", stf_check_counter },
	{ "counter_read", stf_counter_read },
	{ "counter_write", stf_counter_write },
	{ "register_read", stf_register_read },
	{ "register_write", stf_register_write },
	{ "register_reset", stf_register_reset },
	{ "meter_get_rates", stf_meter_show },
	{ "meter_set_rates", stf_meter_rates },
	{ "meter_array_set_rates", stf_meter_array },
	{ "mirroring_add", stf_mirror_add },
	{ "mirroring_add_mc", stf_mirror_add_mc },
	{ "mirroring_delete", stf_mirror_delete },
	{ "mirroring_get", stf_nothing },
	{ "mc_mgrp_create", stf_group_create },
	{ "mc_node_create", stf_node_create },
	{ "mc_node_associate", stf_node_associate },
	{ "no_packet", stf_nothing },
	{ "wait", do_wait },
	{ "remove", stf_remove },
	{ "gauge_set", stf_gauge_set },
	{ "owner_add", stf_owner_add },
};

static bool statement(struct stf *s, char *text)
{
	char word[64];
	size_t n = 0;

	while (isspace((unsigned char)*text))
		text++;
	if (!*text || *text == '#')
		return true;
	while (text[n] && !isspace((unsigned char)text[n]) && n < sizeof(word) - 1) {
		word[n] = (char)tolower((unsigned char)text[n]);
		n++;
	}
	word[n] = 0;
	if (strchr(text, '#'))
		*strchr(text, '#') = 0;
	for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++)
		if (!strcmp(statements[i].name, word))
			return statements[i].run(s, text + n);
	stf_tell(s, STF_UNREADABLE, "'%s' is no statement of a packet test", word);
	return false;
}

static void packets_free(struct stf_packet *k)
{
	while (k) {
		struct stf_packet *next = k->next;

		free(k->data);
		free(k->pattern);
		free(k);
		k = next;
	}
}

static void stf_end(struct stf *s)
{
	while (s->ports) {
		struct stf_port *next = s->ports->next;

		packets_free(s->ports->want);
		packets_free(s->ports->got);
		free(s->ports);
		s->ports = next;
	}
	while (s->names) {
		struct stf_name *next = s->names->next;

		free(s->names->name);
		free(s->names);
		s->names = next;
	}
	pipeline_free(s->traced);
	pipeline_free(s->p);
}

enum { PASSED = 0, FAILED = 1, UNREADABLE = 3 };

int stf_run(const struct stf_options *o)
{
	struct stf s = { .o = o, .out = o->out ? o->out : stderr };
	struct pipeline_error err;
	char *text = NULL;
	bool ok = true;
	FILE *f;

	if (pipeline_load(o->object, o->object_len, &s.p, &err)) {
		stf_tell(&s, STF_UNREADABLE, "%s", err.text);
		return UNREADABLE;
	}
	f = fopen(o->test, "r");
	if (!f) {
		stf_tell(&s, STF_UNREADABLE, "%s; name an .stf file", strerror(errno));
		pipeline_free(s.p);
		return UNREADABLE;
	}
	s.p->clock = &s.sw.now;
	s.sw.now = START_NS;
	s.sw.emit = got;
	s.sw.arg = &s;
	while (line_read(&text, f) >= 0) {
		s.line++;
		ok &= statement(&s, text);
	}
	if (errno) {
		s.line++;
		stf_tell(&s, STF_UNREADABLE, "%s; name an .stf file", line_wrong());
		ok = false;
	}
	free(text);
	fclose(f);
	if (ok)
		compare(&s);
	stf_end(&s);
	return !ok ? UNREADABLE : s.failures ? FAILED : PASSED;
}
