/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* stf_show.c - packets for people: bytes, and the usual headers when they are there. */
#include "runtime/stf_run.h"

#include <ctype.h>
#include <string.h>

/* The pattern's or the packet's digit i. */
static char digit(const struct stf_packet *k, size_t i)
{
	static const char hex[] = "0123456789abcdef";

	if (k->pattern)
		return k->pattern[i];
	return i / 2 < k->len ? hex[k->data[i / 2] >> (i % 2 ? 0 : 4) & 15] : 0;
}

static size_t count(const struct stf_packet *k)
{
	size_t n = 0;

	while (digit(k, n) && digit(k, n) != '$')
		n++;
	return n;
}

static void part(struct stf *s, const struct stf_packet *k, const char *name, size_t from,
		 size_t bytes)
{
	fprintf(s->out, " %s=", name);
	for (size_t i = from * 2; i < (from + bytes) * 2; i++)
		fputc(digit(k, i), s->out);
}

static bool is(const struct stf_packet *k, size_t byte, const char *hex)
{
	for (size_t i = 0; hex[i]; i++)
		if (digit(k, byte * 2 + i) != hex[i])
			return false;
	return true;
}

void stf_show(struct stf *s, const char *what, const struct stf_packet *k)
{
	size_t n = k->pattern || k->data ? count(k) : 0, at = 14;

	fprintf(s->out, "  %-8s ", what);
	if (!k->pattern && !k->data) {
		fprintf(s->out, "any packet\n");
		return;
	}
	for (size_t i = 0; i < n; i++)
		fprintf(s->out, "%s%c", i && i % 8 == 0 ? " " : "", digit(k, i));
	fprintf(s->out, " (%zu bytes)\n", (n + 1) / 2);
	if (n < 28)
		return;
	fprintf(s->out, "           eth");
	part(s, k, "dst", 0, 6);
	part(s, k, "src", 6, 6);
	part(s, k, "type", 12, 2);
	if (is(k, 12, "8100") && n >= 36) {
		fprintf(s->out, "; vlan");
		part(s, k, "tci", 14, 2);
		part(s, k, "type", 16, 2);
		at = 18;
	}
	if (is(k, at - 2, "0800") && n >= (at + 20) * 2) {
		fprintf(s->out, "; ip");
		part(s, k, "tos", at + 1, 1);
		part(s, k, "len", at + 2, 2);
		part(s, k, "ttl", at + 8, 1);
		part(s, k, "proto", at + 9, 1);
		part(s, k, "csum", at + 10, 2);
		part(s, k, "src", at + 12, 4);
		part(s, k, "dst", at + 16, 4);
		if (n >= (at + 24) * 2 && (is(k, at + 9, "06") || is(k, at + 9, "11"))) {
			fprintf(s->out, "; %s", is(k, at + 9, "06") ? "tcp" : "udp");
			part(s, k, "sport", at + 20, 2);
			part(s, k, "dport", at + 22, 2);
		}
	}
	fputc('\n', s->out);
}
