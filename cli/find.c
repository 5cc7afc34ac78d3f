// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * find.c - finds programs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/find.h"

bool find_in_path(const char *program, char *path, size_t size)
{
	const char *at = getenv("PATH");

	for (at = at ? at : "/usr/sbin:/usr/bin:/sbin:/bin"; *at;) {
		int len = strcspn(at, ":");

		snprintf(path, size, "%.*s/%s", len, at, program);
		if (len && !access(path, X_OK))
			return true;
		at += len + (at[len] == ':');
	}
	return false;
}

bool find_runtime(char *path, size_t size)
{
	static const char *const folders[] = { "/usr/libexec/transp4", "/usr/local/libexec/transp4" };
	char exe[PATH_MAX], *slash;
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	exe[n > 0 ? n : 0] = 0;
	slash = strrchr(exe, '/');
	if (slash) {
		*slash = 0;
		if (snprintf(path, size, "%s/transp4-runtime", exe) < (int)size &&
		    !access(path, X_OK))
			return true;
	}
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		snprintf(path, size, "%s/transp4-runtime", folders[i]);
		if (!access(path, X_OK))
			return true;
	}
	return false;
}
