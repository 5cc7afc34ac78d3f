/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
parser p(packet_in b)
{
    state start {
        transition accept;
    }
}
control c(packet_in b)
{
    apply {
        p.apply(b);
    }
}
