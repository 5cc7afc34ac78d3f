/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header H { bit<32> x; bit<32> y; varbit<64> v; }
header H2 { varbit<64> v; }
header F { bit<8> a; }
struct S { F f; bit<8> b; }
struct Q { F f; F[2] g; tuple<F, F> t; }
struct ErrS { error e; }
enum E { A }
control dep(packet_out p, in H h, in S s, in Q q, in bit<8> b, in E e, in error er, in bool bo, in ErrS es) { apply {
  p.emit(h); p.emit(q); p.emit(q.g); p.emit({ q.f, q.f });
  p.emit(s); //~ P605
  p.emit(b); //~ P605
  p.emit(e); //~ P605
  p.emit(er); //~ P605
  p.emit(bo); //~ P605
  p.emit(es); //~ P605
  p.emit(5); //~ P323
  p.emit("x"); //~ P361
  p.emit(); //~ P324
  p.emit(h, h); //~ P324
  verify(true, error.NoError); //~ P509
} }
parser pr(packet_in p, out H h, out H2 h2, out F f, out F[2] fs) { state start {
  p.extract(h, 32); p.extract(h2, 8w1 ++ 24w1); p.extract(f); p.extract(fs.next); p.extract(fs[0]);
  p.extract(h); //~ P607
  p.extract(f, 32); //~ P606
  p.extract(h, 16w32); //~ P305
  p.extract(fs); //~ P605
  p.extract({ 1 }); //~ P328
  p.extract(f, 32, 1); //~ P324
  F x = p.lookahead<F>();
  bit<8> y = p.lookahead<bit<8>>();
  S z = p.lookahead<S>();
  H w = p.lookahead<H>(); //~ P356
  p.lookahead<F>();
  tuple<bit<8>, bit<16>> t = p.lookahead<tuple<bit<8>, bit<16>>>();
  p.advance(32); p.advance((bit<32>)y); p.advance(p.length());
  p.advance(8w3); //~ P305
  p.advance(true); //~ P305
  fs.last = x; //~ P318
  fs.next = x;
  fs.last.a = 1; //~ P318
  transition accept;
} }
control nostack(inout F[2] fs) { apply { fs.next = fs[0]; //~ P338
  bit<32> l = fs.lastIndex; //~ P338
  fs[2].a = 1; //~ P314
  fs[-1].a = 1; //~ P314
  fs.push_front(-1); //~ P402
  fs.push_front(fs[0].a); //~ P401
  fs.push_front(); //~ P324
  fs.foo(); //~ P312
  fs = { { 1 }, { 2 }, { 3 } }; //~ P333
  fs[true].a = 1; //~ P317
} }
control in_control(packet_in b) { apply { b.advance(b.length() * 8); } } //~ P509
parser look(packet_in b) { state start { b.lookahead<string>(); transition accept; } } //~ P356
parser look4(packet_in b) { state start { b.lookahead<error>(); transition accept; } } //~ P356
parser look2(packet_in b) { state start { b.lookahead<int>(); transition accept; } } //~ P360
header_union U { F f; H2 h; }
header_union W { F f; }
struct WS { W w; }
parser look5(packet_in b) { state start { b.lookahead<U>(); b.lookahead<W>(); b.lookahead<WS>(); b.lookahead<F[2]>(); b.lookahead<W[2]>(); transition accept; } } //~ P356 P356 P356 P356
