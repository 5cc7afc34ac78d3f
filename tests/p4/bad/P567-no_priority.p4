/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c(in bit<8> x)
{
    table t {
        key = { x: exact; }
        actions = { NoAction; }
        entries = {
            priority = 3: 1: NoAction();
        }
    }
    apply {
        t.apply();
    }
}
