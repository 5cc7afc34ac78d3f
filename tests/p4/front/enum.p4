/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
enum E { A, B, C }
enum bit<8> S { X = 1, Y = 2, Z = X + Y, W = (bit<8>)10 }
enum int<8> T { N = -1, P = 1 }
const E e = E.A;
const S s = S.X;
const bit<8> sb = S.Y;
const bit<8> sc = (bit<8>)S.Y;
const S ss = (S)8w7;
const bool eq = E.A == E.B;
const bool eq2 = S.X == 1;
const bool eq3 = S.X == S.Y;
const bit<8> arith = S.X + 1;
const bit<16> cc = S.X ++ S.Y;
typedef bit<8> b8;
enum b8 Q { A = 0 }
type bit<8> n8;
control c(inout S x, inout n8 n, inout E ee) {
   apply {
      if (x == S.X) x = S.Y;
      switch (x) { S.X: { x = S.Z; } S.Y: S.Z: { } default: {} }
      switch (ee) { E.A: { ee = E.B; } E.B: {} }
      n = (n8)8w3;
      bit<8> v = (bit<8>)n;
      n = (n8)5;
      if (n == (n8)8w4) { n = n; }
      x = (S)v;
   }
}
enum bit<8> At { lo = 2, hi = 5 }
header At_h { bit<8> v; }
const bit<4> part = 8w0b11010100[At.hi:At.lo];
extern bool static_assert(bool check);
const bool part_is = static_assert(part == 5);
control at(inout bit<8> x, inout At_h[6] s, inout At a) { apply { x = 4w0 ++ x[At.hi:At.lo]; s[At.hi].v = x; s[a].v = 1; x[At.hi:At.lo] = 3; x = x << a; tuple<bit<8>, bool, bit<8>> t = { 1, true, 2 }; x = t[At.lo]; x = 4w0 ++ a[3:0]; } }
enum bit<4> Twice { A = 1, B = 1, C = 2 }
const tuple<Twice, bool> twice = { Twice.A, true };
const bool numbers_are = static_assert((Twice) 2 == Twice.C && Twice.A == Twice.B && (Twice) 3 != Twice.C && twice == { (Twice) 1, true });
