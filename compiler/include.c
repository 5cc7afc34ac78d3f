/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * include.c - find and read source files.
 *
 * "name" is looked for beside the including file, then as <name>; <name> in the
 * -I folders, then in the folder of P4 files that came with this command, and
 * last among the copies inside the command itself, so that it works from any
 * place it is put to.  #include_next begins behind where the including file was found.
 */
#include "compiler/unit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SOURCE_MAX (64u << 20)

static struct source *source_read(struct unit *u, const char *path, bool system)
{
	struct source *src;
	struct buffer b = { 0 };
	char chunk[16384];
	size_t n;
	int err = 0;
	FILE *f = fopen(path, "r");

	if (!f)
		return NULL;
	while (!err && (n = fread(chunk, 1, sizeof(chunk), f)) > 0) {
		buffer_add(&b, chunk, n);
		if (b.len > SOURCE_MAX)
			err = EFBIG;
	}
	if (ferror(f)) /* a folder, too */
		err = errno;
	fclose(f);
	if (err) {
		buffer_free(&b);
		errno = err;
		return NULL;
	}
	src = arena_alloc(&u->arena, sizeof(*src));
	src->name = arena_copy(&u->arena, path, strlen(path));
	src->text = arena_copy(&u->arena, b.text ? b.text : "", b.len);
	src->len = b.len;
	src->system = system;
	buffer_free(&b);
	vec_push(&u->arena, &u->sources, src);
	return src;
}

static struct source *source_builtin(struct unit *u, const char *name)
{
	for (const struct include_file *f = include_files; f->name; f++)
		if (!strcmp(f->name, name)) {
			struct source *src = arena_alloc(&u->arena, sizeof(*src));

			src->name = arena_printf(&u->arena, "<%s>", name);
			src->text = f->text;
			src->len = strlen(f->text);
			src->system = true;
			vec_push(&u->arena, &u->sources, src);
			return src;
		}
	return NULL;
}

struct source *source_open(struct unit *u, const char *path, const struct source *from, bool angle,
			   bool next)
{
	int skip = next ? from->place : 0, place = 0;
	struct source *src = NULL;
	const char *slash;

	if (!from)
		return source_read(u, path, false);
	if ((!angle && !next && from->name[0] != '<') || path[0] == '/') {
		slash = strrchr(from->name, '/');
		if (path[0] == '/' || !slash)
			src = source_read(u, path, from->system);
		else
			src = source_read(u, arena_printf(&u->arena, "%.*s/%s",
							  (int)(slash - from->name), from->name,
							  path), from->system);
	}
	for (int i = 0; !src && u->includes && u->includes[i]; i++)
		if (++place > skip)
			src = source_read(u, arena_printf(&u->arena, "%s/%s", u->includes[i], path),
					  false);
#ifdef TP4_INCLUDE
	if (!src && ++place > skip)
		src = source_read(u, arena_printf(&u->arena, "%s/%s", TP4_INCLUDE, path), true);
#endif
	if (src)
		src->place = place;
	else
		src = source_builtin(u, path);
	/* <bmv2/psa.p4> and the like are what we have for all targets. */
	slash = strrchr(path, '/');
	if (!src && slash)
		src = source_builtin(u, slash + 1);
	if (!src)
		errno = ENOENT;
	return src;
}
