/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * listen.h - the socket on which the agent in the tenant's VM reaches its P4 VM.
 *
 * The command opens it and hands it to the P4 VM (or to its QEMU), which has
 * no network of its own.
 */
#ifndef CLI_LISTEN_H
#define CLI_LISTEN_H

#include <stdbool.h>

/* Is it one (control/address.h)? */
bool listen_address(const char *text);
/* -1: complained. */
int listen_open(const char *address);

#endif
