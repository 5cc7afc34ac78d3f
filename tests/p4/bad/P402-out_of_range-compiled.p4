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
control push(inout H h)(int k) { apply { h.s.push_front(k); h.s.pop_front(k + 2); } }
control I(inout H h, inout M m, inout standard_metadata_t s)
{
    push(-1) p;
    push(65533) q;
    push(65534) r;
    apply { p.apply(h); q.apply(h); r.apply(h); }
}
V1Switch(P(), V(), I(), E(), V(), D()) main;
