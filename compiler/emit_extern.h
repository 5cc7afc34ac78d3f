/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* emit_extern.h - externs: which file writes the calls of which, and what they share. */
#ifndef TP4_EMIT_EXTERN_H
#define TP4_EMIT_EXTERN_H

#include "compiler/emit.h"

/*
 * Which extern's which method; no object: a function; no method: any.  takes, one or the other:
 * v for void or r for a result, and for each parameter i for in or o for one that is written to
 */
struct extern_method {
	const char *object, *method;
	const char *(*emit)(struct emitter *e, struct node *n);
	const char *takes;
};

/* Each ends with one of zeros. */
extern const struct extern_method packet_methods[], cell_methods[], hash_methods[];
extern const struct extern_method verdict_methods[], digest_methods[], pna_methods[];

static inline struct node *arg_at(struct node *n, int i)
{
	return i < n->params.n ? n->params.v[i] : NULL;
}

/*
 * The argument as it is now.  Lists keep their elements, and fields their headers: whether these
 * are valid may be asked.
 */
struct node *argument_saved(struct emitter *e, struct node *a);
/* An argument's 32 bits */
const char *arg_number(struct emitter *e, struct node *n, int i);

/* An error, unless what is under way is part of the package's block at one of these places. */
void only_in(struct emitter *e, struct node *call, unsigned blocks, const char *where);
/*
 * The table whose action calls this; a report, if none that runs it is of the kind.  An action
 * that only other actions call may be of any.
 */
typedef bool table_test(struct emitter *e, struct table *t, const struct instance *x);
struct table *table_here(struct emitter *e, struct node *call, table_test *is,
			 const struct instance *x, const char *kind);
/* The object that the method is called on; NULL: it is not known (told). */
struct instance *extern_self(struct emitter *e, struct node *n);

/* emit_hash.c */
/*
 * C text that says whether the header is valid that the node is a field of; NULL: it is none.
 * What finds the header is done here, and *n is the field that is left to be read.
 */
const char *field_valid(struct emitter *e, struct node **n);
/*
 * The data's bits in a new byte array; returns its name, *bits the count's C text.
 * As in BMv2, fields of headers that are not valid are left out.
 */
const char *bits_of(struct emitter *e, struct node *data, const char **bits);
/* tp4_hash()'s first argument, from the object's argument of psa's or pna's enumeration */
const char *psa_algorithm(struct instance *i, const char *name);
/* Checksum objects begin anew with every apply() of the block that holds them. */
bool is_checksum(const struct instance *i);
void checksum_declare(struct emitter *e, struct instance *i);
void checksums_clear(struct emitter *e, struct instance *block);

/* emit_packet.c: the stack whose `next` the place goes through, as in us.next or us.next.a */
struct node *next_of(struct node *n);

/* emit_cell.c: what a counter or meter counts, as enum tp4_unit's member */
const char *meter_unit(struct instance *x);

/* emit_digest.c */
void describe_digests(struct emitter *e);

#endif
