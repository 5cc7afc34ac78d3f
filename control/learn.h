/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * learn.h - which digests of a program control is told, and in which lists.
 *
 * As DigestEntry, DigestList and DigestListAck say (P4Runtime, 9.8), but that a digest is told
 * from the start, one a list, until an entry says something else.  As control asks, no list
 * waits to become longer: max_timeout_ns is above 0 where lists may have several.
 */
#ifndef TP4_LEARN_H
#define TP4_LEARN_H

#include "control/call.h"

/* NULL: no memory */
struct learn *learn_new(const P4__Config__V1__P4Info *info);
void learn_free(struct learn *l);

/* A Write's DigestEntry. */
void learn_update(struct learn *l, int type, const P4__V1__DigestEntry *e, struct outcome *o);
/* That of a digest, as it was written; false: there is none. */
bool learn_entry(struct learn *l, uint32_t id, P4__V1__DigestEntry *out,
		 P4__V1__DigestEntry__Config *config);

/*
 * Give all digests that wait to @send, in lists of the numbers behind *lists; false: it took
 * no more.  @epoch: what CLOCK_MONOTONIC lacks to the time since 1970.
 */
bool learn_tell(struct learn *l, struct pipeline *p, const P4__Config__V1__P4Info *info,
		uint64_t epoch, uint64_t *lists,
		bool (*send)(const struct call *c, const P4__V1__DigestList *list),
		const struct call *c);
/* Control has acted on a list: what was in it is told again when it comes again. */
void learn_ack(struct learn *l, const P4__V1__DigestListAck *ack);

#endif
