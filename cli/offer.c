// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * offer.c - names in a program's p4info.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/offer.h"
#include "control/info.h"

/* One candidate: what it is called.  Filled for a whole list before a search. */
struct named {
	const char *name, *alias; /* alias may be NULL */
	const void *item;
};

#define NAMED_MAX 4096

static bool ends_with_part(const char *name, const char *part)
{
	size_t n = strlen(name), p = strlen(part);

	return p && n > p && name[n - p - 1] == '.' && !strcmp(name + n - p, part);
}

static void say(struct offer_error *why, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
static void say(struct offer_error *why, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why->text, sizeof(why->text), fmt, ap);
	va_end(ap);
}

static void say_unknown(struct offer_error *why, const char *what, const char *text,
			const char *owner, const struct named *list, size_t n)
{
	size_t len;

	say(why, "there is no %s '%s'; %s has", what, text, owner);
	for (size_t i = 0; i < n; i++) {
		len = strlen(why->text);
		if (len + strlen(list[i].name) + 16 > sizeof(why->text)) {
			snprintf(why->text + len, sizeof(why->text) - len, ", ...");
			return;
		}
		snprintf(why->text + len, sizeof(why->text) - len, "%s %s", i ? "," : "",
			 list[i].name);
	}
	len = strlen(why->text);
	if (!n)
		snprintf(why->text + len, sizeof(why->text) - len, " none");
}

static const void *find(const struct named *list, size_t n, const char *what, const char *text,
			const char *owner, struct offer_error *why)
{
	const struct named *found = NULL;

	for (size_t i = 0; i < n; i++)
		if (!strcmp(list[i].name, text))
			return list[i].item;
	for (size_t i = 0; i < n; i++)
		if (list[i].alias && *list[i].alias && !strcmp(list[i].alias, text))
			return list[i].item;
	for (size_t i = 0; i < n; i++) {
		if (!ends_with_part(list[i].name, text))
			continue;
		if (found) {
			say(why, "%s '%s' may be %s or %s; write more of the name", what, text,
			    found->name, list[i].name);
			return NULL;
		}
		found = &list[i];
	}
	if (!found)
		say_unknown(why, what, text, owner, list, n);
	return found ? found->item : NULL;
}

/* Gathers the members of a protobuf list that have a preamble, or a plain name. */
/* clang-format off */
#define GATHER_PREAMBLE(list, n, items, n_items)                                         \
	for (size_t i_ = 0; i_ < (n_items) && (n) < NAMED_MAX; i_++)                     \
		if ((items)[i_]->preamble)                                               \
			(list)[(n)++] = (struct named){ (items)[i_]->preamble->name,     \
							(items)[i_]->preamble->alias,    \
							(items)[i_] }
#define GATHER_DIRECT(list, n, items, n_items)                                           \
	for (size_t i_ = 0; i_ < (n_items) && (n) < NAMED_MAX; i_++)                     \
		if ((items)[i_]->preamble)                                               \
			(list)[(n)++] = (struct named){ (items)[i_]->preamble->name,     \
							(items)[i_]->preamble->alias,    \
							&(items)[i_]->direct_table_id }
#define GATHER_NAME(list, n, items, n_items)                                             \
	for (size_t i_ = 0; i_ < (n_items) && (n) < NAMED_MAX; i_++)                     \
		(list)[(n)++] = (struct named){ (items)[i_]->name, NULL, (items)[i_] }
/* clang-format on */

static struct named gathered[NAMED_MAX], direct[NAMED_MAX];

/* One of those gathered; a name that is not found may be that of a table's own, without cells. */
static const void *find_cells(const offer_t *info, const char *what, size_t n, size_t n_direct,
			      const char *text, struct offer_error *why)
{
	const void *found = find(gathered, n, what, text, "the program", why);
	struct offer_error ignored;
	const uint32_t *table_id = found ? NULL : find(direct, n_direct, what, text, "", &ignored);
	const offer_table_t *t = table_id ? info_table(info, *table_id) : NULL;

	if (t)
		say(why,
		    "%s '%s' belongs to the entries of table %s; 'transp4 table list' shows them",
		    what, text, t->preamble->name);
	return found;
}

const offer_table_t *offer_table(const offer_t *info, const char *name, struct offer_error *why)
{
	size_t n = 0;

	GATHER_PREAMBLE(gathered, n, info->tables, info->n_tables);
	return find(gathered, n, "table", name, "the program", why);
}

const offer_table_t *offer_set(const offer_t *info, const char *name, offer_table_t *view,
			       struct offer_error *why)
{
	const P4__Config__V1__ValueSet *set;
	size_t n = 0;

	GATHER_PREAMBLE(gathered, n, info->value_sets, info->n_value_sets);
	set = find(gathered, n, "value set", name, "the program", why);
	return set ? info_keys(info, set->preamble->id, view) : NULL;
}

const offer_field_t *offer_field(const offer_table_t *t, const char *name, struct offer_error *why)
{
	size_t n = 0;

	GATHER_NAME(gathered, n, t->match_fields, t->n_match_fields);
	return find(gathered, n, "key", name, t->preamble->name, why);
}

const offer_action_t *offer_action(const offer_t *info, const offer_table_t *t, const char *name,
				   struct offer_error *why)
{
	char owner[200];
	size_t n = 0;

	for (size_t i = 0; i < t->n_action_refs && n < NAMED_MAX; i++) {
		const offer_action_t *a = offer_action_by_id(info, t->action_refs[i]->id);

		if (a)
			gathered[n++] = (struct named){ a->preamble->name, a->preamble->alias, a };
	}
	snprintf(owner, sizeof(owner), "table %s", t->preamble->name);
	return find(gathered, n, "action", name, owner, why);
}

const offer_param_t *offer_param(const offer_action_t *a, const char *name, struct offer_error *why)
{
	char owner[200];
	size_t n = 0;

	GATHER_NAME(gathered, n, a->params, a->n_params);
	snprintf(owner, sizeof(owner), "action %s", a->preamble->name);
	return find(gathered, n, "argument", name, owner, why);
}

const offer_counter_t *offer_counter(const offer_t *info, const char *name, struct offer_error *why)
{
	size_t n = 0, n_direct = 0;

	GATHER_PREAMBLE(gathered, n, info->counters, info->n_counters);
	GATHER_DIRECT(direct, n_direct, info->direct_counters, info->n_direct_counters);
	return find_cells(info, "counter", n, n_direct, name, why);
}

const offer_meter_t *offer_meter(const offer_t *info, const char *name, struct offer_error *why)
{
	size_t n = 0, n_direct = 0;

	GATHER_PREAMBLE(gathered, n, info->meters, info->n_meters);
	GATHER_DIRECT(direct, n_direct, info->direct_meters, info->n_direct_meters);
	return find_cells(info, "meter", n, n_direct, name, why);
}

const offer_register_t *offer_register(const offer_t *info, const char *name,
				       struct offer_error *why)
{
	size_t n = 0;

	GATHER_PREAMBLE(gathered, n, info->registers, info->n_registers);
	return find(gathered, n, "register", name, "the program", why);
}

/*
 * By id
 */

const offer_action_t *offer_action_by_id(const offer_t *info, uint32_t id)
{
	for (size_t i = 0; i < info->n_actions; i++)
		if (info->actions[i]->preamble && info->actions[i]->preamble->id == id)
			return info->actions[i];
	return NULL;
}

const offer_param_t *offer_param_by_id(const offer_action_t *a, uint32_t id)
{
	for (size_t i = 0; i < a->n_params; i++)
		if (a->params[i]->id == id)
			return a->params[i];
	return NULL;
}

/*
 * What things are
 */

enum value_match_kind offer_field_kind(const offer_field_t *f)
{
	int type = f->match_type;

	if (f->match_case != P4__CONFIG__V1__MATCH_FIELD__MATCH_MATCH_TYPE)
		return 0;
	return type >= VALUE_EXACT && type <= VALUE_OPTIONAL ? (enum value_match_kind)type : 0;
}

const char *offer_field_kind_name(const offer_field_t *f)
{
	static const char *const names[] = {
		[VALUE_EXACT] = "exact", [VALUE_LPM] = "lpm",           [VALUE_TERNARY] = "ternary",
		[VALUE_RANGE] = "range", [VALUE_OPTIONAL] = "optional",
	};

	if (f->match_case == P4__CONFIG__V1__MATCH_FIELD__MATCH_OTHER_MATCH_TYPE)
		return f->other_match_type;
	return offer_field_kind(f) ? names[offer_field_kind(f)] : "unknown";
}

unsigned int offer_width(unsigned int bits)
{
	return bits ? bits : 128;
}

const char *offer_type(struct offer_number n, char out[16])
{
	if (n.is && n.bits)
		snprintf(out, 16, "%s<%u>", n.is_signed ? "int" : "bit", n.bits);
	else
		snprintf(out, 16, "%snumber", n.is ? "" : "no ");
	return out;
}

const char *offer_bits(unsigned int bits, char out[16])
{
	return offer_type((struct offer_number){ .is = true, .bits = bits }, out);
}

bool offer_counts_packets(const P4__Config__V1__CounterSpec *spec)
{
	return !spec || spec->unit != P4__CONFIG__V1__COUNTER_SPEC__UNIT__BYTES;
}

bool offer_counts_bytes(const P4__Config__V1__CounterSpec *spec)
{
	return !spec || spec->unit != P4__CONFIG__V1__COUNTER_SPEC__UNIT__PACKETS;
}

#define SPEC(x) P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_##x
#define BITS(x) P4__CONFIG__V1__P4_BITSTRING_LIKE_TYPE_SPEC__TYPE_SPEC_##x
#define NEW(x)  P4__CONFIG__V1__P4_NEW_TYPE_SPEC__REPRESENTATION_##x

const offer_type_t *offer_plain_type(const offer_t *info, const offer_type_t *spec,
				     struct offer_number *translated)
{
	/* New types are of others, and those perhaps new, too: not for ever, whoever wrote this. */
	for (int i = 0; spec && spec->type_spec_case == SPEC(NEW_TYPE) && i < 64; i++) {
		const P4__Config__V1__P4NewTypeSpec *t =
			INFO_TYPE(info->type_info, new_types, spec->new_type);

		if (t && t->representation_case == NEW(TRANSLATED_TYPE)) {
			translated->is = true;
			if (t->translated_type->sdn_type_case ==
			    P4__CONFIG__V1__P4_NEW_TYPE_TRANSLATION__SDN_TYPE_SDN_BITWIDTH)
				translated->bits = t->translated_type->sdn_bitwidth;
			return NULL;
		}
		spec = t && t->representation_case == NEW(ORIGINAL_TYPE) ? t->original_type : NULL;
	}
	return spec;
}

struct offer_number offer_cell(const offer_t *info, const offer_type_t *spec)
{
	const P4__Config__V1__P4SerializableEnumTypeSpec *e;
	struct offer_number n = { 0 };

	spec = offer_plain_type(info, spec, &n);
	if (n.is)
		return n;
	switch (spec ? (int)spec->type_spec_case : -1) {
	case SPEC(BOOL): n.bits = 1; break;
	case SPEC(SERIALIZABLE_ENUM):
		e = INFO_TYPE(info->type_info, serializable_enums, spec->serializable_enum);
		n.bits = e && e->underlying_type ? e->underlying_type->bitwidth : 0;
		break;
	case SPEC(BITSTRING):
		n.is_signed = spec->bitstring->type_spec_case == BITS(INT);
		if (n.is_signed)
			n.bits = spec->bitstring->int_->bitwidth;
		else if (spec->bitstring->type_spec_case == BITS(BIT))
			n.bits = spec->bitstring->bit->bitwidth;
		break;
	}
	n.is = n.bits;
	return n;
}

enum value_style offer_style(const char *name, unsigned int width, char **annotations,
			     size_t n_annotations)
{
	static const char *const hints[] = { "addr", "ip",      "mac",  "src",  "dst",
					     "hop",  "gateway", "host", "neigh" };
	const char *last = strrchr(name, '.');
	char lower[64];
	size_t n = 0;

	for (size_t i = 0; i < n_annotations; i++)
		if (strstr(annotations[i], "@format(HEX_STR"))
			return VALUE_HEX;
		else if (strstr(annotations[i], "@format(") && strstr(annotations[i], "ADDRESS"))
			return VALUE_ADDRESS;
	if (width != 32 && width != 48 && width != 128)
		return VALUE_NUMBER;
	for (last = last ? last + 1 : name; *last && n + 1 < sizeof(lower); last++)
		lower[n++] = tolower((unsigned char)*last);
	lower[n] = 0;
	for (size_t i = 0; i < sizeof(hints) / sizeof(*hints); i++)
		if (strstr(lower, hints[i]))
			return VALUE_ADDRESS;
	return VALUE_NUMBER;
}
