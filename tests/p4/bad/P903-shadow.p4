/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c(inout bit<8> a, inout int<8> s, inout bool z)
{
    bit<8> v = 1;
    apply {
        {
            bit<8> v = 1;
        }
    }
}
