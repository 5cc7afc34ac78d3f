/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
const bit<8> x = 1;
const bit<8> x = 2; //~ P304
header x { } //~ P304
struct S { }
header S { } //~ P304
typedef bit<8> S; //~ P304
enum S { A } //~ P304
extern S { } //~ P304
control S() { apply { } } //~ P304
parser S() { state start { } } //~ P304
action a() { }
action a() { } //~ P304
extern void a(); //~ P304
void f() { }
void f(in bit<8> x) { }
void f() { }
void calls() { f(8w1); f(); } //~ P359
package P();
package P(bit<8> x);
package P(); //~ P304
error { NoError } //~ P304
error { Mine, Mine } //~ P304
match_kind { exact } //~ P304
match_kind { foo, foo } //~ P304
control dup(in bit<8> a, in bit<8> a) { apply { } } //~ P304
control dup2(in bit<8> a)(bit<8> a) { apply { } } //~ P304
void ff(in bit<8> a, in bit<8> a) { } //~ P304
action ac(in bit<8> a, bit<8> a) { } //~ P304
extern void g<T, T>(in T a); //~ P304
extern EE { void m(); void m(); } //~ P304
extern EF { EF(); EF(); } //~ P304
extern EG { EX(); } //~ P525
extern EH { abstract void m(); abstract void m(in bit<8> x); } //~ P304
control loc() { bit<8> q; action q() { } apply { } } //~ P304
parser locp() { bit<4> t; state start { t = 1; transition t; } state t { transition accept; } } //~ P304
void hides(in bit<8> a) { bit<8> a = 1; } //~ P304
control hides2(inout bit<8> a)(bit<8> b) {
 action act(in bit<8> d) { bit<8> d = 1; } //~ P304
 action act2() { bit<8> a = 1; } //~ P304
 action act3(in bit<8> a) { { const bit<8> a = 1; } } //~ P304
 apply {
  bit<8> a = a; //~ P304
  bit<8> b = 1; //~ P304
  { bit<8> a = 1; }
 }
}
control hides3(inout bit<8> a, in bit<8> b) {
 bit<8> a = b;
 action act(in bit<8> b) { bit<8> a = 1; }
 apply { bit<8> a = 1; { { bit<8> b = 1; } } } //~ P304
}
parser hides4(in bit<8> a, in bit<8> b) {
 bit<8> a = 1;
 state start { bit<8> a = 1; bit<8> b = 1; transition accept; } //~ P304
}
struct uses_t { bit<8> x; }
void uses(in uses_t a) { bit<8> a = 1; a = a + 1; bit<8> b; bit<16> b = 2; b = 16w3; } //~ P304 P304
void unused(in uses_t a) { bit<8> b; b = 1; bit<8> b; } //~ P304
control kinds(inout bit<8> x) {
 action a() { }
 bit<8> a; //~ P304
 apply { a(); }
}
extern bit<8> mixed(in bit<8> a);
extern bit<8> mixed(in bit<16> b);
bit<8> mixed(in bit<8> a, in bit<8> b) { return mixed(a = 1); } //~ P304
bit<8> of_p4(in bit<8> a) { return a; }
bit<8> of_p4(in bit<8> b, in bit<8> c) { return of_p4(b); }
extern bit<8> of_p4(in bit<8> a); //~ P304
