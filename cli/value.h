/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * value.h - numbers as people write them, and as P4Runtime carries them.
 *
 * A value is a number of a given width in bits, kept as ceil(width / 8)
 * big-endian bytes.  Written forms, all of them for any width
 * that they fit: decimal, 0x.., 0b.., true/false (1 bit), IPv4 (32 bits), IPv6
 * (128 bits), MAC (48 bits).  What value_print() writes, value_parse() reads.
 *
 * Errors: functions that read return NULL, or one phrase that says what is
 * wrong with the text (static, or in a buffer that the next call overwrites).
 */
#ifndef CLI_VALUE_H
#define CLI_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VALUE_BITS_MAX 2048
#define VALUE_TEXT_MAX 640 /* longest printed form: 2048 bits in decimal have 617 digits */

struct value {
	size_t len;
	uint8_t bytes[VALUE_BITS_MAX / 8];
};

const char *value_parse(const char *text, unsigned int width, struct value *out);
/* The same of an int<width>, which may be negative: then the two's complement. */
const char *value_parse_signed(const char *text, unsigned int width, struct value *out);
/* From canonical or longer big-endian bytes; what does not fit is cut off. */
void value_from_bytes(const uint8_t *bytes, size_t len, unsigned int width, struct value *out);
void value_from_signed(const uint8_t *bytes, size_t len, unsigned int width, struct value *out);

enum value_style { VALUE_NUMBER, VALUE_SIGNED, VALUE_HEX, VALUE_ADDRESS };
/* ADDRESS: as IPv4, MAC or IPv6 where the width is theirs; SIGNED: of two's complement. */
const char *value_print(const struct value *v, unsigned int width, enum value_style style,
			char *out, size_t size);

/* How a key field is matched; the numbers are p4info's. */
enum value_match_kind {
	VALUE_EXACT = 2,
	VALUE_LPM = 3,
	VALUE_TERNARY = 4,
	VALUE_RANGE = 5,
	VALUE_OPTIONAL = 6
};

struct value_match {
	bool wildcard;      /* matches everything: the field is left out */
	struct value value; /* range: low */
	struct value mask;  /* ternary; range: high */
	int prefix_len;     /* lpm */
};

/*
 *   exact     VALUE
 *   lpm       VALUE/LENGTH, VALUE (its whole width)
 *   ternary   VALUE&&&MASK, VALUE/LENGTH, VALUE, *
 *   range     LOW..HIGH, VALUE, *
 *   optional  VALUE, *
 */
const char *value_match_parse(const char *text, unsigned int width, enum value_match_kind kind,
			      struct value_match *out);
const char *value_match_print(const struct value_match *m, unsigned int width,
			      enum value_match_kind kind, enum value_style style, char *out,
			      size_t size);

#endif
