/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * flows.h - the sockets of this VM, and what the P4 VM was told of them.
 *
 * At most FLOWS_MAX.  A change is queued once, however often a flow changes
 * before the next update.
 */
#ifndef TP4_AGENT_FLOWS_H
#define TP4_AGENT_FLOWS_H

#include <stdbool.h>

#include "control/flow_record.h"
#include "control/invm.pb-c.h"

#define FLOWS_MAX 131072U

/* @tell: queue it if it is new or has changed; false: no memory, or too many. */
bool flow_set(const struct flow_record *r);
void flow_del(const uint8_t key[FLOW_KEY_SIZE]);
/* NULL: not known. */
const struct flow_record *flow_get_record(const uint8_t key[FLOW_KEY_SIZE]);
/* Its socket is closed, and its last packets may still be on their way. */
void flow_close(const uint8_t key[FLOW_KEY_SIZE]);
/* False: not known, or closed. */
bool flow_open(const uint8_t key[FLOW_KEY_SIZE]);
/* Changes with each flow_set(). */
uint32_t flow_stamp(const uint8_t key[FLOW_KEY_SIZE]);
unsigned int flow_count(void);

/* A round over all sockets: what is not set between these two has gone. */
void flows_round_begin(void);
void flows_round_end(void);

/* A session begins: the P4 VM knows nothing. */
void flows_forget(void);
/* Put changes into @u, in at most @room bytes; false: there were none. */
bool flows_take(Transp4__V1__InVmUpdate *u, size_t room);
/* Nobody listens: keep no list of changes. */
void flows_idle(void);

#endif
