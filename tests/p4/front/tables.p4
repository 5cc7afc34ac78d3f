/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header H { bit<32> a; bit<32> b; bit<8> c; }
struct M { bit<32> x; bool f; }
enum E { A, B }
action ga2() {}
action ga(inout bit<32> x, bit<32> y) { x = y; }
control c(inout H h, inout M m, inout E e, inout error er) {
  action a(in bit<32> x, bit<32> y, bool z) { h.a = x + y; }
  action b() { }
  action o(out bit<8> x, bit<8> y) { x = y; }
  action d(bit<32> y = 5) { h.b = y; }
  table t1 { key = { h.a : exact @name("k"); h.b[7:0] : ternary; h.c & 0xf0 : lpm @name("foo"); m.f : exact; h.isValid(): exact @name("hv"); e : exact; }
    actions = { a(h.b); b; @defaultonly NoAction; ga(h.a); .ga2(); }
    const default_action = a(h.b, 5, true);
    size = 1024;
    implementation = 3;
    foo = "bar";
    const baz = { 1, 2 };
  }
  table t7 { key = { h.a : exact; } actions = { o(_); } const entries = { 1: o(_, 2); } default_action = o(_, 3); }
  table t2 { actions = { b; } }
  table t3 { key = { } actions = { b; NoAction; } default_action = b(); }
  table t4 { key = { h.a: exact; h.b : ternary; h.c : lpm; }
    actions = { b; d; a(h.a); }
    const entries = {
      (1, 2, 3) : b();
      (2, _, default) : d(3);
      (3, 0x10 &&& 0xf0, 8w5) : d();
      (32w4, 32w5 &&& 32w7, 8w0 &&& 8w0x80) : a(h.a, 1, true);
      (5, 6, _) : a(h.a, 1, true) @foo;
      (6, _, _) : b @name("q");
    }
  }
  table t5 { key = { h.a : ternary; } actions = { b; NoAction; } entries = { const priority = 1 : 1 : b(); priority = 2 : 3 : NoAction(); const priority = (1+3) : 5 : b; (7) : b(); } largest_priority_wins = false; priority_delta = 10; }
  table t6 { key = { h.a : ternary; e : exact; } actions = { NoAction; } entries = { (_, E.A) : NoAction(); (1 .. 2, E.A): NoAction(); } } //~ P539
  apply {
    if (t1.apply().hit) { }
    if (!t1.apply().miss) { } else t2.apply();
    switch (t3.apply().action_run) { b: { h.a = 1; } NoAction: { } }
    switch (t4.apply().action_run) { b: d: { } default: { exit; } }
    a(h.a, 1, true);
    ga(h.a, 3);
    d();
    d(4);
    d(y = 4);
    bool hit = t5.apply().hit;
    hit = t6.apply().hit && hit;
    return;
  }
}
control nested(inout bit<8> x) {
  action n() { }
  table inner { key = { x : exact; } actions = { n; } default_action = n(); }
  table outer { key = { x : exact; inner.apply().hit : exact @name("hit"); } actions = { n; } default_action = n(); }
  apply { outer.apply(); bit<8> y = inner.apply().hit ? x : 8w1; }
}
