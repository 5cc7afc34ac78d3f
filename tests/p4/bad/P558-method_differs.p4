/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern E
{
    E();
    abstract bit<8> f(in bit<8> x);
}
control c()
{
    E() e = {
        bit<8> f(inout bit<8> x) {
            return x;
        }
    };
    apply {
    }
}
