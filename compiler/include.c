/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * include.c - find and read source files.
 *
 * "name" is looked for beside the including file, then as <name>; <name> in the
 * -I folders, then in the folder of P4 files that came with this command, and
 * last among the copies inside the command itself, so that it works from any
 * place it is put to.  #include_next begins behind where the including file was found.
 */
#include "compiler/preprocess.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SOURCE_MAX (64u << 20)

struct source *source_add(struct unit *u, const char *path, const char *text, size_t len,
			  bool system)
{
	struct source *src = arena_alloc(&u->arena, sizeof(*src));
	char *real = realpath(path, NULL);

	*src = (struct source){
		.name = path, .path = path, .text = text, .len = len, .system = system
	};
	src->real = unit_name(u, real ? real : path);
	free(real);
	vec_push(&u->arena, &u->sources, src);
	return src;
}

/* Blanks between a backslash and its line's end come before it: cpp joins such lines, too. */
static void join_lines(char *text, size_t len)
{
	for (char *p = text; len && (p = memchr(p, '\\', len - (size_t)(p - text))); p++) {
		size_t blanks = strspn(p + 1, " \t\r\f\v");

		if (blanks && p[1 + blanks] == '\n') {
			memset(p, ' ', blanks);
			p += blanks;
			*p = '\\';
		}
	}
}

static struct source *source_read(struct unit *u, const char *path, bool system)
{
	struct source *src;
	struct buffer b = { 0 };
	char chunk[16384], *text;
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
	text = arena_copy(&u->arena, b.text ? b.text : "", b.len);
	join_lines(text, b.len);
	src = source_add(u, arena_copy(&u->arena, path, strlen(path)), text, b.len, system);
	buffer_free(&b);
	return src;
}

static struct source *source_builtin(struct unit *u, const char *name)
{
	for (const struct include_file *f = include_files; f->name; f++)
		if (!strcmp(f->name, name))
			return source_add(u, arena_printf(&u->arena, "<%s>", name), f->text,
					  strlen(f->text), true);
	return NULL;
}

struct source *source_open(struct unit *u, const char *path)
{
	return source_read(u, path, false);
}

struct source *header_open(struct unit *u, const char *header, const struct source *from, bool next,
			   const char **name)
{
	bool angle = *header == '<';
	const char *end = angle || *header == '"' ? strchr(header + 1, angle ? '>' : '"') : NULL;
	int place = 0, skip;
	struct source *src = NULL;
	const char *slash, *path;

	next &= u->pp->depth > 1; /* The main file is found in no folder. */
	*name = NULL;
	if (!end || end == header + 1)
		return NULL;
	*name = path = arena_copy(&u->arena, header + 1, (size_t)(end - header - 1));
	skip = next ? from->place : 0;
	if ((!angle && !next && from->path[0] != '<') || path[0] == '/') {
		slash = strrchr(from->path, '/');
		if (path[0] == '/' || !slash)
			src = source_read(u, path, from->system);
		else
			src = source_read(u,
					  arena_printf(&u->arena, "%.*s/%s",
						       (int)(slash - from->path), from->path, path),
					  from->system);
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
	/* "../p4include/tc/pna.p4" is ours wherever that is; <bmv2/psa.p4> is the same for all targets. */
	for (slash = path; !src && (slash = strchr(slash, '/'));)
		src = source_builtin(u, ++slash);
	if (!src)
		errno = ENOENT;
	return src;
}
