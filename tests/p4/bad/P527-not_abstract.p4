/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern E {
    E();
    void f();
    abstract void g();
}
control c()
{
    E() e = {
        void f() {
        }
        void g() {
        }
    };
    apply {
    }
}
