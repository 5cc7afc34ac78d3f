/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c(in bit<8> x, in bool y)
{
    table t {
        key = { x: ternary; y: exact; }
        actions = { NoAction; }
        const entries = {
            (1 &&& 3, true): NoAction();
            (1 &&& 3, false): NoAction();
            (1, true): NoAction();
            (1 &&& 3, true): NoAction();
        }
    }
    apply {
        t.apply();
    }
}
