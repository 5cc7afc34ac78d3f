/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Parsers and controls with type parameters, objects that functions make, optional parameters. */
#include <core.p4>
struct S { bit<8> x; }
extern Box<T> { }
extern Box<T> box<T, U>(T first, U second);
enum Kind { One, Two }
@pure extern Kind kind(bool two);
extern Keeper<T> { Keeper(Kind k); T give<D>(in D d); }
parser Pick<T>(packet_in p, in T a, out T b)(T other, bool swap) {
  state start { b = a; transition select(swap) { true: changed; default: accept; } }
  state changed { b = other; transition accept; }
}
parser Outer(packet_in p, out bit<8> r) { Pick<bit<8>>(3, true) i; Pick(swap = false, other = 8w1) j; state start { i.apply(p, 4, r); j.apply(p, r, r); transition accept; } }
control Same<T>(inout T x) { apply { T y = x; x = y; } }
control Boxed<T>(inout T x, @optional in T y)(Box<T> b) { apply { Same<T>.apply(x); Same.apply(x); } }
control Two(inout S s) { Boxed<bit<8>>(box<bit<8>, bool>(3, true)) b; Keeper<bit<8>>(kind(false)) k; Keeper<bit<8>>(Kind.Two) l;
  apply { b.apply(s.x); b.apply(s.x, 4); b.apply(y = 3, x = s.x); s.x = k.give({ s.x, true }) + l.give(s.x); Same<S>.apply(s); } }
control C<T>(inout T x);
parser P(packet_in p, out bit<8> r);
package Top<T>(P p, C<T> c, C<T> d = Same());
Top(Outer(), Two(), Same<S>()) main;
Top<S>(Outer(), Same()) other;
extern Acts<T, R> { Acts(); R run(); abstract void apply(inout T v, @optional out R r); }
control A(inout bit<8> x) {
  Acts<bit<8>, bit<16>>() a = { void apply(inout bit<8> v) { v = v + 1; } };
  Acts<bit<8>, bit<16>>() b = { void apply(inout bit<8> v, out bit<16> r) { r = v ++ v; } };
  apply { x = (a.run() + b.run())[7:0]; }
}
