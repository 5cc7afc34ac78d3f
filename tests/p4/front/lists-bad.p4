/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
struct A { bit<8> a; bit<8> b; }
extern E { E(list<A> l); void f(list<A> l); }
const list<A> known = { { 1, 2 }, { 3, 4 } };
void f(list<A> l) { } //~ P346
void g(in list<A> l) { } //~ P346
control c(inout bit<8> x)(list<A> given) {
 E(given) e1; E(known) e2; E({ { 1, 2 } }) e3;
 apply {
  e1.f(known); e2.f({ { 5, 6 } });
  for (A a in given) { x = a.a; }
  for (A a in known) { x = a.b; }
  for (bit<8> n in (list<bit<16>>){ 1 }) { x = n; } //~ P305
  for (bit<8> n in known) { x = n; } //~ P305
  bool q = { x, 2 } == { 1, x }; q = { 1, { 2, 3 } } == { x, { x, 4 } };
  q = { x, true } == { 1, 2 }; //~ P305
  list<A> l = known; //~ P347
 }
}
struct B { bit<8> a; bool b; }
void t(in tuple<bit<8>, bool> x, in tuple<bool, bit<8>> y) {
 B b = x; b = { 1, true };
 b = y; //~ P305
 tuple<bit<8>, bool> z = x;
 z = y; //~ P305
}
header H { bit<8> a; }
void u() {
 H[3] few = { { 1 }, { 2 } }; //~ P333
 H[3] many = { { 1 }, { 2 }, { 3 }, { 4 } }; //~ P333
 H[3] s = { { 1 }, {#}, { a = 3 } }; s = (H[3]){ { 1 }, ... }; s = { ... }; s = ...;
}
extern Lists { Lists(list<packet_in> l); } //~ P363
extern Voids { Voids(list<void> l); } //~ P363
const list<bit<8>, bit<8>> two = { 1 }; //~ P322
extern void any<T>(in T x);
action nothing() { }
bit<8> one() { return 1; }
control hold() {
 table tt { actions = { nothing; } default_action = nothing; }
 apply {
  any({ one }); //~ P341
  any({ a = nothing }); //~ P341
  any({ 8w1, tt }); //~ P341
  any({ a = H }); //~ P319
  any({ { H } }); //~ P319
 }
}
