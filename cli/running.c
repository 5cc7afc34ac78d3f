// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * running.c - connects to a running P4 VM and asks what its program offers.
 */
#include <errno.h>
#include <string.h>

#include "cli/command.h"
#include "cli/running.h"
#include "cli/vmstate.h"

bool running_open(struct running *r, const char *name)
{
	int err;

	memset(r, 0, sizeof(*r));
	r->name = name;
	r->client = vmstate_client(name);
	if (!r->client)
		return false;
	err = client_p4info(r->client, &r->info, NULL, NULL, &r->error);
	if (!err)
		return true;
	if (err == -ENODATA)
		complain("P4 VM %s has no program; load one with 'transp4 program replace %s OUT'",
			 name, name);
	else
		running_complain(r, err);
	client_close(r->client);
	return false;
}

void running_close(struct running *r)
{
	client_p4info_free(r->info);
	client_close(r->client);
}

int running_complain(const struct running *r, int err)
{
	const char *advice = "see 'transp4 program show' for what the program has";

	if (strchr(r->error.text, ';'))
		return complain("P4 VM %s: %s", r->name, r->error.text);
	switch (err) {
	case -EEXIST: advice = "change it with 'transp4 table modify'"; break;
	case -ENOENT: advice = "'transp4 table list' shows what is there"; break;
	case -ENOSPC: advice = "remove entries, or give the table a larger size"; break;
	case -EPERM: advice = "it is written in the program: change it there"; break;
	case -ERANGE: advice = "'transp4 program show' tells the size"; break;
	case -EPIPE:
	case -ETIMEDOUT:
	case -EPROTO: advice = "see its log, and 'transp4 vm list'"; break;
	}
	return complain("P4 VM %s: %s; %s", r->name, r->error.text, advice);
}
