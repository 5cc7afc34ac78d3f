/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* info_text.c - protobuf's text format, from the message's own descriptor. */
#include "compiler/info_text.h"

#include <string.h>

static void indent(struct buffer *b, int depth)
{
	for (int i = 0; i < depth; i++)
		buffer_str(b, "  ");
}

static void quoted(struct buffer *b, const uint8_t *s, size_t n)
{
	buffer_str(b, "\"");
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"' || s[i] == '\\')
			buffer_printf(b, "\\%c", s[i]);
		else if (s[i] == '\n')
			buffer_str(b, "\\n");
		else if (s[i] < 0x20 || s[i] >= 0x7f)
			buffer_printf(b, "\\%03o", s[i]);
		else
			buffer_add(b, &s[i], 1);
	}
	buffer_str(b, "\"");
}

static void message(const ProtobufCMessage *m, struct buffer *b, int depth);

static void field(const ProtobufCFieldDescriptor *f, const void *v, struct buffer *b, int depth)
{
	const ProtobufCEnumValue *e;
	const ProtobufCBinaryData *bin;

	indent(b, depth);
	buffer_str(b, f->name);
	if (f->type == PROTOBUF_C_TYPE_MESSAGE) {
		buffer_str(b, " {\n");
		message(*(ProtobufCMessage *const *)v, b, depth + 1);
		indent(b, depth);
		buffer_str(b, "}\n");
		return;
	}
	buffer_str(b, ": ");
	switch (f->type) {
	case PROTOBUF_C_TYPE_INT32:
	case PROTOBUF_C_TYPE_SINT32:
	case PROTOBUF_C_TYPE_SFIXED32: buffer_printf(b, "%d", *(const int32_t *)v); break;
	case PROTOBUF_C_TYPE_INT64:
	case PROTOBUF_C_TYPE_SINT64:
	case PROTOBUF_C_TYPE_SFIXED64:
		buffer_printf(b, "%lld", (long long)*(const int64_t *)v);
		break;
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32: buffer_printf(b, "%u", *(const uint32_t *)v); break;
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
		buffer_printf(b, "%llu", (unsigned long long)*(const uint64_t *)v);
		break;
	case PROTOBUF_C_TYPE_BOOL:
		buffer_str(b, *(const protobuf_c_boolean *)v ? "true" : "false");
		break;
	case PROTOBUF_C_TYPE_FLOAT: buffer_printf(b, "%.9g", *(const float *)v); break;
	case PROTOBUF_C_TYPE_DOUBLE: buffer_printf(b, "%.17g", *(const double *)v); break;
	case PROTOBUF_C_TYPE_ENUM:
		e = protobuf_c_enum_descriptor_get_value(f->descriptor, *(const int *)v);
		buffer_str(b, e ? e->name : "?");
		break;
	case PROTOBUF_C_TYPE_STRING:
		quoted(b, *(const uint8_t *const *)v, strlen(*(const char *const *)v));
		break;
	case PROTOBUF_C_TYPE_BYTES:
		bin = v;
		quoted(b, bin->data, bin->len);
		break;
	default: break;
	}
	buffer_str(b, "\n");
}

static size_t size_of(ProtobufCType t)
{
	switch (t) {
	case PROTOBUF_C_TYPE_INT64:
	case PROTOBUF_C_TYPE_SINT64:
	case PROTOBUF_C_TYPE_SFIXED64:
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
	case PROTOBUF_C_TYPE_DOUBLE: return 8;
	case PROTOBUF_C_TYPE_STRING:
	case PROTOBUF_C_TYPE_MESSAGE: return sizeof(void *);
	case PROTOBUF_C_TYPE_BYTES: return sizeof(ProtobufCBinaryData);
	case PROTOBUF_C_TYPE_BOOL: return sizeof(protobuf_c_boolean);
	default: return 4;
	}
}

/* proto3: a field with its zero value is not written. */
static bool is_set(const ProtobufCFieldDescriptor *f, const void *v, const char *base)
{
	static const char zero[32];

	if (f->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
		return *(const uint32_t *)(base + f->quantifier_offset) == f->id;
	if (f->type == PROTOBUF_C_TYPE_STRING)
		return *(const char *const *)v && **(const char *const *)v;
	if (f->type == PROTOBUF_C_TYPE_BYTES)
		return ((const ProtobufCBinaryData *)v)->len != 0;
	return memcmp(v, zero, size_of(f->type)) != 0;
}

static void message(const ProtobufCMessage *m, struct buffer *b, int depth)
{
	const ProtobufCMessageDescriptor *d = m->descriptor;
	const char *base = (const char *)m;

	for (unsigned int i = 0; i < d->n_fields; i++) {
		const ProtobufCFieldDescriptor *f = &d->fields[i];
		const char *v = base + f->offset;

		if (f->label == PROTOBUF_C_LABEL_REPEATED) {
			size_t n = *(const size_t *)(base + f->quantifier_offset);
			const char *items = *(const char *const *)v;

			for (size_t k = 0; k < n; k++)
				field(f, items + k * size_of(f->type), b, depth);
		} else if (is_set(f, v, base)) {
			field(f, v, b, depth);
		}
	}
}

void info_text(const ProtobufCMessage *m, struct buffer *out)
{
	buffer_str(out, "");
	message(m, out, 0);
}
