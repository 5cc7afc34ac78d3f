/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
header H { bit<8> a; }
struct S { bit<8> a; }
enum bit<8> E { A = 1 }
type bit<8> N;
control c(inout bit<8> x, inout int<8> i, inout bool b, inout N n, inout E e, inout bit<1> o) {
  apply {
    i = (int<8>)x; x = (bit<8>)i; b = (bool)o; o = (bit<1>)b; bit<16> w = (bit<16>)x; x = (bit<8>)w; w = (bit<16>)(int<16>)i;
    n = (N)x; x = (bit<8>)n; e = (E)x; x = (bit<8>)e; x = e; int<16> j = (int<16>)(i);
    N n2 = (N)8w1; n2 = (N)1; x = (bit<8>)(bit<4>)x; b = (bool)1w0; w = (bit<16>)(bit<8>)e; x = (bit<8>)(int<8>)(bit<8>)e;
    E e2 = (E)1; S s = (S){ 3 }; H h = (H){ 3 }; bit<4> f = (bit<4>)e; n = (N)(bit<8>)e;
    tuple<bit<8>> t = (tuple<bit<8>>){ 3 };
    i = (int<8>)-1; x = (bit<8>)-1;
  }
}
extern void kinds(match_kind k);
match_kind { exact }
control k() { apply { kinds((match_kind)exact); } }
