/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* gauge_name.h - what the numbers are called that the agent tells: letters, digits and . _ - : / */
#ifndef TP4_CONTROL_GAUGE_NAME_H
#define TP4_CONTROL_GAUGE_NAME_H

#include <stdbool.h>
#include <string.h>

#define GAUGE_NAME_MAX 63 /* bytes */

static inline bool gauge_name_ok(const char *name)
{
	size_t len =
		strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-:/");

	return len && len <= GAUGE_NAME_MAX && !name[len];
}

#endif
