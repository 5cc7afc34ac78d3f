/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * capture.h - packets with what became of them, for the tracepoint tp4_packet
 * and for listeners of the netlink group "capture".  Without either it costs
 * one test per pass.
 */
#ifndef TP4_CAPTURE_H
#define TP4_CAPTURE_H

struct tp4_port;

/* Set or clear the tap of both flows for the pass that follows. */
void tp4_capture_tap(struct tp4_port *port);

#endif
