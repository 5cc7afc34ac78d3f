/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* text.c - what of a text is a character that can be shown. */
#include "compiler/text.h"

#include <stdint.h>

size_t text_character(const char *text)
{
	static const uint32_t least[] = { 0, ' ', 0xa0, 0x800, 0x10000 };
	const unsigned char *s = (const unsigned char *)text;
	size_t n = *s < 0x80 ? 1 : *s >> 5 == 6 ? 2 : *s >> 4 == 14 ? 3 : *s >> 3 == 30 ? 4 : 0;
	uint32_t c = n > 1 ? *s & 0x7f >> n : *s;

	for (size_t i = 1; i < n; i++) {
		if (s[i] >> 6 != 2)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	/* Nor halves of a pair, and what is beyond Unicode. */
	return n && c >= least[n] && c != 0x7f && c >> 11 != 0x1b && c < 0x110000 ? n : 0;
}

void text_clean(char *text, char instead)
{
	size_t n;

	for (; *text; text += n) {
		n = text_character(text);
		if (!n) {
			*text = instead;
			n = 1;
		}
	}
}
