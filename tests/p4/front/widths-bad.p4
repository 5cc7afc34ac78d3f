/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Widths need no parentheses but around ">" and ">>". */
#include <core.p4>
const int W = 4;
const bit<8> w8 = 8;
const tuple<int, int> tbl = { 3, 1 };
extern list_of { list_of(); }
enum bit<8> s_t { A = 3 }
struct pair_t<T> { T a; T b; }
header h_t { bit<W> a; int<W> b; bit<W * 2> c; varbit<W + W> v; }
struct more_t {
  bit<W == 4 ? 8 : 16> eight; bit<(W > 5 ? 8 : 16)> sixteen; bit<(W >> 1)> two; bit<W << 1> big;
  tuple<bit<W>, bit<w8>> t; bit<W>[W] array; pair_t<bit<W>> p; pair_t<tuple<bit<W>>> q; bit<h_t.minSizeInBits()> size;
  bit<s_t.A> three; bit<tbl[1]> one;
}
extern void gen<T>(in T x);
bit<W> low(in bit<w8> x) { return x[W - 1:0]; }
control c(inout bit<8> x, inout more_t m, in bit<W> v = 3) {
  bit<W> y = (bit<W>)x;
  list_of() l;
  apply {
    bit<W + 4> z = m.eight;
    gen<bit<W>>(3); gen<tuple<bit<W>, bit<(W >> 1)>>>({ 1, 2 });
    for (bit<W> i in 1..3) { y = low(x) + i; }
    m.two = (bit<(W>>1)>)x; m.big = z; m.sixteen = (bit<16>)x >> W; m.one = (bit<W / 4>)1;
    if (x < W && z > W) { x = x >> W; }
    m.two = y; //~ P305
  }
}
typedef bit<-1> z2; //~ P402
typedef varbit<-3> z4; //~ P402
typedef bit<W - 5> z5; //~ P402
typedef bit<true> z6; //~ P317
control d(in bit<8> x) { apply { bit<x> y; } } //~ P401
