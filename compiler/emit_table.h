/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_table.h - what the code of tables and their entries share. */
#ifndef TP4_EMIT_TABLE_H
#define TP4_EMIT_TABLE_H

#include "compiler/emit.h"

/* emit_table.c */
int key_bits(struct emitter *e, struct type *t);
/* One part of a key, v of type t, at byte `at`; zero where `valid` (or NULL) is false. Its size */
int key_part_c(struct emitter *e, const char *key, int at, struct type *t, const char *v,
	       const char *valid);
bool is_selector(const struct node *k);
bool has_priority(struct table *t); /* do its entries? */
int table_prop(struct emitter *e, struct table *t, const char *name, int fallback);

/* emit_entry.c */
void args_c(struct emitter *e, struct action_use *a, nodes *args, struct instance *inst);
void entries_c(struct emitter *e, struct table *t);

#endif
