/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_object.h - calls of the objects and functions of psa and pna, for emit_extern.c's table. */
#ifndef TP4_EMIT_OBJECT_H
#define TP4_EMIT_OBJECT_H

#include "compiler/emit.h"

const char *x_get_hash(struct emitter *e, struct node *n);
const char *x_checksum_object(struct emitter *e, struct node *n);
const char *random_text(struct emitter *e, struct type *t, const char *lo, const char *hi);
const char *x_random_object(struct emitter *e, struct node *n);
const char *x_execute(struct emitter *e, struct node *n);
const char *x_direct_count(struct emitter *e, struct node *n);
const char *x_digest(struct emitter *e, struct node *n);
const char *x_psa_asks(struct emitter *e, struct node *n);
const char *x_pna(struct emitter *e, struct node *n);
const char *x_pna_port(struct emitter *e, struct node *n);
const char *x_select_direction(struct emitter *e, struct node *n);
const char *x_add_entry(struct emitter *e, struct node *n);
const char *x_flow_id(struct emitter *e, struct node *n);
const char *x_set_entry_data(struct emitter *e, struct node *n);
const char *x_pna_timer(struct emitter *e, struct node *n);
const char *x_ipsec(struct emitter *e, struct node *n);
const char *x_skb(struct emitter *e, struct node *n);

/* Checksum objects begin anew with every apply() of the block that holds them. */
bool is_checksum(const struct instance *i);
void checksum_declare(struct emitter *e, struct instance *i);
void checksums_clear(struct emitter *e, struct instance *block);
/* tp4_hash()'s first argument, from the object's argument of psa's or pna's enumeration */
const char *psa_algorithm(struct instance *i, const char *name);
/* What a counter or meter counts, as enum tp4_unit's member */
const char *meter_unit(struct instance *x);
void describe_digests(struct emitter *e);

#endif
