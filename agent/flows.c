/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * flows.c - a hash table of flows with a queue of changes through it.
 */
#include "agent/flows.h"

#include <stdio.h>
#include <stdlib.h>

#include <sodium.h>

#define HEADS (2 * FLOWS_MAX)

struct flow {
	struct flow_record r;
	bool used, dead; /* dead: gone, but the P4 VM has still to be told */
	bool closed, queued, told;
	uint32_t look;
	uint32_t shared;      /* in this look another socket had its address; 0: in none */
	uint32_t next;        /* of the key's hash chain, or of the free list; 0: end */
	uint32_t next_cookie; /* of the cookie's */
	uint32_t next_queued;
	uint64_t cookie; /* 0: none; it is in no chain then */
};

static struct flow *flows; /* [0] is nobody */
static uint32_t n_flows, n_alive, size_flows, free_list;
static uint32_t heads[HEADS], cookie_heads[HEADS];
static uint32_t queue_first, queue_last;
static uint32_t look_now = 1;
static bool looked;     /* once at all sockets */
static uint32_t resend; /* next one to be told in a session that began; 0: done */
static bool begin;
static uint8_t secret[crypto_shorthash_KEYBYTES];

static uint32_t *head_of(const uint8_t *key)
{
	uint64_t h;

	crypto_shorthash((uint8_t *)&h, key, FLOW_KEY_SIZE, secret);
	return &heads[h & (HEADS - 1)];
}

/* The kernel counts cookies, so that nobody can aim at one place. */
static uint32_t *cookie_head(uint64_t cookie)
{
	return &cookie_heads[cookie & (HEADS - 1)];
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

static uint32_t find_cookie(uint64_t cookie)
{
	uint32_t i;

	for (i = *cookie_head(cookie); i && flows[i].cookie != cookie; i = flows[i].next_cookie)
		;
	return i;
}

static uint32_t make(const uint8_t *key)
{
	static bool said;
	uint32_t i = free_list, *head;

	if (n_alive == FLOWS_MAX) {
		if (!said)
			fprintf(stderr,
				"transp4-agent: more than %u sockets; the owners of those beyond "
				"are not told\n",
				FLOWS_MAX);
		said = true;
		return 0;
	}
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

/* From now on it is the flow of that socket; 0: of none. */
static void own(uint32_t i, uint64_t cookie)
{
	uint32_t *at = cookie_head(flows[i].cookie);

	if (flows[i].cookie == cookie)
		return;
	if (flows[i].cookie) {
		while (*at != i)
			at = &flows[*at].next_cookie;
		*at = flows[i].next_cookie;
	}
	flows[i].cookie = cookie;
	flows[i].shared = 0;
	if (cookie) {
		flows[i].next_cookie = *cookie_head(cookie);
		*cookie_head(cookie) = i;
	}
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

static void die(uint32_t i)
{
	if (flows[i].dead)
		return;
	own(i, 0);
	flows[i].dead = true;
	queue(i);
}

/* The other one may have gone since; looks at all sockets do not find it again then. */
static bool is_shared(uint32_t i)
{
	return flows[i].shared && look_now - flows[i].shared <= 1;
}

void flow_share(uint64_t cookie, const struct flow_record *other)
{
	uint32_t i = find_cookie(cookie);
	struct flow_record r = flows[i].r;

	if (memcmp(r.uid, other->uid, sizeof(r.uid)))
		flow_put(r.uid, FLOW_UID_SEVERAL, 4);
	if (memcmp(r.cgroup, other->cgroup, sizeof(r.cgroup)))
		flow_put(r.cgroup, 0, 8);
	flow_put(r.program, 0, 8);
	if (memcmp(&r, &flows[i].r, sizeof(r)))
		queue(i);
	flows[i].r = r;
	flows[i].shared = look_now;
}

bool flow_set(const struct flow_record *r, uint64_t cookie)
{
	uint32_t i = find(r->key), before = find_cookie(cookie);
	bool new = !i;

	/* The socket has another address now. */
	if (before && before != i)
		die(before);
	if (new && !(i = make(r->key)))
		return false;
	own(i, cookie);
	flows[i].look = look_now;
	flows[i].closed = false;
	if (is_shared(i) || (!new && !flows[i].dead && !memcmp(&flows[i].r, r, sizeof(*r))))
		return true;
	flows[i].r = *r;
	flows[i].dead = false;
	queue(i);
	return true;
}

void flow_set_program(uint64_t cookie, uint64_t program)
{
	uint32_t i = find_cookie(cookie);

	if (!i || is_shared(i) || flow_get(flows[i].r.program, 8) == program)
		return;
	flow_put(flows[i].r.program, program, 8);
	queue(i);
}

const struct flow_record *flow_by_key(const uint8_t key[FLOW_KEY_SIZE], uint64_t *holder)
{
	uint32_t i = find(key);

	*holder = i && !flows[i].closed ? flows[i].cookie : 0;
	return i && !flows[i].dead ? &flows[i].r : NULL;
}

const struct flow_record *flow_open(uint64_t cookie)
{
	uint32_t i = find_cookie(cookie);

	return i && !flows[i].closed ? &flows[i].r : NULL;
}

void flow_close(uint64_t cookie)
{
	uint32_t i = find_cookie(cookie);

	if (i)
		flows[i].closed = true;
}

void flow_del(uint64_t cookie)
{
	uint32_t i = find_cookie(cookie);

	if (i)
		die(i);
}

void flows_look_begin(void)
{
	look_now++;
}

void flows_look_end(void)
{
	looked = true;
	for (uint32_t i = 1; i <= n_flows; i++)
		if (flows[i].used && look_now - flows[i].look > 1)
			die(i);
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
	}
	for (; resend && resend <= n_flows && room >= FLOW_RECORD_SIZE; resend++)
		if (flows[resend].used && !flows[resend].dead && !flows[resend].told)
			put(u, resend, &room);
	if (looked && resend > n_flows) {
		u->owners_whole = true;
		resend = 0;
	}
	return u->owners_anew || u->owners_whole || u->owners.len || u->gone.len;
}

void flows_idle(void)
{
	while (queue_first) {
		Transp4__V1__InVmUpdate nobody = TRANSP4__V1__IN_VM_UPDATE__INIT;

		flows_take(&nobody, 8192);
	}
}
