/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c(inout bit<8> x) {
    action set() { x = 1; }
    table t {
        key = { x : exact; }
        actions = { set; NoAction; }
        defualt_action = set();
    }
    apply { t.apply(); }
}
