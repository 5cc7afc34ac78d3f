/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> a; bit<8> b; }
struct H { h_t h; }
struct M { }
control Add(inout bit<8> x, int n) { apply { x = x + (bit<8>)(n * 2 + 1); } }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) { state start { b.extract(hdr.h); transition accept; } }
control V(inout H h, inout M m) { apply {} }
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    Add() add;
    apply { add.apply(hdr.h.a, 3); add.apply(hdr.h.b, 5); sm.egress_spec = 1; }
}
control E(inout H hdr, inout M meta, inout standard_metadata_t sm) { apply { } }
control C(inout H h, inout M m) { apply {} }
control D(packet_out b, in H h) { apply { b.emit(h.h); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
