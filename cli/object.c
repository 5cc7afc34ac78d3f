// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * object.c - compiled programs in files.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/object.h"
#include "control/frame.h"
#include "runtime/pipeline_state.h"

#define OBJECT_MAX FRAME_MAX /* it goes to the P4 VM in one */

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

static bool object_check(const char *path, const struct object *o)
{
	const struct tp4_container *head;
	struct pipeline_error err;
	size_t len = strlen(path);

	if (!container_check(o->bytes, o->len, &head, &err))
		return true;
	if (len > 3 && !strcmp(path + len - 3, ".p4"))
		complain("'%s' is no compiled program; compile it first: 'transp4 compile PROG.p4 "
			 "-o OUT'",
			 path);
	else
		complain("'%s': %s", path, err.text);
	return false;
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
