/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * compile_all.c - the whole compiler but the C compiler, under the sanitizers, on
 * every program of the tree: C, tree and p4info are made and thrown away.  X.c beside X.p4 is
 * its own extern functions.
 */
#include "compiler/compile.h"

#include <glob.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	static const char *const patterns[] = { "tests/p4/*.p4", "tests/programs/*.p4",
						"examples/*/*.p4", "tests/p4/bad/*.p4",
						"tests/p4/front/*.p4" };
	static const enum tp4_emit emits[] = { TP4_EMIT_C, TP4_EMIT_TREE, TP4_EMIT_P4INFO };
	FILE *nowhere = fopen("/dev/null", "w");
	int n = 0, failed = 0;

	for (size_t p = 0; nowhere && p < 5; p++) {
		glob_t g;

		if (glob(patterns[p], 0, NULL, &g)) {
			printf("not ok - there is no %s\n", patterns[p]);
			failed++;
			continue;
		}
		for (size_t i = 0; i < g.gl_pathc; i++)
			for (size_t e = 0; e < 3; e++) {
				struct tp4_compile_options o = {
					.program = g.gl_pathv[i],
					.out = "build/tests/compile_all.out",
					.emit = emits[e],
					.messages = nowhere
				};
				char externs[4096];
				int status;

				snprintf(externs, sizeof(externs), "%.*sc",
					 (int)strlen(o.program) - 2, o.program);
				if (!access(externs, F_OK))
					o.externs = externs;
				status = tp4_compile(&o);
				n++;
				/* The last two have bad ones; none is the machine's fault. */
				if (p < 3 ? status : status > 1) {
					printf("not ok %d - %s: exit %d\n", n, o.program, status);
					failed++;
				}
			}
		globfree(&g);
	}
	if (nowhere)
		fclose(nowhere);
	remove("build/tests/compile_all.out");
	printf("%s - %d compilations, %d failed\n", n && !failed ? "ok" : "not ok", n, failed);
	return !n || failed;
}
