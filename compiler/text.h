/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* text.h - text of others, for terminals and JSON: whole characters, none that does something. */
#ifndef TP4_TEXT_H
#define TP4_TEXT_H

#include <stddef.h>

/* Bytes of the character at @s; 0: it is a control character, or no UTF-8. */
size_t text_character(const char *s);
/* Put @instead in the place of each byte of such. */
void text_clean(char *text, char instead);

#endif
