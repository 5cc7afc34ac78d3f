/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<2048> a; bit<2048> b; bit<2048> c; bit<2048> d; bit<8> e; }
struct H { h_t h; }
struct M { }
parser P(packet_in b, out H hdr, inout M m, inout standard_metadata_t s) { state start { b.extract(hdr.h); transition accept; } }
control V(inout H hdr, inout M m) { apply { } }
control I(inout H hdr, inout M m, inout standard_metadata_t s) {
    table t { key = { hdr.h.a : exact; hdr.h.b : exact; hdr.h.c : ternary; hdr.h.d : lpm; hdr.h.e : exact; } actions = { NoAction; } }
    apply { t.apply(); }
}
control E(inout H hdr, inout M m, inout standard_metadata_t s) { apply { } }
control C(inout H hdr, inout M m) { apply { } }
control D(packet_out b, in H hdr) { apply { } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
