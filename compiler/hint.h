/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * hint.h - what a name or a word that nobody knows may have been meant for.
 *
 * Hints go to the diagnostic told last.  A search: meant_for(), meant_try...() with what there
 * is, meant_hint(); false means that there is nothing to say.
 */
#ifndef TP4_HINT_H
#define TP4_HINT_H

#include "compiler/tree.h"

struct meant {
	const char *name, *best; /* NULL: nothing is spelled like it */
	int least;
};

struct meant meant_for(const char *name);
void meant_try(struct meant *m, const char *candidate);
void meant_try_all(struct meant *m, const nodes *list); /* their names */
/* Those that are values, or all */
void meant_try_keywords(struct meant *m, bool all);
bool meant_hint(struct unit *u, const struct meant *m);

/* A word of another language: how P4 says it */
bool hint_word(struct unit *u, const char *word);

/* Our own include file, not included, that declares the name, rather the first; NULL: none */
const char *header_declaring(struct unit *u, const char *name, bool as_type, const char *first);

#endif
