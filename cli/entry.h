/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * entry.h - table entries as people write them.
 *
 *   TABLE KEY=VALUE... ACTION ARG=VALUE... [priority N] [timeout SECONDS]
 *         [rate RATE:BURST[:PEAK:PEAK-BURST]]
 *   default TABLE ACTION ARG=VALUE... [rate ...]
 *
 * The rate is that of the table's direct meter.
 * A table with a selector takes several actions, each behind the first after `or`,
 * and each with its weight, 1 if it is not said: ACTION ARG=VALUE... [weight N] or ...
 * What a controller has put into a table's profile stands in place of actions as
 * `member ID` or `group ID`.
 *
 * This is the syntax of `table add`, of the lines of `table load` and of what
 * `table list` prints, so that one can be fed to the other.
 * Ownership: an entry owns all that its pipeline_entry points to.
 */
#ifndef CLI_ENTRY_H
#define CLI_ENTRY_H

#include "cli/offer.h"
#include "cli/output.h"
#include "runtime/pipeline.h"

struct entry {
	struct pipeline_entry e;
	struct pipeline_match *match;
	struct pipeline_arg *args;
	struct pipeline_choice *set;
	struct value *values; /* two for each match, then one for each argument */
};

enum entry_form {
	ENTRY_WHOLE,   /* keys and action */
	ENTRY_KEYS,    /* what names an entry; an action may follow, and is ignored */
	ENTRY_DEFAULT, /* action only: the table's default */
};

/* words[0] is the table.  false: *why says what is wrong. */
bool entry_parse(const offer_t *info, enum entry_form form, const char *const *words, size_t n,
		 struct entry *out, struct offer_error *why);
/* A member of a value set (offer_set()): KEY=VALUE,...; VALUE where there is but one. */
bool entry_member_parse(const offer_table_t *set, const char *word, struct entry *out,
			struct offer_error *why);
void entry_free(struct entry *e);

/* What a meter has; none: nothing. */
void put_rates(json_object *o, const struct pipeline_rates *rates);
/* The keys of an entry or member alone. */
json_object *entry_match_json(const offer_table_t *t, const struct pipeline_entry *e);

/* An entry that the P4 VM shows: as JSON, and that JSON as a line of text. */
json_object *entry_json(const offer_t *info, const struct pipeline_entry *e);
void entry_json_print(json_object *entry);

#endif
