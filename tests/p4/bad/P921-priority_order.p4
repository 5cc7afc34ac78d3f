/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c(in bit<8> x)
{
    table t {
        key = { x: ternary; }
        actions = { NoAction; }
        entries = {
            priority = 3: 1: NoAction();
            priority = 5: 2: NoAction();
        }
    }
    apply {
        t.apply();
    }
}
