/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c(inout bit<8> a)
{
    action f(bit<8> x) {
        a = x;
    }
    bit<8> b;
    action g(in bit<8> y, bit<8> x) {
        a = x + y;
    }
    table t {
        key = { a: exact; }
        actions = { g(a); }
        default_action = g(b, 1);
    }
    apply {
        t.apply();
    }
}
