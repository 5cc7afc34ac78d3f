/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* macro.h - how macros are expanded, for those that are built in. */
#ifndef TP4_MACRO_H
#define TP4_MACRO_H

#include "compiler/preprocess.h"

/* What is to be read: the tokens given, and before them what macros among them yielded. */
struct context {
	struct context *up;
	struct macro *macro; /* that these came from: not one of its own names is expanded again */
	const tokens *in;
	int i;
};

/* What the use of a macro becomes, at the end of `out` */
typedef void builtin_emit(struct unit *u, struct context **top, struct token use, tokens *out);

void token_emit(struct unit *u, tokens *out, struct token t);
/* In place of what could not be expanded: the parser says no more about it. */
struct token token_told(struct token t);
/* The next token, which may stand behind the end of what a macro yielded; NULL: none */
const struct token *context_peek(struct unit *u, struct context **top);
/* Arguments of a function-like macro: "(" is next; false: there is no ")" */
bool macro_args(struct unit *u, struct context **top, tokens *args, int max, int *n);

/* builtin.c: macros that nobody defines; the last has no name */
extern const struct builtin {
	const char *name;
	builtin_emit *emit;
	bool function;
} builtins[];
builtin_emit defined_emit;

#endif
