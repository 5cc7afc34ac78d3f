/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
struct S<T> { T f; }
struct S2<A, B> { S<A> a; B b; }
header H<T> { T f; }
header_union HU<T> { H<T> a; H<bit<16>> b; }
extern E<T> { E(); void m(in S<T> s); }
T get<T>(in S<T> s) { return s.f; }
S<T> mk<T>(in T t) { return { t }; }
control c(inout S2<bit<8>, bool> s, inout HU<bit<8>> u) {
  E<bit<8>>() e;
  apply { e.m(s.a); e.m({ 3 }); e.m({ f = 3 }); bit<8> q = get(s.a); q = get<bit<8>>({ 3 }); s.a = mk(8w3); u.a = { 3 }; S<S<bit<8>>> n = { { 1 } }; n = { f = { f = 3 } }; s = { { 1 }, true }; q = get((S<bit<8>>){ 3 }); s.a = (S<bit<8>>){ 3 }; u.b.f = 3; }
}
