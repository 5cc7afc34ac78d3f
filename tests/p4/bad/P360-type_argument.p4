/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control C();
struct S<T> { bit<8> x; }
control c(inout S<C> s) { apply { } }
