/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
struct S {
    bit<8> x;
}
#include <core.p4>
control c(inout S a)
{
    table t {
        key = { a: exact; }
        actions = { NoAction; }
    }
    apply {
        t.apply();
    }
}
