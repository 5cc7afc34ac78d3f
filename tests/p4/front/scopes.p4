/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
const bit<8> x = 1;
typedef bit<8> T;
control c(inout bit<8> y) {
  bit<8> x = .x;
  action a(bit<8> x) { y = x + .x; }
  apply { bit<8> x = 3; { bit<8> x = 4; y = x; } .T z = x; if (y == 1) { bit<8> w = 1; } else { bit<8> w = 2; } }
}
control d(inout T T1) { apply { T1 = 1; } }
const error early = error.Late;
error { Late }
void twice(in bit<8> a) { }
void twice(in bit<8> a) { }
