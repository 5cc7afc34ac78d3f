/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header h
{
    varbit<8> v;
}
parser p(packet_in b)
{
    state start {
        h x = b.lookahead<h>();
        transition accept;
    }
}
