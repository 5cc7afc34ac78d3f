/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
extern bit<8> rnd(in bit<8> x);
extern bool pred();
const bit<16> W = 16;
struct Ver { bit<32> major; bit<32> minor; }
const Ver version = { 32w0, 32w8 };
typedef bit<(W)> w_t;
typedef bit<(version.minor)> v_t;
typedef bit<(W * 2 + 1)> x_t;
header H { w_t a; v_t b; x_t c; }
header Emp { }
header_union EU { }
struct ES { tuple<> t; Emp e; }
const bool chk = static_assert(W == 16, "W");
const bool chk2 = static_assert(true);
match_kind { fuzzy }
const bool same = exact == fuzzy;
const bit<8> mk = (W == 16 && version.minor == 8) ? 8w1 : 2;
control c(inout H h, inout ES es, inout bit<8> x) {
  apply {
    x = rnd(rnd(x)); if (pred()) x = 1;
    rnd(x);
    h.a = h.a + W; h.a = W; h.a[7:0] = x; h.c[32:32] = 1;
    es.e.setValid(); bool v = es.e.isValid(); es.t = {};
    x = x + (bit<8>)version.minor; 
    h = { a = 1, b = 2, c = 3 };
    h = { 1, 2, 3, };
    bit<8> y = x; y = y; ;
    x = true ? x : y;
    x = (x == y) ? x : (x == 3 ? y : 8w4);
    if (!(x == y)) {}
    @hidden { x = 1; } @name("foo") @bar { }
    bit<0> zz; bit<0> z2 = 0;
  }
}
parser p(packet_in b, out H h)(bool flag, bit<16> ty) {
  bit<16> cnt;
  state start { cnt = 0; b.extract(h); transition select(h.a, flag) { (ty, true): accept; (1, false): s2; (2 &&& 3, _): s2; (3..5, true): s2; (0x800, true) : s2; } }
  state s2 { cnt = cnt + 1; transition select(cnt) { 0: s2; 1..5: s2; default: s3; } }
  state s3 { bool q = flag ? h.a == 3 : false; transition select(q) { true: accept; default: reject; } }
}
