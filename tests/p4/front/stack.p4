/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header H { bit<8> a; }
struct S { H[4] s; H h; }
control c(inout S x, in bit<8> i) {
  apply {
    x.s[0] = x.h; x.s[i] = x.s[1]; x.s[3].setInvalid(); x.s.push_front(2);
    bit<32> sz = x.s.size;
    if (x.s[i+1].isValid()) { }
    H[4] y = x.s; y = x.s; if (y == x.s) {}
    bit<8> r = x.s[3w1].a; x.s[1].a[3:0] = 5;
    x.s[x.h.a].a = 1;
    x.h.minSizeInBits();
    bit<32> mm = (bit<32>)x.h.minSizeInBits() + (bit<32>)H.minSizeInBytes() + (bit<32>)S.maxSizeInBits();
    const int q = x.h.maxSizeInBytes();
    bit<(H.minSizeInBits())> bb = 3;
  }
}
header Nothing { }
control sizes(out bit<32> v) { apply { Nothing[1] n; v = n[0].minSizeInBits() + n.maxSizeInBytes(); } }
