/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* format.h - a program well laid out: same tokens, same comments, other blanks. */
#ifndef TP4_FORMAT_H
#define TP4_FORMAT_H

#include "compiler/unit.h"

/* false: the file cannot be read (errno) */
bool format_file(struct unit *u, const char *path, struct buffer *out);

#endif
