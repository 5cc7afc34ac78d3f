/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * flows.h - the sockets of this VM, and what the P4 VM was told of them.
 *
 * A flow is found by its key, and by the cookie of its socket: the kernel's
 * number for it, which no other socket ever gets.
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

/* Queue it if it is new or has changed; false: no memory, or too many, which is said once. */
bool flow_set(const struct flow_record *r, uint64_t cookie);
/* Another socket has the address of this one, which is open, too. */
void flow_share(uint64_t cookie, const struct flow_record *other);
/* The program of its socket has been found. */
void flow_set_program(uint64_t cookie, uint64_t program);
/* NULL: not known.  @holder: the cookie of its socket; 0: it has none that is open. */
const struct flow_record *flow_by_key(const uint8_t key[FLOW_KEY_SIZE], uint64_t *holder);
/* NULL: not known, or closed. */
const struct flow_record *flow_open(uint64_t cookie);
/* Its socket is closed, and its last packets may still be on their way. */
void flow_close(uint64_t cookie);
void flow_del(uint64_t cookie);

/*
 * A look at all sockets: what is not set during two of them, one after the
 * other, has gone.  (The kernel may miss a socket in one of them, if others come
 * and go meanwhile.)
 */
void flows_look_begin(void);
/* Before the first look ends, the P4 VM keeps what an agent before this one told it. */
void flows_look_end(void);

/* A session begins: the P4 VM knows nothing. */
void flows_forget(void);
/* Put changes into @u, in at most @room bytes; false: there were none. */
bool flows_take(Transp4__V1__InVmUpdate *u, size_t room);
/* Nobody listens: keep no list of changes. */
void flows_idle(void);

#endif
