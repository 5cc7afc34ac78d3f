/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
bit<8> x; //~ P502
bit<8> f(in bit<8> a) { } //~ P513
bit<8> g(in bit<8> a) { if (a == 1) return 1; } //~ P513
void h(in bit<8> a) { return 1; } //~ P512
bit<8> i(in bit<8> a) { return; } //~ P511
bit<8> j(in bit<8> a) { return true; } //~ P305
bit<8> k(in bit<8> a) { return k(a); } //~ P501
bit<8> l(in bit<8> a) { exit; return 1; } //~ P509
bit<8> m(in bit<8> a) { return 1; }
const bit<8> m2 = m(1); //~ P401
extern E { E(); void e(); }
extern E { E(); } //~ P304
bit<8> n(in bit<8> a) { E() e; return 1; } //~ P522
action act() { E() e; } //~ P522
control cc() { action a() { E() e; } apply { E() f; } } //~ P522 P522
package P(bit<8> x);
P(1) p1;
P(true) p2; //~ P305
P() p3; //~ P324
P(1, 2) p4; //~ P324
control cp() { P(1) p; apply { } } //~ P524
control ct();
package Q(ct c);
Q(cc()) q1;
parser pp() { state start { } }
Q(pp()) q2; //~ P305
Q(1) q3; //~ P305
Q(cc) q4; //~ P319
Q(E()) q5; //~ P305
ct() inst; //~ P331
cc() inst2; //~ P523
extern F { F(bit<8> x); }
F() f1; //~ P324
F(true) f2; //~ P305
F f3; //~ P347
match_kind { exact, exact } //~ P304
error { A, A } //~ P304
error { A } //~ P304
