/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* switch.c - the traffic manager around v1model programs, and plain ports around the others. */
#include "runtime/switch.h"

#include <errno.h>
#include <stdlib.h>

#define COPIES_MAX 256 /* of one packet: against resubmission and recirculation without end */
#define QUEUES     1   /* of a port; what has a priority beyond them is dropped, as in BMv2 */

enum instance_type {
	NORMAL,
	INGRESS_CLONE,
	EGRESS_CLONE,
	COALESCED,
	RECIRCULATED,
	REPLICATED,
	RESUBMITTED
};

static uint64_t clock_us(const struct pipeline *p)
{
	return p->ctx.p.timestamp / 1000;
}

struct switch_item *switch_item_new(struct switch_run *r, const uint8_t *data, uint32_t len)
{
	struct switch_item *i;

	if (++r->copies > COPIES_MAX)
		return NULL;
	i = calloc(1, sizeof(*i));
	if (!i)
		return NULL;
	i->data = calloc(1, (size_t)len + TP4_PARSE_PAD);
	i->state = calloc(1, r->p->program->state_size + 16);
	if (!i->data || !i->state) {
		switch_item_free(i);
		return NULL;
	}
	memcpy(i->data, data, len);
	i->len = len;
	*r->last = i;
	r->last = &i->next;
	return i;
}

void switch_item_free(struct switch_item *i)
{
	free(i->data);
	free(i->state);
	free(i);
}

static struct switch_item *item_new(struct switch_run *r, const uint8_t *data, uint32_t len,
				    uint32_t port, enum instance_type type)
{
	struct switch_item *i = switch_item_new(r, data, len);

	if (!i)
		return NULL;
	i->length = len;
	i->cut = UINT32_MAX;
	i->port = port;
	i->std = (struct tp4_std){ .instance_type = type, .packet_length = len };
	return i;
}

static void packet_set(struct pipeline *p, const struct switch_item *i, uint8_t *out,
		       uint32_t out_size)
{
	p->ctx.p = (struct tp4_packet){
		.buf = i->data, /* parsed no further than on a port */
		.len = i->len < p->program->parse_bytes ? i->len : p->program->parse_bytes,
		.total_len = i->len,
		.length = i->length,
		.port = i->port,
		.out = out,
		.out_size = out_size,
		.timestamp = p->ctx.sw ? p->ctx.sw->now : 0,
	};
}

/* A stage asks for nothing yet. */
static void std_begin(struct tp4_std *std)
{
	std->clone = std->resubmit = std->recirculate = false;
	std->clone_list = std->resubmit_list = std->recirculate_list = -1;
}

/* To egress: the packet's headers, and the metadata that std and state hold. */
static void enqueue(struct switch_run *r, const struct switch_item *from, const struct tp4_std *std,
		    const void *state, uint32_t port)
{
	struct switch_item *i = item_new(r, from->data, from->len, from->port, NORMAL);

	if (!i)
		return;
	memcpy(i->state, state, r->p->program->state_size);
	i->payload = from->payload;
	i->length = from->length;
	i->egress = true;
	i->std = *std;
	i->std.egress_port = port;
}

static void multicast(struct switch_run *r, const struct switch_item *from, struct tp4_std std,
		      const void *state, uint32_t group)
{
	for (uint32_t g = 0; g < r->s->n_groups; g++) {
		if (r->s->groups[g].id != group)
			continue;
		for (uint32_t n = 0; n < r->s->groups[g].n_nodes; n++) {
			const struct switch_node *node = &r->s->nodes[r->s->groups[g].nodes[n]];

			std.egress_rid = node->rid;
			for (uint32_t k = 0; k < node->n_ports; k++)
				enqueue(r, from, &std, state, node->ports[k]);
		}
	}
}

/* Of the standard metadata a clone has its kind only, as in BMv2: ingress_port, too, is zero. */
static void mirror(struct switch_run *r, const struct switch_item *from, uint32_t session,
		   enum instance_type type, const void *state)
{
	const struct tp4_std std = { .instance_type = type };

	for (uint32_t k = 0; k < r->s->n_sessions; k++) {
		const struct switch_session *m = &r->s->sessions[k];

		if (m->id == session && m->group)
			multicast(r, from, std, state, m->port);
		else if (m->id == session)
			enqueue(r, from, &std, state, m->port);
	}
}

/* The copy is the packet as it came in, parsed anew; its metadata is what the list says. */
static void clone_ingress(struct switch_run *r, const struct switch_item *i,
			  const struct tp4_std *asked)
{
	const struct tp4_program *g = r->p->program;
	struct switch_item *from = item_new(r, i->data, i->len, i->port, NORMAL);
	struct tp4_std std = { .ingress_port = i->port };
	struct switch_item **at;

	if (!from)
		return;
	/* Not for the queue: only what the copies are made of. */
	for (at = &r->first; *at != from; at = &(*at)->next)
		;
	*at = NULL;
	r->last = at;
	packet_set(r->p, from, NULL, 0);
	g->parse(&r->p->ctx, from->state, &std);
	g->preserve(from->state, i->state, asked->clone_list);
	from->payload = r->p->ctx.p.pos;
	from->length = r->p->ctx.p.length;
	mirror(r, from, asked->clone_session, INGRESS_CLONE, from->state);
	switch_item_free(from);
}

static void ingress(struct switch_run *r, struct switch_item *i)
{
	const struct tp4_program *g = r->p->program;
	struct tp4_ctx *c = &r->p->ctx;
	struct tp4_std *std = &i->std;

	std_begin(std);
	packet_set(r->p, i, NULL, 0);
	g->parse(c, i->state, std);
	i->payload = c->p.pos;
	std->parser_error = c->p.error;
	g->ingress(c, i->state, std);
	if (c->p.drop)
		return; /* a failed assertion */
	if (c->p.truncate)
		i->cut = c->p.truncate_len;
	i->length = c->p.length;
	if (std->clone)
		clone_ingress(r, i, std);
	if (std->resubmit) {
		struct switch_item *again = item_new(r, i->data, i->len, i->port, RESUBMITTED);

		if (again)
			g->preserve(again->state, i->state, std->resubmit_list);
		return;
	}
	if (std->priority >= QUEUES)
		return;
	if (std->mcast_grp) {
		std->instance_type = REPLICATED;
		multicast(r, i, *std, i->state, std->mcast_grp);
		return;
	}
	if (std->egress_spec == SWITCH_DROP_PORT)
		return;
	std->instance_type = NORMAL;
	std->egress_port = std->egress_spec;
	i->egress = true;
}

static void egress(struct switch_run *r, struct switch_item *i)
{
	const struct tp4_program *g = r->p->program;
	struct tp4_ctx *c = &r->p->ctx;
	uint32_t room = i->len + 4096, head, payload, total;
	uint32_t port = i->std.egress_port; /* whatever egress writes there */
	uint8_t *out = calloc(1, room + TP4_PARSE_PAD);
	struct tp4_std *std = &i->std;

	if (!out)
		return;
	std_begin(std);
	std->egress_spec = 0;
	std->packet_length = i->length;
	std->egress_global_timestamp = clock_us(r->p);
	std->enq_timestamp = (uint32_t)std->egress_global_timestamp;
	std->enq_qdepth = std->deq_qdepth = std->deq_timedelta = 0; /* queues are empty */
	packet_set(r->p, i, out, room);
	c->p.pos = i->payload;
	g->egress(c, i->state, std);
	if (c->p.drop)
		goto done;
	i->length = c->p.length;
	if (std->clone) {
		void *state = calloc(1, g->state_size + 16);

		if (state) {
			/* Headers as they are now, metadata as the list says. */
			memcpy(state, i->state, g->header_size);
			g->preserve(state, i->state, std->clone_list);
			mirror(r, i, std->clone_session, EGRESS_CLONE, state);
			free(state);
		}
	}
	if (std->egress_spec == SWITCH_DROP_PORT)
		goto done;
	g->deparse(c, i->state, std);
	if (c->p.overflow)
		goto done;
	head = packet_seam(&c->p, i->data);
	payload = (uint32_t)((i->payload + 7) / 8);
	if (head + i->len - (payload < i->len ? payload : i->len) > room)
		goto done;
	if (payload < i->len)
		memcpy(out + head, i->data + payload, i->len - payload);
	total = head + (payload < i->len ? i->len - payload : 0);
	if (std->recirculate) {
		struct switch_item *again = item_new(r, out, total, i->port, RECIRCULATED);

		if (again)
			g->preserve(again->state, i->state, std->recirculate_list);
		goto done;
	}
	if (c->p.truncate && c->p.truncate_len < i->cut)
		i->cut = c->p.truncate_len;
	r->s->emit(r->s->arg, port, out, i->cut < total ? i->cut : total);
done:
	free(out);
}

static int inject_switch(struct pipeline *p, struct tp4_switch *s, uint32_t port,
			 const uint8_t *data, uint32_t len)
{
	struct switch_run r = { .p = p, .s = s, .last = &r.first };
	struct switch_item *i = item_new(&r, data, len, port, NORMAL);

	if (!i)
		return -ENOMEM;
	i->std.ingress_port = port;
	i->std.ingress_global_timestamp = s->now / 1000;
	p->ctx.sw = s;
	while ((i = r.first)) {
		bool came = !i->egress;

		if (came)
			ingress(&r, i);
		else
			egress(&r, i);
		r.first = i->next;
		if (!r.first)
			r.last = &r.first;
		if (came && i->egress) { /* behind the clones that it has made */
			i->next = NULL;
			*r.last = i;
			r.last = &i->next;
		} else {
			switch_item_free(i);
		}
	}
	p->ctx.sw = NULL;
	return 0;
}

static int inject_filter(struct pipeline *p, struct tp4_switch *s, uint32_t port,
			 const uint8_t *data, uint32_t len)
{
	uint8_t *patch = calloc(1, (size_t)len + 8192), *out = NULL;
	struct pipeline_packet pkt = { .data = data,
				       .len = len,
				       .total_len = len,
				       .port = port,
				       .patch = patch,
				       .patch_size = len + 4096,
				       .timestamp = s->now };

	if (!patch)
		return -ENOMEM;
	pipeline_run(p, &pkt, 1);
	if (pkt.verdict == PIPELINE_FORWARD) {
		uint32_t rest = len - pkt.old_prefix;

		out = malloc((size_t)pkt.new_prefix + rest + 1);
		if (out) {
			memcpy(out, patch, pkt.new_prefix);
			memcpy(out + pkt.new_prefix, data + pkt.old_prefix, rest);
			s->emit(s->arg,
				p->program->arch == TP4_ARCH_UBPF ? p->ctx.p.out_port : port, out,
				pkt.new_prefix + rest);
		}
	}
	free(out);
	free(patch);
	return 0;
}

int switch_inject(struct pipeline *p, struct tp4_switch *s, uint32_t port, const uint8_t *data,
		  uint32_t len)
{
	if (p->program->run)
		return inject_filter(p, s, port, data, len);
	if (p->program->psa_ingress)
		return switch_psa_inject(p, s, port, data, len);
	return inject_switch(p, s, port, data, len);
}

/* On a covered port: what the program does not drop goes on; there is one way to go. */
void switch_run_port(struct pipeline *p, struct pipeline_packet *pkt)
{
	const struct tp4_program *g = p->program;
	struct tp4_ctx *c = &p->ctx;
	struct tp4_std std;

	memset(p->state, 0, g->state_size);
	for (int turn = 0;; turn++) {
		std = (struct tp4_std){ .ingress_port = pkt->port,
					.packet_length = pkt->total_len,
					.instance_type = turn ? RESUBMITTED : NORMAL,
					.ingress_global_timestamp = pkt->timestamp / 1000 };
		std_begin(&std);
		c->p.pos = 0;
		c->p.error = 0;
		c->p.length = pkt->total_len;
		g->parse(c, p->state, &std);
		std.parser_error = c->p.error;
		g->ingress(c, p->state, &std);
		if (!std.resubmit || turn == 3)
			break;
		g->preserve(p->state, p->state, std.resubmit_list);
	}
	if (std.egress_spec == SWITCH_DROP_PORT || c->p.drop) {
		c->p.drop = true;
		return;
	}
	std.egress_port = std.egress_spec;
	std.egress_spec = 0;
	std.packet_length = c->p.length;
	std.egress_global_timestamp = pkt->timestamp / 1000;
	g->egress(c, p->state, &std);
	if (std.egress_spec == SWITCH_DROP_PORT || c->p.drop) {
		c->p.drop = true;
		return;
	}
	g->deparse(c, p->state, &std);
}
