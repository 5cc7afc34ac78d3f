/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * code.h - the canonical codes with which calls end (google.rpc.Code).
 *
 * Numbers are gRPC's, so that a gRPC server on top passes them through.
 */
#ifndef TP4_CONTROL_CODE_H
#define TP4_CONTROL_CODE_H

#define CODES(X)                                                                                   \
	X(OK, 0, "ok")                                                                             \
	X(CANCELLED, 1, "cancelled")                                                               \
	X(UNKNOWN, 2, "unknown")                                                                   \
	X(INVALID_ARGUMENT, 3, "invalid argument")                                                 \
	X(DEADLINE_EXCEEDED, 4, "deadline exceeded")                                               \
	X(NOT_FOUND, 5, "not found")                                                               \
	X(ALREADY_EXISTS, 6, "already exists")                                                     \
	X(PERMISSION_DENIED, 7, "permission denied")                                               \
	X(RESOURCE_EXHAUSTED, 8, "resource exhausted")                                             \
	X(FAILED_PRECONDITION, 9, "failed precondition")                                           \
	X(ABORTED, 10, "aborted")                                                                  \
	X(OUT_OF_RANGE, 11, "out of range")                                                        \
	X(UNIMPLEMENTED, 12, "unimplemented")                                                      \
	X(INTERNAL, 13, "internal")                                                                \
	X(UNAVAILABLE, 14, "unavailable")

enum code {
#define CODE_ENUM(id, n, name) CODE_##id = n,
	CODES(CODE_ENUM)
#undef CODE_ENUM
		CODE_MAX
};

/* The code's name, for people; "unknown" for numbers that are none. */
const char *code_name(int code);

/* What 0 or a -errno of pipeline.h means to a controller, and back. */
enum code code_from_errno(int err);
int code_to_errno(int code);

#endif
