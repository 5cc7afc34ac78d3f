/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * switch.h - what is around a program in a packet test: ports, and for v1model
 * the traffic manager with clones, resubmission, recirculation and multicast.
 *
 * The behaviour is that of BMv2's simple_switch, the model that v1model
 * programs are written for.  Packets that come out are given to `emit`.
 */
#ifndef TP4_SWITCH_H
#define TP4_SWITCH_H

#include "runtime/pipeline_state.h"

#define SWITCH_DROP_PORT 511U
#define SWITCH_PORTS_MAX 64

struct switch_session {
	uint32_t id;
	bool group;
	uint32_t port; /* or the multicast group */
};

struct switch_node {
	uint32_t rid, n_ports;
	uint32_t ports[SWITCH_PORTS_MAX];
};

struct switch_group {
	uint32_t id, n_nodes;
	uint32_t nodes[64];
};

struct tp4_switch {
	struct switch_session sessions[64];
	struct switch_node nodes[64];
	struct switch_group groups[64];
	uint32_t n_sessions, n_nodes, n_groups;
	void (*emit)(void *arg, uint32_t port, const uint8_t *data, uint32_t len);
	void *arg;
	uint64_t now; /* ns: when packets come */
};

/* One packet in; all that comes of it out through s->emit. 0 or -ENOMEM */
int switch_inject(struct pipeline *p, struct tp4_switch *s, uint32_t port, const uint8_t *data,
		  uint32_t len);

/* A packet on its way; what psa and pna have no use for is v1model's. */
struct switch_item {
	struct switch_item *next;
	bool egress; /* goes to egress next */
	uint8_t *data;
	uint32_t len;
	void *state; /* headers and metadata */
	struct tp4_psa psa;
	struct tp4_std std; /* as the next stage begins */
	uint32_t port;      /* where it came in; the parser of a clone sees it, too */
	uint64_t payload;   /* where the payload begins in data, bits */
	uint32_t cut; /* truncate() to so many bytes; UINT32_MAX: not; copies do not inherit it */
	uint32_t length; /* as setValid() and setInvalid() have changed it */
};

/* What one packet that came in has become, in the order of its turns. */
struct switch_run {
	struct pipeline *p;
	struct tp4_switch *s;
	struct switch_item *first, **last;
	int copies;
};

/* The last in the queue, a copy of @data; NULL: no memory, or there were too many. */
struct switch_item *switch_item_new(struct switch_run *r, const uint8_t *data, uint32_t len);
void switch_item_free(struct switch_item *i);

/* switch_psa.c: the same for psa and pna programs */
int switch_psa_inject(struct pipeline *p, struct tp4_switch *s, uint32_t port, const uint8_t *data,
		      uint32_t len);

#endif
