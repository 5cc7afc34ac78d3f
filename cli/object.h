/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * object.h - reads a compiled program from a file and looks at it before
 * anything is started or replaced for it.
 *
 * The P4 VM checks again, by itself; here it is for the clear line.
 */
#ifndef CLI_OBJECT_H
#define CLI_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct object {
	uint8_t *bytes;
	size_t len;
};

/* false: complained */
bool object_read(const char *path, struct object *out);
void object_free(struct object *o);

#endif
