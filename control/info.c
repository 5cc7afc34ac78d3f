/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * info.c - look things up in a p4info.
 */
#include "control/info.h"

#include <stddef.h>

const P4__Config__V1__Table *info_table(const P4__Config__V1__P4Info *info, uint32_t id)
{
	for (size_t i = 0; i < info->n_tables; i++)
		if (info->tables[i]->preamble && info->tables[i]->preamble->id == id)
			return info->tables[i];
	return NULL;
}

const P4__Config__V1__Table *info_keys(const P4__Config__V1__P4Info *info, uint32_t id,
				       P4__Config__V1__Table *view)
{
	for (size_t i = 0; i < info->n_value_sets; i++) {
		const P4__Config__V1__ValueSet *s = info->value_sets[i];

		if (!s->preamble || s->preamble->id != id)
			continue;
		p4__config__v1__table__init(view);
		view->preamble = s->preamble;
		view->match_fields = s->match;
		view->n_match_fields = s->n_match;
		return view;
	}
	return info_table(info, id);
}

const P4__Config__V1__MatchField *info_field(const P4__Config__V1__Table *t, uint32_t id)
{
	for (size_t i = 0; i < t->n_match_fields; i++)
		if (t->match_fields[i]->id == id)
			return t->match_fields[i];
	return NULL;
}

const P4__Config__V1__Digest *info_digest(const P4__Config__V1__P4Info *info, uint32_t id)
{
	for (size_t i = 0; i < info->n_digests; i++)
		if (info->digests[i]->preamble && info->digests[i]->preamble->id == id)
			return info->digests[i];
	return NULL;
}

bool info_profile(const P4__Config__V1__P4Info *info, uint32_t id)
{
	for (size_t i = 0; i < info->n_action_profiles; i++)
		if (info->action_profiles[i]->preamble &&
		    info->action_profiles[i]->preamble->id == id)
			return true;
	return false;
}

const P4__Config__V1__DirectCounter *info_direct_counter(const P4__Config__V1__P4Info *info,
							 uint32_t table_id)
{
	for (size_t i = 0; i < info->n_direct_counters; i++)
		if (info->direct_counters[i]->direct_table_id == table_id)
			return info->direct_counters[i];
	return NULL;
}

const P4__Config__V1__DirectMeter *info_direct_meter(const P4__Config__V1__P4Info *info,
						     uint32_t table_id)
{
	for (size_t i = 0; i < info->n_direct_meters; i++)
		if (info->direct_meters[i]->direct_table_id == table_id)
			return info->direct_meters[i];
	return NULL;
}

bool info_has_priority(const P4__Config__V1__Table *t)
{
	for (size_t i = 0; i < t->n_match_fields; i++)
		switch (t->match_fields[i]->match_type) {
		case P4__CONFIG__V1__MATCH_FIELD__MATCH_TYPE__TERNARY:
		case P4__CONFIG__V1__MATCH_FIELD__MATCH_TYPE__RANGE:
		case P4__CONFIG__V1__MATCH_FIELD__MATCH_TYPE__OPTIONAL: return true;
		default: break;
		}
	return false;
}
