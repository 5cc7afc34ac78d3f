/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
enum bit<8> E1 { e1 = 0, e2 = 1, e3 = 2 }
enum bit<8> E2 { e1 = 10, e2 = 11, e3 = 12 }
enum X { v1, v2 }
control c(inout bit<8> x, inout X xx) {
 apply {
  E1 a = E1.e1; E2 b = E2.e2; bit<8> c;
  x = a << 3; x = a; x = (bit<8>)a;
  a = b; //~ P305
  a = (E1) b;
  a = E1.e1 + 1; //~ P305
  a = (E1)(E1.e1 + 1);
  a = E1.e1 + E1.e2; //~ P305
  a = (E1)(E2.e1 + E2.e2);
  if (a > b) { }
  c = a + b;
  a = 1; //~ P305
  a = x; //~ P305
  xx = v1; //~ P301
  xx = X.v3; //~ P311
  x = (bit<8>)xx; //~ P309
  xx = (X)x; //~ P309
  bool q = xx < X.v1; //~ P307
  q = a == b;
  a = (E1)9w1; //~ P309
  a = (E1)8s1; //~ P309
  a = (E1)true; //~ P309
  a = (E1)5; x = (bit<8>)(bit<16>)a;
  x = -a; x = ~a; x = a ++ 4w0 == 12w0 ? 8w1 : 8w2; x = x[E1.e3:0] ++ 5w0;
  x = 16w11 << E1.e3 == 1 ? 8w1 : 8w0;
 }
}
