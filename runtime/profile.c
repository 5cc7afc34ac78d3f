/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * profile.c - action profiles and selectors: members, each an action with its
 * arguments, and groups of members (P4Runtime 9.2).
 *
 * An entry of a table with a profile carries its action itself, or refers to a
 * member or group.  Members and groups keep their slot as long as they live.
 */
#include "runtime/profile.h"

#include <errno.h>
#include <stdlib.h>

/* in tp4_entry.member: a group's slot, or a set's; else a member's and one */
#define GROUP 0x80000000U
#define SET   0x40000000U

struct group {
	uint32_t id; /* 0: free */
	int32_t max_size;
	uint32_t n, weights;
	struct profile_choice *list;
};

/* An entry's own actions; nobody else refers to it. */
struct set {
	uint32_t n, room, weights; /* room 0: free */
	struct set_choice {
		struct tp4_entry *entry;
		uint32_t weight;
	} *list;
};

struct tp4_profile {
	const struct tp4_profile_desc *desc;
	struct set *sets;
	uint32_t n_sets;
	struct profile_member *members;
	uint32_t n_members;
	struct group *groups;
	uint32_t n_groups;
};

struct tp4_profile *profile_new(const struct tp4_profile_desc *desc)
{
	struct tp4_profile *p = calloc(1, sizeof(*p));

	if (p)
		p->desc = desc;
	return p;
}

void profile_free(struct tp4_profile *p)
{
	if (!p)
		return;
	for (uint32_t i = 0; i < p->n_members; i++)
		free(p->members[i].entry);
	for (uint32_t i = 0; i < p->n_groups; i++)
		free(p->groups[i].list);
	for (uint32_t i = 0; i < p->n_sets; i++)
		profile_set_delete(p, SET | i);
	free(p->sets);
	free(p->members);
	free(p->groups);
	free(p);
}

const struct tp4_profile_desc *profile_desc(const struct tp4_profile *p)
{
	return p->desc;
}

struct tp4_entry *tp4_profile_follow(struct tp4_profile *p, struct tp4_entry *e, uint32_t hash)
{
	const struct group *g;
	uint32_t at;

	if (!e->member)
		return e;
	if (e->member & SET) {
		const struct set *s = &p->sets[e->member & ~SET];
		const struct set_choice *k = s->list;

		if (!s->weights)
			return NULL;
		for (at = hash % s->weights; at >= k->weight; k++)
			at -= k->weight;
		return k->entry;
	}
	if (!(e->member & GROUP))
		return p->members[e->member - 1].entry;
	g = &p->groups[e->member & ~GROUP];
	if (!g->weights)
		return NULL;
	at = hash % g->weights;
	for (uint32_t i = 0; i < g->n; i++) {
		if (at < (uint32_t)g->list[i].weight)
			return p->members[g->list[i].slot].entry;
		at -= (uint32_t)g->list[i].weight;
	}
	return NULL;
}

int profile_member_slot(const struct tp4_profile *p, uint32_t id)
{
	for (uint32_t i = 0; id && i < p->n_members; i++)
		if (p->members[i].id == id)
			return (int)i;
	return -ENOENT;
}

static int group_slot(const struct tp4_profile *p, uint32_t id)
{
	for (uint32_t i = 0; id && i < p->n_groups; i++)
		if (p->groups[i].id == id)
			return (int)i;
	return -ENOENT;
}

uint32_t profile_reference(const struct tp4_profile *p, uint32_t member, uint32_t group)
{
	int slot = group ? group_slot(p, group) : profile_member_slot(p, member);

	return slot < 0 ? 0 : group ? GROUP | (uint32_t)slot : (uint32_t)slot + 1;
}

void profile_referred(const struct tp4_profile *p, uint32_t reference, uint32_t *member,
		      uint32_t *group)
{
	*member = *group = 0;
	if (reference & GROUP)
		*group = p->groups[reference & ~GROUP].id;
	else if (reference)
		*member = p->members[reference - 1].id;
}

static struct tp4_entry *entry_new(uint32_t action, const void *data, uint32_t size)
{
	struct tp4_entry *e = calloc(1, sizeof(*e) + size + 16);

	if (!e)
		return NULL;
	e->action = action;
	memcpy(e->data, data, size);
	return e;
}

/* A free slot, or one more; *list may move. */
static int slot_new(void *list, uint32_t *n, size_t size, size_t id_offset)
{
	char **v = list;
	void *more;

	for (uint32_t i = 0; i < *n; i++)
		if (!*(uint32_t *)(*v + i * size + id_offset))
			return (int)i;
	if (*n >= 1U << 20)
		return -ENOSPC;
	more = realloc(*v, size * (*n + 1));
	if (!more)
		return -ENOMEM;
	*v = more;
	memset(*v + *n * size, 0, size);
	return (int)(*n)++;
}

uint32_t profile_set_new(struct tp4_profile *p, uint32_t room)
{
	struct set_choice *list = calloc(room + 1, sizeof(*list));
	int slot =
		list ? slot_new(&p->sets, &p->n_sets, sizeof(*p->sets), offsetof(struct set, room))
		     : -ENOMEM;

	if (slot < 0) {
		free(list);
		return 0;
	}
	p->sets[slot] = (struct set){ .room = room + 1, .list = list };
	return SET | (uint32_t)slot;
}

int profile_set_add(struct tp4_profile *p, uint32_t reference, uint32_t action, const void *data,
		    uint32_t size, int32_t weight)
{
	struct set *s = &p->sets[reference & ~SET];
	struct tp4_entry *e = entry_new(action, data, size);

	if (!e)
		return -ENOMEM;
	s->list[s->n++] = (struct set_choice){ e, (uint32_t)weight };
	s->weights += (uint32_t)weight;
	return 0;
}

void profile_set_delete(struct tp4_profile *p, uint32_t reference)
{
	struct set *s = reference & SET ? &p->sets[reference & ~SET] : NULL;

	for (uint32_t i = 0; s && i < s->n; i++)
		free(s->list[i].entry);
	if (s) {
		free(s->list);
		*s = (struct set){ 0 };
	}
}

uint32_t profile_set_size(const struct tp4_profile *p, uint32_t reference)
{
	return reference & SET && !(reference & GROUP) ? p->sets[reference & ~SET].n : 0;
}

const struct tp4_entry *profile_set_at(const struct tp4_profile *p, uint32_t reference, uint32_t i,
				       int32_t *weight)
{
	const struct set_choice *k = &p->sets[reference & ~SET].list[i];

	*weight = (int32_t)k->weight;
	return k->entry;
}

int profile_member_set(struct tp4_profile *p, uint32_t id, uint32_t action, const void *data,
		       uint32_t size)
{
	int slot = profile_member_slot(p, id);
	struct tp4_entry *e = entry_new(action, data, size);

	if (!e)
		return -ENOMEM;
	if (slot < 0)
		slot = slot_new(&p->members, &p->n_members, sizeof(*p->members),
				offsetof(struct profile_member, id));
	if (slot < 0) {
		free(e);
		return slot;
	}
	free(p->members[slot].entry);
	p->members[slot] = (struct profile_member){ id, e };
	return 0;
}

bool profile_member_grouped(const struct tp4_profile *p, uint32_t id)
{
	int slot = profile_member_slot(p, id);

	for (uint32_t g = 0; g < p->n_groups; g++)
		for (uint32_t i = 0; p->groups[g].id && i < p->groups[g].n; i++)
			if ((int)p->groups[g].list[i].slot == slot)
				return true;
	return false;
}

void profile_member_delete(struct tp4_profile *p, uint32_t id)
{
	int slot = profile_member_slot(p, id);

	if (slot < 0)
		return;
	free(p->members[slot].entry);
	p->members[slot] = (struct profile_member){ 0 };
}

bool profile_group_exists(const struct tp4_profile *p, uint32_t id)
{
	return group_slot(p, id) >= 0;
}

/* Takes the list over, also when it fails. */
int profile_group_set(struct tp4_profile *p, uint32_t id, int32_t max_size,
		      struct profile_choice *list, uint32_t n)
{
	int slot = group_slot(p, id);
	struct group g = { .id = id, .max_size = max_size, .n = n, .list = list };

	for (uint32_t i = 0; i < n; i++)
		g.weights += (uint32_t)list[i].weight;
	if (slot < 0)
		slot = slot_new(&p->groups, &p->n_groups, sizeof(*p->groups),
				offsetof(struct group, id));
	if (slot < 0) {
		free(list);
		return slot;
	}
	free(p->groups[slot].list);
	p->groups[slot] = g;
	return 0;
}

void profile_group_delete(struct tp4_profile *p, uint32_t id)
{
	int slot = group_slot(p, id);

	if (slot < 0)
		return;
	free(p->groups[slot].list);
	p->groups[slot] = (struct group){ 0 };
}

const struct profile_member *profile_member_at(const struct tp4_profile *p, uint32_t slot)
{
	return slot < p->n_members ? &p->members[slot] : NULL;
}

bool profile_group_at(const struct tp4_profile *p, uint32_t slot, uint32_t *id, int32_t *max_size,
		      const struct profile_choice **list, uint32_t *n)
{
	if (slot >= p->n_groups)
		return false;
	*id = p->groups[slot].id;
	*max_size = p->groups[slot].max_size;
	*list = p->groups[slot].list;
	*n = p->groups[slot].n;
	return true;
}
