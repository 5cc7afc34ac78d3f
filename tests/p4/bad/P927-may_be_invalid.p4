/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
header h_t { bit<8> a; }
control c(inout h_t h, in bit<8> x)
{
    apply {
        if (x == 1)
            h.setInvalid();
        h.a = x;
    }
}
