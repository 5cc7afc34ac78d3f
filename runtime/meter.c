/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * meter.c - two rate, three colour meters (RFC 2698, colour blind).
 *
 * A cell without rates is always green, as P4Runtime asks of an unset meter.
 */
#include "runtime/meter.h"
#include "runtime/pipeline_state.h"

#include <stdlib.h>

enum { GREEN, YELLOW, RED };

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

/* Tokens are counted in billionths, so that slow rates fill, too. */
static void fill(uint64_t *bucket, uint64_t rate, uint64_t burst, uint64_t elapsed)
{
	unsigned __int128 more = (unsigned __int128)rate * elapsed + *bucket;
	unsigned __int128 most = (unsigned __int128)burst * 1000000000U;

	*bucket = (uint64_t)(more > most ? most : more);
}

uint32_t meter_cell_run(struct meter_cell *m, uint64_t amount, uint64_t now)
{
	uint64_t need = amount * 1000000000U;

	if (!m->set)
		return GREEN;
	if (now > m->last) {
		fill(&m->committed, m->cir, m->cburst, now - m->last);
		fill(&m->peak, m->pir, m->pburst, now - m->last);
		m->last = now;
	}
	if (m->peak < need)
		return RED;
	m->peak -= need;
	if (m->committed < need)
		return YELLOW;
	m->committed -= need;
	return GREEN;
}

void meter_cell_set(struct meter_cell *m, uint64_t cir, uint64_t cburst, uint64_t pir, uint64_t pburst)
{
	*m = (struct meter_cell){ .set = true, .cir = cir, .cburst = cburst, .pir = pir, .pburst = pburst,
				  .committed = cburst * 1000000000U, .peak = pburst * 1000000000U };
}

struct meter_cell *meter_cell(void *meter, uint64_t index)
{
	struct meter *m = meter;

	return index < m->size ? &m->cell[index] : NULL;
}

uint32_t tp4_meter_run(void *meter, uint64_t index, uint32_t packet_len, uint64_t now)
{
	struct meter *m = meter;

	if (index >= m->size)
		return GREEN;
	return meter_cell_run(&m->cell[index], m->packets ? 1 : packet_len, now);
}

/* Direct meters have no rates yet: every entry is green. */
uint32_t tp4_direct_meter_run(struct tp4_table *t, struct tp4_entry *e, uint32_t packet_len, uint64_t now)
{
	(void)t;
	(void)e;
	(void)packet_len;
	(void)now;
	return GREEN;
}
