/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control a(in bit<8> x, out bit<8> y) { apply { y = x; } }
control c(inout bit<8> x) { a() i; apply {
 i.apply(); //~ P324
 i.apply(x); //~ P324
 i.apply(x, 1); //~ P328
 i.apply(x, x, x); //~ P324
 i.apply(true, x); //~ P305
 i.apply(y = x); //~ P325
 i.apply(z = x, y = x); //~ P326
 i.apply(1, _);
 i.foo(x); //~ P312
 i(x, x); //~ P330
 a.apply(x, x);
 i.apply(16w1, x); //~ P305
 bit<16> w; i.apply(x, w); //~ P305
 x = i.apply(x, x); //~ P305
} }
