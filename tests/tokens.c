/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* tokens.c - the tokens of a file behind the preprocessor, one a line, for test_directives. */
#include "compiler/unit.h"

int main(int argc, char **argv)
{
	static const char *const includes[] = { "first", "second", NULL };
	static struct unit u = { .includes = includes, .no_warnings = true }; /* memory stays */

	if (argc != 2 || !preprocess(&u, argv[1]))
		return 2;
	for (int i = 0; i < u.tokens.n - 1; i++) {
		const struct token *t = &u.tokens.v[i];

		if (t->kind == TK_INT)
			gmp_printf("%d%c%Zd\n", t->width, "ws"[t->is_signed], *t -> value);
		else if (t->name)
			printf("%d %s\n", t->kind == TK_STRING, t->name);
		else
			printf("0 %.*s\n", t->len, t->at);
	}
	unit_print(&u, stderr, false);
	return u.errors != 0;
}
