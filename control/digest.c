/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * digest.c - a digest's data: the program tells it leaf by leaf, p4info what they make up.
 */
#include "control/digest.h"
#include "control/info.h"

#include <stdalign.h>
#include <stddef.h>
#include <string.h>

#define DEPTH 32 /* of structures in structures */

typedef P4__Config__V1__P4DataTypeSpec type_spec;
typedef P4__Config__V1__P4NamedType named_type;

struct walk {
	const P4__Config__V1__P4TypeInfo *types;
	const struct pipeline_digest *d;
	size_t at; /* its next member */
	uint8_t *room;
	size_t left;
	int depth;
	bool failed;
};

static void *make(struct walk *w, size_t n, size_t size)
{
	uint8_t *p = w->room;

	size = (n * size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (n > DIGEST_ROOM || size > w->left) {
		w->failed = true;
		return NULL;
	}
	w->room += size;
	w->left -= size;
	memset(p, 0, size);
	return p;
}

#define MAKE(w, n, type) ((type *)make(w, n, sizeof(type)))

/* The type of this name, without which there is no digest */
#define FIND(w, map, named)                                                                        \
	({                                                                                         \
		__typeof__((w)->types->map[0]->value) type_ = INFO_TYPE((w)->types, map, named);   \
		(w)->failed |= !type_;                                                             \
		type_;                                                                             \
	})

/* The next leaf, as the program told it */
static struct pipeline_bytes leaf_told(struct walk *w)
{
	if (w->at < w->d->n_members)
		return w->d->members[w->at++];
	w->failed = true;
	return (struct pipeline_bytes){ (const uint8_t *)"", 1 };
}

/* The same in canonical form */
static ProtobufCBinaryData leaf(struct walk *w)
{
	struct pipeline_bytes b = leaf_told(w);

	for (; b.len > 1 && !*b.data; b.data++)
		b.len--;
	return (ProtobufCBinaryData){ b.len, (uint8_t *)b.data };
}

/* That of an int: all bits above the sign are copies of it, and no byte is there just for them. */
static ProtobufCBinaryData leaf_signed(struct walk *w, unsigned int width)
{
	struct pipeline_bytes told = leaf_told(w);
	ProtobufCBinaryData out = { told.len, MAKE(w, told.len, uint8_t) };
	unsigned int top = width % 8;

	if (w->failed || !told.len)
		return out;
	memcpy(out.data, told.data, told.len);
	if (top && out.data[0] >> (top - 1))
		out.data[0] |= (uint8_t)(0xff << top);
	for (; out.len > 1 && out.data[0] == (out.data[1] >> 7 ? 0xff : 0); out.data++)
		out.len--;
	return out;
}

static size_t leaf_number(struct walk *w)
{
	ProtobufCBinaryData b = leaf(w);
	size_t v = 0;

	for (size_t i = 0; i < b.len; i++)
		v = v << 8 | b.data[i];
	return v;
}

static bool is_varbit(const P4__Config__V1__P4BitstringLikeTypeSpec *t)
{
	return t &&
	       t->type_spec_case == P4__CONFIG__V1__P4_BITSTRING_LIKE_TYPE_SPEC__TYPE_SPEC_VARBIT;
}

static ProtobufCBinaryData number(struct walk *w, const P4__Config__V1__P4BitstringLikeTypeSpec *t)
{
	return t && t->type_spec_case == P4__CONFIG__V1__P4_BITSTRING_LIKE_TYPE_SPEC__TYPE_SPEC_INT
		       ? leaf_signed(w, (unsigned int)t->int_->bitwidth)
		       : leaf(w);
}

static void header(struct walk *w, const named_type *t, P4__V1__P4Header *out)
{
	const P4__Config__V1__P4HeaderTypeSpec *h = FIND(w, headers, t);

	p4__v1__p4_header__init(out);
	if (!h)
		return;
	out->is_valid = leaf_number(w) != 0;
	out->bitstrings = MAKE(w, h->n_members, ProtobufCBinaryData);
	for (size_t i = 0; i < h->n_members && !w->failed; i++) {
		if (is_varbit(h->members[i]->type_spec))
			leaf(w);
		out->bitstrings[i] = number(w, h->members[i]->type_spec);
	}
	if (out->is_valid)
		out->n_bitstrings = h->n_members;
}

static void header_union(struct walk *w, const named_type *t, P4__V1__P4HeaderUnion *out)
{
	const P4__Config__V1__P4HeaderUnionTypeSpec *u = FIND(w, header_unions, t);
	P4__V1__P4Header *h = u ? MAKE(w, u->n_members, P4__V1__P4Header) : NULL;

	p4__v1__p4_header_union__init(out);
	for (size_t i = 0; u && i < u->n_members && !w->failed; i++) {
		header(w, u->members[i]->header, &h[i]);
		if (!h[i].is_valid)
			continue;
		out->valid_header_name = u->members[i]->name;
		out->valid_header = &h[i];
	}
}

static P4__V1__P4StructLike *structure(struct walk *w, size_t n)
{
	P4__V1__P4StructLike *s = MAKE(w, 1, P4__V1__P4StructLike);
	P4__V1__P4Data *members = MAKE(w, n, P4__V1__P4Data);
	P4__V1__P4Data **list = MAKE(w, n, P4__V1__P4Data *);

	if (w->failed)
		return NULL;
	p4__v1__p4_struct_like__init(s);
	for (size_t i = 0; i < n; i++)
		list[i] = &members[i];
	s->members = list;
	s->n_members = n;
	return s;
}

/* A stack of n entries, each made by fill() of what has this name */
#define STACK(w, stack, init, entry, fill, named, n)                                               \
	({                                                                                         \
		stack *s_ = MAKE(w, 1, stack);                                                     \
		entry *e_ = MAKE(w, n, entry);                                                     \
		entry **list_ = MAKE(w, n, entry *);                                               \
		if (!(w)->failed) {                                                                \
			init(s_);                                                                  \
			s_->entries = list_;                                                       \
		}                                                                                  \
		for (size_t i_ = 0; i_ < (n) && !(w)->failed; s_->n_entries = ++i_) {              \
			list_[i_] = &e_[i_];                                                       \
			fill(w, named, &e_[i_]);                                                   \
		}                                                                                  \
		s_;                                                                                \
	})

#define SPEC(x) P4__CONFIG__V1__P4_DATA_TYPE_SPEC__TYPE_SPEC_##x
#define DATA(x) P4__V1__P4_DATA__DATA_##x

static void data(struct walk *w, const type_spec *t, P4__V1__P4Data *out)
{
	p4__v1__p4_data__init(out);
	if (!t || w->failed || w->depth == DEPTH) {
		w->failed = true;
		return;
	}
	w->depth++;
	switch (t->type_spec_case) {
	case SPEC(BITSTRING):
		if (is_varbit(t->bitstring)) {
			out->data_case = DATA(VARBIT);
			out->varbit = MAKE(w, 1, P4__V1__P4Varbit);
			if (w->failed)
				break;
			p4__v1__p4_varbit__init(out->varbit);
			out->varbit->bitwidth = (int32_t)leaf_number(w);
			out->varbit->bitstring = leaf(w);
		} else {
			out->data_case = DATA(BITSTRING);
			out->bitstring = number(w, t->bitstring);
		}
		break;
	case SPEC(BOOL):
		out->data_case = DATA(BOOL);
		out->bool_ = leaf_number(w) != 0;
		break;
	case SPEC(TUPLE):
		out->data_case = DATA(TUPLE);
		out->tuple = structure(w, t->tuple->n_members);
		for (size_t i = 0; i < t->tuple->n_members && !w->failed; i++)
			data(w, t->tuple->members[i], out->tuple->members[i]);
		break;
	case SPEC(STRUCT): {
		const P4__Config__V1__P4StructTypeSpec *s = FIND(w, structs, t->struct_);

		out->data_case = DATA(STRUCT);
		out->struct_ = s ? structure(w, s->n_members) : NULL;
		for (size_t i = 0; s && i < s->n_members && !w->failed; i++)
			data(w, s->members[i]->type_spec, out->struct_->members[i]);
		break;
	}
	case SPEC(HEADER):
		out->data_case = DATA(HEADER);
		out->header = MAKE(w, 1, P4__V1__P4Header);
		if (out->header)
			header(w, t->header, out->header);
		break;
	case SPEC(HEADER_UNION):
		out->data_case = DATA(HEADER_UNION);
		out->header_union = MAKE(w, 1, P4__V1__P4HeaderUnion);
		if (out->header_union)
			header_union(w, t->header_union, out->header_union);
		break;
	case SPEC(HEADER_STACK):
		out->data_case = DATA(HEADER_STACK);
		out->header_stack = STACK(w, P4__V1__P4HeaderStack, p4__v1__p4_header_stack__init,
					  P4__V1__P4Header, header, t->header_stack->header,
					  (size_t)t->header_stack->size);
		break;
	case SPEC(HEADER_UNION_STACK):
		out->data_case = DATA(HEADER_UNION_STACK);
		out->header_union_stack = STACK(
			w, P4__V1__P4HeaderUnionStack, p4__v1__p4_header_union_stack__init,
			P4__V1__P4HeaderUnion, header_union, t->header_union_stack->header_union,
			(size_t)t->header_union_stack->size);
		break;
	case SPEC(ENUM): {
		const P4__Config__V1__P4EnumTypeSpec *e = FIND(w, enums, t->enum_);
		size_t n = leaf_number(w);

		out->data_case = DATA(ENUM);
		out->enum_ = e && n < e->n_members ? e->members[n]->name : (char *)"";
		break;
	}
	case SPEC(ERROR): {
		const P4__Config__V1__P4ErrorTypeSpec *e = w->types ? w->types->error : NULL;
		size_t n = leaf_number(w);

		out->data_case = DATA(ERROR);
		out->error = e && n < e->n_members ? e->members[n] : (char *)"";
		break;
	}
	case SPEC(SERIALIZABLE_ENUM):
		out->data_case = DATA(ENUM_VALUE);
		out->enum_value = leaf(w);
		break;
	case SPEC(NEW_TYPE): {
		const P4__Config__V1__P4NewTypeSpec *n = FIND(w, new_types, t->new_type);

		if (n && n->representation_case ==
				 P4__CONFIG__V1__P4_NEW_TYPE_SPEC__REPRESENTATION_ORIGINAL_TYPE) {
			data(w, n->original_type, out);
		} else {
			out->data_case = DATA(BITSTRING); /* the data plane's own number */
			out->bitstring = leaf(w);
		}
		break;
	}
	default: w->failed = true;
	}
	w->depth--;
}

P4__V1__P4Data *digest_data(const P4__Config__V1__P4Info *info, const struct pipeline_digest *d,
			    uint8_t *room)
{
	struct walk w = {
		.types = info ? info->type_info : NULL, .d = d, .room = room, .left = DIGEST_ROOM
	};
	P4__V1__P4Data *out = MAKE(&w, 1, P4__V1__P4Data);
	const P4__Config__V1__Digest *digest = info ? info_digest(info, d->id) : NULL;

	data(&w, digest ? digest->type_spec : NULL, out);
	return w.failed || w.at != d->n_members ? NULL : out;
}
