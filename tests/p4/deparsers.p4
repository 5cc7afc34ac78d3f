/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* deparsers.p4 - deparsers that decide, repeat, and emit headers of their own */
#include <core.p4>
#include <v1model.p4>
header h_t {
    bit<8> a;
    bit<8> b;
}
struct H {
    h_t    h;
    h_t    g;
    h_t[2] s;
}
struct M { }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    state start {
        b.extract(hdr.h);
        b.extract(hdr.g);
        b.extract(hdr.s.next);
        transition accept;
    }
}
control V(inout H hdr, inout M meta) {
    apply { }
}
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply {
        sm.egress_spec = 1;
    }
}
control E(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply { }
}
control C(inout H hdr, inout M meta) {
    apply { }
}
control D(packet_out b, in H hdr) {
    h_t local;
    apply {
        if (hdr.h.a == 1) {
            b.emit(hdr.g);
        } else {
            b.emit(hdr.s);
        }
        b.emit(hdr.h);
        b.emit(hdr.h);
        b.emit(local); // not valid
        local = hdr.g;
        local.a = 0x77;
        b.emit(local);
        b.emit<h_t>({ 5, 6 });
        b.emit<h_t>({ b = 8, a = 7 });
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
