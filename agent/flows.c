/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * flows.c - a hash table of flows with a queue of changes through it.
 */
#include "agent/flows.h"

#include <stdlib.h>

#include <sodium.h>

struct flow {
	struct flow_record r;
	bool used, dead; /* dead: gone, but the P4 VM has still to be told */
	bool closed, queued, told;
	uint32_t round, stamp;
	uint32_t next; /* of the hash chain, or of the free list; 0: end */
	uint32_t next_queued;
};

static struct flow *flows; /* [0] is nobody */
static uint32_t n_flows, n_alive, size_flows, free_list;
static uint32_t heads[2 * FLOWS_MAX];
static uint32_t queue_first, queue_last;
static uint32_t round_now = 1;
static uint32_t resend; /* next one to be told in a session that began; 0: done */
static bool begin;
static uint32_t stamps;
static uint8_t secret[crypto_shorthash_KEYBYTES];

static uint32_t *head_of(const uint8_t *key)
{
	uint64_t h;

	crypto_shorthash((uint8_t *)&h, key, FLOW_KEY_SIZE, secret);
	return &heads[h & (2 * FLOWS_MAX - 1)];
}

static uint32_t find(const uint8_t *key)
{
	uint32_t i;

	if (!flows)
		return 0;
	for (i = *head_of(key); i && memcmp(flows[i].r.key, key, FLOW_KEY_SIZE); i = flows[i].next)
		;
	return i;
}

static uint32_t make(const uint8_t *key)
{
	uint32_t i = free_list, *head;

	if (n_alive == FLOWS_MAX)
		return 0;
	if (!flows)
		crypto_shorthash_keygen(secret);
	if (i) {
		free_list = flows[i].next;
	} else {
		if (n_flows + 1 >= size_flows) {
			uint32_t size = size_flows ? 2 * size_flows : 1024;
			struct flow *more = realloc(flows, size * sizeof(*flows));

			if (!more)
				return 0;
			flows = more;
			size_flows = size;
		}
		i = ++n_flows;
	}
	memset(&flows[i], 0, sizeof(flows[i]));
	memcpy(flows[i].r.key, key, FLOW_KEY_SIZE);
	head = head_of(key);
	flows[i].next = *head;
	flows[i].used = true;
	*head = i;
	n_alive++;
	return i;
}

static void drop(uint32_t i)
{
	uint32_t *at = head_of(flows[i].r.key);

	while (*at != i)
		at = &flows[*at].next;
	*at = flows[i].next;
	flows[i].used = false;
	flows[i].next = free_list;
	free_list = i;
	n_alive--;
}

static void queue(uint32_t i)
{
	if (flows[i].queued)
		return;
	flows[i].queued = true;
	flows[i].next_queued = 0;
	if (queue_last)
		flows[queue_last].next_queued = i;
	else
		queue_first = i;
	queue_last = i;
}

bool flow_set(const struct flow_record *r)
{
	uint32_t i = find(r->key);
	bool new = !i;

	if (new && !(i = make(r->key)))
		return false;
	flows[i].round = round_now;
	flows[i].stamp = ++stamps;
	flows[i].closed = false;
	if (!new && !flows[i].dead && !memcmp(&flows[i].r, r, sizeof(*r)))
		return true;
	flows[i].r = *r;
	flows[i].dead = false;
	queue(i);
	return true;
}

void flow_del(const uint8_t key[FLOW_KEY_SIZE])
{
	uint32_t i = find(key);

	if (!i || flows[i].dead)
		return;
	flows[i].dead = true;
	queue(i);
}

void flow_close(const uint8_t key[FLOW_KEY_SIZE])
{
	uint32_t i = find(key);

	if (i)
		flows[i].closed = true;
}

bool flow_open(const uint8_t key[FLOW_KEY_SIZE])
{
	uint32_t i = find(key);

	return i && !flows[i].dead && !flows[i].closed;
}

const struct flow_record *flow_get_record(const uint8_t key[FLOW_KEY_SIZE])
{
	uint32_t i = find(key);

	return i && !flows[i].dead ? &flows[i].r : NULL;
}

uint32_t flow_stamp(const uint8_t key[FLOW_KEY_SIZE])
{
	uint32_t i = find(key);

	return i ? flows[i].stamp : 0;
}

unsigned int flow_count(void)
{
	return n_alive;
}

void flows_round_begin(void)
{
	round_now++;
}

void flows_round_end(void)
{
	for (uint32_t i = 1; i <= n_flows; i++)
		if (flows[i].used && !flows[i].dead && flows[i].round != round_now)
			flow_del(flows[i].r.key);
}

void flows_forget(void)
{
	begin = true;
	resend = 1;
	for (uint32_t i = 1; i <= n_flows; i++)
		flows[i].told = false;
}

static void put(Transp4__V1__InVmUpdate *u, uint32_t i, size_t *room)
{
	if (flows[i].dead) {
		memcpy(u->gone.data + u->gone.len, flows[i].r.key, FLOW_KEY_SIZE);
		u->gone.len += FLOW_KEY_SIZE;
		*room -= FLOW_KEY_SIZE;
		return;
	}
	memcpy(u->owners.data + u->owners.len, &flows[i].r, FLOW_RECORD_SIZE);
	u->owners.len += FLOW_RECORD_SIZE;
	*room -= FLOW_RECORD_SIZE;
	flows[i].told = true;
}

bool flows_take(Transp4__V1__InVmUpdate *u, size_t room)
{
	static uint8_t owners[16384], gone[16384];
	bool any = begin;

	u->owners.data = owners;
	u->gone.data = gone;
	u->owners_anew = begin;
	begin = false;
	/* First what changes now; who waits for its first packet is in a hurry. */
	while (queue_first && room >= FLOW_RECORD_SIZE) {
		uint32_t i = queue_first;

		queue_first = flows[i].next_queued;
		if (!queue_first)
			queue_last = 0;
		flows[i].queued = false;
		if (!flows[i].dead || flows[i].told)
			put(u, i, &room);
		if (flows[i].dead)
			drop(i);
		any = true;
	}
	for (; resend && resend <= n_flows && room >= FLOW_RECORD_SIZE; resend++) {
		if (flows[resend].used && !flows[resend].dead && !flows[resend].told)
			put(u, resend, &room);
		any = true;
	}
	if (resend > n_flows) {
		u->owners_whole = true;
		resend = 0;
		any = true;
	}
	return any;
}

void flows_idle(void)
{
	while (queue_first) {
		Transp4__V1__InVmUpdate nobody = TRANSP4__V1__IN_VM_UPDATE__INIT;

		flows_take(&nobody, 8192);
	}
}
