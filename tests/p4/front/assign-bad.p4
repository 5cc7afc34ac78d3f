/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c14(in bit<8> x) { apply { const bit<8> K = x; bit<8> y; const bit<8> L = y; } } //~ P401 P401
#include <core.p4>
extern E { E(); bit<8> m(); }
header H { bit<8> isValid; bit<8> setValid; bit<8> minSizeInBits; bit<8> size; bit<8> next; bit<8> last; bit<8> apply; bit<8> push_front; }
control c(inout H h, inout bit<8> x) { E() e; action a() { } table t { actions = { a; } }
 apply { h.isValid = 1; h.setValid = h.isValid; h.setValid(); if (h.isValid()) { x = h.minSizeInBits + h.size + h.next + h.last + h.apply + h.push_front; } bit<8> w = (bit<8>)h.minSizeInBits(); 
 t.apply().hit = true; //~ P318
 t = t; //~ P318
 a = a; //~ P318
 e.m() = 1; //~ P318
 c = 1; //~ P501
 t.apply() = 1; //~ P318
 t.hit = 1; //~ P310
 bool b = t.apply(); //~ P305
 a.apply(); //~ P312
 e.apply(); //~ P312
 t(); //~ P330
 t.foo(); //~ P312
 x = t; //~ P305
} }
