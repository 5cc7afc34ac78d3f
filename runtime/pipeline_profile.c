/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pipeline_profile.c - members, groups, meters and direct resources in P4Runtime's terms. */
#include "runtime/meter.h"
#include "runtime/pipeline_entry.h"

#include <errno.h>
#include <stdlib.h>

static struct tp4_profile *find(struct pipeline *p, uint32_t id, uint32_t *index)
{
	for (uint32_t i = 0; i < p->program->n_profiles; i++)
		if (p->program->profiles[i].id == id) {
			*index = i;
			return p->ctx.profiles[i];
		}
	return NULL;
}

/* Any table of the profile's; all must list the same actions, since members are shared. */
static const struct tp4_table_desc *table_of(struct pipeline *p, uint32_t profile,
					     struct pipeline_error *err)
{
	const struct tp4_table_desc *first = NULL;

	for (uint32_t i = 0; i < p->program->n_tables; i++) {
		const struct tp4_table_desc *t = &p->program->tables[i];
		bool same = true;

		if (t->profile != (int32_t)profile)
			continue;
		if (!first)
			first = t;
		for (uint32_t k = 0; k < first->n_actions && k < t->n_actions; k++)
			same &= first->actions[k].action == t->actions[k].action;
		if (!same || first->n_actions != t->n_actions) {
			pipeline_refuse(err, -EINVAL,
					"tables '%s' and '%s' share members, but not their actions",
					first->name, t->name);
			return NULL;
		}
	}
	if (!first)
		pipeline_refuse(err, -EINVAL, "no table uses this profile");
	return first;
}

int pipeline_member_update(struct pipeline *p, enum pipeline_update op,
			   const struct pipeline_member *m, struct pipeline_error *err)
{
	struct pipeline_entry e = { .action_id = m->action_id,
				    .args = m->args,
				    .n_args = m->n_args };
	uint8_t data[4096] __attribute__((aligned(16)));
	uint32_t index = 0, action = 0;
	struct tp4_profile *f = find(p, m->profile_id, &index);
	const struct tp4_profile_desc *d = f ? profile_desc(f) : NULL;
	const struct tp4_table_desc *t;
	int slot, ret;

	if (!f)
		return pipeline_refuse(err, -ENOENT, "the program has no action profile 0x%08x",
				       m->profile_id);
	slot = profile_member_slot(f, m->member_id);
	if (!m->member_id)
		return pipeline_refuse(err, -EINVAL, "a member's id is not 0");
	if (op == PIPELINE_INSERT && slot >= 0)
		return pipeline_refuse(err, -EEXIST, "there is a member %u already", m->member_id);
	if (op == PIPELINE_INSERT && profile_by_sets(f))
		return pipeline_refuse(err, -EINVAL,
				       "entries of '%s' have action sets, so it takes no members",
				       d->name);
	if (op == PIPELINE_INSERT && d->size && profile_members(f) >= d->size)
		return pipeline_refuse(err, -ENOSPC, "'%s' is full (%llu members)", d->name,
				       (unsigned long long)d->size);
	if (op != PIPELINE_INSERT && slot < 0)
		return pipeline_refuse(err, -ENOENT, "there is no member %u", m->member_id);
	if (op == PIPELINE_DELETE) {
		if (profile_member_at(f, (uint32_t)slot)->slot.refs)
			return pipeline_refuse(err, -EBUSY, "member %u is in use", m->member_id);
		profile_member_delete(f, (uint32_t)slot);
		return 0;
	}
	t = table_of(p, index, err);
	if (!t)
		return -EINVAL;
	ret = pipeline_action_make(p, t, &e, &action, data, sizeof(data), err);
	if (ret)
		return ret;
	return profile_member_set(f, m->member_id, action, data,
				  p->program->actions[t->actions[action].action].data_size);
}

int pipeline_weight_check(const struct tp4_profile_desc *d, int32_t weight,
			  struct pipeline_error *err)
{
	uint32_t most = d->max_weight ? d->max_weight : 65536;

	if (weight <= 0 || (uint32_t)weight > most)
		return pipeline_refuse(err, -EINVAL, "a weight of '%s' is not 1 .. %u", d->name,
				       most);
	return 0;
}

static int by_id(const void *a, const void *b)
{
	const struct pipeline_group_member *x = a, *y = b;

	return x->member_id < y->member_id ? -1 : x->member_id > y->member_id;
}

/* Has it a member twice?  Negative: nobody knows. */
static int member_twice(const struct pipeline_group *g)
{
	struct pipeline_group_member *sorted = calloc(g->n_members + 1, sizeof(*sorted));
	int twice = 0;

	if (!sorted)
		return -ENOMEM;
	for (size_t i = 0; i < g->n_members; i++)
		sorted[i] = g->members[i];
	qsort(sorted, g->n_members, sizeof(*sorted), by_id);
	for (size_t i = 1; i < g->n_members; i++)
		twice |= sorted[i].member_id == sorted[i - 1].member_id;
	free(sorted);
	return twice;
}

/* What P4Runtime says of a group's size, and of its members (9.2.2). */
static int group_check(const struct tp4_profile *f, int slot, const struct pipeline_group *g,
		       struct pipeline_error *err)
{
	const struct tp4_profile_desc *d = profile_desc(f);
	uint64_t count = 0;
	int ret;

	if (g->max_size < 0 || (d->max_group && !g->max_size) ||
	    (d->max_group && (uint32_t)g->max_size > d->max_group))
		return pipeline_refuse(err, -EINVAL, "groups of '%s' have a max_size of 1 .. %u",
				       d->name, d->max_group ? d->max_group : INT32_MAX);
	if (slot >= 0 && profile_group_at(f, (uint32_t)slot)->max_size != g->max_size)
		return pipeline_refuse(err, -EINVAL, "a group's max_size stays what it was");
	for (size_t i = 0; i < g->n_members; i++) {
		if (profile_member_slot(f, g->members[i].member_id) < 0)
			return pipeline_refuse(err, -ENOENT, "there is no member %u",
					       g->members[i].member_id);
		ret = pipeline_weight_check(d, g->members[i].weight, err);
		if (ret)
			return ret;
		count += d->by_members ? 1 : (uint32_t)g->members[i].weight;
	}
	ret = member_twice(g);
	if (ret)
		return pipeline_refuse(err, ret < 0 ? ret : -EINVAL,
				       "a member is twice in group %u: give it another weight",
				       g->group_id);
	if (g->n_members > 65536 || (g->max_size && count > (uint32_t)g->max_size) ||
	    profile_room(f, slot < 0 ? 0 : profile_group_reference((uint32_t)slot), count))
		return pipeline_refuse(err, -ENOSPC, "group %u is larger than it or '%s' may be",
				       g->group_id, d->name);
	return 0;
}

int pipeline_group_update(struct pipeline *p, enum pipeline_update op,
			  const struct pipeline_group *g, struct pipeline_error *err)
{
	uint32_t index = 0;
	struct tp4_profile *f = find(p, g->profile_id, &index);
	struct profile_choice *list;
	int slot, ret;

	if (!f)
		return pipeline_refuse(err, -ENOENT, "the program has no action profile 0x%08x",
				       g->profile_id);
	if (!profile_desc(f)->selector)
		return pipeline_refuse(err, -EINVAL, "'%s' has no selector, so no groups",
				       profile_desc(f)->name);
	if (!g->group_id)
		return pipeline_refuse(err, -EINVAL, "a group's id is not 0");
	slot = profile_group_slot(f, g->group_id);
	if (op == PIPELINE_INSERT && slot >= 0)
		return pipeline_refuse(err, -EEXIST, "there is a group %u already", g->group_id);
	if (op != PIPELINE_INSERT && slot < 0)
		return pipeline_refuse(err, -ENOENT, "there is no group %u", g->group_id);
	if (op == PIPELINE_DELETE) {
		if (profile_group_at(f, (uint32_t)slot)->slot.refs)
			return pipeline_refuse(err, -EBUSY, "group %u is in use", g->group_id);
		profile_group_delete(f, (uint32_t)slot);
		return 0;
	}
	ret = group_check(f, slot, g, err);
	if (ret)
		return ret;
	list = calloc(g->n_members + 1, sizeof(*list));
	if (!list)
		return -ENOMEM;
	for (size_t i = 0; i < g->n_members; i++)
		list[i] = (struct profile_choice){ (uint32_t)profile_member_slot(
							   f, g->members[i].member_id),
						   g->members[i].weight };
	return profile_group_set(f, g->group_id, g->max_size, list, (uint32_t)g->n_members);
}

/* From *at on, or where @slot is: of the one that @wanted is the id of. */
static bool visit_begin(uint64_t *at, uint32_t wanted, int slot)
{
	if (wanted && slot >= 0)
		*at = (uint64_t)slot;
	return !wanted || slot >= 0;
}

int pipeline_member_visit(struct pipeline *p, uint32_t profile_id, uint32_t wanted, uint64_t *at,
			  int (*visit)(void *arg, const struct pipeline_member *m), void *arg)
{
	uint32_t index = 0;
	struct tp4_profile *f = find(p, profile_id, &index);
	const struct tp4_table_desc *t = f ? table_of(p, index, NULL) : NULL;
	const struct profile_member *m;
	int ret = 0;

	if (!f)
		return -ENOENT;
	if (!t || !visit_begin(at, wanted, profile_member_slot(f, wanted)))
		return 0;
	for (; (m = profile_member_at(f, (uint32_t)*at)); ++*at) {
		struct pipeline_shown shown;
		struct pipeline_entry e = { 0 };

		if (!m->slot.id)
			continue;
		pipeline_args_show(p, t, m->entry, &e, &shown);
		ret = visit(arg, &(struct pipeline_member){ profile_id, m->slot.id, e.action_id,
							    e.args, e.n_args });
		pipeline_shown_free(&shown);
		if (ret || wanted)
			break;
	}
	return ret;
}

int pipeline_group_visit(struct pipeline *p, uint32_t profile_id, uint32_t wanted, uint64_t *at,
			 int (*visit)(void *arg, const struct pipeline_group *g), void *arg)
{
	uint32_t index = 0;
	struct tp4_profile *f = find(p, profile_id, &index);
	const struct profile_group *g;
	int ret = 0;

	if (!f)
		return -ENOENT;
	if (!visit_begin(at, wanted, profile_group_slot(f, wanted)))
		return 0;
	for (; (g = profile_group_at(f, (uint32_t)*at)); ++*at) {
		struct pipeline_group_member *members;

		if (!g->slot.id)
			continue;
		members = calloc(g->n + 1, sizeof(*members));
		if (!members)
			return -ENOMEM;
		for (uint32_t k = 0; k < g->n; k++)
			members[k] = (struct pipeline_group_member){
				profile_member_at(f, g->list[k].slot)->slot.id, g->list[k].weight
			};
		ret = visit(arg, &(struct pipeline_group){ profile_id, g->slot.id, g->max_size,
							   members, g->n });
		free(members);
		if (ret || wanted)
			break;
	}
	return ret;
}

/* Meters */

static void rates_get(const struct meter_cell *m, struct pipeline_rates *out)
{
	*out = (struct pipeline_rates){ 0 };
	if (m && m->set)
		*out = (struct pipeline_rates){ true, m->cir, m->cburst, m->pir, m->pburst };
}

static void rates_put(struct meter_cell *m, const struct pipeline_rates *r)
{
	if (r->set)
		meter_cell_set(m, r->cir, r->cburst, r->pir, r->pburst);
	else
		*m = (struct meter_cell){ 0 };
}

static void *find_meter(struct pipeline *p, uint32_t id)
{
	for (uint32_t i = 0; i < p->program->n_meters; i++)
		if (p->program->meters[i].id == id)
			return p->ctx.meters[i];
	return NULL;
}

int pipeline_meter_read(struct pipeline *p, uint32_t id, uint64_t index, struct pipeline_rates *out)
{
	void *m = find_meter(p, id);

	if (!m)
		return -ENOENT;
	if (!meter_cell(m, index))
		return -ERANGE;
	rates_get(meter_cell(m, index), out);
	return 0;
}

int pipeline_meter_write(struct pipeline *p, uint32_t id, uint64_t index,
			 const struct pipeline_rates *in)
{
	void *m = find_meter(p, id);

	if (!m)
		return -ENOENT;
	if (!meter_cell(m, index))
		return -ERANGE;
	rates_put(meter_cell(m, index), in);
	return 0;
}

int pipeline_meter_size(struct pipeline *p, uint32_t id, uint64_t *size)
{
	for (uint32_t i = 0; i < p->program->n_meters; i++)
		if (p->program->meters[i].id == id) {
			*size = p->program->meters[i].size;
			return 0;
		}
	return -ENOENT;
}

/* Direct counters and meters */

void pipeline_direct_show(const struct tp4_table_desc *d, const struct tp4_entry *en,
			  struct pipeline_entry *e)
{
	e->has_count = d->has_direct_counter;
	if (e->has_count)
		e->count = (struct pipeline_count){ en->packets, en->bytes };
	e->has_rates = d->has_direct_meter;
	if (e->has_rates)
		rates_get(en->meter, &e->rates);
}

int pipeline_direct_check(const struct tp4_table_desc *d, const struct pipeline_entry *e,
			  struct pipeline_error *err)
{
	if (e->has_count && !d->has_direct_counter)
		return pipeline_refuse(err, -EINVAL, "table '%s' has no direct counter", d->name);
	if (e->has_rates && !d->has_direct_meter)
		return pipeline_refuse(err, -EINVAL, "table '%s' has no direct meter", d->name);
	return 0;
}

int pipeline_direct_set(const struct tp4_table_desc *d, struct tp4_entry *en,
			const struct pipeline_entry *e, struct pipeline_error *err)
{
	int ret = pipeline_direct_check(d, e, err);

	if (ret)
		return ret;
	if (e->has_rates && e->rates.set && !en->meter) {
		en->meter = calloc(1, sizeof(*en->meter));
		if (!en->meter)
			return -ENOMEM;
	}
	if (e->has_rates && en->meter)
		rates_put(en->meter, &e->rates);
	if (e->has_count) {
		en->packets = e->count.packets;
		en->bytes = e->count.bytes;
	}
	return 0;
}
