/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * owner.c - the owner table: open addressing, linear probing, deletion by
 * moving entries back, so that it never fills with graves.
 */
#include "runtime/owner.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/random.h>

#define SLOTS      OWNER_PLACES /* a power of two */
#define SWEEP_STEP 4096U

/* A key as words, ready to be hashed and compared: the last one is padded. */
struct key {
	uint64_t w[5];
};

struct slot {
	struct key key; /* protocol 0: free */
	uint32_t generation, uid;
	uint64_t cgroup, program;
};

static struct slot *slots; /* NULL: none was ever set */
static uint64_t secret[2];
static uint32_t count, generation = 1, oldest = 1, sweep_at = SLOTS;
static uint32_t room_at;       /* before it is nothing of a generation before this one */
static uint64_t heard, before; /* 0: never; before: of who told the generations before this one */

static struct key key_load(const uint8_t *bytes)
{
	struct key k = { { 0 } };

	memcpy(k.w, bytes, FLOW_KEY_SIZE);
	return k;
}

static bool key_same(const struct key *a, const struct key *b)
{
	return !((a->w[0] ^ b->w[0]) | (a->w[1] ^ b->w[1]) | (a->w[2] ^ b->w[2]) |
		 (a->w[3] ^ b->w[3]) | (a->w[4] ^ b->w[4]));
}

static bool slot_free(const struct slot *s)
{
	return !(uint8_t)s->key.w[0];
}

static uint64_t rotate(uint64_t v, int n)
{
	return v << n | v >> (64 - n);
}

/* SipHash-1-3 (Aumasson and Bernstein) of the words. */
static uint32_t key_place(const struct key *k)
{
	uint64_t a = secret[0] ^ 0x736f6d6570736575ULL, b = secret[1] ^ 0x646f72616e646f6dULL;
	uint64_t c = secret[0] ^ 0x6c7967656e657261ULL, d = secret[1] ^ 0x7465646279746573ULL;

	for (int i = 0; i < 9; i++) {
		uint64_t m = i < 5 ? k->w[i] : i == 5 ? 40ULL << 56 : 0;

		d ^= m;
		if (i == 6)
			c ^= 0xff;
		a += b;
		b = rotate(b, 13) ^ a;
		a = rotate(a, 32);
		c += d;
		d = rotate(d, 16) ^ c;
		a += d;
		d = rotate(d, 21) ^ a;
		c += b;
		b = rotate(b, 17) ^ c;
		c = rotate(c, 32);
		a ^= m;
	}
	return (uint32_t)(a ^ b ^ c ^ d) & (SLOTS - 1);
}

/* Where the key is, or the free slot where it would be put. */
static uint32_t slot_find(const struct key *k)
{
	uint32_t i = key_place(k);

	while (!slot_free(&slots[i]) && !key_same(&slots[i].key, k))
		i = (i + 1) & (SLOTS - 1);
	return i;
}

static void slot_del(uint32_t i)
{
	uint32_t hole = i;

	count--;
	for (;;) {
		uint32_t home;

		i = (i + 1) & (SLOTS - 1);
		if (slot_free(&slots[i]))
			break;
		/* It may move back unless its home lies behind the hole. */
		home = key_place(&slots[i].key);
		if (((i - home) & (SLOTS - 1)) >= ((i - hole) & (SLOTS - 1))) {
			slots[hole] = slots[i];
			hole = i;
		}
	}
	memset(&slots[hole], 0, sizeof(slots[hole]));
}

/* Of a full table: what is told now is worth more than what was told before it began anew. */
static bool make_room(void)
{
	for (; room_at < SLOTS; room_at++) {
		if (!slot_free(&slots[room_at]) && slots[room_at].generation != generation) {
			slot_del(room_at);
			return true;
		}
	}
	return false;
}

int owner_set(const struct flow_record *r)
{
	struct key k = key_load(r->key);
	uint32_t i;

	if (!r->key[0])
		return -EINVAL;
	if (!slots) {
		slots = calloc(SLOTS, sizeof(*slots));
		if (!slots)
			return -ENOMEM;
		if (getrandom(secret, sizeof(secret), 0) != sizeof(secret)) {
			free(slots);
			slots = NULL;
			return -ENOMEM;
		}
	}
	i = slot_find(&k);
	if (slot_free(&slots[i])) {
		if (count == OWNER_MAX) {
			if (!make_room())
				return -ENOSPC;
			i = slot_find(&k);
		}
		count++;
	}
	slots[i] = (struct slot){ k, generation, (uint32_t)flow_get(r->uid, 4),
				  flow_get(r->cgroup, 8), flow_get(r->program, 8) };
	return 0;
}

void owner_del(const uint8_t bytes[FLOW_KEY_SIZE])
{
	struct key k = key_load(bytes);
	uint32_t i;

	if (!slots || !bytes[0])
		return;
	i = slot_find(&k);
	if (!slot_free(&slots[i]))
		slot_del(i);
}

void owner_anew(void)
{
	if (oldest == generation)
		before = heard;
	generation++;
	room_at = 0;
}

void owner_whole(void)
{
	oldest = generation;
	sweep_at = 0;
}

bool owner_sweep(void)
{
	if (!slots || sweep_at >= SLOTS)
		return false;
	for (uint32_t end = sweep_at + SWEEP_STEP; sweep_at < end;) {
		/* What a deletion moves here is looked at, too. */
		if (!slot_free(&slots[sweep_at]) && slots[sweep_at].generation < oldest)
			slot_del(sweep_at);
		else
			sweep_at++;
	}
	return sweep_at < SLOTS;
}

void owner_heard(uint64_t now)
{
	heard = now;
}

uint32_t owner_count(void)
{
	return count;
}

bool owner_next(uint32_t *at, uint32_t end, struct flow_record *out)
{
	for (; slots && *at < end && *at < SLOTS; ++*at) {
		const struct slot *s = &slots[*at];

		if (slot_free(s) || s->generation < oldest)
			continue;
		memcpy(out->key, s->key.w, FLOW_KEY_SIZE);
		flow_put(out->uid, s->uid, 4);
		flow_put(out->cgroup, s->cgroup, 8);
		flow_put(out->program, s->program, 8);
		++*at;
		return true;
	}
	return false;
}

/* Looking up, for programs */

/* @least: generation of what is believed */
static bool try_key(uint32_t least, uint8_t protocol, const uint8_t *local, uint16_t local_port,
		    const uint8_t *remote, uint16_t remote_port, struct tp4_owner *out)
{
	uint8_t bytes[FLOW_KEY_SIZE];
	const struct slot *s;
	struct key k;

	flow_key(bytes, protocol, local, local_port, remote, remote_port);
	k = key_load(bytes);
	s = &slots[slot_find(&k)];
	if (slot_free(s) || s->generation < least)
		return false;
	*out = (struct tp4_owner){ s->uid, s->cgroup, s->program };
	return true;
}

bool tp4_owner_lookup(struct tp4_ctx *c, uint64_t max_age, uint8_t protocol, const uint8_t *src,
		      uint16_t src_port, const uint8_t *dst, uint16_t dst_port,
		      struct tp4_owner *out)
{
	static const uint8_t any6[16], any4[16] = { [10] = 0xff, [11] = 0xff };
	bool to_vm = c->p.port & 1;
	const uint8_t *local = to_vm ? dst : src;
	uint16_t port = to_vm ? dst_port : src_port;
	uint32_t least;

	*out = (struct tp4_owner){ 0 };
	if (!slots || !protocol || !tp4_fresh(heard, c->p.timestamp, max_age))
		return false;
	least = tp4_fresh(before, c->p.timestamp, max_age) ? oldest : generation;
	/*
	 * A connected socket, then one that is bound to the VM's end of the packet.  Who listens
	 * at port 53 here has nothing to do with what goes to port 53 elsewhere.
	 */
	return try_key(least, protocol, src, src_port, dst, dst_port, out) ||
	       try_key(least, protocol, dst, dst_port, src, src_port, out) ||
	       try_key(least, protocol, local, port, any6, 0, out) ||
	       (!memcmp(local, any4, 12) && try_key(least, protocol, any4, port, any6, 0, out)) ||
	       try_key(least, protocol, any6, port, any6, 0, out);
}
