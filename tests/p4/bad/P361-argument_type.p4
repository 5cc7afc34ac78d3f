/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern void f<T>(T x);
control c()
{
    action a() { }
    apply { f(a); }
}
