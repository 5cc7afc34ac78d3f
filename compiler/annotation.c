/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* annotation.c - reading annotations (section 18). */
#include "compiler/tree.h"

#include <stdlib.h>
#include <string.h>

struct node *node_anno(const struct node *n, const char *name)
{
	for (int i = 0; n && i < n->annos.n; i++)
		if (!strcmp(n->annos.v[i]->name, name))
			return n->annos.v[i];
	return NULL;
}

const char *node_anno_string(const struct node *n, const char *name)
{
	struct node *a = node_anno(n, name);

	if (!a || !a->list.n)
		return NULL;
	return a->list.v[0]->kind == N_STRING ? a->list.v[0]->name : NULL;
}

bool node_no_warning(const struct node *n, const char *what)
{
	for (int i = 0; i < n->annos.n; i++) {
		const struct node *a = n->annos.v[i];

		if (!strcmp(a->name, "noWarn") && a->list.n && a->list.v[0]->kind == N_STRING &&
		    !strcmp(a->list.v[0]->name, what))
			return true;
	}
	return false;
}

bool node_anno_int(const struct node *n, const char *name, int64_t *out)
{
	struct node *a = node_anno(n, name);

	if (!a || a->list.n != 1 || a->list.v[0]->tok->kind != TK_INT)
		return false;
	if (!mpz_fits_slong_p(*a->list.v[0]->tok->value))
		return false;
	*out = mpz_get_si(*a->list.v[0]->tok->value);
	return true;
}
