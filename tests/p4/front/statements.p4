/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
void f<T>(in T x) { T y = x; }
T g<T>(in T x) { T y; y = x; return y; }
void swap<T>(inout T a, inout T b) { T t = a; a = b; b = t; }
extern E<T> { E(); void m<T>(in T x); }
struct S { bit<8> a; bit<8> b; }
header H { bit<8> a; }
bit<8> cond(in bool b, in bit<8> x, in bit<8> y) { return b ? x : y; }
bit<16> twoRet(in bit<8> x) { if (x > 5) { return 1; } return 2; }
void nothing() {}
bool isv(in H h) { return h.isValid(); }
control c(inout S s, inout H h, inout bit<8> x, in bit<8> y) {
  E<bit<8>>() e;
  bit<8> v = x;
  const bit<8> K = 3 + 4;
  S loc = { 1, 2 };
  action act(inout bit<8> q, in bit<8> r, bit<8> d) { q = r + d + v; if (q == 3) { return; } switch (r) { 1: { exit; } default: { q = 1; } } for (bit<8> i in 0..3) { q = q + i; } }
  action ba(bool b) { if (b) { x = 1; } }
  action ca(bit<8> a, bit<8> b) { act(x, a, b); ba(true); }
  action act2() { }
  table t { key = { cond(true, x, 3) : exact @name("k"); h.isValid() : exact; s.a[3:0] : ternary; (bit<16>)x : exact; } actions = { act(x, y); act2; ba; } default_action = act(x, y, 4); }
  apply {
    f(x); f(s); f({ 1, x }); f<S>({ 1, 2 }); f((S) { a = 1, b = 2 }); f(h); f(true); f(8w3);
    x = g(x); x = g<bit<8>>(3); s = g(s);
    swap(s.a, s.b); swap(x[3:0], x[7:4]); swap(h.a, x);
    e.m(x); e.m<bool>(true);
    act(x, y, 3); act(q = x, r = 3, d = y); act(s.a, x + 1, y); act(x[7:0], y, y);
    if (isv(h) && !h.isValid() || x == y) { h.setValid(); } else { h.setInvalid(); }
    x = cond(x < y, x, y) + (x > (y) ? 8w1 : 2);
    bit<16> w = twoRet(x); nothing();
    bool bb = x < y && y > (x);
    bb = (x < y) == (y > x);
    x = (bit<8>)w + (bit<8>)(w >> 8); x = x >> 1 >> 1; x = x >> (y >> 1);
    w = w << (bit<8>)x; bb = w[7:7] == 1; w[0:0] = 1; w = (bit<16>)(bit<1>)bb; 
    { bit<16> w = 3; w = w; }
    if (x == 1) bb = true; else if (x == 2) bb = false; else { }
    if (t.apply().hit) ; 
    x = -x + ~y - +x; x = x |+| 1 |-| y; x = x * 3 / 2 % 5; x = x & 0xf | y ^ 3;
    bb = x == y != true;
    x = 0xFF; x = 0b1010; x = 0o17; x = 8w0d99; x = 1 + 2 * 3; x = K; x = (3 + 4) * K;
    int<8> i8 = -1; i8 = (int<8>)x; i8 = i8 >> 2; i8 = -i8; i8 = i8 * i8; i8 = -8s128; bb = i8 < 0;
    bit<1> one = 1; one = one & 1w1; bit z = one;
    bit<128> wide = 128w1 << 127; wide = wide | 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF; bit<256> w2 = (bit<256>)wide ++ 0w0 == 0 ? 256w0 : 256w1;
    tuple<bit<8>, S, H> tt = { x, s, h }; s = tt[1]; x = tt[1].a; tt = { x, { 1, 2 }, { 3 } };
    error er = error.NoMatch; if (er == error.NoError) { er = error.PacketTooShort; }
    switch (er) { error.NoError: { } default: { } }
    return;
  }
}
