/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pipeline_cell.c - counters and registers in P4Runtime's terms. */
#include "runtime/pipeline_entry.h"

#include <errno.h>
#include <string.h>

static struct tp4_counter *find_counter(struct pipeline *p, uint32_t id)
{
	for (uint32_t i = 0; i < p->program->n_counters; i++)
		if (p->program->counters[i].id == id)
			return &p->ctx.counters[i];
	return NULL;
}

int pipeline_counter_read(struct pipeline *p, uint32_t id, uint64_t index,
			  struct pipeline_count *out)
{
	struct tp4_counter *c = find_counter(p, id);

	if (!c)
		return -ENOENT;
	if (index >= c->size)
		return -ERANGE;
	*out = (struct pipeline_count){ c->cell[index].packets, c->cell[index].bytes };
	return 0;
}

int pipeline_counter_write(struct pipeline *p, uint32_t id, uint64_t index,
			   const struct pipeline_count *in)
{
	struct tp4_counter *c = find_counter(p, id);

	if (!c)
		return -ENOENT;
	if (index >= c->size)
		return -ERANGE;
	c->cell[index].packets = in->packets;
	c->cell[index].bytes = in->bytes;
	return 0;
}

int pipeline_counter_size(struct pipeline *p, uint32_t id, uint64_t *size)
{
	struct tp4_counter *c = find_counter(p, id);

	if (!c)
		return -ENOENT;
	*size = c->size;
	return 0;
}

static int find_register(struct pipeline *p, uint32_t id)
{
	for (uint32_t i = 0; i < p->program->n_registers; i++)
		if (p->program->registers[i].id == id)
			return (int)i;
	return -1;
}

/* 0 with the register's description and the cell, or -errno. */
static int register_cell(struct pipeline *p, uint32_t id, uint64_t index, bool make,
			 const struct tp4_register_desc **d, uint8_t **cell)
{
	int i = find_register(p, id);

	if (i < 0)
		return -ENOENT;
	*d = &p->program->registers[i];
	if (p->ctx.registers[i].keys)
		index = tp4_register_find(&p->ctx.registers[i], index, make);
	if (index >= p->ctx.registers[i].size)
		return -ERANGE;
	*cell = (uint8_t *)p->ctx.registers[i].cell + index * (*d)->cell;
	return 0;
}

/* How many of a number's bytes say nothing: zeros, or copies of the sign (P4Runtime, 8.3). */
static size_t bytes_spare(const uint8_t *value, size_t len, bool is_signed)
{
	bool negative = is_signed && len && value[0] >> 7;
	size_t n = 0;

	while (n + 1 < len && value[n] == (negative ? 0xff : 0) &&
	       (!is_signed || value[n + 1] >> 7 == negative))
		n++;
	return n;
}

int pipeline_register_read(struct pipeline *p, uint32_t id, uint64_t index, uint8_t *value,
			   size_t size, size_t *len)
{
	const struct tp4_register_desc *d;
	uint8_t *cell;
	int err = register_cell(p, id, index, false, &d, &cell);
	uint32_t n, top;
	size_t spare;

	if (err)
		return err;
	n = (d->width + 7) / 8;
	top = d->width % 8;
	if (!n || n > size)
		return -EINVAL;
	for (uint32_t b = 0; b < n; b++)
		value[n - 1 - b] = cell[b];
	if (top)
		value[0] &= (uint8_t)((1U << top) - 1);
	if (top && d->is_signed && value[0] >> (top - 1))
		value[0] |= (uint8_t)(0xffU << top);
	spare = bytes_spare(value, n, d->is_signed);
	*len = n - spare;
	memmove(value, value + spare, *len);
	return 0;
}

int pipeline_register_write(struct pipeline *p, uint32_t id, uint64_t index, const uint8_t *value,
			    size_t len)
{
	const struct tp4_register_desc *d;
	uint8_t be[TP4_FIELD_MAX], *cell;
	int err = register_cell(p, id, index, true, &d, &cell);
	struct pipeline_bytes b;
	size_t spare;
	uint32_t n;

	if (err)
		return err;
	n = (d->width + 7) / 8;
	spare = bytes_spare(value, len, d->is_signed);
	b = (struct pipeline_bytes){ value + spare, len - spare };
	if (!n || n > sizeof(be) || !b.len || b.len > n)
		return -EINVAL;
	if (d->is_signed) {
		bool negative = b.data[0] >> 7;
		uint32_t top = d->width % 8;

		/* All bits above the sign are copies of it. */
		if (top && b.len == n &&
		    b.data[0] >> (top - 1) != (negative ? 0xff >> (top - 1) : 0))
			return -EINVAL;
		memset(be, negative ? 0xff : 0, n);
		memcpy(be + n - b.len, b.data, b.len);
		if (top)
			be[0] &= (uint8_t)((1U << top) - 1);
	} else if (!pipeline_place_bytes(be, n, d->width, &b)) {
		return -EINVAL;
	}
	pipeline_place_native(cell, d->cell, be, n, d->width, d->is_signed);
	return 0;
}

int pipeline_register_size(struct pipeline *p, uint32_t id, uint64_t *size)
{
	int i = find_register(p, id);

	if (i < 0)
		return -ENOENT;
	*size = p->program->registers[i].size;
	return 0;
}
