/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * test_diag.c - looks at all sockets where the kernel lacks a module or memory:
 * agent/diag.c as it is, with the kernel's words put into its mouth; and whose a
 * connection is that the VM accepts.
 */
#include "agent/diag.c"

#include <fcntl.h>
#include <sodium.h>

#include "tests/tap.h"

/* The end of a dump, with an error. */
static void dump_ends(uint16_t type, int error)
{
	struct {
		struct nlmsghdr h;
		struct nlmsgerr e;
	} m = { { .nlmsg_type = type }, { .error = error } };

	m.h.nlmsg_len = NLMSG_LENGTH(type == NLMSG_DONE ? sizeof(int) : sizeof(m.e));
	look_message((const char *)&m, (int)m.h.nlmsg_len);
}

/* A look that begins with an @fd that answers nothing. */
static void look_in_vain(void)
{
	close(look_fd);
	look_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	look_begin(clock_now());
	look_some();
}

/* The kernel's word of a TCP socket of port 80; @client: the far end's port, 0: it listens. */
static void told(uint16_t client, uint32_t uid, uint32_t inode, bool accepted)
{
	struct {
		struct nlmsghdr h;
		struct inet_diag_msg m;
	} msg = { { .nlmsg_len = NLMSG_LENGTH(sizeof(msg.m)) },
		  { .idiag_family = AF_INET,
		    .idiag_state = client ? TCP_ESTABLISHED : TCP_LISTEN,
		    .idiag_uid = uid,
		    .idiag_inode = inode,
		    .id = { .idiag_sport = htons(80),
			    .idiag_dport = htons(client),
			    .idiag_src = { client ? 1 : 0 },
			    .idiag_dst = { client ? 2 : 0 },
			    .idiag_cookie = { 1000U + client } } } };

	found(&msg.h, IPPROTO_TCP, accepted);
}

static const struct flow_record *connection(uint16_t client)
{
	return flow_open(1000U + client);
}

static void check_accepted(void)
{
	told(0, 5, 50, false);
	flow_set_program(1000, 77);
	told(1, 5, 51, true);
	ok(!connection(1), "a connection like its listening socket: there is nothing to tell");
	told(2, 6, 0, true);
	ok(!connection(2), "one that nobody has accepted");
	told(2, 6, 52, true);
	ok(connection(2) && flow_get(connection(2)->uid, 4) == 6, "one that another user accepts");
	told(3, 5, 53, false);
	ok(flow_get(connection(2)->program, 8) == 77 && flow_get(connection(3)->program, 8) == 77,
	   "while its program is searched for, it is the listening socket's");
	flow_set_program(1003, 0);
	told(3, 5, 53, false);
	ok(!flow_get(connection(3)->program, 8), "and what was found stays");
}

int main(void)
{
	uint8_t local[16] = { 0xfd }, any[16] = { 0 };
	struct flow_record r = { 0 };
	uint64_t holder;

	if (sodium_init() < 0 || !diag_start(MS))
		return 1;
	look_begin(clock_now());
	look.part = 2;
	dump_ends(NLMSG_DONE, -ENOENT);
	ok(look.absent[2] && look.part == 3, "a module that is missing, as kernels tell it");
	dump_ends(NLMSG_ERROR, -ENOENT);
	ok(look.absent[3] && look.part == PARTS, "and as they may");
	look_end();

	flow_key(r.key, IPPROTO_UDP, local, 1000, any, 0);
	flow_set(&r, 77);
	look.lost = true;
	for (int i = 0; i < 4; i++)
		look_in_vain();
	ok(!look.running && flow_by_key(r.key, &holder),
	   "looks that cannot ask are none: what was known stays");
	for (int i = 0; i < 4; i++) {
		look_begin(clock_now());
		dump_ends(NLMSG_ERROR, -ENOMEM);
	}
	ok(!look.running && !look.absent[0] && flow_by_key(r.key, &holder),
	   "nor are those that end without memory");

	look_begin(clock_now());
	look.lost = true; /* while it goes on */
	look.part = PARTS;
	look_end();
	look_begin(clock_now());
	ok(look.whole, "what is lost during a whole look is looked for in another one");
	look.part = PARTS;
	look_end();
	ok(!flow_by_key(r.key, &holder), "two looks without a socket: it has gone");
	check_accepted();
	return tap_end();
}
