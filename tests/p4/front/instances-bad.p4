/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
extern E { E(); bit<8> m(); }
extern bit<8> use(E e);
E() top;
control inner(inout bit<8> x) { apply { } }
control c(inout bit<8> x) {
  E() loc;
  action a() { x = use(loc); x = use(top); }
  action b() { x = use(E()); } //~ P522
  action d() { inner() i; } //~ P522
  apply { x = use(loc); a(); E() q; } //~ P522
}
bit<8> f() { return use(E()); } //~ P522
bit<8> g() { return use(top); }
parser p(packet_in pk, inout bit<8> x) { E() e; state start { x = use(e); E() z; transition accept; } } //~ P522
