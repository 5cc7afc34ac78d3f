/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header H { bit<8> a; varbit<8> v; varbit<8> w; } //~ P340
header H1 { bit<8> a; varbit<8> v; }
header H2 { bit<8> a; varbit<16> v; }
control c(inout H1 a, inout H2 b, inout H1 d) { apply {
  bool x = a.v == b.v; //~ P307
  x = a.v == d.v;
  a.v = d.v;
  a.v = b.v; //~ P305
  a.v = 5; //~ P305
  bit<8> y = a.v; //~ P305
  y = (bit<8>)a.v; //~ P309
  y = a.v[3:0]; //~ P315
  x = a.v < d.v; //~ P307
  y = a.v + d.v; //~ P307
  a.v = (varbit<8>)y; //~ P309
} }
control e(inout H1 a) { table t { key = { a.v : exact; } actions = { NoAction; } const entries = { 1 : NoAction; } } apply { t.apply(); } } //~ P532
