/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
parser Prs<T>(packet_in b, out T r); control Ctl<T>(in T r); package Top<T>(Prs<T> p, Ctl<T> c);
parser p1(packet_in b, out tuple<bit<8>, bool> r) { state start { r = { 1, true }; transition accept; } }
control c1(in tuple<bit<8>, bool> r) { apply { } }
Top(p1(), c1()) t1;
typedef bit<8> T8; type bit<8> N8;
parser p2(packet_in b, out T8 r) { state start { r = 1; transition accept; } }
control c2(in bit<8> r) { apply { } }
Top(p2(), c2()) t2; Top<T8>(p2(), c2()) t2b;
parser p3(packet_in b, out N8 r) { state start { r = (N8)1; transition accept; } }
control c3(in N8 r) { apply { } }
Top(p3(), c3()) t3;
Top(p3(), c2()) t4; //~ P305
struct G<T> { T x; }
parser p5(packet_in b, out G<bit<8>> r) { state start { r = { 1 }; transition accept; } }
control c5(in G<bit<8>> r) { apply { } }
control c5b(in G<bit<9>> r) { apply { } }
Top(p5(), c5()) t5;
Top(p5(), c5b()) t6; //~ P305
extern void any<T>(T x);
extern void any_in<T>(in T x);
bit<8> one() { return 1; }
control within() { apply { } }
control passed(inout bit<8> x) {
 within() w;
 action act() { }
 table t { actions = { act; } }
 apply {
  any(w); //~ P361
  any(t); //~ P361
  any(act); //~ P361
  any(one); //~ P361
  any_in(act()); //~ P361
  any_in(t.apply()); //~ P361
  any_in(t.apply().action_run); //~ P361
  any_in(t.apply().hit);
 }
}
