/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * flow_record.h - a socket and who owns it, as bytes; big endian.
 *
 *   0          1            3             5       21       37    41       49       57
 *   +----------+------------+-------------+-------+--------+-----+--------+--------+
 *   | protocol | local port | remote port | local | remote | uid | cgroup | program|
 *   +----------+------------+-------------+-------+--------+-----+--------+--------+
 *   \_____________________ the key ____________________/
 *
 * IPv4 addresses are mapped into IPv6 (::ffff:a.b.c.d).  A socket that is bound
 * or listens has remote port 0 and remote address zero.  One that is bound to
 * any address has ::, which is for IPv4, too, or ::ffff:0.0.0.0 where it is an
 * IPv4 socket: two users may have one each, at one port.  @cgroup and @program are ids of their
 * paths (invm_id() in session.h); 0: not known.
 *
 * Several sockets may share an address, and nobody can tell whose a packet is: @uid is then
 * FLOW_UID_SEVERAL, and @cgroup 0, where they differ in it; and @program 0.
 */
#ifndef TP4_FLOW_RECORD_H
#define TP4_FLOW_RECORD_H

#include <stdint.h>
#include <string.h>

#define FLOW_KEY_SIZE    37U
#define FLOW_RECORD_SIZE 57U
#define FLOW_UID_SEVERAL 0xffffffffU /* the kernel's "no user" */

struct flow_record {
	uint8_t key[FLOW_KEY_SIZE];
	uint8_t uid[4], cgroup[8], program[8];
};
_Static_assert(sizeof(struct flow_record) == FLOW_RECORD_SIZE, "a record has no padding");

static inline void flow_put(uint8_t *p, uint64_t v, unsigned int n)
{
	while (n--) {
		p[n] = (uint8_t)v;
		v >>= 8;
	}
}

static inline uint64_t flow_get(const uint8_t *p, unsigned int n)
{
	uint64_t v = 0;

	for (unsigned int i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

/* @local, @remote: 16 bytes. */
static inline void flow_key(uint8_t key[FLOW_KEY_SIZE], uint8_t protocol, const uint8_t *local,
			    uint16_t local_port, const uint8_t *remote, uint16_t remote_port)
{
	key[0] = protocol;
	flow_put(key + 1, local_port, 2);
	flow_put(key + 3, remote_port, 2);
	memcpy(key + 5, local, 16);
	memcpy(key + 21, remote, 16);
}

static inline void flow_map4(uint8_t out[16], const uint8_t addr[4])
{
	memset(out, 0, 10);
	memset(out + 10, 0xff, 2);
	memcpy(out + 12, addr, 4);
}

#endif
