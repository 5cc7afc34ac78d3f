/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header h_t { bit<8> a; }
parser p(packet_in b, out h_t h, out bit<8> x)
{
    state start {
        x = h.a;
        b.extract(h);
        transition accept;
    }
}
