/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * compile.h - the P4_16 compiler as a library: what the command calls.
 *
 * Every function reads one program and returns an exit status:
 *   0  done (accepted)
 *   1  the program was rejected; the diagnostics say why
 *   2  the machine is at fault (unreadable file, no C compiler, full disk);
 *      one line was printed
 * Nothing half-written is left behind: OUT appears whole or not at all.
 * Diagnostics go to `messages` (stderr if NULL), as text or, with `json`, as one UTF-8
 * JSON array of {code, severity, file, line, column, end_column, message, hint}.
 * No function keeps state: all may be called again, from one thread at a time.
 */
#ifndef TP4_COMPILE_H
#define TP4_COMPILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum tp4_emit {
	TP4_EMIT_OBJECT, /* the container that pipeline_load() takes */
	TP4_EMIT_C,      /* the generated C */
	TP4_EMIT_TREE,   /* the typed tree */
	TP4_EMIT_P4INFO, /* p4info as text */
};

struct tp4_compile_options {
	const char *program; /* path of the P4 source */
	const char *out;     /* path to write; NULL or "-": standard output */
	const char *p4info;  /* also write p4info here (.txt, .txtpb: text); or NULL */
	enum tp4_emit emit;
	const char *const *includes; /* -I folders, NULL ends; may be NULL */
	const char *const *defines;  /* -D "NAME" or "NAME=VALUE", NULL ends; may be NULL */
	const char *externs;         /* C file with the program's externs; or NULL */
	const char *cc;              /* C compiler; NULL: $TP4_CC, then gcc, clang, cc */
	const char *cc_flags;        /* instead of "-O2"; split at blanks; may be NULL */
	bool json;
	bool no_warnings;
	bool trace; /* a program that calls tp4_extracted(), for packet tests to show headers */
	FILE *messages;
};

int tp4_compile(const struct tp4_compile_options *o);

/* Front end only; `out`, `p4info` and `emit` are not looked at. */
int tp4_check(const struct tp4_compile_options *o);

/* The same on a text in memory, called o->program in messages; the parser alone. */
int tp4_check_text(const struct tp4_compile_options *o, const char *text, size_t len);
int tp4_parse_text(const struct tp4_compile_options *o, const char *text, size_t len);

/* Print the program well laid out to `out`. */
int tp4_format(const struct tp4_compile_options *o);

/*
 * As tp4_compile() to memory; *object is malloc()ed and the caller's.
 */
int tp4_compile_memory(const struct tp4_compile_options *o, void **object, size_t *len);

#endif
