/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * unpack.c - protobuf with bounds.
 */
#include "control/unpack.h"

#include <stdbool.h>
#include <stdlib.h>

/* One message's memory; freed when the last block of it is. */
struct budget {
	size_t left;
};

static void *budget_alloc(void *data, size_t size)
{
	struct budget *b = data;
	size_t cost = size + 32; /* what malloc adds, rounded up */

	if (cost < size || cost > b->left)
		return NULL;
	b->left -= cost;
	return malloc(size);
}

static void budget_free(void *data, void *block)
{
	free(block);
}

/* base-128 varint; false: it runs over the end or over 10 bytes. */
static bool take_varint(const uint8_t **p, const uint8_t *end, uint64_t *out)
{
	uint64_t v = 0;

	for (unsigned int shift = 0; shift < 70 && *p < end; shift += 7) {
		uint8_t b = *(*p)++;

		if (shift < 64)
			v |= (uint64_t)(b & 0x7f) << shift;
		if (!(b & 0x80)) {
			*out = v;
			return true;
		}
	}
	return false;
}

/* Walks the nesting as @type will be read; stops at @depth levels below. */
static bool depth_ok(const ProtobufCMessageDescriptor *type, const uint8_t *p, size_t len,
		     unsigned int depth)
{
	const uint8_t *end = p + len;

	while (p < end) {
		const ProtobufCFieldDescriptor *field;
		uint64_t key, n;

		if (!take_varint(&p, end, &key))
			return false;
		switch (key & 7) {
		case 0:
			if (!take_varint(&p, end, &n))
				return false;
			continue;
		case 1: n = 8; break;
		case 5: n = 4; break;
		case 2:
			if (!take_varint(&p, end, &n))
				return false;
			break;
		default: return false; /* groups: not in proto3 */
		}
		if (n > (uint64_t)(end - p))
			return false;
		field = protobuf_c_message_descriptor_get_field(type, key >> 3);
		if ((key & 7) == 2 && field && field->type == PROTOBUF_C_TYPE_MESSAGE &&
		    (!depth || !depth_ok(field->descriptor, p, n, depth - 1)))
			return false;
		p += n;
	}
	return true;
}

void *unpack(const ProtobufCMessageDescriptor *type, const void *bytes, size_t len)
{
	struct budget budget = { UNPACK_BYTES };
	ProtobufCAllocator alloc = { budget_alloc, budget_free, &budget };

	if (!depth_ok(type, bytes, len, UNPACK_DEPTH))
		return NULL;
	return protobuf_c_message_unpack(type, &alloc, len, bytes);
}

void unpack_free(void *message)
{
	/* Every block came from malloc(). */
	if (message)
		protobuf_c_message_free_unpacked(message, NULL);
}
