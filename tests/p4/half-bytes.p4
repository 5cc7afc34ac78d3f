/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* half-bytes.p4 - parsers that stop within a byte, headers that end in one */
#include <core.p4>
#include <v1model.p4>
header n_t { bit<4> v; }
header b_t { bit<8> v; }
header w_t { bit<20> a; bit<8> b; }
struct H { n_t n; n_t m; b_t b; w_t w; }
struct M { }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    state start { b.extract(hdr.n); transition select(hdr.n.v) { 1: reject; 2: two; 4: wide; default: whole; } }
    state two { b.extract(hdr.m); b.extract(hdr.b); transition accept; }
    state wide { b.extract(hdr.w); transition accept; }
    state whole { b.extract(hdr.b); transition accept; }
}
#include "plain.inc"
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply { sm.egress_spec = 1; hdr.n.v = hdr.n.v + 8; hdr.w.a = hdr.w.a + 1; if (hdr.b.v == 0xff) hdr.b.setInvalid(); }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
