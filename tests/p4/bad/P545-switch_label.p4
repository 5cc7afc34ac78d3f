/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c(inout bit<8> a)
{
    action f(bit<8> x) {
        a = x;
    }
    table t {
        key = { a: exact; }
        actions = { f; }
    }
    apply {
        switch (t.apply().action_run) {
            1: {
            }
        }
    }
}
