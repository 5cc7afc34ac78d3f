/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * running.h - a running P4 VM: the connection to it and its program's p4info.
 *
 * Errors: all functions complain by themselves.
 */
#ifndef CLI_RUNNING_H
#define CLI_RUNNING_H

#include <stdbool.h>

#include "cli/offer.h"
#include "control/client.h"

struct running {
	const char *name;
	struct client *client;
	offer_t *info;
	struct client_error error; /* of the last call */
};

bool running_open(struct running *r, const char *name);
void running_close(struct running *r);
/* What the P4 VM answered: EXIT_FAILED. */
int running_complain(const struct running *r, int err);

#endif
