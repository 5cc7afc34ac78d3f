/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
struct S { bit<8> a; }
extern void f<T>(in T d);
extern T g<T>(in T a, in tuple<T, T> b);
control c() { apply {
  f({}); f<tuple<>>({}); f({ { 8w0 }, { 8w1, { true } } }); f<tuple<tuple<bit<8>>, bool>>({ { 0 }, true });
  tuple<tuple<bit<8>, S>, tuple<>> t = { { 1, { 2 } }, {} }; bit<8> x = t[0][1].a; x = t[0][0];
  S s = t[0][1]; x = g(8w1, { 1, 2 }); x = g(x, { x, 2 });
  bool b = { 8w1, 8w2 } == { 8w1, 8w2 }; b = t == t; b = t[0] == { 1, { 2 } };
  f(t); f(t[0]); f((tuple<bit<8>, bit<8>>){ 1, 2 });
  f((S) { 1 }); f({ a = 8w1 }); f(S.minSizeInBits() == 8);
  tuple<bit<8>, bit<8>> u = (tuple<bit<8>, bit<8>>){ 1, 2 }; u = { x, x };
} }
const tuple<match_kind, match_kind> kinds = { exact, lpm };
const bool first = kinds[0] == exact;
const tuple<string, list<string>> words = { "a" ++ "b", { "c", "d" } };
const string both = words[0] ++ "e";
const int five = 5;
const tuple<int, bit<8>> fives = { five, five };
const bit<16> width = fives[0] + 1;
extern Rows<K, V> { Rows(list<tuple<int, K, V>> rows, tuple<match_kind> kind); }
Rows<tuple<bit<8>, bit<8>>, bool>({ { 10, { 1, 2 }, true }, { five, { 3, 4 }, false } }, { ternary }) rows;
