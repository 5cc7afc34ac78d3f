/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pipeline_keep.c - what a program that takes over keeps of the one before it, but for entries. */
#include "runtime/pipeline_entry.h"

#include <errno.h>
#include <string.h>

static void counters_keep(struct pipeline *to, const struct pipeline *from)
{
	for (uint32_t i = 0; i < to->program->n_counters; i++) {
		const struct tp4_counter_desc *b = &to->program->counters[i];

		for (uint32_t k = 0; k < from->program->n_counters; k++) {
			const struct tp4_counter_desc *a = &from->program->counters[k];

			if (!strcmp(a->name, b->name) && a->size == b->size && a->unit == b->unit)
				memcpy(to->ctx.counters[i].cell, from->ctx.counters[k].cell,
				       b->size * sizeof(*to->ctx.counters[i].cell));
		}
	}
}

/* Of structures nobody knows whether they are the same. */
static void registers_keep(struct pipeline *to, const struct pipeline *from)
{
	for (uint32_t i = 0; i < to->program->n_registers; i++) {
		const struct tp4_register_desc *b = &to->program->registers[i];
		struct tp4_register *r = &to->ctx.registers[i];

		for (uint32_t k = 0; k < from->program->n_registers; k++) {
			const struct tp4_register_desc *a = &from->program->registers[k];
			const struct tp4_register *old = &from->ctx.registers[k];

			if (strcmp(a->name, b->name) || r->size != old->size || !b->width ||
			    a->width != b->width || a->is_signed != b->is_signed ||
			    a->cell != b->cell || !r->keys != !old->keys)
				continue;
			memcpy(r->cell, old->cell, r->size * b->cell);
			if (r->keys)
				memcpy(r->keys, old->keys, b->size * sizeof(*r->keys));
		}
	}
}

static void meters_keep(struct pipeline *to, const struct pipeline *from)
{
	for (uint32_t i = 0; i < to->program->n_meters; i++) {
		const struct tp4_meter_desc *b = &to->program->meters[i];

		for (uint32_t k = 0; k < from->program->n_meters; k++) {
			const struct tp4_meter_desc *a = &from->program->meters[k];

			if (!strcmp(a->name, b->name) && a->size == b->size && a->unit == b->unit)
				meter_copy(to->ctx.meters[i], from->ctx.meters[k]);
		}
	}
}

struct set_keep {
	struct tp4_table *to; /* NULL: the program has no such set */
	const char *name;
	struct pipeline_error *err;
};

static int member_keep(void *arg, const struct pipeline_entry *member)
{
	const struct set_keep *k = arg;

	if (!k->to)
		return pipeline_refuse(k->err, -EINVAL, "it has no value set '%s'", k->name);
	return pipeline_set_add(k->to, member, k->err);
}

/* Are the members of one those of the other, too? */
static bool sets_alike(const struct tp4_table_desc *a, const struct tp4_table_desc *b)
{
	bool same = TP4_IS_SET(b->id) && !strcmp(a->name, b->name) && a->n_keys == b->n_keys;

	for (uint32_t i = 0; same && i < a->n_keys; i++)
		same = a->keys[i].id == b->keys[i].id && a->keys[i].width == b->keys[i].width &&
		       a->keys[i].match == b->keys[i].match;
	return same;
}

static int sets_keep(struct pipeline *to, struct pipeline *from, struct pipeline_error *err)
{
	int ret = 0;

	for (uint32_t k = 0; !ret && k < from->program->n_tables; k++) {
		const struct tp4_table_desc *a = &from->program->tables[k];
		struct set_keep keep = { NULL, a->name, err };

		if (!TP4_IS_SET(a->id))
			continue;
		for (uint32_t i = 0; i < to->program->n_tables; i++)
			if (sets_alike(a, &to->program->tables[i]))
				keep.to = to->ctx.tables[i];
		ret = pipeline_set_visit(from, a->id, NULL, member_keep, &keep);
	}
	return ret;
}

int pipeline_keep(struct pipeline *to, struct pipeline *from, struct pipeline_error *err)
{
	counters_keep(to, from);
	registers_keep(to, from);
	meters_keep(to, from);
	return sets_keep(to, from, err);
}
