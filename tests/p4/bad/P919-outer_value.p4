/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern E
{
    E();
    abstract bit<8> f(in bit<8> x);
}
const bit<8> one = 1;
control c(inout bit<8> p)
{
    bit<8> local;
    E() e = {
        bit<8> f(in bit<8> x) {
            bit<8> y = x + one;
            return y + local;
        }
    };
    apply {
        p = e.f(p);
    }
}
