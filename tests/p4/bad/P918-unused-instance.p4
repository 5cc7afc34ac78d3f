/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control inner(inout bit<8> x)
{
    apply {
        x = 1;
    }
}
control c(inout bit<8> x)
{
    inner() used;
    inner() left;
    apply {
        used.apply(x);
    }
}
