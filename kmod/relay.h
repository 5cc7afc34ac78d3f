/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * relay.h - who runs the relay of a port, and when.
 *
 * A pass moves what is decided, in both directions, and FILL and COMPLETION.
 * It runs where the processor already is: in the switch's sendmsg, poll and
 * recvmsg, and in the P4 VM's bell.  The port's thread runs it when none of
 * them comes: for deadlines, for a P4 VM whose bell is dear (spin_us), for
 * policy in its absence, and for what is left over.  When nothing is left, the
 * thread sleeps without a timer.
 */
#ifndef TP4_RELAY_H
#define TP4_RELAY_H

#include "port.h"

int tp4_relay_start(struct tp4_port *port);
void tp4_relay_stop(struct tp4_port *port);
/*
 * Send what stands in the real TX ring; at the end, when nobody runs the relay.  True: it
 * sent as much as one call does, and there is more.
 */
bool tp4_relay_flush(struct tp4_port *port);

/* The port has a slot in its channel; its P4 VM is asked to say hello.  Under port->lock. */
void tp4_relay_wait(struct tp4_port *port);
/* A pass for every port of the channel that its P4 VM has news for. */
void tp4_relay_chan(struct tp4_chan *chan);
/* The switch calls: it may have new descriptors in its TX ring, or comes for what is there. */
void tp4_relay_sent(struct tp4_port *port);
void tp4_relay_received(struct tp4_port *port);
void tp4_relay_poll(struct tp4_port *port);
/* Nobody has the verdict device open, since the last one closed it. */
void tp4_relay_chan_closed(struct tp4_chan *chan);
/* The port's timer: kicks the thread. */
enum hrtimer_restart tp4_relay_timer(struct hrtimer *timer);
/* Wake the port's thread. */
void tp4_relay_kick(struct tp4_port *port);
/* Descriptors that the switch could take from RX / put into TX. */
bool tp4_relay_readable(const struct tp4_port *port);
bool tp4_relay_writable(const struct tp4_port *port);

#endif
