/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
// table properties & key kinds
header H { bit<32> a; bit<8> b; bool c; int<8> d; }
enum E { A, B } enum bit<4> SE { X = 1 } type bit<8> N;
control c(inout H h, inout E e, inout SE se, inout N n, inout error er, inout H[3] st, inout bit<8> i) {
 action a() {}  action b(bit<8> x, N y, SE z, bool q, E ee, int<8> s) { }
 table t { key = { h.a : lpm; e : exact; se : ternary; n : exact; er : exact; h.c : exact; h.d : ternary; st[1].a : exact; st[0].isValid() : exact; h.a[15:8] : exact @name("sl"); (bit<8>)h.a : exact; h.b & 7 : exact; 8w5 & h.b : ternary; st[i].a : exact; h.a & 0xff00 : ternary; -h.d : exact @name("neg"); h.a == 3 : exact @name("eq"); }
  actions = { a; b; @tableonly NoAction; } default_action = b(1, (N)2, SE.X, true, E.B, -1);
 }
 table t1 { key = { h.a : exact; e : exact; se : exact; n : exact; h.c : exact; h.d : exact; } actions = { a; b; } const entries = { (1, E.A, SE.X, (N)1, true, -1) : a(); (2, E.B, (SE)2, (N)3, false, 8s3) : b(1, (N)2, SE.X, true, E.B, -1); } }
 table t2 { key = { h.a : ternary; se : ternary; h.c : ternary; h.d : ternary; n : ternary; } actions = { a; } const entries = { (1 &&& 3, SE.X &&& 4w3, _, -1 &&& 3, _) : a(); (_, _, true, default, (N)3): a(); } }
 table t3 { key = { h.b : lpm; } actions = { a; } const entries = { 0x80 &&& 0xf0 : a(); 0x40 &&& 0xc0 : a(); 3 : a(); _ : a(); } }
 @name("x.y") @hidden table t4 { actions = { a; } const default_action = a; }
 @id(5) table t5 { key = { } actions = { a; } }
 apply { t.apply(); t1.apply(); t2.apply(); t3.apply(); t4.apply(); t5.apply(); }
}
/* Match kinds take their names from nothing else. */
header ternary { bit<8> x; }
const bit<8> exact = 1;
action lpm() { }
control names_of_kinds(inout ternary h) { table t { key = { h.x : exact; h.x : ternary @name("y"); } actions = { lpm; } } apply { h.x = exact; t.apply(); } }
