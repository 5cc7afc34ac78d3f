/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * info.h - look things up in a p4info.  NULL: there is no such id.
 */
#ifndef TP4_CONTROL_INFO_H
#define TP4_CONTROL_INFO_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "control/p4info.pb-c.h"

const P4__Config__V1__Table *info_table(const P4__Config__V1__P4Info *info, uint32_t id);
/* The table, or a value set as a table that has only keys; *view is room for it. */
const P4__Config__V1__Table *info_keys(const P4__Config__V1__P4Info *info, uint32_t id,
				       P4__Config__V1__Table *view);
const P4__Config__V1__MatchField *info_field(const P4__Config__V1__Table *t, uint32_t id);
const P4__Config__V1__Digest *info_digest(const P4__Config__V1__P4Info *info, uint32_t id);
bool info_profile(const P4__Config__V1__P4Info *info, uint32_t id);
/* The table's own; NULL: it has none. */
const P4__Config__V1__DirectCounter *info_direct_counter(const P4__Config__V1__P4Info *info,
							 uint32_t table_id);
const P4__Config__V1__DirectMeter *info_direct_meter(const P4__Config__V1__P4Info *info,
						     uint32_t table_id);

/* What a P4TypeInfo's map has under a type's name (P4NamedType); NULL: nothing */
#define INFO_TYPE(types, map, named)                                                               \
	({                                                                                         \
		__typeof__((types)->map[0]->value) found_ = NULL;                                  \
		for (size_t i_ = 0; (types) && (named) && i_ < (types)->n_##map; i_++)             \
			if (!strcmp((types)->map[i_]->key, (named)->name))                         \
				found_ = (types)->map[i_]->value;                                  \
		found_;                                                                            \
	})

/* Do its entries have priorities? */
bool info_has_priority(const P4__Config__V1__Table *t);

#endif
