/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Arrays of what is no header, their size before or behind the name. */
#include <core.p4>
error { Mine }
enum E { A, B }
enum bit<4> SE { X = 1 }
type bit<8> N;
struct P { bit<8> l; bit<8> r[2]; }
header H { bit<8> x; P[2] p; bit<4> q[2][3]; }
struct S { H[3] st; H st2[2]; P p[2]; P[2] t; }
const bit<8>[3] k = { 1, 2, 3 };
const bit<8> one = k[0];
const bit<8> m[2] = { 4, 5 };
typedef bit<8> four_t[4];
typedef bit<8>[4] four2_t;
four_t turn(in four_t x, in bit<2> by) { four_t y; y[by] = x[0]; y[by + 1] = x[by]; return y; }
parser pa(packet_in p, out bit<8>[3] o) {
  state start { o = p.lookahead<bit<8>[3]>(); H h; p.extract(h); transition select(o[0], h.p[1].l) { (1, k[2]): accept; default: reject; } }
}
control c(inout four_t a, inout bit<8> b[4], in bit<2> i, inout S s) {
  four2_t z = a;
  apply {
    a = b; b[i] = a[i]; z[3] = k[2]; b = turn(z, i);
    tuple<bit<8>[2], bool> t = { m, true }; b[0] = t[0][1];
    E[2] e = { E.A, E.B }; N n[2]; n[0] = (N)a[0]; SE[2] se = ...; se[1] = SE.X;
    if (e[0] == E.B && n[0] == n[1] && se[0] == SE.X && a == b && a != { 1, 2, 3, 4 }) { a[0] = 1; }
    s.t[0] = { a[0], { 1, 2 } }; s.p[i].r[1] = s.t[1].l; s.st[1].q[1][2] = 3; s.p = { { 1, { 2, 3 } }, ... };
    s.st2.push_front(1); s.st2[0] = s.st[0];
    for (bit<8> v in a) { b[0] = b[0] + v; }
    bit<32> n2 = a.size + s.p.size; z = (bit<8>[4]){ 1, ... }; b[1] = n2[7:0] + z[1];
    a.push_front(1); //~ P312
    a[4] = 1; //~ P314
    a = { 1, 2 }; //~ P333
  }
}
