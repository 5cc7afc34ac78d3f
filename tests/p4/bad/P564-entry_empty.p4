/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
match_kind { range }
control c(in bit<8> x)
{
    table t {
        key = { x: range; }
        actions = { NoAction; }
        const entries = {
            3 .. 3: NoAction();
            5 .. 3: NoAction();
        }
    }
    apply {
        t.apply();
    }
}
