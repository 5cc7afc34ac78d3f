/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * entry.h - a table entry as pipeline.h has it, and as P4Runtime has it.
 *
 * pipeline.h leaves the kind of a match to the table; the message names it.
 * Both functions take it from the p4info.  A value set's member is an entry
 * without action, of the table with the set's id.
 * Ownership: the result points into its source and into the box; it is valid
 * as long as both.  Free the box also after an error.
 */
#ifndef TP4_CONTROL_ENTRY_H
#define TP4_CONTROL_ENTRY_H

#include "control/p4info.pb-c.h"
#include "control/p4runtime.pb-c.h"
#include "runtime/pipeline.h"

struct entry_box {
	struct pipeline_match *match;
	struct pipeline_arg *args; /* of the action, or of all of the set */
	struct pipeline_choice *set;
};

/*
 * -ENOENT: no such table; -EINVAL: a field that the table lacks or that has
 * another kind, or an action that is missing; -EOPNOTSUPP: something that is
 * not offered; -ENOMEM.  *err says it for people.
 */
int entry_from_message(const P4__Config__V1__P4Info *info, const P4__V1__TableEntry *t,
		       struct pipeline_entry *e, struct entry_box *box, struct pipeline_error *err);
void entry_box_free(struct entry_box *box);

/* NULL: none; -EINVAL: a negative one. */
int rates_from_message(const P4__V1__MeterConfig *m, struct pipeline_rates *r,
		       struct pipeline_error *err);
/* False: there are none. */
bool rates_to_message(const struct pipeline_rates *r, P4__V1__MeterConfig *m);

struct message_box {
	P4__V1__TableEntry entry; /* the result */
	P4__V1__TableAction table_action;
	P4__V1__Action action;
	P4__V1__Action__Param *param, **params;
	struct message_match *match;
	P4__V1__FieldMatch **matches;
	P4__V1__ActionProfileActionSet set;
	struct message_choice *choice;
	P4__V1__ActionProfileAction **choices;
	P4__V1__CounterData count;
	P4__V1__MeterConfig rates;
	P4__V1__TableEntry__IdleTimeout age;
};

/* -ENOENT: no such table; -EINVAL: no such field; -ENOMEM. */
int entry_to_message(const P4__Config__V1__P4Info *info, const struct pipeline_entry *e,
		     struct message_box *box, struct pipeline_error *err);
void message_box_free(struct message_box *box);

#endif
