/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* info_type.h - what the files that make p4info share. */
#ifndef TP4_INFO_TYPE_H
#define TP4_INFO_TYPE_H

#include "compiler/instance.h"
#include "control/p4info.pb-c.h"

#define NEW(I, type, init)                                                                         \
	({                                                                                         \
		type *n_ = arena_alloc(&(I)->u->arena, sizeof(*n_));                               \
		init(n_);                                                                          \
		n_;                                                                                \
	})

#define ADD(I, list, n, x) (*info_grow((I), (void ***)&(list), &(n)) = (x))

struct info {
	struct unit *u;
	struct model *m;
	struct intern types; /* written already, by name */
	P4__Config__V1__P4Info root;
};

/* What is annotated, apart from what has a place of its own in p4info. */
void info_annotations(struct info *i, const struct node *n, char ***list, size_t *count,
		      P4__Config__V1__StructuredAnnotation ***structs, size_t *n_structs);
/* NULL: nothing is said of it. */
P4__Config__V1__Documentation *info_doc(struct info *i, const struct node *n);
void **info_grow(struct info *i, void ***list, size_t *n);

/* The type as it stands in a register or digest; adds those with names to type_info. */
P4__Config__V1__P4DataTypeSpec *info_data_type(struct info *i, struct type *t);
void info_type(struct info *i, struct type *t);
bool info_translated(struct type *t, const char **uri, int *width);

#endif
