/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * link.h - the agent's end of the channel: connects, proves the key, sends
 * updates, and begins again whenever anything goes wrong.
 *
 * Nothing blocks.  link_turn() after each wake-up says when a session
 * has begun (everything must be told anew).  Between attempts the link waits:
 * LINK_WAIT_MIN at first, twice as long each time, at most LINK_WAIT_MAX; from
 * the beginning after a session that lasted for LINK_GOOD.  So two agents with
 * one key, each of which ends the other's session, do not do so all the time.
 */
#ifndef TP4_AGENT_LINK_H
#define TP4_AGENT_LINK_H

#include <poll.h>

#include "control/invm.pb-c.h"
#include "control/session.h"

#define LINK_WAIT_MIN (50 * MS)
#define LINK_WAIT_MAX (5000 * MS)
#define LINK_GOOD     (10000 * MS)
#define LINK_QUIET    (60000 * MS)          /* between two lines that say that it was lost */
#define LINK_PATIENCE (5000 * MS)           /* for an answer */
#define LINK_ALIVE    (500 * MS)            /* an update without news, where there is none */
#define LINK_WINDOW   16U                   /* updates on the way, beyond which only numbers go */
#define LINK_ROOM     (INVM_TEXT_MAX - 512) /* bytes for what an update carries */

struct link;

/* NULL: no memory.  @address (address.h) is kept, not copied. */
struct link *link_new(const char *address, const uint8_t key[INVM_KEY_SIZE]);
/* Say good-bye. */
void link_free(struct link *l);

/* What to poll for; returns when to call again at the latest, on clock_now(). */
uint64_t link_poll(const struct link *l, struct pollfd *pfd);
/* @revents: what poll() found.  True: a session has begun. */
bool link_turn(struct link *l, short revents);

/* May an update be sent now?  Not before the last one has left. */
bool link_ready(const struct link *l);
/* Ought one, even if there is no news?  Owners are believed as long as the agent is heard of. */
bool link_silent(const struct link *l);
/* Fills in sequence number and clocks, and sends. */
void link_send(struct link *l, Transp4__V1__InVmUpdate *u);
/* Last sequence numbers sent, and acknowledged; 0: none in this session. */
uint64_t link_sent(const struct link *l);
uint64_t link_acked(const struct link *l);

#endif
