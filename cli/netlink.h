/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * netlink.h - what kernel.c says and hears the module by.
 *
 * A request is built in the buffer that its answers then come into.
 */
#ifndef CLI_NETLINK_H
#define CLI_NETLINK_H

#include <libmnl/libmnl.h>

#include "cli/kernel.h"

/* A dump's message may have this size: the kernel fills what the reader offers. */
#define BUFFER_SIZE (256 * 1024)

struct kernel {
	struct mnl_socket *nl;
	uint16_t family;
	uint32_t events, capture; /* multicast groups; 0: not known */
	uint32_t seq;
	char error[512];
	char buffer[BUFFER_SIZE];
};

struct nlmsghdr *netlink_request(struct kernel *k, uint16_t type, uint8_t cmd, uint16_t flags);

/* Send, then give @fn all answers up to the acknowledgement or the dump's end; 0 or -errno. */
typedef void (*message_fn)(void *arg, const struct nlmsghdr *nlh);
int netlink_exchange(struct kernel *k, struct nlmsghdr *nlh, message_fn fn, void *arg);

/* Attributes of one message or nest, by type; too short ones are left out. */
struct attrs {
	const struct nlattr *a[TP4_A_MAX + 1 > TP4_S_MAX + 1 ? TP4_A_MAX + 1 : TP4_S_MAX + 1];
};

void attrs_read(struct attrs *t, const struct nlmsghdr *nlh);
void attrs_read_nest(struct attrs *t, const struct nlattr *nest);
/* 0 where it is absent */
uint8_t attr_u8(const struct attrs *t, int type);
uint32_t attr_u32(const struct attrs *t, int type);
uint64_t attr_u64(const struct attrs *t, int type);
/* NULL where it is absent or has no end */
const char *attr_text(const struct attrs *t, int type);
/* "" then */
void attr_copy(const struct attrs *t, int type, char *out, size_t size);

#endif
