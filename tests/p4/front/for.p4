/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header H { bit<8> v; }
struct S { H[4] st; }
control c(inout S s, inout bit<32> x) {
  bit<8> i;
  apply {
    for (bit<8> k in 0..7) { x = x + 1; }
    for (bit<8> k in 8w1..8w3) x = x + (bit<32>)k;
    for (H h in s.st) { x = x + (bit<32>)h.v; }
    for (bit<8> a = 0, bit<8> b = 3; a < b; a = a + 1, b = b - 1) { x = x + 1; }
    for (i = 0; i < 8; i += 1) x += 1;
    for (; x < 10;) { x |+|= 1; }
    for (bit<32> k in (list<bit<32>>){1, 2, 3}) { x = x + k; }
    for (bit<8> q = 0; q < 3; q = q + 1) for (bit<8> r = 0; r < 2; r = r + 1) { x = x ^ 1; continue; }
    @unroll for (bit<8> k in 0..7) { x = x + 1; }
    for (int<8> k in -3 .. 3) { x <<= 1; }
    x += 1; x -= 1; x *= 2; x /= 3; x %= 2; x &= 1; x |= 4; x ^= 3; x <<= 2; x >>= 1; x |+|= 5; x |-|= 1;
    s.st[0].v += 1;
    x[7:0] += 1;
    for (@a bit<32> k = 0, @b bit<32> j[2] = { 1, 2 }, x = j[0]; k < j[1]; k += 1) { x = k; }
  }
}
