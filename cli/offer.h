/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * offer.h - finds tables, fields, actions and the like in a program's p4info by
 * the names that people write.
 *
 * A name is the full one ("ingress.acl"), its alias, or an end of it that
 * follows a dot and that only one of the candidates has ("acl").
 * Errors: NULL, and *why says what is wrong and what there is.
 */
#ifndef CLI_OFFER_H
#define CLI_OFFER_H

#include "cli/value.h"
#include "control/p4info.pb-c.h"

typedef P4__Config__V1__P4Info offer_t;
typedef P4__Config__V1__Table offer_table_t;
typedef P4__Config__V1__MatchField offer_field_t;
typedef P4__Config__V1__Action offer_action_t;
typedef P4__Config__V1__Action__Param offer_param_t;
typedef P4__Config__V1__Counter offer_counter_t;
typedef P4__Config__V1__Meter offer_meter_t;
typedef P4__Config__V1__Register offer_register_t;
typedef P4__Config__V1__P4DataTypeSpec offer_type_t;

struct offer_error {
	char text[700]; /* "what is wrong; what to do" */
};

const offer_table_t *offer_table(const offer_t *info, const char *name, struct offer_error *why);
/* A value set, as a table that has only keys; *view is room for it. */
const offer_table_t *offer_set(const offer_t *info, const char *name, offer_table_t *view,
			       struct offer_error *why);
const offer_field_t *offer_field(const offer_table_t *t, const char *name, struct offer_error *why);
/* among the actions that the table has */
const offer_action_t *offer_action(const offer_t *info, const offer_table_t *t, const char *name,
				   struct offer_error *why);
const offer_param_t *offer_param(const offer_action_t *a, const char *name,
				 struct offer_error *why);
const offer_counter_t *offer_counter(const offer_t *info, const char *name,
				     struct offer_error *why);
const offer_meter_t *offer_meter(const offer_t *info, const char *name, struct offer_error *why);
const offer_register_t *offer_register(const offer_t *info, const char *name,
				       struct offer_error *why);

/* By id; NULL: there is none. */
const offer_action_t *offer_action_by_id(const offer_t *info, uint32_t id);
const offer_param_t *offer_param_by_id(const offer_action_t *a, uint32_t id);

/* 0: it has none of the kinds of value.h */
enum value_match_kind offer_field_kind(const offer_field_t *f);
const char *offer_field_kind_name(const offer_field_t *f);
struct offer_number {
	bool is, is_signed; /* is it one at all? */
	unsigned int bits;  /* 0: not known, of a type that is translated to a string */
};
/* What is written then is the program's own number, and the P4 VM knows how wide it may be. */
unsigned int offer_width(unsigned int bits);
/* "bit<8>", "int<8>", "number" where the width is not known, "no number" */
const char *offer_type(struct offer_number n, char out[16]);
const char *offer_bits(unsigned int bits, char out[16]); /* the same of an unsigned one */
bool offer_counts_packets(const P4__Config__V1__CounterSpec *spec);
bool offer_counts_bytes(const P4__Config__V1__CounterSpec *spec);
/* What a new type is of, or the type itself; NULL: nothing, or a translated type's *translated */
const offer_type_t *offer_plain_type(const offer_t *info, const offer_type_t *type,
				     struct offer_number *translated);
struct offer_number offer_cell(const offer_t *info, const offer_type_t *type);
/* As @format(HEX_STR) or (..._ADDRESS) say, or an address as far as name and width tell */
enum value_style offer_style(const char *name, unsigned int width, char **annotations,
			     size_t n_annotations);

#endif
