/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c(inout bit<8> x)
{
    bit<8> y;
    apply {
        if (x == 1)
            y = 2;
        x = y;
    }
}
