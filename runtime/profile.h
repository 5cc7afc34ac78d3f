/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * profile.h - members and groups of an action profile, by the ids of P4Runtime.
 *
 * Ids are not 0.  An entry refers to one by what profile_refer() gives, which is
 * counted until profile_release(), as groups' members are: who deletes has made
 * sure that nothing refers to it.
 */
#ifndef TP4_PROFILE_H
#define TP4_PROFILE_H

#include "runtime/program.h"

struct profile_slot {
	uint32_t id;   /* 0: this slot is free */
	uint32_t refs; /* entries and groups that refer to it; free: the next that is, and 1 */
};

struct profile_member {
	struct profile_slot slot;
	struct tp4_entry *entry;
};

struct profile_choice {
	uint32_t slot;  /* of the member */
	int32_t weight; /* > 0 */
};

struct profile_group {
	struct profile_slot slot;
	int32_t max_size;
	uint32_t n, weights;
	struct profile_choice *list;
};

struct tp4_profile *profile_new(const struct tp4_profile_desc *desc);
void profile_free(struct tp4_profile *p);
const struct tp4_profile_desc *profile_desc(const struct tp4_profile *p);

/* So many there are. */
uint32_t profile_members(const struct tp4_profile *p);
/* Are there sets?  Then there must be no members (P4Runtime, 9.2.3). */
bool profile_by_sets(const struct tp4_profile *p);
/* -ENOSPC: so much in the place of what is referred to (0: of nothing) is too much for its size. */
int profile_room(const struct tp4_profile *p, uint32_t reference, uint64_t count);

/* 0: there is none */
uint32_t profile_refer(struct tp4_profile *p, uint32_t member, uint32_t group);
void profile_release(struct tp4_profile *p, uint32_t reference); /* a set: deletes it */
void profile_referred(const struct tp4_profile *p, uint32_t reference, uint32_t *member,
		      uint32_t *group);

/* A set of actions that belongs to one entry: what it refers to, 0: no memory. */
uint32_t profile_set_new(struct tp4_profile *p, uint32_t room);
int profile_set_add(struct tp4_profile *p, uint32_t reference, uint32_t action, const void *data,
		    uint32_t size, int32_t weight);
uint32_t profile_set_size(const struct tp4_profile *p, uint32_t reference); /* 0: it is none */
const struct tp4_entry *profile_set_at(const struct tp4_profile *p, uint32_t reference, uint32_t i,
				       int32_t *weight);

/* -ENOENT: there is none */
int profile_member_slot(const struct tp4_profile *p, uint32_t id);
int profile_group_slot(const struct tp4_profile *p, uint32_t id);
/* New, or in place of the old. -ENOMEM, -ENOSPC */
int profile_member_set(struct tp4_profile *p, uint32_t id, uint32_t action, const void *data,
		       uint32_t size);
int profile_group_set(struct tp4_profile *p, uint32_t id, int32_t max_size,
		      struct profile_choice *list, uint32_t n);
void profile_member_delete(struct tp4_profile *p, uint32_t slot);
void profile_group_delete(struct tp4_profile *p, uint32_t slot);

/* How entries refer to the group in that slot. */
uint32_t profile_group_reference(uint32_t slot);
/* Slots from 0 on, also free ones; NULL: no more. */
const struct profile_member *profile_member_at(const struct tp4_profile *p, uint32_t slot);
const struct profile_group *profile_group_at(const struct tp4_profile *p, uint32_t slot);

#endif
