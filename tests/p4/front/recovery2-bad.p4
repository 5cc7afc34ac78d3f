/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What is behind a line that cannot be read is read as if nothing were wrong. */
const int lost = ; //~ P201
header sized { bit<(lost)> x; bit<(found)> y; }
extern void any<T>(in T x, in bit<8> y);
control compared(in bit<8> x, in bit<8> y) {
 apply {
  any(x > (y) ? 8w1 : 2, x);
  any(x > (y), (x));
  any({ x } { y }, { x, y }); //~ P201
  any(x == 1 { x }, y); //~ P201
  any(x, y);
 }
}
extern object { object(); void go(); }
parser instance(packet_in p) {
 object() o =
 state start { //~ P201
  o.go();
  transition accept;
 }
}
