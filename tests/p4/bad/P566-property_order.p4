/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c(in bit<8> x)
{
    table t {
        key = { x: exact; }
        default_action = NoAction();
        actions = { NoAction; }
    }
    apply {
        t.apply();
    }
}
