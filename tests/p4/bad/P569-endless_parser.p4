/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
parser p(packet_in b)
{
    state start {
        b.advance(8);
        transition next;
    }
    state next {
        transition select(b.lookahead<bit<8>>()) {
            1: start;
            default: next;
        }
    }
}
