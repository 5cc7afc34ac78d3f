/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * code.c - canonical codes and what they mean here.
 */
#include "control/code.h"

#include <errno.h>

const char *code_name(int code)
{
	static const char *const names[] = {
#define CODE_NAME(id, n, name) [n] = name,
		CODES(CODE_NAME)
#undef CODE_NAME
	};

	return code >= 0 && code < CODE_MAX ? names[code] : "unknown";
}

/* One row per errno that pipeline.h names. */
static const struct {
	int err;
	enum code code;
} pairs[] = {
	{ 0, CODE_OK },
	{ EINVAL, CODE_INVALID_ARGUMENT },
	{ ENOENT, CODE_NOT_FOUND },
	{ EEXIST, CODE_ALREADY_EXISTS },
	{ EPERM, CODE_PERMISSION_DENIED },
	{ ENOSPC, CODE_RESOURCE_EXHAUSTED },
	{ ENODATA, CODE_FAILED_PRECONDITION },
	{ ERANGE, CODE_OUT_OF_RANGE },
	{ EOPNOTSUPP, CODE_UNIMPLEMENTED },
	{ ETIMEDOUT, CODE_DEADLINE_EXCEEDED },
	/* the second choice for a code */
	{ ENOMEM, CODE_RESOURCE_EXHAUSTED },
	{ ENOEXEC, CODE_INVALID_ARGUMENT },
	{ EPROTONOSUPPORT, CODE_INVALID_ARGUMENT },
	{ ENOSYS, CODE_UNIMPLEMENTED },
	{ EBUSY, CODE_FAILED_PRECONDITION },
};

enum code code_from_errno(int err)
{
	for (unsigned int i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (pairs[i].err == -err)
			return pairs[i].code;
	return CODE_INTERNAL;
}

int code_to_errno(int code)
{
	for (unsigned int i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if ((int)pairs[i].code == code)
			return -pairs[i].err;
	return -EIO;
}
