/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
// local declarations and their order
extern E { E(bit<8> x); bit<8> m(); }
control c(inout bit<8> p)(bit<8> k) {
  const bit<8> A = 1; const bit<8> B = A + 1; bit<8> v = p + B; E(B) e; E(k) e2; E(A + 2) e3;
  action a1() { p = v; const bit<8> Z = B; bit<8> w = Z + k; v = w; } action a2() { a1(); a1(); }
  table t { actions = { a1; a2; } default_action = a2; }
  bit<8> late = e.m(); tuple<bit<8>, bit<8>> tt = { late, v };
  apply { const bit<8> Q = B + 3; bit<8> r = Q + tt[0]; { const bit<8> Q = 5; r = Q; } t.apply(); a2(); p = late + r + k; if (k == 3) { p = 1; } switch (k) { 1: {} default: {} } bit<8> last = p; p = last; }
}
control user(inout bit<8> p) { c(3) i1; c(k = 4) i2; apply { i1.apply(p); i2.apply(p); } }
