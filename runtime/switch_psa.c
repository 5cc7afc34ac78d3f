/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * switch_psa.c - the packet replication engine around psa programs (PSA 1.2,
 * section 6), and the way of a packet around a pna program's main pipeline.
 */
#include "runtime/switch.h"

#include <errno.h>
#include <stdlib.h>

static struct switch_item *item_new(struct switch_run *r, const uint8_t *data, uint32_t len,
				    const struct tp4_psa *m, const void *state)
{
	struct switch_item *i = switch_item_new(r, data, len);

	if (!i)
		return NULL;
	if (state)
		memcpy(i->state, state, r->p->program->state_size);
	i->psa = (struct tp4_psa){ .ingress_port = m->ingress_port,
				   .path = m->path,
				   .pass = m->pass,
				   .class_of_service = m->class_of_service,
				   .egress_port = m->egress_port,
				   .timestamp = m->timestamp,
				   .instance = m->instance };
	return i;
}

static void to_port(struct switch_run *r, const uint8_t *data, uint32_t len,
		    const struct switch_item *from, enum tp4_path path, uint32_t port,
		    uint32_t instance)
{
	struct tp4_psa m = from->psa;
	struct switch_item *i;

	m.path = path;
	m.egress_port = port;
	m.instance = instance;
	/* A clone's class is its session's, and sessions have none here. */
	if (path == TP4_PATH_CLONE_I2E || path == TP4_PATH_CLONE_E2E)
		m.class_of_service = 0;
	i = item_new(r, data, len, &m, from->state);
	if (i)
		i->egress = true;
}

static void to_group(struct switch_run *r, const uint8_t *data, uint32_t len,
		     const struct switch_item *from, enum tp4_path path, uint32_t group)
{
	for (uint32_t g = 0; g < r->s->n_groups; g++)
		for (uint32_t n = 0; r->s->groups[g].id == group && n < r->s->groups[g].n_nodes;
		     n++) {
			const struct switch_node *node = &r->s->nodes[r->s->groups[g].nodes[n]];

			for (uint32_t k = 0; k < node->n_ports; k++)
				to_port(r, data, len, from, path, node->ports[k], node->rid);
		}
}

static void to_session(struct switch_run *r, const uint8_t *data, uint32_t len,
		       const struct switch_item *from, enum tp4_path path, uint32_t session)
{
	for (uint32_t k = 0; k < r->s->n_sessions; k++) {
		const struct switch_session *m = &r->s->sessions[k];

		if (m->id == session && m->group)
			to_group(r, data, len, from, path, m->port);
		else if (m->id == session)
			to_port(r, data, len, from, path, m->port, 0);
	}
}

/* One stage from parser to deparser: the packet that it makes, or NULL */
static uint8_t *play(struct switch_run *r, struct switch_item *i,
		     void (*stage)(struct tp4_ctx *, void *, struct tp4_psa *), uint32_t *len)
{
	struct tp4_ctx *c = &r->p->ctx;
	uint32_t room = i->len + 4096, head, payload, rest;
	uint8_t *out = calloc(1, room + TP4_PARSE_PAD);

	if (!out)
		return NULL;
	c->p = (struct tp4_packet){
		.buf = i->data,
		.len = i->len < r->p->program->parse_bytes ? i->len : r->p->program->parse_bytes,
		.total_len = i->len,
		.port = i->psa.ingress_port,
		.timestamp = i->psa.timestamp,
		.out = out,
		.out_size = room,
	};
	stage(c, i->state, &i->psa);
	head = packet_seam(&c->p, i->data);
	payload = (uint32_t)((c->p.pos + 7) / 8);
	rest = i->len > payload ? i->len - payload : 0;
	if (c->p.drop || c->p.overflow || head + rest > room) {
		free(out);
		return NULL;
	}
	memcpy(out + head, i->data + i->len - rest, rest);
	*len = head + rest;
	return out;
}

static void again(struct switch_run *r, const uint8_t *data, uint32_t len,
		  const struct switch_item *from, uint32_t path, uint32_t port)
{
	struct tp4_psa m = from->psa;

	m.path = path;
	m.ingress_port = port;
	m.pass++;
	m.class_of_service = 0;
	item_new(r, data, len, &m, from->state);
}

static void psa_ingress(struct switch_run *r, struct switch_item *i)
{
	uint32_t len;
	uint8_t *out = play(r, i, r->p->program->psa_ingress, &len);

	if (!out)
		return;
	if (i->psa.clone)
		to_session(r, i->data, i->len, i, TP4_PATH_CLONE_I2E, i->psa.clone_session);
	if (i->psa.drop)
		;
	else if (i->psa.resubmit)
		again(r, i->data, i->len, i, TP4_PATH_RESUBMIT, i->psa.ingress_port);
	else if (i->psa.multicast_group)
		to_group(r, out, len, i, TP4_PATH_MULTICAST, i->psa.multicast_group);
	else
		to_port(r, out, len, i, TP4_PATH_UNICAST, i->psa.egress_port, 0);
	free(out);
}

static void psa_egress(struct switch_run *r, struct switch_item *i)
{
	uint32_t len;
	uint8_t *out = play(r, i, r->p->program->psa_egress, &len);

	if (!out)
		return;
	if (i->psa.clone)
		to_session(r, out, len, i, TP4_PATH_CLONE_E2E, i->psa.clone_session);
	if (i->psa.drop)
		;
	else if (i->psa.egress_port == TP4_PSA_RECIRCULATE)
		again(r, out, len, i, TP4_PATH_RECIRCULATE, TP4_PSA_RECIRCULATE);
	else
		r->s->emit(r->s->arg, i->psa.egress_port, out, len);
	free(out);
}

/* A packet for which no function was called is dropped. Mirrors are of the packet as it leaves. */
static void pna_main(struct switch_run *r, struct switch_item *i)
{
	uint32_t len;
	uint8_t *out;

	i->psa.drop = true;
	out = play(r, i, r->p->program->psa_ingress, &len);
	if (!out)
		return;
	for (int k = 0; k < TP4_MIRROR_SLOTS; k++)
		for (uint32_t s = 0; i->psa.mirror[k] && s < r->s->n_sessions; s++)
			if (r->s->sessions[s].id == i->psa.mirror_session[k] &&
			    !r->s->sessions[s].group)
				r->s->emit(r->s->arg, r->s->sessions[s].port, out, len);
	if (i->psa.recirculate)
		again(r, out, len, i, TP4_PATH_RECIRCULATE, i->psa.ingress_port);
	else if (!i->psa.drop)
		r->s->emit(r->s->arg, i->psa.egress_port, out, len);
	free(out);
}

int switch_psa_inject(struct pipeline *p, struct tp4_switch *s, uint32_t port, const uint8_t *data,
		      uint32_t len)
{
	struct switch_run r = { .p = p, .s = s, .last = &r.first };
	struct tp4_psa m = { .ingress_port = port, .path = TP4_PATH_NORMAL, .timestamp = s->now };
	struct switch_item *i = item_new(&r, data, len, &m, NULL);

	if (!i)
		return -ENOMEM;
	for (; (i = r.first); switch_item_free(i)) {
		if (!p->program->psa_egress)
			pna_main(&r, i);
		else if (i->egress)
			psa_egress(&r, i);
		else
			psa_ingress(&r, i);
		r.first = i->next;
		if (!r.first)
			r.last = &r.first;
	}
	return 0;
}

/*
 * On a covered port there is one way to go.  A psa program's egress parses what
 * its ingress has made, in a buffer between the two.
 */
void switch_psa_port(struct pipeline *p, struct pipeline_packet *pkt)
{
	static uint8_t between[TP4_PARSE_MAX + 4096 + TP4_PARSE_PAD];
	struct tp4_ctx *c = &p->ctx;
	struct tp4_psa m = { .ingress_port = pkt->port,
			     .timestamp = pkt->timestamp,
			     .drop = !p->program->psa_egress };
	uint32_t head, pos, rest, len = c->p.len;

	memset(p->state, 0, p->program->state_size);
	if (!p->program->psa_egress) {
		p->program->psa_ingress(c, p->state, &m);
		c->p.drop |= m.drop;
		return;
	}
	c->p.out = between;
	c->p.out_size = TP4_PARSE_MAX;
	for (int turn = 0;; turn++) { /* resubmitted as often as with v1model */
		memset(between, 0, sizeof(between));
		c->p.pos = c->p.out_pos = 0;
		c->p.error = 0;
		p->program->psa_ingress(c, p->state, &m);
		if (!m.resubmit || m.drop || c->p.drop || c->p.overflow || turn == 3)
			break;
		m.path = TP4_PATH_RESUBMIT;
	}
	head = (uint32_t)(c->p.out_pos / 8);
	pos = (uint32_t)(c->p.pos / 8);
	if (c->p.drop || c->p.overflow || m.drop || c->p.out_pos % 8 || c->p.pos % 8) {
		c->p.drop = true;
		return;
	}
	rest = len - pos;
	if (rest > sizeof(between) - TP4_PARSE_PAD - head)
		rest = (uint32_t)sizeof(between) - TP4_PARSE_PAD - head;
	memcpy(between + head, c->p.buf + pos, rest);
	m.path = TP4_PATH_UNICAST;
	m.clone = false;
	c->p = (struct tp4_packet){
		.buf = between,
		.len = head + rest,
		.total_len = pkt->total_len - pos + head,
		.port = pkt->port,
		.timestamp = pkt->timestamp,
		.out = pkt->patch,
		.out_size = pkt->patch_size,
	};
	p->program->psa_egress(c, p->state, &m);
	c->p.drop |= m.drop;
	/* The place in the packet as it came: egress took the rest of its headers from there. */
	if (c->p.pos >= (uint64_t)head * 8) {
		c->p.pos = c->p.pos - (uint64_t)head * 8 + (uint64_t)pos * 8;
	} else {
		/* Egress parsed less than ingress wrote: the rest goes along as it is. */
		uint32_t from = (uint32_t)((c->p.pos + 7) / 8), more = head - from;

		if (c->p.out_pos % 8 || c->p.pos % 8 || c->p.out_pos / 8 + more > c->p.out_size) {
			c->p.overflow = true;
			return;
		}
		memcpy(c->p.out + c->p.out_pos / 8, between + from, more);
		c->p.out_pos += (uint64_t)more * 8;
		c->p.pos = (uint64_t)pos * 8;
	}
	c->p.buf = p->buf;
}
