// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * data.c - P4Data as JSON: the data says what it is made of, the type what that is called.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/data.h"
#include "control/info.h"

typedef P4__Config__V1__P4NamedType named_type;

#define FIND(info, map, named) INFO_TYPE((info)->type_info, map, named)
/* The nth member of a type that names its members; NULL: it does not */
#define MEMBER(type, n)        ((type) && (n) < (type)->n_members ? (type)->members[n] : NULL)

#define SPEC(x) P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_##x
#define BITS(x) P4__CONFIG__V1__P4_BITSTRING_LIKE_TYPE_SPEC__TYPE_SPEC_##x

static json_object *hex_json(const ProtobufCBinaryData *b)
{
	char *text = malloc(2 * b->len + 3);
	json_object *o;

	if (!text)
		return NULL;
	strcpy(text, "0x");
	for (size_t i = 0; i < b->len; i++)
		sprintf(text + 2 + 2 * i, "%02x", b->data[i]);
	o = json_object_new_string(text);
	free(text);
	return o;
}

static json_object *number_json(const offer_t *info, const char *name, const offer_type_t *type,
				const ProtobufCBinaryData *b)
{
	struct offer_number n = offer_cell(info, type), ignored;
	const offer_type_t *plain = offer_plain_type(info, type, &ignored);
	bool is_bits = plain && plain->type_spec_case == SPEC(BITSTRING);
	unsigned int width = offer_width(n.bits);
	enum value_style style =
		offer_style(name, width, is_bits ? plain->bitstring->annotations : NULL,
			    is_bits ? plain->bitstring->n_annotations : 0);
	char text[VALUE_TEXT_MAX];
	struct value v;

	if (width > VALUE_BITS_MAX || b->len > VALUE_BITS_MAX / 8)
		return hex_json(b);
	if (n.is_signed)
		value_from_signed(b->data, b->len, width, &v);
	else
		value_from_bytes(b->data, b->len, width, &v);
	if (n.is_signed && style == VALUE_NUMBER)
		style = VALUE_SIGNED;
	return json_object_new_string(value_print(&v, width, style, text, sizeof(text)));
}

/* The next part of a whole: under its name, or where it has none, in its order */
static json_object *part_add(json_object *whole, const char *name, json_object *part)
{
	if (!whole)
		whole = name ? json_object_new_object() : json_object_new_array();
	if (json_object_is_type(whole, json_type_array))
		json_object_array_add(whole, part);
	else
		put_value(whole, name ? name : "?", part);
	return whole;
}

static json_object *header_json(const offer_t *info, const named_type *named,
				const P4__V1__P4Header *h)
{
	const P4__Config__V1__P4HeaderTypeSpec *type = FIND(info, headers, named);
	json_object *o = NULL;

	if (!h->is_valid)
		return NULL;
	for (size_t i = 0; i < h->n_bitstrings; i++) {
		const P4__Config__V1__P4HeaderTypeSpec__Member *m = MEMBER(type, i);
		offer_type_t t = P4__CONFIG__V1__P4_DATA_TYPE_SPEC__INIT;

		if (m && m->type_spec) {
			t.type_spec_case = SPEC(BITSTRING);
			t.bitstring = m->type_spec;
		}
		o = part_add(o, m ? m->name : NULL,
			     m && m->type_spec && m->type_spec->type_spec_case == BITS(VARBIT)
				     ? hex_json(&h->bitstrings[i])
				     : number_json(info, m ? m->name : "", &t, &h->bitstrings[i]));
	}
	return o ? o : json_object_new_object();
}

static json_object *union_json(const offer_t *info, const named_type *named,
			       const P4__V1__P4HeaderUnion *u)
{
	const P4__Config__V1__P4HeaderUnionTypeSpec *type = FIND(info, header_unions, named);
	const named_type *header = NULL;

	if (!u->valid_header || !u->valid_header->is_valid)
		return NULL;
	for (size_t i = 0; type && i < type->n_members; i++)
		if (!strcmp(type->members[i]->name, u->valid_header_name))
			header = type->members[i]->header;
	return part_add(NULL, u->valid_header_name, header_json(info, header, u->valid_header));
}

static json_object *tuple_json(const offer_t *info, const P4__Config__V1__P4TupleTypeSpec *type,
			       const P4__V1__P4StructLike *s)
{
	json_object *o = json_object_new_array();

	for (size_t i = 0; i < s->n_members; i++)
		part_add(o, NULL, data_json(info, "", MEMBER(type, i), s->members[i]));
	return o;
}

static json_object *struct_json(const offer_t *info, const named_type *named,
				const P4__V1__P4StructLike *s)
{
	const P4__Config__V1__P4StructTypeSpec *type = FIND(info, structs, named);
	json_object *o = NULL;

	for (size_t i = 0; i < s->n_members; i++) {
		const P4__Config__V1__P4StructTypeSpec__Member *m = MEMBER(type, i);

		o = part_add(
			o, m ? m->name : NULL,
			data_json(info, m ? m->name : "", m ? m->type_spec : NULL, s->members[i]));
	}
	return o ? o : json_object_new_object();
}

#define DATA(x) P4__V1__P4_DATA__DATA_##x

json_object *data_json(const offer_t *info, const char *name, const offer_type_t *type,
		       const P4__V1__P4Data *d)
{
	struct offer_number ignored;
	const offer_type_t *t = offer_plain_type(info, type, &ignored);
	const named_type *of;
	json_object *o;

/* The type's member where the data is of that kind; NULL: it is not */
#define AS(kind, member) (t && t->type_spec_case == SPEC(kind) ? t->member : NULL)
	switch (d->data_case) {
	case DATA(BITSTRING): return number_json(info, name, type, &d->bitstring);
	case DATA(ENUM_VALUE): return number_json(info, name, type, &d->enum_value);
	case DATA(VARBIT): return hex_json(&d->varbit->bitstring);
	case DATA(BOOL): return json_object_new_boolean(d->bool_);
	case DATA(TUPLE): return tuple_json(info, AS(TUPLE, tuple), d->tuple);
	case DATA(STRUCT): return struct_json(info, AS(STRUCT, struct_), d->struct_);
	case DATA(HEADER): return header_json(info, AS(HEADER, header), d->header);
	case DATA(HEADER_UNION):
		return union_json(info, AS(HEADER_UNION, header_union), d->header_union);
	case DATA(HEADER_STACK):
		of = AS(HEADER_STACK, header_stack->header);
		o = json_object_new_array();
		for (size_t i = 0; i < d->header_stack->n_entries; i++)
			part_add(o, NULL, header_json(info, of, d->header_stack->entries[i]));
		return o;
	case DATA(HEADER_UNION_STACK):
		of = AS(HEADER_UNION_STACK, header_union_stack->header_union);
		o = json_object_new_array();
		for (size_t i = 0; i < d->header_union_stack->n_entries; i++)
			part_add(o, NULL, union_json(info, of, d->header_union_stack->entries[i]));
		return o;
	case DATA(ENUM): return string_json(d->enum_);
	case DATA(ERROR): return string_json(d->error);
	default: return NULL;
	}
#undef AS
}

static void part_print(const char *path, json_object *o)
{
	char below[512];

	if (json_object_is_type(o, json_type_object)) {
		json_object_object_foreach(o, key, part) {
			snprintf(below, sizeof(below), "%s%s%s", path, *path ? "." : "", key);
			part_print(below, part);
		}
	} else if (json_object_is_type(o, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(o); i++) {
			snprintf(below, sizeof(below), "%s[%zu]", path, i);
			part_print(below, json_object_array_get_idx(o, i));
		}
	} else {
		printf(" %s%s%s", path, *path ? "=" : "",
		       o ? json_object_get_string(o) : "invalid");
	}
}

void data_json_print(json_object *data)
{
	part_print("", data);
}
