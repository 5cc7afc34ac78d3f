/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
enum E { A, B } enum bit<4> SE { X = 1, Y = 2 }
error { Mine }
header H { bit<8> a; SE s; }
bit<8> fn(in bit<8> x) { return x; }
parser p(packet_in pk, inout bit<8> a, inout bit<16> b, inout E e, inout H h, inout bool bo, in error er) {
  const bit<8> K = 5; H nxt;
  state start { transition select({ a, b }) { { 1, 2 }: s1; (3, 4): s1; (_, 5 &&& 7): s1; default: accept; } }
  state s1 { transition select(a) { (bit<8>)3: s2; (8w4): s2; (3 + 4): s2; -1: s2; K: s2; (K + 1): s2; K + 2 .. K + 5: s2; (1 &&& 2): s2; (5 .. 6): s2; a: s2; 8w0b1010: s2; } }
  state s2 { transition select(e, h.s, er == error.Mine) { (E.A, SE.X, true): s3; (E.B, _, _): s3; (_, SE.X &&& SE.Y, _): s3; (default, SE.X .. SE.Y, default): s3; } }
  state s3 { transition select(bo, a == 3, !bo && a > 2) { (true, false, _): s4; (_, true, true): reject; (bo, _, _): accept; } }
  state s4 { transition select(a ++ b, b[7:0], (bit<4>)a, fn(a), pk.lookahead<bit<8>>(), pk.lookahead<H>().a) { (24w1, 2, 3, 4, 5, 6): s5; _ : accept; } }
  state s5 { transition select(h.s) { SE.X: s6; SE.Y: reject; (SE)3: accept; } }
  state s6 { pk.extract(nxt); nxt.a = 1; transition select(1w1) { 1: accept; 0: reject; } }
}
