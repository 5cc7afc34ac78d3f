/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c(inout bit<8> x) {
    apply {
        if (x == 1); {
            x = 2;
        }
    }
}
