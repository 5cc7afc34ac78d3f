/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * find.h - finds programs: in PATH, and our own beside this one.
 */
#ifndef CLI_FIND_H
#define CLI_FIND_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

bool find_in_path(const char *program, char *path, size_t size);
/* transp4-runtime: beside this program, else where it is installed. */
bool find_runtime(char *path, size_t size);

#endif
