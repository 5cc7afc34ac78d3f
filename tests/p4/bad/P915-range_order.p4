/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
parser p(packet_in b, in bit<8> z)
{
    state start {
        transition select(z) {
            5 .. 1: accept;
            default: accept;
        }
    }
}
