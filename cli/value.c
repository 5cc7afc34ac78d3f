// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * value.c - reads and prints values and matches.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/value.h"

#define WRITTEN_MAX 2200 /* 2048 bits as 0b... */

static char phrase[160];

/* Is the number at most width bits wide? */
static bool fits(const struct value *v, unsigned int width)
{
	return !(width % 8) || !(v->bytes[0] >> width % 8);
}

/* v = v * base + digit; false: it overflows its bytes */
static bool append_digit(struct value *v, unsigned int base, unsigned int digit)
{
	unsigned int carry = digit;

	for (size_t i = v->len; i-- > 0;) {
		carry += v->bytes[i] * base;
		v->bytes[i] = carry;
		carry >>= 8;
	}
	return !carry;
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 99;
}

static const char *too_wide(unsigned int width)
{
	snprintf(phrase, sizeof(phrase), "it does not fit into %u bit%s", width,
		 width == 1 ? "" : "s");
	return phrase;
}

static const char *number_read(const char *text, unsigned int width, struct value *out)
{
	unsigned int base = 10;
	bool any = false;

	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
		base = 16;
	else if (text[0] == '0' && (text[1] == 'b' || text[1] == 'B'))
		base = 2;
	if (base != 10)
		text += 2;
	for (; *text; text++) {
		unsigned int digit = digit_of(*text);

		if (*text == '_' && any)
			continue;
		if (digit >= base)
			return "it is neither a number nor an address";
		if (!append_digit(out, base, digit))
			return too_wide(width);
		any = true;
	}
	if (!any)
		return "the number is missing";
	return fits(out, width) ? NULL : too_wide(width);
}

/* Six pairs of hex digits; false: it is something else. */
static bool mac_read(const char *text, uint8_t *out)
{
	for (int i = 0; i < 6; i++) {
		int hi = digit_of(text[0]), lo = hi < 16 ? digit_of(text[1]) : 99;

		if (hi > 15 || lo > 15 || text[2] != (i < 5 ? ':' : 0))
			return false;
		out[i] = hi << 4 | lo;
		text += 3;
	}
	return true;
}

const char *value_parse(const char *text, unsigned int width, struct value *out)
{
	uint8_t address[16];
	size_t len = 0;

	if (!width || width > VALUE_BITS_MAX)
		return "fields of this width cannot be written";
	memset(out, 0, sizeof(*out));
	out->len = (width + 7) / 8;
	if (width == 1 && (!strcmp(text, "true") || !strcmp(text, "false"))) {
		out->bytes[0] = *text == 't';
		return NULL;
	}
	if (inet_pton(AF_INET, text, address) == 1)
		len = 4;
	else if (mac_read(text, address))
		len = 6;
	else if (strchr(text, ':') && inet_pton(AF_INET6, text, address) == 1)
		len = 16;
	if (!len)
		return number_read(text, width, out);
	if (width != len * 8) {
		snprintf(phrase, sizeof(phrase), "it is an address of %zu bits, the field has %u",
			 len * 8, width);
		return phrase;
	}
	memcpy(out->bytes, address, len);
	return NULL;
}

/* Of two's complement: is it below zero? */
static bool is_negative(const struct value *v, unsigned int width)
{
	return v->bytes[0] >> (width - 1) % 8;
}

static void negate(struct value *v, unsigned int width)
{
	unsigned int carry = 1;

	for (size_t i = v->len; i-- > 0;) {
		carry += (uint8_t)~v->bytes[i];
		v->bytes[i] = carry;
		carry >>= 8;
	}
	if (width % 8)
		v->bytes[0] &= (1U << width % 8) - 1;
}

const char *value_parse_signed(const char *text, unsigned int width, struct value *out)
{
	bool minus = *text == '-', wide;
	const char *why = value_parse(text + minus, width, out);

	if (why || !minus)
		return why;
	wide = is_negative(out, width);
	negate(out, width);
	/* As large as one that is below zero may be: it is its own negative. */
	return wide && !is_negative(out, width) ? too_wide(width) : NULL;
}

void value_from_bytes(const uint8_t *bytes, size_t len, unsigned int width, struct value *out)
{
	memset(out, 0, sizeof(*out));
	if (!width || width > VALUE_BITS_MAX)
		width = len < VALUE_BITS_MAX / 8 ? len * 8 : VALUE_BITS_MAX;
	out->len = (width + 7) / 8;
	if (len > out->len) {
		bytes += len - out->len;
		len = out->len;
	}
	if (len)
		memcpy(out->bytes + out->len - len, bytes, len);
}

void value_from_signed(const uint8_t *bytes, size_t len, unsigned int width, struct value *out)
{
	value_from_bytes(bytes, len, width, out);
	if (len && len < out->len && bytes[0] >> 7)
		memset(out->bytes, 0xff, out->len - len);
	if (width % 8)
		out->bytes[0] &= (1U << width % 8) - 1;
}

static void number_print(const struct value *v, bool hex, char *out, size_t size)
{
	uint8_t left[VALUE_BITS_MAX / 8];
	char digits[VALUE_TEXT_MAX];
	size_t n = sizeof(digits), first = 0;

	/* Numbers that nobody reads as such are shorter in hex. */
	if (v->len > 8 || hex) {
		while (first + 1 < v->len && !v->bytes[first])
			first++;
		n = snprintf(out, size, "0x");
		for (size_t i = first; i < v->len && n + 3 <= size; i++)
			n += snprintf(out + n, size - n, "%02x", v->bytes[i]);
		return;
	}
	memcpy(left, v->bytes, v->len);
	digits[--n] = 0;
	do {
		unsigned int rest = 0;

		for (size_t i = first; i < v->len; i++) {
			rest = rest << 8 | left[i];
			left[i] = rest / 10;
			rest %= 10;
		}
		while (first < v->len && !left[first])
			first++;
		digits[--n] = '0' + rest;
	} while (first < v->len);
	snprintf(out, size, "%s", digits + n);
}

static void negative_print(struct value v, unsigned int width, char *out, size_t size)
{
	negate(&v, width);
	*out = '-';
	number_print(&v, false, out + 1, size - 1);
}

const char *value_print(const struct value *v, unsigned int width, enum value_style style,
			char *out, size_t size)
{
	const uint8_t *b = v->bytes;

	if (style == VALUE_ADDRESS && width == 32)
		inet_ntop(AF_INET, b, out, size);
	else if (style == VALUE_ADDRESS && width == 128)
		inet_ntop(AF_INET6, b, out, size);
	else if (style == VALUE_ADDRESS && width == 48)
		snprintf(out, size, "%02x:%02x:%02x:%02x:%02x:%02x", b[0], b[1], b[2], b[3], b[4],
			 b[5]);
	else if (style == VALUE_SIGNED && is_negative(v, width))
		negative_print(*v, width, out, size);
	else
		number_print(v, style == VALUE_HEX, out, size);
	return out;
}

/*
 * Matches
 */

static void mask_of_prefix(int prefix_len, unsigned int width, struct value *mask)
{
	unsigned int pad = (width + 7) / 8 * 8 - width;

	memset(mask, 0, sizeof(*mask));
	mask->len = (width + 7) / 8;
	for (unsigned int bit = pad; bit < pad + prefix_len; bit++)
		mask->bytes[bit / 8] |= 0x80 >> bit % 8;
}

/* The prefix length that says the same as the mask; -1: none does */
static int prefix_of_mask(const struct value *mask, unsigned int width)
{
	struct value same;
	int n = 0;

	for (size_t i = 0; i < mask->len; i++)
		n += __builtin_popcount(mask->bytes[i]);
	mask_of_prefix(n, width, &same);
	return memcmp(same.bytes, mask->bytes, mask->len) ? -1 : n;
}

static bool is_zero(const struct value *v)
{
	for (size_t i = 0; i < v->len; i++)
		if (v->bytes[i])
			return false;
	return true;
}

/* Splits "A<mark>B"; false: the mark is not there, left has all of it. */
static bool split(const char *text, const char *mark, char *left, size_t size, const char **right)
{
	const char *at = strstr(text, mark);
	size_t len = at ? (size_t)(at - text) : strlen(text);

	if (len >= size)
		len = size - 1;
	memcpy(left, text, len);
	left[len] = 0;
	*right = at ? at + strlen(mark) : "";
	return at != NULL;
}

static const char *prefix_read(const char *text, unsigned int width, int *out)
{
	char *end;
	long len = strtol(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || len > (long)width) {
		snprintf(phrase, sizeof(phrase), "the prefix length is not a number from 0 to %u",
			 width);
		return phrase;
	}
	*out = len;
	return NULL;
}

/* However it is said: an absent field, a mask of zeros, a range from end to end. */
static bool matches_all(const struct value_match *m, unsigned int width, enum value_match_kind kind)
{
	struct value full;

	mask_of_prefix(width, width, &full);
	switch (kind) {
	case VALUE_LPM: return m->wildcard || !m->prefix_len;
	case VALUE_TERNARY: return m->wildcard || is_zero(&m->mask);
	case VALUE_RANGE:
		return m->wildcard ||
		       (is_zero(&m->value) && !memcmp(m->mask.bytes, full.bytes, full.len));
	default: return m->wildcard;
	}
}

static const char *lpm_read(const char *text, unsigned int width, struct value_match *out)
{
	char left[WRITTEN_MAX];
	const char *right, *why;

	out->prefix_len = width;
	if (split(text, "/", left, sizeof(left), &right)) {
		why = prefix_read(right, width, &out->prefix_len);
		if (why)
			return why;
	}
	why = value_parse(left, width, &out->value);
	if (why)
		return why;
	mask_of_prefix(out->prefix_len, width, &out->mask);
	for (size_t i = 0; i < out->value.len; i++)
		if (out->value.bytes[i] & ~out->mask.bytes[i])
			return "bits behind the prefix are set";
	out->wildcard = matches_all(out, width, VALUE_LPM);
	return NULL;
}

static const char *ternary_read(const char *text, unsigned int width, struct value_match *out)
{
	char left[WRITTEN_MAX];
	const char *right, *why = NULL;
	int prefix_len = width;

	if (split(text, "&&&", left, sizeof(left), &right)) {
		why = value_parse(right, width, &out->mask);
	} else {
		if (split(text, "/", left, sizeof(left), &right))
			why = prefix_read(right, width, &prefix_len);
		mask_of_prefix(prefix_len, width, &out->mask);
	}
	if (why)
		return why;
	why = value_parse(left, width, &out->value);
	/* As in the language: bits that the mask leaves out do not count. */
	for (size_t i = 0; !why && i < out->value.len; i++)
		out->value.bytes[i] &= out->mask.bytes[i];
	out->wildcard = !why && matches_all(out, width, VALUE_TERNARY);
	return why;
}

static const char *range_read(const char *text, unsigned int width, struct value_match *out)
{
	char left[WRITTEN_MAX];
	const char *right, *why;
	bool two = split(text, "..", left, sizeof(left), &right);

	why = value_parse(left, width, &out->value);
	if (!why)
		why = value_parse(two ? right : left, width, &out->mask);
	/* Whether it ends before it begins depends on the key's sign, which p4info does not tell. */
	out->wildcard = !why && matches_all(out, width, VALUE_RANGE);
	return why;
}

const char *value_match_parse(const char *text, unsigned int width, enum value_match_kind kind,
			      struct value_match *out)
{
	memset(out, 0, sizeof(*out));
	if (strlen(text) >= WRITTEN_MAX)
		return "it is too long";
	if (kind != VALUE_EXACT && !strcmp(text, "*")) {
		out->wildcard = true;
		return NULL;
	}
	switch (kind) {
	case VALUE_LPM: return lpm_read(text, width, out);
	case VALUE_TERNARY: return ternary_read(text, width, out);
	case VALUE_RANGE: return range_read(text, width, out);
	case VALUE_EXACT:
	case VALUE_OPTIONAL: return value_parse(text, width, &out->value);
	}
	return "fields of this match kind cannot be written";
}

const char *value_match_print(const struct value_match *m, unsigned int width,
			      enum value_match_kind kind, enum value_style style, char *out,
			      size_t size)
{
	char value[VALUE_TEXT_MAX], mask[VALUE_TEXT_MAX];
	int prefix;

	if (matches_all(m, width, kind)) {
		snprintf(out, size, "*");
		return out;
	}
	value_print(&m->value, width, style, value, sizeof(value));
	switch (kind) {
	case VALUE_LPM: snprintf(out, size, "%s/%d", value, m->prefix_len); break;
	case VALUE_TERNARY:
		prefix = prefix_of_mask(&m->mask, width);
		if (prefix == (int)width)
			snprintf(out, size, "%s", value);
		else if (style == VALUE_ADDRESS && prefix >= 0)
			snprintf(out, size, "%s/%d", value, prefix);
		else {
			/* A mask is read bit by bit. */
			size_t n = 2;

			strcpy(mask, "0x");
			for (size_t i = 0; i < m->mask.len && n + 3 <= sizeof(mask); i++)
				n += snprintf(mask + n, sizeof(mask) - n, "%02x", m->mask.bytes[i]);
			snprintf(out, size, "%s&&&%s", value, mask);
		}
		break;
	case VALUE_RANGE:
		snprintf(out, size, "%s..%s", value,
			 value_print(&m->mask, width, style, mask, sizeof(mask)));
		break;
	default: snprintf(out, size, "%s", value);
	}
	return out;
}
