/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern void f(in bit<8> a, in bit<8> b = 3, in bit<8> c = 4);
extern E { E(bit<8> x = 3); void m(in bit<8> q = 1); }
control inner(in bit<8> a, in bit<8> b = 4)(bit<8> k = 3) { apply { } }
control cc(in bit<8> x) {
  E() e1; E(4) e2; E(x = 5) e3; inner() i1; inner(4) i2;
  apply { f(1); f(1, 2); f(1, c = 3); f(a = 1, c = 2); e1.m(); e2.m(3); i1.apply(x); i1.apply(x, 3); i2.apply(b = 3, a = 1); inner.apply(x);} //~ P327 P352
}
E() te;
