/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pipeline_entry.h - what pipeline_entry.c and pipeline_profile.c share. */
#ifndef TP4_PIPELINE_ENTRY_H
#define TP4_PIPELINE_ENTRY_H

#include "runtime/pipeline_state.h"

/* Writes the reason, returns `code`. */
int pipeline_refuse(struct pipeline_error *err, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* One more member of a value set */
int pipeline_set_add(struct tp4_table *set, const struct pipeline_entry *member,
		     struct pipeline_error *err);

/* The action's place in the table's list, its arguments in data. */
int pipeline_action_make(struct pipeline *p, const struct tp4_table_desc *t,
			 const struct pipeline_entry *e, uint32_t *index, uint8_t *data,
			 size_t room, struct pipeline_error *err);

/* The other way; e's args point into *shown. */
struct pipeline_shown {
	struct pipeline_arg args[64];
	uint8_t bytes[64][256];
};

void pipeline_args_show(struct pipeline *p, const struct tp4_table_desc *d,
			const struct tp4_entry *en, struct pipeline_entry *e,
			struct pipeline_shown *shown);

/* Direct counter and meter of one entry */
void pipeline_direct_show(const struct tp4_table_desc *d, const struct tp4_entry *en,
			  struct pipeline_entry *e);
int pipeline_direct_set(const struct tp4_table_desc *d, struct tp4_entry *en,
			const struct pipeline_entry *e, struct pipeline_error *err);

#endif
