/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* line.h - lines of a text that somebody names, which may have no end, or be no text. */
#ifndef TP4_LINE_H
#define TP4_LINE_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#define LINE_BYTES (1U << 20)

/*
 * As getline(), into *text, which is NULL at first and free()d in the end; but -1 and errno also
 * at a byte that no text has, and where a line has more than LINE_BYTES.  The end: errno is 0.
 */
static inline ssize_t line_read(char **text, FILE *f)
{
	size_t n = 0;
	int c = 0;

	if (!*text)
		*text = malloc(LINE_BYTES + 1);
	errno = *text ? 0 : ENOMEM;
	while (!errno && c != '\n' && (c = getc_unlocked(f)) != EOF) {
		if (!c || n == LINE_BYTES)
			errno = c ? EFBIG : EILSEQ;
		else
			(*text)[n++] = (char)c;
	}
	if (errno || !n)
		return -1;
	(*text)[n] = 0;
	return (ssize_t)n;
}

/* What errno says after it. */
static inline const char *line_wrong(void)
{
	return errno == EILSEQ  ? "this is no text"
	       : errno == EFBIG ? "this line is too long"
				: strerror(errno);
}

#endif
