/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
struct InControl { bit<4> p; }
struct OutControl { bit<4> p; }
parser Parser<IH>(packet_in b, out IH parsedHeaders);
control IPipe<T, IH, OH>(in IH inputHeaders, in InControl inCtrl, out OH outputHeaders, out T toEgress, out OutControl outCtrl);
control EPipe<T, IH, OH>(in IH inputHeaders, in InControl inCtrl, in T fromIngress, out OH outputHeaders, out OutControl outCtrl);
control Deparser<OH>(in OH outputHeaders, packet_out b);
package Ingress<T, IH, OH>(Parser<IH> p, IPipe<T, IH, OH> map, Deparser<OH> d);
package Egress<T, IH, OH>(Parser<IH> p, EPipe<T, IH, OH> map, Deparser<OH> d);
package Switch<T>(Ingress<T, _, _> ingress, Egress<T, _, _> egress);
header H { bit<8> x; }
struct I { H h; }
struct O { H h; }
struct O2 { H h; }
parser pi(packet_in b, out I i) { state start { b.extract(i.h); transition accept; } }
parser pe(packet_in b, out O i) { state start { b.extract(i.h); transition accept; } }
control ip(in I i, in InControl ic, out O o, out bit<8> t, out OutControl oc) { apply { o.h = i.h; t = 1; oc.p = ic.p; } }
control ep(in O i, in InControl ic, in bit<8> t, out O2 o, out OutControl oc) { apply { o.h = i.h; oc.p = ic.p; } }
control d1(in O o, packet_out p) { apply { p.emit(o); } }
control d2(in O2 o, packet_out p) { apply { p.emit(o.h); } }
Ingress(pi(), ip(), d1()) ing;
Egress(pe(), ep(), d2()) egr;
Switch(ing, egr) main;
Switch(Ingress(pi(), ip(), d1()), Egress(pe(), ep(), d2())) again;
