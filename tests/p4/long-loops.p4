// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* long-loops.p4 - loops of many turns; an endless one is a program error */
#include <v1model.p4>
header h_t { bit<8> op; bit<32> n; bit<32> sum; }
struct H { h_t h; }
struct M {}
parser P(packet_in b, out H hdr, inout M m, inout standard_metadata_t s) {
    state start { b.extract(hdr.h); transition accept; }
}
control V(inout H hdr, inout M m) { apply {} }
control I(inout H hdr, inout M m, inout standard_metadata_t s) {
    apply {
        s.egress_spec = 1;
        if (hdr.h.op == 0) {
            for (bit<32> i in 1..hdr.h.n) { hdr.h.sum = hdr.h.sum + i; }
        } else if (hdr.h.op == 1) {
            for (bit<32> i = 1; i <= hdr.h.n; i = i + 1) { hdr.h.sum = hdr.h.sum + i; }
        } else if (hdr.h.op == 2) {
            for (bit<160> i in 1..(bit<160>)hdr.h.n) { hdr.h.sum = hdr.h.sum + i[31:0]; }
        }
    }
}
control E(inout H hdr, inout M m, inout standard_metadata_t s) { apply {} }
control C(inout H hdr, inout M m) { apply {} }
control D(packet_out b, in H hdr) { apply { b.emit(hdr.h); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
