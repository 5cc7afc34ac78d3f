/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * tap.h - "ok"/"not ok" lines for unit tests in C.
 *
 * A test's main() ends with `return tap_end();`: 0 when all were ok, else 1.
 */
#ifndef TP4_TAP_H
#define TP4_TAP_H

#include <stdarg.h>
#include <stdio.h>

static unsigned int tap_count, tap_failed;

__attribute__((format(printf, 4, 5))) static inline int tap_ok(int good, const char *file, int line,
							       const char *format, ...)
{
	va_list ap;

	printf("%s %u - ", good ? "ok" : "not ok", ++tap_count);
	va_start(ap, format);
	vprintf(format, ap);
	va_end(ap);
	printf("\n");
	if (!good) {
		printf("# at %s:%d\n", file, line);
		tap_failed++;
	}
	fflush(stdout);
	return good;
}

#define ok(good, ...) tap_ok(!!(good), __FILE__, __LINE__, __VA_ARGS__)

static inline int tap_end(void)
{
	printf("1..%u\n", tap_count);
	return tap_failed || !tap_count;
}

#endif
