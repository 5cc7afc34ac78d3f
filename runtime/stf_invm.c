/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * stf_invm.c - packet tests of what the agent reports.
 *
 *	gauge_set NAME VALUE [AGE_MS]
 *	owner_add PROTOCOL LOCAL PORT REMOTE PORT UID CGROUP PROGRAM [SILENT_MS]
 *
 * PROTOCOL is a number; an address is IPv4, IPv6 or *; CGROUP and PROGRAM are
 * ids; with SILENT_MS the agent was last heard of so long ago.
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <stdlib.h>

#include "runtime/gauge.h"
#include "runtime/owner.h"
#include "runtime/stf_run.h"

#define NOW_NS 1000000000000ULL /* when packets come that follow, so that there is a before */

bool stf_gauge_set(struct stf *s, const char *rest)
{
	unsigned long long value, age = 0;
	char name[GAUGE_NAME_MAX + 1];
	int n = sscanf(rest, " %63s %llu %llu", name, &value, &age), slot;

	if (n < 2 || (slot = gauge_find(name)) < 0) {
		stf_tell(s, STF_UNREADABLE, "expected: gauge_set NAME VALUE [AGE_MS]");
		return false;
	}
	s->sw.now = NOW_NS;
	gauge_set(slot, value, NOW_NS - age * 1000000);
	return true;
}

static bool read_addr(const char *text, uint8_t out[16])
{
	uint8_t v4[4];

	memset(out, 0, 16);
	if (!strcmp(text, "*"))
		return true;
	if (inet_pton(AF_INET, text, v4) == 1) {
		flow_map4(out, v4);
		return true;
	}
	return inet_pton(AF_INET6, text, out) == 1;
}

bool stf_owner_add(struct stf *s, const char *rest)
{
	char local_text[64], remote_text[64];
	unsigned int protocol, local_port, remote_port, uid;
	unsigned long long cgroup, program, silent = 0;
	uint8_t local[16], remote[16];
	struct flow_record r;
	int n = sscanf(rest, " %u %63s %u %63s %u %u %lli %lli %llu", &protocol, local_text,
		       &local_port, remote_text, &remote_port, &uid, (long long *)&cgroup,
		       (long long *)&program, &silent);

	if (n < 8 || !read_addr(local_text, local) || !read_addr(remote_text, remote)) {
		stf_tell(s, STF_UNREADABLE,
			 "expected: owner_add PROTOCOL LOCAL PORT REMOTE PORT UID CGROUP PROGRAM");
		return false;
	}
	flow_key(r.key, (uint8_t)protocol, local, (uint16_t)local_port, remote,
		 (uint16_t)remote_port);
	flow_put(r.uid, uid, 4);
	flow_put(r.cgroup, cgroup, 8);
	flow_put(r.program, program, 8);
	if (owner_set(&r)) {
		stf_tell(s, STF_FAILED, "no room for a flow");
		return true;
	}
	s->sw.now = NOW_NS;
	owner_heard(NOW_NS - silent * 1000000);
	return true;
}
