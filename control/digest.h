/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * digest.h - a digest's data, as P4Runtime puts it together (6.4.14, 8.4).
 */
#ifndef TP4_CONTROL_DIGEST_H
#define TP4_CONTROL_DIGEST_H

#include "control/p4info.pb-c.h"
#include "control/p4runtime.pb-c.h"
#include "runtime/pipeline.h"

#define DIGEST_ROOM 131072U

/*
 * The data of @d, of a digest of @info, which lies in room[0..DIGEST_ROOM) and in @d.
 * NULL: @info does not tell of it, or too much.
 */
P4__V1__P4Data *digest_data(const P4__Config__V1__P4Info *info, const struct pipeline_digest *d,
			    uint8_t *room);

#endif
