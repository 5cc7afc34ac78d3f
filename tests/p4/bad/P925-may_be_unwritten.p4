/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c(in bit<8> x, out bit<8> y)
{
    apply {
        if (x == 1)
            y = 2;
    }
}
