// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * object.c - compiled programs in files (runtime/program.h: the container).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include "cli/command.h"
#include "cli/object.h"
#include "include/transp4.h"
#include "runtime/program.h"

#define OBJECT_MAX (64UL << 20)

static bool whole_file(const char *path, struct object *o)
{
	FILE *f = fopen(path, "re");
	struct stat st;

	if (!f || fstat(fileno(f), &st)) {
		complain("cannot read program '%s': %s; name what 'transp4 compile -o' wrote", path,
			 strerror(errno));
		goto out;
	}
	if (!S_ISREG(st.st_mode) || (size_t)st.st_size > OBJECT_MAX) {
		complain("'%s' is no compiled program; name what 'transp4 compile -o' wrote", path);
		goto out;
	}
	o->bytes = malloc(st.st_size + 1);
	if (!o->bytes) {
		complain("out of memory; try again later");
		goto out;
	}
	o->len = fread(o->bytes, 1, st.st_size, f);
	if (ferror(f)) {
		complain("cannot read program '%s': %s; try again", path, strerror(errno));
		object_free(o);
	}
out:
	if (f)
		fclose(f);
	return o->bytes != NULL;
}

static bool sum_is_right(const struct object *o, const struct tp4_container *head)
{
	struct tp4_container zeroed = *head;
	uint64_t sum;

	zeroed.sum = 0;
	sum = tp4_sum(TP4_SUM_START, &zeroed, sizeof(zeroed));
	return tp4_sum(sum, o->bytes + sizeof(zeroed), o->len - sizeof(zeroed)) == head->sum;
}

static bool object_check(const char *path, struct object *o)
{
	struct tp4_container head;
	struct utsname u;

	if (o->len < sizeof(head) || memcmp(o->bytes, TP4_CONTAINER_MAGIC, sizeof(head.magic))) {
		bool source = o->len > 3 && strlen(path) > 3 && !strcmp(path + strlen(path) - 3, ".p4");

		complain("'%s' is no compiled program; %s", path,
			 source ? "compile it first: 'transp4 compile PROG.p4 -o OUT'" :
				  "name what 'transp4 compile -o' wrote");
		return false;
	}
	memcpy(&head, o->bytes, sizeof(head));
	if (head.channel_version != TP4_CHANNEL_VERSION || head.abi != TP4_PROGRAM_ABI) {
		complain("'%s' was compiled for channel version %u, program version %u, and these are "
			 "%u and %u; compile it anew", path, head.channel_version, head.abi,
			 TP4_CHANNEL_VERSION, TP4_PROGRAM_ABI);
		return false;
	}
	if (head.p4info_len > o->len || head.object_len > o->len ||
	    sizeof(head) + head.p4info_len + head.object_len != o->len) {
		complain("'%s' is truncated, or has something behind its end; compile it anew", path);
		return false;
	}
	if (!sum_is_right(o, &head)) {
		complain("'%s' is damaged, its check sum is wrong; compile it anew", path);
		return false;
	}
	uname(&u);
	if (strncmp(head.machine, u.machine, sizeof(head.machine))) {
		complain("'%s' was compiled for %.16s, and this is %s; compile it anew", path,
			 head.machine, u.machine);
		return false;
	}
	o->p4info = o->bytes + sizeof(head);
	o->p4info_len = head.p4info_len;
	return true;
}

bool object_read(const char *path, struct object *out)
{
	memset(out, 0, sizeof(*out));
	if (!whole_file(path, out))
		return false;
	if (object_check(path, out))
		return true;
	object_free(out);
	return false;
}

void object_free(struct object *o)
{
	free(o->bytes);
	memset(o, 0, sizeof(*o));
}
