/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * diag.h - the sockets of this VM, from the kernel's socket diagnostics.
 *
 * Three ways, so that nothing is asked for again and again:
 *
 *   looks    dump everything, a few hundred sockets at a time: within a budget
 *            (budget.h), but for the first one, which is made at once; with
 *            100,000 sockets one takes half a minute.  Between the beginnings of
 *            two lies at least the pause that diag_start() was given.
 *   events   the kernel says which socket is no more (no privilege needed)
 *   tap      each TCP connection that this VM opens: a copy of its SYN, and of
 *            nothing else (a filter in the kernel; CAP_NET_RAW).  Then one
 *            question to the kernel, whose socket this is.
 *            Of each that it accepts the answer to the SYN, and a question
 *            soon after: within a budget, too, and told only where its user
 *            or cgroup is not that of the socket that listened.
 *
 * UDP sockets and those that listen come by looks, and so do TCP connections
 * where there is no tap, or no events.  A connection that this VM accepts is
 * its listening socket's, whose entry the P4 VM finds for it, until it is told
 * of by itself: by the tap, or by a whole look, every 30 s.
 */
#ifndef TP4_AGENT_DIAG_H
#define TP4_AGENT_DIAG_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "agent/clock.h"

#define DIAG_FDS   3U
/*
 * Between two turns at least: what sockets do is taken at once after a pause,
 * and else together, with one system call of a kind.
 */
#define DIAG_PAUSE (7 * MS)

/* False after a line on stderr: this kernel cannot tell. */
bool diag_start(uint64_t pause);
unsigned int diag_poll(struct pollfd *fds);
/* Returns when to call again at the latest, on clock_now(). */
uint64_t diag_turn(void);

#endif
