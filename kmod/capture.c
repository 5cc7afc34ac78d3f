// SPDX-License-Identifier: GPL-2.0-only
/*
 * capture.c - see capture.h.
 */
#include <net/netlink.h>

#include "capture.h"
#include "netlink.h"
#include "port.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

static void tp4_capture_packet(struct tp4_flow *flow, const struct xdp_desc *desc, u32 len,
			       enum tp4_stat outcome)
{
	struct tp4_port *port = flow->owner;
	u8 dir = flow - port->flow;
	u64 start, room;

	trace_tp4_packet(port->ifindex, port->queue, dir, desc->addr, len, outcome);
	if (tp4_netlink_capturing(port->net) && tp4_area_locate(&port->area, desc, &start, &room))
		tp4_netlink_packet(port, dir, outcome, port->area.base + start,
				   min_t(u32, desc->len, U16_MAX - NLA_HDRLEN), len);
}

void tp4_capture_tap(struct tp4_port *port)
{
	bool on = trace_tp4_packet_enabled() || tp4_netlink_capturing(port->net);
	int dir;

	for (dir = 0; dir < TP4_DIRS; dir++)
		port->flow[dir].tap = on ? tp4_capture_packet : NULL;
}
