/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pipeline_entry.h - what the files share that speak of entries in P4Runtime's terms. */
#ifndef TP4_PIPELINE_ENTRY_H
#define TP4_PIPELINE_ENTRY_H

#include "runtime/pipeline_state.h"

/* One more member of a value set */
int pipeline_set_add(struct tp4_table *set, const struct pipeline_entry *member,
		     struct pipeline_error *err);

/* The action's place in the table's list, its arguments in data. */
int pipeline_action_make(struct pipeline *p, const struct tp4_table_desc *t,
			 const struct pipeline_entry *e, uint32_t *index, uint8_t *data,
			 size_t room, struct pipeline_error *err);

/* pipeline_show.c: the other way; e's args and set point into *shown. */
struct pipeline_shown {
	struct pipeline_arg args[64];
	uint8_t bytes[64][256];
	struct pipeline_choice *choices;
	struct set_shown *set;
};

void pipeline_args_show(struct pipeline *p, const struct tp4_table_desc *d,
			const struct tp4_entry *en, struct pipeline_entry *e,
			struct pipeline_shown *shown);

void pipeline_note_show(const struct note *note, struct pipeline_entry *e);
void pipeline_shown_free(struct pipeline_shown *shown);
int pipeline_record_show(struct pipeline *p, struct tp4_table *t, struct record *r,
			 int (*visit)(void *arg, const struct pipeline_entry *e), void *arg);

void pipeline_mask_all(uint8_t *m, uint32_t width);
/* A number's bytes into `size` bytes; false: it has more than `width` bits. */
bool pipeline_place_bytes(uint8_t *to, uint32_t size, uint32_t width,
			  const struct pipeline_bytes *b);
/* Big-endian bytes to the C number that the program reads */
void pipeline_place_native(uint8_t *to, uint32_t size, const uint8_t *be, uint32_t bytes,
			   uint32_t width, bool is_signed);

/* timer.c: the time of packets; an entry with all that hangs on it; what has expired */
uint64_t pipeline_now(const struct pipeline *p);
int pipeline_record_delete(struct pipeline *p, struct tp4_table *t, struct record *r);
bool pipeline_record_expired(const struct tp4_table *t, struct record *r, uint64_t now);
bool pipeline_record_expire(struct pipeline *p, struct tp4_table *t, struct record *r);
bool pipeline_expire(struct pipeline *p, struct tp4_table *t);

#define PIPELINE_LOOKS 1024 /* at entries, before packets have their turn */

/* One of a group or action set */
int pipeline_weight_check(const struct tp4_profile_desc *d, int32_t weight,
			  struct pipeline_error *err);

/* Direct counter and meter of one entry */
void pipeline_direct_show(const struct tp4_table_desc *d, const struct tp4_entry *en,
			  struct pipeline_entry *e);
int pipeline_direct_check(const struct tp4_table_desc *d, const struct pipeline_entry *e,
			  struct pipeline_error *err);
int pipeline_direct_set(const struct tp4_table_desc *d, struct tp4_entry *en,
			const struct pipeline_entry *e, struct pipeline_error *err);

#endif
