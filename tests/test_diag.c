/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * test_diag.c - looks at all sockets where the kernel lacks a module or memory:
 * agent/diag.c as it is, with the kernel's words put into its mouth.
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
	return tap_end();
}
