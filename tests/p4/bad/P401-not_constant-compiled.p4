/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> a; }
struct H { h_t[3] s; }
struct M { bit<8> x; }
parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s) { state start { transition accept; } }
control V(inout H h, inout M m) { apply { } }
control E(inout H h, inout M m, inout standard_metadata_t s) { apply { } }
control D(packet_out b, in H h) { apply { } }
/* Known, but another in each call */
control push(inout H h, int k) { apply { h.s.push_front(k); } }
control asserts(int k) { apply { static_assert(k > 0); } }
control keeps(inout M m, int k) { const bit<8> z = (bit<8>)k; apply { m.x = z; } }
/* Nothing is wrong where there are no calls. */
control unused(inout H h, inout M m, int k)
{
    const bit<8> z = (bit<8>)k;
    apply { m.x = z; h.s.pop_front(k); static_assert(k > 0); }
}
control I(inout H h, inout M m, inout standard_metadata_t s)
{
    push() p;
    asserts() a;
    keeps() k;
    unused() u;
    apply {
        p.apply(h, 1);
        p.apply(h, 2);
        a.apply(1);
        a.apply(2);
        k.apply(m, 1);
        k.apply(m, 2);
    }
}
V1Switch(P(), V(), I(), E(), V(), D()) main;
