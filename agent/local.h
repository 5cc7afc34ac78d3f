/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * local.h - the socket on which programs of the VM hand numbers to the agent.
 *
 * SOCK_SEQPACKET; each message is one line, answered by one:
 *
 *   set NAME NUMBER    "ok", or "error: ..."
 *   wait NAME NUMBER   the same, but "ok NS" only when packets can see it in
 *                      the P4 VM, NS after the agent took it
 *
 * Where LOCAL_CLIENTS are connected, one that has said nothing for a second makes
 * room for the next: one that waits only where all do, as when there is no P4 VM.
 */
#ifndef TP4_AGENT_LOCAL_H
#define TP4_AGENT_LOCAL_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#define LOCAL_DEFAULT "/run/transp4-agent/socket"
#define LOCAL_CLIENTS 32U
#define LOCAL_FDS     (LOCAL_CLIENTS + 1)

/* False after a line on stderr. */
bool local_open(const char *path);
/* Descriptors to poll, at most LOCAL_FDS. */
unsigned int local_poll(struct pollfd *fds);
/* Take what clients say; @fds as local_poll() filled them in, after poll(). */
void local_turn(const struct pollfd *fds, unsigned int n);
/* Does a client wait for an acknowledgement? */
bool local_waits(void);
/* What was set has left with update @seq; @acked is visible to packets. */
void local_sent(uint64_t seq);
void local_acked(uint64_t acked);
/* The session is over: who waits is told. */
void local_lost(void);

/* The other side: hand over one line; exit status. */
int local_say(const char *path, const char *verb, const char *name, const char *number);

#endif
