/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
extern E { E(); void m(in bit<8> x); }
extern void f(inout bit<8> x);
extern void g(out bit<8> x, in bit<8> y);
control c(in bit<8> r, in bit<8> r2, in bit<8> r3, in bit<8> r4, inout bit<8> w)(bit<8> k) {
  const bit<8> K = 1;
  action a(inout bit<8> x, bit<8> y) { y = 1; } //~ P318
  action a2(bit<8> y, inout bit<8> x) { } //~ P517
  action a3(out bit<8> x = 3) { } //~ P520
  apply {
    r = 1; //~ P318
    K = 1; //~ P318
    k = 1; //~ P318
    f(r2); //~ P328
    f(r); r = 2; f(r2);
    f(1); //~ P328
    f(w + 1); //~ P328
    f(K); //~ P328
    g(w, r);
    g(r3, w); //~ P328
    f((bit<8>)w); //~ P328
    f(w[7:0]); 
    a(r4, 1); //~ P328
    a(w); //~ P324
    a(w, 1, 2); //~ P324
    a(w, true); //~ P305
    f(_); //~ P329
    g(_, w);
    g(y = w); //~ P325
    g(y = w, x = w);
    g(x = w, r); //~ P327
    g(x = w, y = r, z = r); //~ P326
    g(x = w, x = r); //~ P304
  }
}
control d(in E e) { apply { } } //~ P518
control d2(E e) { apply { e.m(1); } }
control d3(out int x) { apply { } } //~ P518
control d4(in packet_in p) { apply { } } //~ P518
control d5(bit<8> x)(in bit<8> y) { apply { } } //~ P519
control d6(bit<8> x, bit<8> x) { apply { } } //~ P304
control d7(void x) { apply { } } //~ P346
extern dont_t { dont_t(bit<8> x); }
control dont_type(inout bit<8> x);
package dont_pack(dont_type c, bit<8> y);
void dont_f(bit<8> x) { }
control dont_care(inout bit<8> x) { dont_t(_) d; apply { dont_f(_); dont_f(1); } } //~ P329 P329
dont_pack(_, 1) packed; //~ P329
