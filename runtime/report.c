/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * report.c - what a program tells the outside: digests and log messages.
 *
 * Each kind waits in a ring of fixed size until somebody asks; what comes while
 * it is full is counted as lost, so a packet flood costs neither memory nor time.
 */
#include "runtime/pipeline_state.h"

#include <stdio.h>
#include <stdlib.h>

#define RING      256 /* a power of two */
#define LINE_MAX_ 1000

struct report {
	struct {
		uint32_t digest, len; /* digest: index in the program's list */
		uint64_t timestamp;
		uint8_t data[TP4_DIGEST_MAX];
	} digests[RING];
	char lines[RING][LINE_MAX_];
	uint32_t digest_first, digest_end, line_first, line_end; /* run freely */
	struct pipeline_lost lost;
};

static struct report *report_of(struct tp4_ctx *c)
{
	struct pipeline *p = c->host;

	if (p && !p->reports)
		p->reports = calloc(1, sizeof(*p->reports)); /* the first one only */
	return p ? p->reports : NULL;
}

void report_free(struct report *r)
{
	free(r);
}

void tp4_digest(struct tp4_ctx *c, uint32_t digest, const uint8_t *data, uint32_t len)
{
	struct report *r = report_of(c);
	uint32_t i;

	if (!r)
		return;
	if (r->digest_end - r->digest_first >= RING || len > TP4_DIGEST_MAX) {
		r->lost.digests++;
		return;
	}
	i = r->digest_end++ % RING;
	r->digests[i].digest = digest;
	r->digests[i].len = len;
	r->digests[i].timestamp = c->p.timestamp;
	memcpy(r->digests[i].data, data, len);
}

/* A log is text, whatever the program's strings hold; room for a number is left behind it. */
static size_t line_add(char *line, size_t at, const char *text, size_t n)
{
	for (; n && text && *text && at < LINE_MAX_ - 24; text++, n--)
		line[at++] = (unsigned char)*text < 0x20 ? ' ' : *text;
	return at;
}

static size_t line_add_value(char *line, size_t at, const char *text, const uint64_t **values)
{
	for (; *text && at < LINE_MAX_ - 24; text++) {
		unsigned long long v;

		if (*text != '%') {
			line[at++] = *text;
			continue;
		}
		v = *(*values)++;
		switch (*++text) {
		case 'u': at += (size_t)sprintf(line + at, "%llu", v); break;
		case 'd': at += (size_t)sprintf(line + at, "%lld", (long long)v); break;
		case 'x': at += (size_t)sprintf(line + at, "%016llx", v); break;
		case 's': at = line_add(line, at, (const char *)(uintptr_t)v, SIZE_MAX); break;
		}
	}
	return at;
}

void tp4_log(struct tp4_ctx *c, const char *format, const char *const *texts, uint32_t n,
	     const uint64_t *values)
{
	struct report *r = report_of(c);
	size_t at = 0;
	char *line;

	if (!r)
		return;
	if (r->line_end - r->line_first >= RING) {
		r->lost.logs++;
		return;
	}
	line = r->lines[r->line_end++ % RING];
	for (; n--; format += 2) {
		const char *place = strstr(format, "{}");

		if (!place)
			break;
		at = line_add(line, at, format, (size_t)(place - format));
		at = line_add_value(line, at, *texts++, &values);
		format = place;
	}
	at = line_add(line, at, format, SIZE_MAX);
	line[at] = 0;
}

bool pipeline_digest_next(struct pipeline *p, struct pipeline_digest *out)
{
	struct report *r = p->reports;
	const struct tp4_digest_desc *d;
	uint32_t i, at = 0;

	if (!r || r->digest_first == r->digest_end)
		return false;
	i = r->digest_first++ % RING;
	d = &p->program->digests[r->digests[i].digest];
	*out = (struct pipeline_digest){ .id = d->id, .timestamp = r->digests[i].timestamp };
	for (uint32_t k = 0; k < d->n_widths && out->n_members < PIPELINE_DIGEST_MEMBERS; k++) {
		uint32_t n = (d->widths[k] + 7) / 8;

		if (at + n > r->digests[i].len)
			break;
		out->members[out->n_members++] =
			(struct pipeline_bytes){ r->digests[i].data + at, n };
		at += n;
	}
	return true;
}

const char *pipeline_log_next(struct pipeline *p)
{
	struct report *r = p->reports;

	if (!r || r->line_first == r->line_end)
		return NULL;
	return r->lines[r->line_first++ % RING];
}

struct pipeline_lost pipeline_lost(const struct pipeline *p)
{
	return p->reports ? p->reports->lost : (struct pipeline_lost){ 0 };
}
