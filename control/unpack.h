/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * unpack.h - take apart a protobuf message that an enemy may have written.
 *
 * protobuf-c bounds neither how deep messages nest nor how much memory a few
 * bytes can ask for; this does both.
 */
#ifndef TP4_CONTROL_UNPACK_H
#define TP4_CONTROL_UNPACK_H

#include <stddef.h>
#include <stdint.h>

#include <protobuf-c/protobuf-c.h>

#define UNPACK_DEPTH 32U         /* messages within messages */
#define UNPACK_BYTES (64U << 20) /* memory for one message */

/*
 * The message in bytes[0..len), or NULL: not a @type, or beyond the bounds.
 * Free with unpack_free().
 */
void *unpack(const ProtobufCMessageDescriptor *type, const void *bytes, size_t len);
void unpack_free(void *message);

#endif
