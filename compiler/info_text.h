/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* info_text.h - any protobuf-c message in protobuf's text format. */
#ifndef TP4_INFO_TEXT_H
#define TP4_INFO_TEXT_H

#include "compiler/arena.h"

#include <protobuf-c/protobuf-c.h>

void info_text(const ProtobufCMessage *m, struct buffer *out);

#endif
