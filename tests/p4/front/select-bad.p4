/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
bit<8> f(in bit<8> x) { return x; }
header h_t { bit<8> a; }
type bit<8> N;
parser p(packet_in b, inout bit<8> x, inout int<8> s, inout bool bo, in error e, inout h_t h) {
  value_set<bit<8>>(4) vs;
  value_set<bit<16>>(4) vs16;
  value_set<tuple<bit<8>, bit<8>>>(4) vt;
  value_set<bit<8>>(x) vbad; //~ P401
  value_set<string>(1) vbad2; //~ P543
  state start { transition select(x) { vs: accept; vs16: accept; } } //~ P305
  state s1 { transition select(x, x) { vt: accept; (vs, vs): accept; vs: accept; } } //~ P305
  state s2 { transition select(x) { -1: accept; 256: accept; 8w1: accept; 8s1: accept; } } //~ P305
  state s3 { transition select(s) { -1: accept; 8s1: accept; 8w1: accept; } } //~ P305
  state s4 { transition select(bo) { true: accept; 1: accept; } } //~ P305
  state s5 { transition select(e) { error.NoError: accept; NoError: accept; } } //~ P543
  state s6 { transition select(x) { 1 &&& 16w2: accept; } } //~ P305
  state s7 { transition select(x) { 1 .. 16w2: accept; } } //~ P305
  state s8 { transition select(x) { true &&& false: accept; } } //~ P305
  state s9 { transition select(x) { 1: s99; } } //~ P506
  state s10 { transition select(x) { default: accept; 1: accept; } }
  state s11 { transition select(x, x) { (1, 2, 3): accept; } } //~ P537
  state s12 { transition select(b) { 1: accept; } } //~ P543
  state s13 { N n = (N)8w1; transition select(n) { _: accept; } } //~ P543
  state s23 { N n = (N)8w1; transition select({ x, { n } }) { _: accept; } } //~ P543
  state s14 { transition s14b; } //~ P506
  state s15 { transition x; } //~ P506
  state s16 { transition select(x) { x: accept; x + 1: accept; "a": accept; } } //~ P305
  state s17 { switch (x) { } transition accept; } //~ P509
  state s18 { x = 1; return; } //~ P509
  state s19 { exit; } //~ P509
  state s21 { transition select(x) { (bit<8>)(1 + f(x)): accept; _: reject; } } //~ P509
  state s22 { transition select(x, bo) { (1 .. f(x), _): accept; (_, h.isValid()): reject; } } //~ P509
  state s20 { s1(); transition accept; } //~ P330
}
struct kinds_t { @match(nothing) bit<8> a; @match(exact) bit<8> b; } //~ P531
struct kinds2_t { @match() bit<8> a; @match(lpm) bit<8> b; } //~ P531
header inner_t { bit<8> a; }
struct outer_t { inner_t i; }
struct plain_t { bit<8> a; bool b; }
parser by_struct(packet_in p, in outer_t o, in plain_t l) {
  value_set<outer_t>(4) vs; //~ P543
  state start { transition select(o) { default: accept; } } //~ P543
  state next { transition select(l) { default: accept; } } //~ P543
}
parser sets(in bit<8> x) {
  @name("v") value_set<bit<8>>(1) one;
  @name("v") value_set<bit<8>>(1) two; //~ P555
  state start { transition select(x) { one: accept; two: accept; } }
}
