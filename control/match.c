/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* match.c - the one way to write a match. */
#include "control/match.h"

#include "control/info.h"

/* A number without the zeros before it. */
static ProtobufCBinaryData number(ProtobufCBinaryData b)
{
	while (b.len && !*b.data)
		b.data++, b.len--;
	return b;
}

/* Is bit @i of the number set?  The lowest is 0. */
static bool bit(ProtobufCBinaryData b, size_t i)
{
	return i / 8 < b.len && b.data[b.len - 1 - i / 8] >> i % 8 & 1;
}

/* Has @b bits that @mask has not? */
static bool bits_beyond(ProtobufCBinaryData b, ProtobufCBinaryData mask)
{
	for (size_t i = 0; i < 8 * b.len; i++)
		if (bit(b, i) && !bit(mask, i))
			return true;
	return false;
}

static bool bits_all(ProtobufCBinaryData b, size_t width)
{
	for (size_t i = 0; i < width; i++)
		if (!bit(b, i))
			return false;
	return true;
}

const char *match_wrong(const P4__Config__V1__Table *t, const P4__V1__FieldMatch *f)
{
	const P4__Config__V1__MatchField *field = t ? info_field(t, f->field_id) : NULL;
	size_t width = field ? (size_t)field->bitwidth : 0, len;

	switch (f->field_match_type_case) {
	case P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_LPM:
		len = f->lpm->prefix_len < 0 ? 0 : (size_t)f->lpm->prefix_len;
		if (!len)
			return "a prefix has bits; leave out what matches all";
		for (size_t i = 0; i + len < width; i++)
			if (bit(f->lpm->value, i))
				return "bits behind the prefix are zero";
		return NULL;
	case P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_TERNARY:
		if (!number(f->ternary->mask).len)
			return "a mask has bits; leave out what matches all";
		return bits_beyond(f->ternary->value, f->ternary->mask)
			       ? "bits beside the mask are zero"
			       : NULL;
	case P4__V1__FIELD_MATCH__FIELD_MATCH_TYPE_RANGE:
		return width && !number(f->range->low).len && bits_all(f->range->high, width)
			       ? "a range leaves something out; leave out what matches all"
			       : NULL;
	default: return NULL;
	}
}
