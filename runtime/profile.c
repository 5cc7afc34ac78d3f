/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * profile.c - action profiles and selectors: members, each an action with its
 * arguments, and groups of members (P4Runtime 9.2).
 *
 * An entry of a table with a profile carries its action itself, or refers to a
 * member or group.  Members and groups keep their slot as long as they live.
 */
#include "runtime/profile.h"
#include "runtime/table_hash.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* in tp4_entry.member: a group's slot, or a set's; else a member's and one */
#define GROUP 0x80000000U
#define SET   0x40000000U

/* An entry's own actions; nobody else refers to it. */
struct set_choice {
	struct tp4_entry *entry;
	uint32_t weight;
};
struct set {
	struct profile_slot slot;
	uint32_t n, weights;
	struct set_choice *list;
};

/* Members, groups or sets. */
struct slots {
	void *list;
	size_t size;             /* of one, which begins with its slot */
	uint32_t n, free;        /* free: the first that is, and 1 */
	uint32_t used;           /* of n, those that are not free */
	struct table_hash by_id; /* item: the slot and 1; a set is not found by its id */
};

struct tp4_profile {
	const struct tp4_profile_desc *desc;
	struct slots members, groups, sets;
	uint64_t chosen; /* of what its size counts, in groups and sets */
};

static struct profile_member *member_of(const struct tp4_profile *p, uint32_t slot)
{
	return (struct profile_member *)p->members.list + slot;
}

static struct profile_group *group_of(const struct tp4_profile *p, uint32_t slot)
{
	return (struct profile_group *)p->groups.list + slot;
}

static struct set *set_of(const struct tp4_profile *p, uint32_t reference)
{
	return (struct set *)p->sets.list + (reference & ~SET);
}

/* Slots */

static struct profile_slot *slot_of(const struct slots *s, uint32_t slot)
{
	return (struct profile_slot *)((char *)s->list + slot * s->size);
}

/* Of no two ids the same. */
static uint64_t id_hash(uint32_t id)
{
	uint64_t h = id * 0x9e3779b97f4a7c15ULL;

	return h ^ h >> 32;
}

static struct hash_slot *id_find(const struct slots *s, uint32_t id)
{
	struct hash_walk w = hash_walk(&s->by_id, id_hash(id));

	return hash_next(&s->by_id, &w, id_hash(id));
}

static int slot_find(const struct slots *s, uint32_t id)
{
	struct hash_slot *found = id_find(s, id);

	return found ? (int)(uintptr_t)found->item - 1 : -ENOENT;
}

/* One that is zeroed but for its id; the list may move. */
static int slot_new(struct slots *s, uint32_t id)
{
	uint32_t slot = s->free ? s->free - 1 : s->n;
	int err;

	if (slot == s->n) {
		void *more = s->n < 1U << 20 ? realloc(s->list, s->size * (s->n + 1)) : NULL;

		if (!more)
			return s->n < 1U << 20 ? -ENOMEM : -ENOSPC;
		s->list = more;
		memset(slot_of(s, slot), 0, s->size);
	}
	err = s->by_id.dir ? hash_add(&s->by_id, id_hash(id), (void *)(uintptr_t)(slot + 1)) : 0;
	if (err)
		return err;
	if (slot == s->n)
		s->n++;
	else
		s->free = slot_of(s, slot)->refs;
	*slot_of(s, slot) = (struct profile_slot){ .id = id };
	s->used++;
	return (int)slot;
}

static void slot_free(struct slots *s, uint32_t slot)
{
	struct profile_slot *at = slot_of(s, slot);

	if (s->by_id.dir)
		hash_remove(&s->by_id, id_find(s, at->id));
	memset(at, 0, s->size);
	at->refs = s->free;
	s->free = slot + 1;
	s->used--;
}

/* Profiles */

struct tp4_profile *profile_new(const struct tp4_profile_desc *desc)
{
	struct tp4_profile *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->desc = desc;
	p->members.size = sizeof(struct profile_member);
	p->groups.size = sizeof(struct profile_group);
	p->sets.size = sizeof(struct set);
	if (!hash_init(&p->members.by_id) && !hash_init(&p->groups.by_id))
		return p;
	profile_free(p);
	return NULL;
}

/* What a group or set of @n with these weights counts. */
static uint32_t counted(const struct tp4_profile *p, uint32_t n, uint32_t weights)
{
	return p->desc->by_members ? n : weights;
}

uint32_t profile_members(const struct tp4_profile *p)
{
	return p->members.used;
}

bool profile_by_sets(const struct tp4_profile *p)
{
	return p->sets.used;
}

int profile_room(const struct tp4_profile *p, uint32_t reference, uint64_t count)
{
	uint64_t before = 0;

	if (reference & GROUP) {
		const struct profile_group *g = group_of(p, reference & ~GROUP);

		before = counted(p, g->n, g->weights);
	} else if (reference & SET) {
		before = counted(p, set_of(p, reference)->n, set_of(p, reference)->weights);
	}
	return p->desc->size && p->chosen - before + count > p->desc->size ? -ENOSPC : 0;
}

static void set_clear(struct set *s)
{
	for (uint32_t i = 0; i < s->n; i++)
		free(s->list[i].entry);
	free(s->list);
}

void profile_free(struct tp4_profile *p)
{
	if (!p)
		return;
	for (uint32_t i = 0; i < p->members.n; i++)
		free(member_of(p, i)->entry);
	for (uint32_t i = 0; i < p->groups.n; i++)
		free(group_of(p, i)->list);
	for (uint32_t i = 0; i < p->sets.n; i++)
		set_clear(set_of(p, i));
	hash_free(&p->members.by_id);
	hash_free(&p->groups.by_id);
	free(p->members.list);
	free(p->groups.list);
	free(p->sets.list);
	free(p);
}

const struct tp4_profile_desc *profile_desc(const struct tp4_profile *p)
{
	return p->desc;
}

struct tp4_entry *tp4_profile_follow(struct tp4_profile *p, struct tp4_entry *e, uint32_t hash)
{
	const struct profile_group *g;
	uint32_t at;

	if (!e->member)
		return e;
	if (e->member & SET) {
		const struct set *s = set_of(p, e->member);
		const struct set_choice *k = s->list;

		if (!s->weights)
			return NULL;
		for (at = hash % s->weights; at >= k->weight; k++)
			at -= k->weight;
		return k->entry;
	}
	if (!(e->member & GROUP))
		return member_of(p, e->member - 1)->entry;
	g = group_of(p, e->member & ~GROUP);
	if (!g->weights)
		return NULL;
	at = hash % g->weights;
	for (uint32_t i = 0; i < g->n; i++) {
		if (at < (uint32_t)g->list[i].weight)
			return member_of(p, g->list[i].slot)->entry;
		at -= (uint32_t)g->list[i].weight;
	}
	return NULL;
}

int profile_member_slot(const struct tp4_profile *p, uint32_t id)
{
	return slot_find(&p->members, id);
}

int profile_group_slot(const struct tp4_profile *p, uint32_t id)
{
	return slot_find(&p->groups, id);
}

uint32_t profile_refer(struct tp4_profile *p, uint32_t member, uint32_t group)
{
	struct slots *s = group ? &p->groups : &p->members;
	int slot = slot_find(s, group ? group : member);

	if (slot < 0)
		return 0;
	slot_of(s, (uint32_t)slot)->refs++;
	return group ? GROUP | (uint32_t)slot : (uint32_t)slot + 1;
}

void profile_release(struct tp4_profile *p, uint32_t reference)
{
	if (reference & SET) {
		const struct set *s = set_of(p, reference);

		p->chosen -= counted(p, s->n, s->weights);
		set_clear(set_of(p, reference));
		slot_free(&p->sets, reference & ~SET);
	} else if (reference & GROUP) {
		group_of(p, reference & ~GROUP)->slot.refs--;
	} else if (reference) {
		member_of(p, reference - 1)->slot.refs--;
	}
}

void profile_referred(const struct tp4_profile *p, uint32_t reference, uint32_t *member,
		      uint32_t *group)
{
	*member = *group = 0;
	if (reference & GROUP)
		*group = group_of(p, reference & ~GROUP)->slot.id;
	else if (reference)
		*member = member_of(p, reference - 1)->slot.id;
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

uint32_t profile_set_new(struct tp4_profile *p, uint32_t room)
{
	struct set_choice *list = calloc(room + 1, sizeof(*list));
	int slot = list ? slot_new(&p->sets, 1) : -ENOMEM;

	if (slot < 0) {
		free(list);
		return 0;
	}
	set_of(p, (uint32_t)slot)->list = list;
	return SET | (uint32_t)slot;
}

int profile_set_add(struct tp4_profile *p, uint32_t reference, uint32_t action, const void *data,
		    uint32_t size, int32_t weight)
{
	struct set *s = set_of(p, reference);
	struct tp4_entry *e = entry_new(action, data, size);

	if (!e)
		return -ENOMEM;
	s->list[s->n++] = (struct set_choice){ e, (uint32_t)weight };
	s->weights += (uint32_t)weight;
	p->chosen += counted(p, 1, (uint32_t)weight);
	return 0;
}

uint32_t profile_set_size(const struct tp4_profile *p, uint32_t reference)
{
	return reference & SET && !(reference & GROUP) ? set_of(p, reference)->n : 0;
}

const struct tp4_entry *profile_set_at(const struct tp4_profile *p, uint32_t reference, uint32_t i,
				       int32_t *weight)
{
	const struct set_choice *k = &set_of(p, reference)->list[i];

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
		slot = slot_new(&p->members, id);
	if (slot < 0) {
		free(e);
		return slot;
	}
	free(member_of(p, (uint32_t)slot)->entry);
	member_of(p, (uint32_t)slot)->entry = e;
	return 0;
}

void profile_member_delete(struct tp4_profile *p, uint32_t slot)
{
	free(member_of(p, slot)->entry);
	slot_free(&p->members, slot);
}

uint32_t profile_group_reference(uint32_t slot)
{
	return GROUP | slot;
}

static void list_clear(struct tp4_profile *p, struct profile_group *g)
{
	p->chosen -= counted(p, g->n, g->weights);
	for (uint32_t i = 0; i < g->n; i++)
		member_of(p, g->list[i].slot)->slot.refs--;
	free(g->list);
}

/* Takes the list over, also when it fails. */
int profile_group_set(struct tp4_profile *p, uint32_t id, int32_t max_size,
		      struct profile_choice *list, uint32_t n)
{
	int slot = profile_group_slot(p, id);
	struct profile_group *g;

	if (slot < 0)
		slot = slot_new(&p->groups, id);
	if (slot < 0) {
		free(list);
		return slot;
	}
	g = group_of(p, (uint32_t)slot);
	list_clear(p, g);
	g->max_size = max_size;
	g->n = n;
	g->weights = 0;
	g->list = list;
	for (uint32_t i = 0; i < n; i++) {
		g->weights += (uint32_t)list[i].weight;
		member_of(p, list[i].slot)->slot.refs++;
	}
	p->chosen += counted(p, n, g->weights);
	return 0;
}

void profile_group_delete(struct tp4_profile *p, uint32_t slot)
{
	list_clear(p, group_of(p, slot));
	slot_free(&p->groups, slot);
}

const struct profile_member *profile_member_at(const struct tp4_profile *p, uint32_t slot)
{
	return slot < p->members.n ? member_of(p, slot) : NULL;
}

const struct profile_group *profile_group_at(const struct tp4_profile *p, uint32_t slot)
{
	return slot < p->groups.n ? group_of(p, slot) : NULL;
}
