/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* container.c - is this a compiled program that may be run here? */
#include "include/transp4.h"
#include "runtime/pipeline_state.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/utsname.h>

int pipeline_refuse(struct pipeline_error *err, int code, const char *fmt, ...)
{
	va_list ap;

	if (err) {
		va_start(ap, fmt);
		vsnprintf(err->text, sizeof(err->text), fmt, ap);
		va_end(ap);
	}
	return code;
}

int container_check(const void *bytes, size_t len, const struct tp4_container **out,
		    struct pipeline_error *err)
{
	const struct tp4_container *h = bytes;
	struct tp4_container copy;
	struct utsname uts;

	if (len < sizeof(*h) || memcmp(h->magic, TP4_CONTAINER_MAGIC, sizeof(h->magic)))
		return pipeline_refuse(
			err, -ENOEXEC,
			"this is no compiled program; make one with 'transp4 compile'");
	copy = *h;
	if (copy.channel_version != TP4_CHANNEL_VERSION)
		return pipeline_refuse(
			err, -EPROTONOSUPPORT,
			"the program was compiled for channel version %u, this is %u; "
			"compile it again",
			copy.channel_version, TP4_CHANNEL_VERSION);
	if (copy.abi != TP4_PROGRAM_ABI)
		return pipeline_refuse(
			err, -EPROTONOSUPPORT,
			"the program was compiled for interface version %u, this is %u; "
			"compile it again",
			copy.abi, TP4_PROGRAM_ABI);
	if (uname(&uts) == 0 && strncmp(copy.machine, uts.machine, sizeof(copy.machine) - 1))
		return pipeline_refuse(
			err, -EPROTONOSUPPORT,
			"the program was compiled for %.15s, this machine is %s; compile it here",
			copy.machine, uts.machine);
	if (copy.p4info_len > len || copy.object_len > len ||
	    copy.p4info_len + copy.object_len != len - sizeof(copy))
		return pipeline_refuse(
			err, -ENOEXEC,
			"the compiled program is cut off or damaged; compile it again");
	copy.sum = 0;
	if (tp4_sum(tp4_sum(TP4_SUM_START, &copy, sizeof(copy)), h + 1, len - sizeof(copy)) !=
	    h->sum)
		return pipeline_refuse(err, -ENOEXEC,
				       "the compiled program is damaged; compile it again");
	*out = h;
	return 0;
}
