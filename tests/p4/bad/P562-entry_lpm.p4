/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c(in bit<8> x)
{
    table t {
        key = { x: lpm; }
        actions = { NoAction; }
        const entries = {
            0x10 &&& 0xf0: NoAction();
            0x10 &&& 0x0f: NoAction();
        }
    }
    apply {
        t.apply();
    }
}
