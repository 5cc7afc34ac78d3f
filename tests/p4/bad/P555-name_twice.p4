/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c(in bit<8> x)
{
    @name("t") table a {
        actions = { NoAction; }
    }
    table t {
        actions = { NoAction; }
    }
    apply {
        a.apply();
        t.apply();
    }
}
