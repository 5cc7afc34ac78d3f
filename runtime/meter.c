/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * meter.c - two rate, three colour meters (RFC 2698, colour aware).
 *
 * A cell without rates is always green, as P4Runtime asks of an unset meter.
 */
#include "runtime/meter.h"
#include "runtime/pipeline_state.h"

#include <stdlib.h>
#include <string.h>

struct meter {
	uint64_t size;
	bool packets;
	struct meter_cell cell[];
};

void *meter_new(const struct tp4_meter_desc *desc)
{
	struct meter *m;

	if (desc->size > UINT64_MAX / 2 / sizeof(struct meter_cell))
		return NULL;
	m = calloc(1, sizeof(*m) + desc->size * sizeof(struct meter_cell));
	if (m) {
		m->size = desc->size;
		m->packets = desc->unit == TP4_PACKETS;
	}
	return m;
}

void meter_free(void *meter)
{
	free(meter);
}

void meter_copy(void *to, const void *from)
{
	const struct meter *m = from;

	memcpy(to, from, sizeof(*m) + m->size * sizeof(m->cell[0]));
}

/* Tokens are counted in billionths, so that slow rates fill, too. */
static uint64_t tokens(uint64_t n)
{
	return n < UINT64_MAX / 1000000000U ? n * 1000000000U : UINT64_MAX;
}

static void fill(uint64_t *bucket, uint64_t rate, uint64_t burst, uint64_t elapsed)
{
	unsigned __int128 more = (unsigned __int128)rate * elapsed + *bucket;

	*bucket = more < tokens(burst) ? (uint64_t)more : tokens(burst);
}

/* A packet's colour never gets better. */
static uint32_t meter_cell_run(struct meter_cell *m, uint64_t amount, uint64_t now, uint32_t colour)
{
	uint64_t need = tokens(amount);

	if (!m->set)
		return colour;
	if (now > m->last) {
		fill(&m->committed, m->cir, m->cburst, now - m->last);
		fill(&m->peak, m->pir, m->pburst, now - m->last);
		m->last = now;
	}
	if (colour == TP4_RED || m->peak < need)
		return TP4_RED;
	m->peak -= need;
	if (colour == TP4_YELLOW || m->committed < need)
		return TP4_YELLOW;
	m->committed -= need;
	return TP4_GREEN;
}

void meter_cell_set(struct meter_cell *m, uint64_t cir, uint64_t cburst, uint64_t pir,
		    uint64_t pburst)
{
	*m = (struct meter_cell){ .set = true,
				  .cir = cir,
				  .cburst = cburst,
				  .pir = pir,
				  .pburst = pburst,
				  .committed = tokens(cburst),
				  .peak = tokens(pburst) };
}

struct meter_cell *meter_cell(void *meter, uint64_t index)
{
	struct meter *m = meter;

	return index < m->size ? &m->cell[index] : NULL;
}

uint32_t tp4_meter_run(void *meter, uint64_t index, uint32_t colour, struct tp4_ctx *c)
{
	struct meter *m = meter;

	if (index >= m->size)
		return colour;
	return meter_cell_run(&m->cell[index], m->packets ? 1 : c->p.total_len, c->p.timestamp,
			      colour);
}

uint32_t tp4_direct_meter_run(struct tp4_entry *e, bool packets, uint32_t colour, struct tp4_ctx *c)
{
	if (!e || !e->meter)
		return colour;
	return meter_cell_run(e->meter, packets ? 1 : c->p.total_len, c->p.timestamp, colour);
}
