/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * test_sockets.c - the agent's list of sockets (agent/flows.h) against a P4 VM's
 * owner table that is told of its changes.
 */
#include <stdlib.h>

#include <sodium.h>

#include "agent/flows.h"
#include "runtime/owner.h"
#include "tests/tap.h"

static struct flow_record record(unsigned int n, uint32_t uid)
{
	uint8_t local[16] = { 0xfd }, remote[16] = { 0xfe };
	struct flow_record r;

	memset(&r, 0, sizeof(r));
	flow_put(remote + 12, n, 4);
	flow_key(r.key, 6, local, 1000, remote, 443);
	flow_put(r.uid, uid, 4);
	return r;
}

static unsigned int updates, wholes;

/* Tell the P4 VM what is new, as the agent's main loop does. */
static void tell(void)
{
	Transp4__V1__InVmUpdate u = TRANSP4__V1__IN_VM_UPDATE__INIT;

	for (; flows_take(&u, 5000); transp4__v1__in_vm_update__init(&u), updates++) {
		struct flow_record r;

		if (u.owners_anew)
			owner_anew();
		for (size_t i = 0; i < u.gone.len; i += FLOW_KEY_SIZE)
			owner_del(u.gone.data + i);
		for (size_t i = 0; i < u.owners.len; i += FLOW_RECORD_SIZE) {
			memcpy(&r, u.owners.data + i, sizeof(r));
			owner_set(&r);
		}
		if (u.owners_whole)
			owner_whole();
		wholes += u.owners_whole;
		while (owner_sweep())
			;
	}
}

/* What the P4 VM knows of the owner. */
static uint32_t uid(unsigned int n)
{
	struct flow_record r = record(n, 0);
	struct tp4_ctx c = { .p.timestamp = 2000 };
	struct tp4_owner o;

	tell();
	return tp4_owner_lookup(&c, 0, 6, r.key + 5, 1000, r.key + 21, 443, &o) ? o.uid : 0;
}

static bool set(unsigned int n, uint32_t owner, uint64_t cookie)
{
	struct flow_record r = record(n, owner);

	return flow_set(&r, cookie);
}

static void test_begin(void)
{
	struct flow_record r = record(7, 70);

	owner_heard(1000);
	owner_set(&r); /* by an agent before this one */
	set(1, 10, 101);
	flows_forget();
	ok(uid(1) == 10 && uid(7) == 70 && !wholes,
	   "before the first look ends, what an earlier agent told is kept");
	updates = 0;
	tell();
	ok(!updates, "who has nothing to say is silent");
	flows_look_end();
	ok(uid(1) == 10 && !uid(7) && wholes == 1, "then it is forgotten");
}

static void test_cookies(void)
{
	uint64_t holder;

	set(2, 20, 102);
	ok(uid(2) == 20 && flow_open(102), "a socket is known by its cookie");
	set(2, 21, 103);
	flow_del(102);
	ok(uid(2) == 21 && !flow_open(102), "its address has another socket: its end is none");
	flow_close(103);
	ok(uid(2) == 21 && !flow_open(103) && flow_by_key(record(2, 0).key, &holder) && !holder,
	   "a closed one keeps its owner for a while");
	flow_del(103);
	ok(!uid(2), "its end is told");
	set(3, 30, 104);
	set(4, 30, 104);
	ok(!uid(3) && uid(4) == 30, "a socket has one address: the one before is gone");
	flow_set_program(104, 77);
	flow_set_program(999, 78);
	ok(flow_get(flow_open(104)->program, 8) == 77, "its program is found later");
	set(5, 50, 105);
	flow_del(105);
	set(5, 51, 106);
	ok(uid(5) == 51, "gone and here again between two updates");
	flow_del(106);
	flow_del(104);
	flow_del(101);
	ok(!uid(5) && !uid(4) && !uid(1) && !owner_count(), "all are gone");
}

static void test_looks(void)
{
	set(1, 10, 101);
	flows_look_begin();
	flows_look_end();
	ok(uid(1) == 10, "missed by one look: it may be a mistake");
	flows_look_begin();
	flows_look_end();
	ok(!uid(1), "missed by two: it has gone");
}

static void test_full(void)
{
	bool good = true;

	for (unsigned int n = 0; n < FLOWS_MAX; n++)
		good &= set(n, n + 1, n + 1);
	ok(good && !set(FLOWS_MAX, 1, FLOWS_MAX + 1) && !set(FLOWS_MAX + 1, 1, FLOWS_MAX + 2),
	   "%u sockets, and not one more", FLOWS_MAX);
	for (unsigned int n = 0; n < FLOWS_MAX; n += 1000)
		good &= uid(n) == n + 1;
	ok(good && owner_count() == FLOWS_MAX, "all of them are told");
	flows_forget();
	owner_anew();
	for (unsigned int n = 0; n < FLOWS_MAX; n += 1000)
		good &= uid(n) == n + 1;
	ok(good && owner_count() == FLOWS_MAX, "and told anew");
}

/* Any order of events leaves both sides with the same. */
static void test_random(void)
{
	static uint32_t owner[64];
	static uint64_t cookie[64], last = 1000000;
	bool good = true;

	for (uint64_t n = 1; n <= FLOWS_MAX; n++)
		flow_del(n);
	srand(3);
	for (int i = 0; i < 200000 && good; i++) {
		unsigned int n = rand() % 64;

		switch (rand() % 8) {
		case 0:
		case 1:
			owner[n] = i + 1;
			cookie[n] = ++last;
			set(n, owner[n], cookie[n]);
			break;
		case 2: /* again */
			if (cookie[n])
				set(n, owner[n], cookie[n]);
			break;
		case 3: flow_close(cookie[n]); break;
		case 4:
			flow_del(cookie[n]);
			owner[n] = cookie[n] = 0;
			break;
		case 5:
			if (!(rand() % 100))
				flows_forget();
			break;
		case 6:
			flows_idle();
			flows_forget();
			break;
		default: good &= uid(n) == owner[n];
		}
	}
	for (unsigned int n = 0; n < 64; n++)
		good &= uid(n) == owner[n];
	ok(good, "two hundred thousand events: the P4 VM knows what is so");
}

int main(void)
{
	if (sodium_init() < 0)
		return 1;
	test_begin();
	test_cookies();
	test_looks();
	test_full();
	test_random();
	return tap_end();
}
