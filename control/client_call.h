/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* client_call.h - one call to a P4 VM, for the files of the client. */
#ifndef TP4_CONTROL_CLIENT_CALL_H
#define TP4_CONTROL_CLIENT_CALL_H

#include "control/client.h"
#include "control/frame.h"
#include "control/p4runtime.pb-c.h"

struct client {
	int fd;
	unsigned int timeout_ms;
	uint64_t id; /* of the last call; starts anywhere, so that an answer to
		      * somebody before us is not taken for ours */
	struct frame_reader in;
	P4__Config__V1__P4Info *info; /* the program's, as far as we know */
};

/* Says what is wrong; returns `ret`. */
int client_fail(struct client_error *err, int ret, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/*
 * Send @m; unpack each answer as @type and give it to @take, which may stop.
 * done[0..n): which updates of @m were done, if it is refused and the P4 VM says.
 */
int client_call(struct client *c, uint8_t method, const ProtobufCMessage *m,
		const ProtobufCMessageDescriptor *type, int (*take)(void *arg, void *answer),
		void *arg, bool *done, size_t n, struct client_error *err);

#endif
