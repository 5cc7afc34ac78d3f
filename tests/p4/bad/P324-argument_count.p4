/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern void f(in bit<8> x);
control c(inout bit<8> a, inout int<8> s, inout bool z)
{
    
    apply {
        f(1, 2);
    }
}
