// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * find.c - finds programs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
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

/* FOLDER/NAME from the folder of this program; false: it is not there. */
static bool find_beside(const char *name, char *path, size_t size)
{
	char exe[PATH_MAX], *slash;
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	exe[n > 0 ? n : 0] = 0;
	slash = strrchr(exe, '/');
	if (!slash)
		return false;
	*slash = 0;
	return snprintf(path, size, "%s/%s", exe, name) < (int)size && !access(path, R_OK);
}

bool find_runtime(char *path, size_t size)
{
	return find_beside("transp4-runtime", path, size) ||
	       find_beside("../libexec/transp4/transp4-runtime", path, size);
}

bool find_guest(const char *script, char *path, size_t size)
{
	char name[64];

	snprintf(name, sizeof(name), "../runtime/guest/%s", script);
	if (find_beside(name, path, size))
		return true;
	snprintf(name, sizeof(name), "../libexec/transp4/guest/%s", script);
	return find_beside(name, path, size);
}

void find_image(char *path, size_t size)
{
	char sources[PATH_MAX];

	/* In the tree it is beside the program that goes into it. */
	if (find_beside("../runtime/guest/build", sources, sizeof(sources))) {
		find_beside("guest", path, size);
		return;
	}
	snprintf(path, size, "/var/lib/transp4/guest");
}

/* Does modprobe know it? */
static bool module_is_installed(const char *release)
{
	char path[PATH_MAX], *line = NULL;
	bool found = false;
	size_t size = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/lib/modules/%s/modules.dep", release);
	f = fopen(path, "re");
	while (f && !found && getline(&line, &size, f) > 0)
		found = strstr(line, "/transp4.ko");
	free(line);
	if (f)
		fclose(f);
	return found;
}

bool find_module(char *path, size_t size)
{
	char name[PATH_MAX];
	struct utsname u;

	uname(&u);
	*path = 0;
	if (module_is_installed(u.release))
		return true;
	snprintf(name, sizeof(name), "kmod/%s/transp4.ko", u.release);
	return find_beside(name, path, size);
}
