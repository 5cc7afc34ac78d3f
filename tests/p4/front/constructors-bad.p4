/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c() { apply { } } parser p() { state start { } } package P();
parser p1()(control_t x) { state start { } } //~ P302
control c1()(p x) { apply { } } //~ P346
control c2()(P x) { apply { } } //~ P346
parser p2()(c x) { state start { } } //~ P346
extern E { E(c x); } //~ P346
extern E2 { E2(); void m(c x); } //~ P346
@name("a") @name("b") const bit<8> x = 1; //~ P304
package Q(P p, c cc, p pp); //~ P346 P346
