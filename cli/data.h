/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * data.h - values of any type, as P4Runtime carries them (P4Data): as JSON, and that as text.
 *
 * Numbers are strings as `table list` writes them; a structure or valid header is an object,
 * a valid header of a union one with its name, a tuple or stack an array, an invalid header
 * null.  What the type does not name, or what does not fit it, has no name.
 */
#ifndef CLI_DATA_H
#define CLI_DATA_H

#include "cli/offer.h"
#include "cli/output.h"
#include "control/p4runtime.pb-c.h"

/* @name: how it is called, for the look of a number; @type may be NULL. */
json_object *data_json(const offer_t *info, const char *name, const offer_type_t *type,
		       const P4__V1__P4Data *d);
/* " a=1 b.c=2 stack[0]=invalid" */
void data_json_print(json_object *data);

#endif
