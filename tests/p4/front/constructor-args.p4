/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
struct S { bit<8> a; bool b; }
enum E { A, B }
const list<bit<8>> l = { 1, 2 };
const list<S> ls = { { 1, true }, { a = 2, b = false } };
extern X { X(S s, E e, list<S> l, string n, error er, tuple<bit<8>, bool> t); void m(in bit<8> v); }
control k()(S s, E e, list<bit<8>> l, string n) { apply { if (s.b && e == E.A) { } } }
control c(inout bit<8> x) {
  X({ 1, true }, E.B, { { 1, true } }, "n", error.NoMatch, { 1, false }) ex;
  X(s = { b = true, a = 1 }, e = E.A, l = ls, n = "a" ++ "b", er = error.NoError, t = { 1, true }) ex2;
  k({ 1, true }, E.A, { 1, 2, 3 }, "s") kk; k((S){ a = 1, b = true }, E.A, l, "s") kk2;
  apply { for (bit<8> v in l) { x = x + v; } for (S s in ls) { x = x + s.a; } for (bit<8> v in { 1, 2, 3 }) { x = v; } for (bit<8> i in x .. x + 3) { x = i; } kk.apply(); kk2.apply(); x[3:0] += 1; x[7:4] |= 3; }
}
