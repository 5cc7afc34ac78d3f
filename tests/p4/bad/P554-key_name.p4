/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c(in bit<8> x)
{
    table t {
        key = {
            x + 1: exact;
            x + 2: exact @name("next");
            x & 0xf: exact;
        }
        actions = { NoAction; }
    }
    apply {
        t.apply();
    }
}
