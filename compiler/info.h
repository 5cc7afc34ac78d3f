/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* info.h - p4info of an elaborated program, as protobuf bytes and as protobuf text. */
#ifndef TP4_INFO_H
#define TP4_INFO_H

#include "compiler/instance.h"

bool info_make(struct model *m, const char *name, struct buffer *binary, struct buffer *text);

#endif
