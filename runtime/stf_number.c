/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* stf_number.c - numbers as packet tests write them, with digits that match anything. */
#include "runtime/stf_run.h"

#include <ctype.h>
#include <string.h>

/* Big-endian number of any size, with the bits that were written. */
static void shift_in(uint8_t *v, unsigned int bits, unsigned int digit)
{
	for (int i = 0; i < TP4_FIELD_MAX; i++) {
		unsigned int next = i + 1 < TP4_FIELD_MAX ? v[i + 1] : 0;

		v[i] = (uint8_t)(v[i] << bits | next >> (8 - bits));
	}
	v[TP4_FIELD_MAX - 1] |= (uint8_t)digit;
}

static void times_ten(uint8_t *v, unsigned int digit)
{
	unsigned int carry = digit;

	for (int i = TP4_FIELD_MAX - 1; i >= 0; i--) {
		carry += v[i] * 10U;
		v[i] = (uint8_t)carry;
		carry >>= 8;
	}
}

/* 10.0.0.1 or aa:bb:cc:dd:ee:ff, as people write addresses */
static bool read_address(const char **text, struct stf_number *n)
{
	unsigned int part[6];
	int len = 0, parts = 4;

	sscanf(*text, "%3u.%3u.%3u.%3u%n", &part[0], &part[1], &part[2], &part[3], &len);
	if (!len) {
		parts = 6;
		sscanf(*text, "%2x:%2x:%2x:%2x:%2x:%2x%n", &part[0], &part[1], &part[2], &part[3],
		       &part[4], &part[5], &len);
	}
	if (!len)
		return false;
	for (int i = 0; i < parts; i++)
		if (part[i] > 255)
			return false;
		else
			n->v[TP4_FIELD_MAX - parts + i] = (uint8_t)part[i];
	memset(n->mask, 0xff, sizeof(n->mask));
	*text += len;
	return true;
}

bool stf_number_read(const char **text, struct stf_number *n)
{
	const char *p = *text;
	unsigned int bits = 0;
	bool any = false;

	memset(n, 0, sizeof(*n));
	if (read_address(text, n))
		return true;
	if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X' || p[1] == 'b' || p[1] == 'B')) {
		bits = p[1] == 'x' || p[1] == 'X' ? 4 : 1;
		p += 2;
	}
	for (; *p; p++) {
		unsigned int d;

		if (*p == '_')
			continue;
		if (*p == '*' && bits) {
			shift_in(n->v, bits, 0);
			shift_in(n->mask, bits, 0);
			n->wild = any = true;
			continue;
		}
		if (isdigit((unsigned char)*p))
			d = (unsigned int)(*p - '0');
		else if (bits == 4 && isxdigit((unsigned char)*p))
			d = (unsigned int)(tolower((unsigned char)*p) - 'a' + 10);
		else
			break;
		if (bits == 1 && d > 1)
			break;
		if (bits) {
			shift_in(n->v, bits, d);
			shift_in(n->mask, bits, (1U << bits) - 1);
			n->written += bits;
		} else {
			times_ten(n->v, d);
		}
		any = true;
	}
	if (!bits)
		memset(n->mask, 0xff, sizeof(n->mask));
	*text = p;
	return any;
}
