/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
struct pair { bit<8> a; bit<8> b; }
parser p1(packet_in p) {
  state start(in bit<8> x) { transition accept; } //~ P201
  state other { transition accept; }
}
control c1(inout bit<8> x) {
  action drop() { x = 0; }
  apply {
    drop() //~ P201
    x = 2;
  }
}
bit<8> outer(in bit<8> a) {
  bit<8> inner(in bit<8> b) { return b; } //~ P201
  return inner(a);
}
control c2(inout pair p) { apply { p = { 1, b = 2 }; } } //~ P201
control c3(inout pair p) { @name("p { action a() { p.a = 1; } //~ P103
  apply { } }
state s { transition accept; } //~ P201
const bit<8> y = 1;
bit<8 x; //~ P201
parser p2(packet_in p, in bit<8> x) {
  state start { transition select(x) { 1: accept; }; } //~ P201
  state other { transition select(x, x) { (1, 2,): accept; } } //~ P201
}
control c4(inout bit<8> x) {
  apply {
    @an x = 1; //~ P201
    @an if (x == 1) { } //~ P201
    @an { @an for (bit<8> i in 1 .. 2) { } }
  }
}
control c5(inout bit<8> x) {
  action a() { }
  table t { key = { x : ternary; } actions = { a; } entries = { priority = (1 + 1) : 1 : a(); priority = 1 : 2 : a(); } }
  table t2 { key = { x : ternary; } actions = { a; } entries = { priority = 1 + 1 : 1 : a(); } } //~ P201
  apply { t.apply(); t2.apply(); }
}
@an error { Bad } //~ P201
@an match_kind { worse } //~ P201
control c6(inout bit<8> x) {
  @an apply { x = 1; } //~ P201
}
extern _ any(); //~ P201
extern void some(in _ a); //~ P201
typedef _ none; //~ P201
