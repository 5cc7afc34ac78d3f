/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
extern E { E(); void m(); }
control c(inout bit<8> x) {
 E() e;
 E e2; //~ P347
 action a() { E() z; } //~ P522
 apply { 
  E() q; //~ P522
  if (e == e) { } //~ P307
  e = e; //~ P318
  x = e; //~ P305
  e.nosuch(); //~ P312
  e.m(1); //~ P324
  e(); //~ P330
  E.m(); //~ P312
 }
}
E() g;
parser p() { E() e; state start { E() q; transition accept; } } //~ P522
void f() { E() e; } //~ P522
control d() { p() pp; apply { } } //~ P560
control i() { apply {} }
parser q() { i() ii; state start { transition accept; } } //~ P560
control r() { i() x; apply { x(); } } //~ P330
control s() { i() x; action a() { x.apply(); } apply { } } //~ P514
control t() { apply { i.apply(1); } } //~ P324
control u() { apply { i(); } } //~ P549
control v()(bit<8> k) { apply { } }
control w() { apply { v.apply(); } } //~ P352
control w2() { v() x; apply { } } //~ P324
control w3() { v(true) x; apply { } } //~ P305
control w4() { v(1, 2) x; apply { } } //~ P324
control w5(in bit<8> z) { v(z) x; apply { } } //~ P401
control w6() { bit<8> z = 1; v(z) x; apply { } } //~ P401
i() topc; //~ P523
const bit<8> main = 1; //~ P559
extern Given { Given(); void m(in bit<8> x); }
extern Given give(in bit<8> x);
extern Giver { Giver(); Given get(in bit<8> x); }
control gets(in bit<8> x)(bit<8> k) {
 Giver() g;
 apply { give(k + 1).m(x); g.get(1).m(x); give(x); g.get(x).m(x); give(g.get(x)); } //~ P401 P401 P401
}
