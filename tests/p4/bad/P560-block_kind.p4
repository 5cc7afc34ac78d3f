/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c()
{
    apply {
    }
}
parser p(packet_in b)
{
    c() q;
    state start {
        transition accept;
    }
}
