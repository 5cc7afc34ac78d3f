/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * match.h - is a match written as P4Runtime wants it (9.1.1)?
 *
 * In one way only, so that it is read as it was written: what matches all is left
 * out, and what does not count is zero.
 */
#ifndef TP4_CONTROL_MATCH_H
#define TP4_CONTROL_MATCH_H

#include "control/p4info.pb-c.h"
#include "control/p4runtime.pb-c.h"

/* NULL, or what is wrong with it.  @t NULL, or without this field: nobody knows how wide it is. */
const char *match_wrong(const P4__Config__V1__Table *t, const P4__V1__FieldMatch *f);

#endif
