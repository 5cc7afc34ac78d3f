/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * port.c - hello, batches, verdicts.
 */
#include "control/clock.h"
#include "runtime/port.h"

void port_init(struct port *port, const void *view, void *verdict, uint32_t slot, port_reach reach)
{
	memset(port, 0, sizeof(*port));
	port->reach = reach;
	port->slot = slot;
	port->view = &((const struct tp4_view *)view)->port[slot];
	port->vm = &((struct tp4_vm *)verdict)->port[slot];
	port->umem = (const uint8_t *)view + slot * TP4_VIEW_SLOT + TP4_VIEW_UMEM;
}

static void port_open(struct port *port, const void *view, void *verdict)
{
	bool reached;

	port->umem_size = tp4_read_once(port->view->umem_size);
	if (port->umem_size > TP4_UMEM_MAX)
		port->umem_size = TP4_UMEM_MAX;
	/* Out of reach: nothing is decided, and the port follows its policy. */
	reached = !port->reach || port->reach(port->slot, port->umem_size);
	for (int dir = 0; dir < TP4_DIRS; dir++)
		if (!reached || !tp4_lane_open(&port->lane[dir], view, verdict, port->slot, dir))
			port->lane[dir].ring.mem = NULL;
	port->unaligned = tp4_read_once(port->view->flags) & TP4_PORT_UNALIGNED;
	port->live = true;
}

bool port_follow(struct port *port, const void *view, void *verdict)
{
	uint32_t epoch = tp4_read_once(port->view->epoch);

	if (epoch != port->epoch) {
		port->live = false;
		port->epoch = epoch;
		/* The kernel's answer to this makes the memory of the new epoch ours. */
		tp4_store_release(&port->vm->hello, epoch);
		return epoch != 0;
	}
	/* The ring's geometry and start are valid after live. */
	if (epoch && !port->live && tp4_load_acquire(&port->view->live) == epoch)
		port_open(port, view, verdict);
	return false;
}

/* Descriptors of the packet that starts at @i of @avail; 0: its end is not there yet. */
static uint32_t chain_length(const struct tp4_lane *lane, uint32_t i, uint32_t avail)
{
	bool cut; /* the kernel drops it then; the program may say what it likes */

	return tp4_ring_packet(&lane->ring, lane->ring.idx + i, avail - i, &cut);
}

/* The bytes of a descriptor, or NULL: it is not inside the window. */
static const uint8_t *port_data(const struct port *port, const struct xdp_desc *d)
{
	uint64_t at = d->addr;

	if (port->unaligned)
		at = (at & ((1ULL << 48) - 1)) + (at >> 48);
	if (at > port->umem_size || d->len > port->umem_size - at)
		return NULL;
	return port->umem + at;
}

static uint64_t verdict_of(const struct pipeline_packet *pkt, struct port_count *count)
{
	if (pkt->verdict != PIPELINE_FORWARD || pkt->old_prefix > pkt->len ||
	    pkt->old_prefix > UINT16_MAX || pkt->new_prefix > pkt->patch_size) {
		count->dropped++;
		return TP4_VERDICT(TP4_DROP, 0, 0);
	}
	count->forwarded++;
	count->rewritten += pkt->old_prefix || pkt->new_prefix;
	return TP4_VERDICT(TP4_FORWARD, pkt->old_prefix, pkt->new_prefix);
}

static unsigned int lane_decide(struct port *port, int dir, struct pipeline *program)
{
	struct tp4_lane *lane = &port->lane[dir];
	struct port_count *count = &port->count[dir];
	struct pipeline_packet pkt[PORT_BATCH];
	uint32_t place[PORT_BATCH]; /* of pkt[], in the lane */
	uint32_t avail = tp4_lane_avail(lane), i = 0, n = 0, taken = 0;
	uint64_t now;

	if (!avail)
		return 0;
	now = now_ns();
	while (taken < PORT_BATCH && i < avail) {
		struct xdp_desc d = tp4_lane_desc(lane, i);
		uint32_t total = d.len, chain = chain_length(lane, i, avail);
		const uint8_t *data = port_data(port, &d);

		if (!chain)
			break;
		for (uint32_t k = 1; k < chain; k++)
			total += tp4_lane_desc(lane, i + k).len;
		if (data) {
			__builtin_prefetch(data);
			place[n] = i;
			pkt[n++] = (struct pipeline_packet){
				.data = data,
				.len = d.len,
				.total_len = total,
				.port = dir,
				.timestamp = now,
				.patch = tp4_lane_patch(lane, i),
				.patch_size = TP4_PATCH_SIZE,
			};
		} else {
			tp4_lane_judge(lane, i, TP4_VERDICT(TP4_DROP, 0, 0));
			count->dropped++;
			count->bad++;
		}
		i += chain;
		taken++;
	}
	if (n)
		pipeline_run(program, pkt, n);
	for (uint32_t k = 0; k < n; k++)
		tp4_lane_judge(lane, place[k], verdict_of(&pkt[k], count));
	if (i)
		tp4_lane_publish(lane, i);
	return taken;
}

unsigned int port_decide(struct port *port, struct pipeline *program, bool *ring)
{
	unsigned int n = 0;

	if (!port->live)
		return 0;
	for (int dir = 0; dir < TP4_DIRS; dir++)
		n += lane_decide(port, dir, program);
	if (n) {
		/* The advance of prod before this look; pairs with the relay's
		 * barrier between clearing relaying and its last look at prod.
		 */
		tp4_full_barrier();
		if (!tp4_read_once(port->view->relaying))
			*ring = true;
	}
	return n;
}

bool port_waiting(const struct port *port)
{
	if (!port->live)
		return false;
	for (int dir = 0; dir < TP4_DIRS; dir++)
		if (chain_length(&port->lane[dir], 0, tp4_lane_avail(&port->lane[dir])))
			return true;
	return false;
}
