/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * stf.h - packet tests in the P4 community's Simple Test Framework format.
 *
 * stf_run() plays the statements of a test against a compiled program, in
 * process, on the same code that a P4 VM runs.  It tells what differed, both
 * packets shown, and returns
 *   0  every packet was as expected
 *   1  the test failed
 *   3  the test or the object is unreadable
 * (2, "program rejected", is the caller's: it compiles first.)
 */
#ifndef TP4_STF_H
#define TP4_STF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum stf_kind { STF_NOTE, STF_FAILED, STF_UNREADABLE };

/* What is told of a line of the test, 0: of all of it.  Packets: digits as in the test, or NULL. */
struct stf_message {
	enum stf_kind kind;
	int line;
	const char *text;
	const char *expected, *got;
	const size_t *bytes; /* where both differ */
	size_t n_bytes;
};

struct stf_options {
	const void *object; /* what tp4_compile_memory() gave */
	size_t object_len;
	const char *test; /* path of the .stf file */
	FILE *out;        /* where to tell; NULL: stderr */
	bool verbose;     /* also tell what passed */
	/* In place of out, if it is there */
	void (*tell)(void *arg, const struct stf_message *m);
	/*
	 * The same program, compiled to tell of the headers that its parser finds: asked for once
	 * packets differ, to be freed here.  false, or no such function: the usual headers are shown.
	 */
	bool (*traced)(void *arg, void **object, size_t *len);
	void *arg;
};

int stf_run(const struct stf_options *o);

#endif
