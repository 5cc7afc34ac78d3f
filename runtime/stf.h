/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * stf.h - packet tests in the P4 community's Simple Test Framework format.
 *
 * stf_run() plays the statements of a test against a compiled program, in
 * process, on the same code that a P4 VM runs.  It prints what differed, both
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

struct stf_options {
	const void *object; /* what tp4_compile_memory() gave */
	size_t object_len;
	const char *test; /* path of the .stf file */
	FILE *out;        /* where to tell; NULL: stderr */
	bool verbose;     /* also show what passed */
	int *failures;    /* out: how many; NULL: not asked for */
};

int stf_run(const struct stf_options *o);

#endif
