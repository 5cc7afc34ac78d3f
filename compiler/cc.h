/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* cc.h - generated C to a shared object, in memory; false: *why says so in one line or more. */
#ifndef TP4_CC_H
#define TP4_CC_H

#include "compiler/unit.h"

/* The headers that generated C includes, copied into the command. */
extern const struct include_file abi_files[];

bool cc_compile(const char *cc, const char *flags, const char *text, size_t text_len, void **object,
		size_t *len, char *why, size_t why_size);

#endif
