/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * address.h - where the agent in the tenant's VM reaches its P4 VM.
 *
 *	tcp:ADDR:PORT  tcp:[ADDR6]:PORT  tcp:[ADDR6%INTERFACE]:PORT
 *	vsock:CID:PORT, where the agent connects; vsock:PORT, where the P4 VM listens
 *
 * All are numbers, for a static program has no resolver, and none stands for "any":
 * a port that the kernel chooses is known to nobody.
 */
#ifndef TP4_CONTROL_ADDRESS_H
#define TP4_CONTROL_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* False: it is none. */
bool address_parse(const char *text, bool listening, struct sockaddr_storage *out, socklen_t *len);

#endif
