/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * trace.h - tracepoints: transp4:tp4_packet, transp4:tp4_state.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM transp4

#if !defined(TP4_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define TP4_TRACE_H

#include <linux/tracepoint.h>

#include "transp4.h"

/* Laid out as the kernel does it. */
/* clang-format off */
TRACE_EVENT(tp4_packet,
	TP_PROTO(u32 ifindex, u32 queue, u8 dir, u64 addr, u32 len, u8 outcome),
	TP_ARGS(ifindex, queue, dir, addr, len, outcome),
	TP_STRUCT__entry(
		__field(u32, ifindex)
		__field(u32, queue)
		__field(u64, addr)
		__field(u32, len)
		__field(u8, dir)
		__field(u8, outcome)
	),
	TP_fast_assign(
		__entry->ifindex = ifindex;
		__entry->queue = queue;
		__entry->addr = addr;
		__entry->len = len;
		__entry->dir = dir;
		__entry->outcome = outcome;
	),
	TP_printk("ifindex=%u queue=%u dir=%s addr=%#llx len=%u outcome=%u",
		  __entry->ifindex, __entry->queue, __entry->dir == TP4_RX ? "rx" : "tx",
		  __entry->addr, __entry->len, __entry->outcome)
);

TRACE_EVENT(tp4_state,
	TP_PROTO(u32 ifindex, u32 queue, u8 state, u32 epoch),
	TP_ARGS(ifindex, queue, state, epoch),
	TP_STRUCT__entry(
		__field(u32, ifindex)
		__field(u32, queue)
		__field(u32, epoch)
		__field(u8, state)
	),
	TP_fast_assign(
		__entry->ifindex = ifindex;
		__entry->queue = queue;
		__entry->epoch = epoch;
		__entry->state = state;
	),
	TP_printk("ifindex=%u queue=%u state=%u epoch=%u", __entry->ifindex, __entry->queue,
		  __entry->state, __entry->epoch)
);

/* clang-format on */

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
