/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * find.h - finds programs, in PATH and our own beside this one, and the module.
 */
#ifndef CLI_FIND_H
#define CLI_FIND_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

bool find_in_path(const char *program, char *path, size_t size);
/* Of ours, beside this program where it was built, or where both were installed: */
bool find_runtime(char *path, size_t size);                   /* transp4-runtime */
bool find_guest(const char *script, char *path, size_t size); /* of runtime/guest */
/* The folder for the guest's image; it may not be there yet. */
void find_image(char *path, size_t size);
/* The module for the running kernel: @path "" where modprobe finds it, or where `make
 * module` put it, beside this program; false: none. */
bool find_module(char *path, size_t size);

#endif
