/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* info_type.c - p4info's types: what data looks like, and the types that have names (6.5). */
#include "compiler/info_type.h"

#include <string.h>

/* @p4runtime_translation(uri, string | W | bit<W>): width 0 for a string */
bool info_translated(struct type *t, const char **uri, int *width)
{
	struct node *a = (t = type_real(t))->kind == T_NEWTYPE
				 ? node_anno(t->decl, "p4runtime_translation")
				 : NULL;

	if (!a || a->flag || !a->list.n || a->list.v[0]->tok->kind != TK_STRING)
		return false;
	*uri = a->list.v[0]->name;
	*width = 0;
	for (int k = 1; k < a->list.n; k++)
		if (a->list.v[k]->tok->kind == TK_INT)
			*width = (int)mpz_get_si(*a->list.v[k]->tok->value);
	return true;
}

/* What type_info knows it by; a generic type is one for each of its arguments. */
static char *label(struct info *i, struct type *t)
{
	return (char *)(t->n_args && t->kind != T_SENUM && t->kind != T_NEWTYPE ? type_name(i->u, t)
			: t->decl && t->decl->name                              ? t->decl->name
										: "");
}

static P4__Config__V1__P4NamedType *named(struct info *i, struct type *t)
{
	P4__Config__V1__P4NamedType *n =
		NEW(i, P4__Config__V1__P4NamedType, p4__config__v1__p4_named_type__init);

	n->name = label(i, t);
	return n;
}

static P4__Config__V1__P4BitstringLikeTypeSpec *bitstring(struct info *i, struct type *t)
{
	P4__Config__V1__P4BitstringLikeTypeSpec *b =
		NEW(i, P4__Config__V1__P4BitstringLikeTypeSpec,
		    p4__config__v1__p4_bitstring_like_type_spec__init);

	if (t->kind == T_VARBIT) {
		b->type_spec_case = P4__CONFIG__V1__P4_BITSTRING_LIKE_TYPE_SPEC__TYPE_SPEC_VARBIT;
		b->varbit = NEW(i, P4__Config__V1__P4VarbitTypeSpec,
				p4__config__v1__p4_varbit_type_spec__init);
		b->varbit->max_bitwidth = t->width;
	} else if (t->is_signed) {
		b->type_spec_case = P4__CONFIG__V1__P4_BITSTRING_LIKE_TYPE_SPEC__TYPE_SPEC_INT;
		b->int_ = NEW(i, P4__Config__V1__P4IntTypeSpec,
			      p4__config__v1__p4_int_type_spec__init);
		b->int_->bitwidth = t->width;
	} else {
		b->type_spec_case = P4__CONFIG__V1__P4_BITSTRING_LIKE_TYPE_SPEC__TYPE_SPEC_BIT;
		b->bit = NEW(i, P4__Config__V1__P4BitTypeSpec,
			     p4__config__v1__p4_bit_type_spec__init);
		b->bit->bitwidth = (int)type_width(i->u, t);
	}
	return b;
}

P4__Config__V1__P4DataTypeSpec *info_data_type(struct info *i, struct type *t)
{
	P4__Config__V1__P4DataTypeSpec *d =
		NEW(i, P4__Config__V1__P4DataTypeSpec, p4__config__v1__p4_data_type_spec__init);

	t = type_real(t);
	switch (t->kind) {
	case T_BITS:
	case T_VARBIT:
		d->type_spec_case = P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_BITSTRING;
		d->bitstring = bitstring(i, t);
		break;
	case T_BOOL:
		d->type_spec_case = P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_BOOL;
		d->bool_ = NEW(i, P4__Config__V1__P4BoolType, p4__config__v1__p4_bool_type__init);
		break;
	case T_ERRORS:
		d->type_spec_case = P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_ERROR;
		d->error = NEW(i, P4__Config__V1__P4ErrorType, p4__config__v1__p4_error_type__init);
		break;
	case T_TUPLE:
	tuple:
		d->type_spec_case = P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_TUPLE;
		d->tuple = NEW(i, P4__Config__V1__P4TupleTypeSpec,
			       p4__config__v1__p4_tuple_type_spec__init);
		for (int k = 0; k < type_n_fields(t); k++)
			ADD(i, d->tuple->members, d->tuple->n_members,
			    info_data_type(i, type_field_at(i->u, t, k)));
		break;
	case T_STRUCT:
		if (!t->decl || !t->decl->name)
			goto tuple;
		d->type_spec_case = P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_STRUCT;
		d->struct_ = named(i, t);
		break;
	case T_HEADER:
		d->type_spec_case = P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_HEADER;
		d->header = named(i, t);
		break;
	case T_UNION:
		d->type_spec_case = P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_HEADER_UNION;
		d->header_union = named(i, t);
		break;
	case T_STACK:
		if (!type_is_header_stack(t)) {
			struct type **same =
				arena_alloc(&i->u->arena, sizeof(*same) * (size_t)(t->width + 1));

			for (int k = 0; k < t->width; k++)
				same[k] = t->args[0];
			return info_data_type(i, type_tuple(i->u, same, t->width));
		}
		if (type_real(t->args[0])->kind == T_UNION) {
			d->type_spec_case =
				P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_HEADER_UNION_STACK;
			d->header_union_stack =
				NEW(i, P4__Config__V1__P4HeaderUnionStackTypeSpec,
				    p4__config__v1__p4_header_union_stack_type_spec__init);
			d->header_union_stack->header_union = named(i, type_real(t->args[0]));
			d->header_union_stack->size = t->width;
			break;
		}
		d->type_spec_case = P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_HEADER_STACK;
		d->header_stack = NEW(i, P4__Config__V1__P4HeaderStackTypeSpec,
				      p4__config__v1__p4_header_stack_type_spec__init);
		d->header_stack->header = named(i, type_real(t->args[0]));
		d->header_stack->size = t->width;
		break;
	case T_ENUM:
		d->type_spec_case = P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_ENUM;
		d->enum_ = named(i, t);
		break;
	case T_SENUM:
		d->type_spec_case = P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_SERIALIZABLE_ENUM;
		d->serializable_enum = named(i, t);
		break;
	case T_NEWTYPE:
		d->type_spec_case = P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_NEW_TYPE;
		d->new_type = named(i, t);
		break;
	}
	info_type(i, t);
	return d;
}

/* @to: a type's or a member's message; @n: its declaration */
#define ANNOTATE(i, n, to)                                                                         \
	info_annotations(i, n, &(to)->annotations, &(to)->n_annotations,                           \
			 &(to)->structured_annotations, &(to)->n_structured_annotations)

/* One entry of a map of P4TypeInfo, as protobuf keeps maps. */
#define MAP(i, field, entry, entry_init, spec, spec_init, name)                                    \
	({                                                                                         \
		entry *e_ = NEW(i, entry, entry_init);                                             \
		e_->key = (char *)(name);                                                          \
		e_->value = NEW(i, spec, spec_init);                                               \
		ADD(i, (i)->root.type_info->field, (i)->root.type_info->n_##field, e_);            \
		e_->value;                                                                         \
	})

static void struct_type(struct info *i, struct type *t)
{
	P4__Config__V1__P4StructTypeSpec *s = MAP(
		i, structs, P4__Config__V1__P4TypeInfo__StructsEntry,
		p4__config__v1__p4_type_info__structs_entry__init, P4__Config__V1__P4StructTypeSpec,
		p4__config__v1__p4_struct_type_spec__init, label(i, t));

	ANNOTATE(i, t->decl, s);
	for (int k = 0; k < type_n_fields(t); k++) {
		P4__Config__V1__P4StructTypeSpec__Member *m =
			NEW(i, P4__Config__V1__P4StructTypeSpec__Member,
			    p4__config__v1__p4_struct_type_spec__member__init);

		m->name = (char *)t->decl->list.v[k]->name;
		m->type_spec = info_data_type(i, type_field_at(i->u, t, k));
		ADD(i, s->members, s->n_members, m);
	}
}

static void header_type(struct info *i, struct type *t)
{
	P4__Config__V1__P4HeaderTypeSpec *s = MAP(
		i, headers, P4__Config__V1__P4TypeInfo__HeadersEntry,
		p4__config__v1__p4_type_info__headers_entry__init, P4__Config__V1__P4HeaderTypeSpec,
		p4__config__v1__p4_header_type_spec__init, label(i, t));

	ANNOTATE(i, t->decl, s);
	for (int k = 0; k < type_n_fields(t); k++) {
		P4__Config__V1__P4HeaderTypeSpec__Member *m =
			NEW(i, P4__Config__V1__P4HeaderTypeSpec__Member,
			    p4__config__v1__p4_header_type_spec__member__init);

		m->name = (char *)t->decl->list.v[k]->name;
		m->type_spec = bitstring(i, type_under(type_field_at(i->u, t, k)));
		ANNOTATE(i, t->decl->list.v[k], m->type_spec);
		ADD(i, s->members, s->n_members, m);
	}
}

static void union_type(struct info *i, struct type *t)
{
	P4__Config__V1__P4HeaderUnionTypeSpec *s =
		MAP(i, header_unions, P4__Config__V1__P4TypeInfo__HeaderUnionsEntry,
		    p4__config__v1__p4_type_info__header_unions_entry__init,
		    P4__Config__V1__P4HeaderUnionTypeSpec,
		    p4__config__v1__p4_header_union_type_spec__init, label(i, t));

	ANNOTATE(i, t->decl, s);
	for (int k = 0; k < type_n_fields(t); k++) {
		P4__Config__V1__P4HeaderUnionTypeSpec__Member *m =
			NEW(i, P4__Config__V1__P4HeaderUnionTypeSpec__Member,
			    p4__config__v1__p4_header_union_type_spec__member__init);
		struct type *h = type_real(type_field_at(i->u, t, k));

		m->name = (char *)t->decl->list.v[k]->name;
		m->header = named(i, h);
		info_type(i, h);
		ADD(i, s->members, s->n_members, m);
	}
}

static void enum_type(struct info *i, struct type *t)
{
	P4__Config__V1__P4EnumTypeSpec *s =
		MAP(i, enums, P4__Config__V1__P4TypeInfo__EnumsEntry,
		    p4__config__v1__p4_type_info__enums_entry__init, P4__Config__V1__P4EnumTypeSpec,
		    p4__config__v1__p4_enum_type_spec__init, label(i, t));

	ANNOTATE(i, t->decl, s);
	for (int k = 0; k < t->decl->list.n; k++) {
		P4__Config__V1__P4EnumTypeSpec__Member *m =
			NEW(i, P4__Config__V1__P4EnumTypeSpec__Member,
			    p4__config__v1__p4_enum_type_spec__member__init);

		m->name = (char *)t->decl->list.v[k]->name;
		ANNOTATE(i, t->decl->list.v[k], m);
		ADD(i, s->members, s->n_members, m);
	}
}

static void serializable_type(struct info *i, struct type *t)
{
	P4__Config__V1__P4SerializableEnumTypeSpec *s =
		MAP(i, serializable_enums, P4__Config__V1__P4TypeInfo__SerializableEnumsEntry,
		    p4__config__v1__p4_type_info__serializable_enums_entry__init,
		    P4__Config__V1__P4SerializableEnumTypeSpec,
		    p4__config__v1__p4_serializable_enum_type_spec__init, label(i, t));
	int bytes = (type_under(t)->width + 7) / 8;

	s->underlying_type =
		NEW(i, P4__Config__V1__P4BitTypeSpec, p4__config__v1__p4_bit_type_spec__init);
	s->underlying_type->bitwidth = type_under(t)->width;
	ANNOTATE(i, t->decl, s);
	for (int k = 0; k < t->decl->list.n; k++) {
		P4__Config__V1__P4SerializableEnumTypeSpec__Member *m =
			NEW(i, P4__Config__V1__P4SerializableEnumTypeSpec__Member,
			    p4__config__v1__p4_serializable_enum_type_spec__member__init);
		struct value *v = t->decl->list.v[k]->val;
		uint8_t *b = arena_alloc(&i->u->arena, (size_t)bytes + 1);
		int skip = 0;
		mpz_t rest;

		m->name = (char *)t->decl->list.v[k]->name;
		ANNOTATE(i, t->decl->list.v[k], m);
		mpz_init(rest);
		if (v && v->kind == VAL_INT)
			mpz_fdiv_r_2exp(rest, v->i, (mp_bitcnt_t)bytes * 8);
		for (int x = bytes - 1; x >= 0; x--) {
			b[x] = (uint8_t)(mpz_get_ui(rest) & 0xff);
			mpz_fdiv_q_2exp(rest, rest, 8);
		}
		mpz_clear(rest);
		/* Canonical: without leading zeros, one byte at least. */
		while (skip < bytes - 1 && !b[skip])
			skip++;
		m->value = (ProtobufCBinaryData){ (size_t)(bytes - skip), b + skip };
		ADD(i, s->members, s->n_members, m);
	}
}

static void new_type(struct info *i, struct type *t)
{
	P4__Config__V1__P4NewTypeSpec *s = MAP(
		i, new_types, P4__Config__V1__P4TypeInfo__NewTypesEntry,
		p4__config__v1__p4_type_info__new_types_entry__init, P4__Config__V1__P4NewTypeSpec,
		p4__config__v1__p4_new_type_spec__init, label(i, t));
	const char *uri;
	int width;

	ANNOTATE(i, t->decl, s);
	if (!info_translated(t, &uri, &width)) {
		s->representation_case =
			P4__CONFIG__V1__P4_NEW_TYPE_SPEC__REPRESENTATION_ORIGINAL_TYPE;
		s->original_type = info_data_type(i, t->args[0]);
		return;
	}
	s->representation_case = P4__CONFIG__V1__P4_NEW_TYPE_SPEC__REPRESENTATION_TRANSLATED_TYPE;
	s->translated_type = NEW(i, P4__Config__V1__P4NewTypeTranslation,
				 p4__config__v1__p4_new_type_translation__init);
	s->translated_type->uri = (char *)uri;
	if (width) {
		s->translated_type->sdn_type_case =
			P4__CONFIG__V1__P4_NEW_TYPE_TRANSLATION__SDN_TYPE_SDN_BITWIDTH;
		s->translated_type->sdn_bitwidth = width;
	} else {
		s->translated_type->sdn_type_case =
			P4__CONFIG__V1__P4_NEW_TYPE_TRANSLATION__SDN_TYPE_SDN_STRING;
		s->translated_type->sdn_string =
			NEW(i, P4__Config__V1__P4NewTypeTranslation__SdnString,
			    p4__config__v1__p4_new_type_translation__sdn_string__init);
	}
}

/* All errors of the program, in the order of their numbers */
static void error_type(struct info *i, struct type *t)
{
	P4__Config__V1__P4ErrorTypeSpec *s =
		NEW(i, P4__Config__V1__P4ErrorTypeSpec, p4__config__v1__p4_error_type_spec__init);

	i->root.type_info->error = s;
	for (int k = 0; k < i->m->program->a->list.n; k++)
		ADD(i, s->members, s->n_members, (char *)i->m->program->a->list.v[k]->name);
}

void info_type(struct info *i, struct type *t)
{
	static const struct {
		int kind;
		void (*add)(struct info *i, struct type *t);
	} kinds[] = {
		{ T_STRUCT, struct_type }, { T_HEADER, header_type },      { T_UNION, union_type },
		{ T_ENUM, enum_type },     { T_SENUM, serializable_type }, { T_NEWTYPE, new_type },
		{ T_ERRORS, error_type },
	};

	t = type_real(t);
	if (t->kind == T_STACK)
		info_type(i, t->args[0]);
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		if (kinds[k].kind != t->kind || (t->decl && !t->decl->name) ||
		    !intern_new(&i->u->arena, &i->types, type_name(i->u, t)))
			continue;
		if (!i->root.type_info)
			i->root.type_info = NEW(i, P4__Config__V1__P4TypeInfo,
						p4__config__v1__p4_type_info__init);
		kinds[k].add(i, t);
	}
}
