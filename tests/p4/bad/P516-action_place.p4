/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
action f() {
}
parser p(packet_in b)
{
    state start {
        f();
        transition accept;
    }
}
