/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern E {
    E();
    @optional abstract void f();
}
control c()
{
    E() e = {
        bit<8> x;
    };
    apply {
    }
}
