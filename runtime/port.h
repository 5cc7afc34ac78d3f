/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * port.h - one slot of the channel, as the P4 VM sees it through its life.
 *
 * The hot path: nothing here allocates, locks or makes a system call.
 */
#ifndef TP4_RUNTIME_PORT_H
#define TP4_RUNTIME_PORT_H

#include "ring/lane.h"
#include "runtime/pipeline.h"

#define PORT_BATCH 64U /* packets decided at a time */

/* Packets since the start, over all epochs. */
struct port_count {
	uint64_t forwarded, dropped;
	uint64_t rewritten; /* of forwarded */
	uint64_t bad;       /* of dropped: not inside the UMEM */
};

/* Bring a slot's memory into reach, before its lanes open; false: it cannot be. */
typedef bool (*port_reach)(uint32_t slot, uint64_t umem_size);

struct port {
	port_reach reach; /* NULL: all memory is in reach */
	const struct tp4_view_port *view;
	struct tp4_vm_port *vm;
	const uint8_t *umem;
	uint32_t slot;
	uint32_t epoch; /* that we said hello for; 0: none */
	bool live;      /* lanes are open */
	bool unaligned;
	uint64_t umem_size;
	struct tp4_lane lane[TP4_DIRS]; /* ring.mem NULL: no such ring */
	struct port_count count[TP4_DIRS];
};

/* @view, @verdict: start of the two devices' memory. */
void port_init(struct port *port, const void *view, void *verdict, uint32_t slot, port_reach reach);

/*
 * Follow the kernel: say hello, open the lanes when it answers, forget them
 * when it moves on.  Returns true when a bell is due for a hello.
 */
bool port_follow(struct port *port, const void *view, void *verdict);

/*
 * Decide up to PORT_BATCH packets of each direction with @program.  Returns
 * how many; sets *ring when the relay will not find the verdicts by itself.
 */
unsigned int port_decide(struct port *port, struct pipeline *program, bool *ring);

/* Is there something to decide?  For use before sleep. */
bool port_waiting(const struct port *port);

#endif
