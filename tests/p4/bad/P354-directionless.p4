/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern void fixed(bit<8> x);
control c(in bit<8> z)(bit<8> k)
{
    apply {
        fixed(3);
        fixed(k + 1);
        fixed(z);
    }
}
