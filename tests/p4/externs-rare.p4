// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* externs-rare.p4 - v1model's externs that few programs use */
#include <v1model.p4>
header h_t { bit<8> op; bit<8> b; bit<16> c; bit<32> d; }
struct H { h_t h; }
struct M {}
parser P(packet_in b, out H hdr, inout M m, inout standard_metadata_t s) {
    state start { b.extract(hdr.h); transition accept; }
}
control V(inout H hdr, inout M m) {
    apply { verify_checksum_with_payload(hdr.h.op == 1, { hdr.h.op, hdr.h.b }, hdr.h.c, HashAlgorithm.csum16); }
}
control I(inout H hdr, inout M m, inout standard_metadata_t s) {
    Checksum16() sum;
    action_profile(2) profile;
    action set(bit<8> b) { hdr.h.b = b; }
    table t { key = { hdr.h.d : exact; } actions = { set; NoAction; } implementation = profile; }
    apply {
        s.egress_spec = 1;
        if (hdr.h.op == 1) {
            hdr.h.d = (bit<32>)s.checksum_error;
        } else if (hdr.h.op == 2) {
            t.apply();
        } else if (hdr.h.op == 3) {
            hdr.h.c = sum.get({ hdr.h.op, hdr.h.b, hdr.h.d });
        } else if (hdr.h.op == 4) {
            hash(hdr.h.d, HashAlgorithm.crc32_custom, 32w0, { hdr.h.op, hdr.h.b }, 64w0x100000000);
        } else if (hdr.h.op == 5) {
            hash(hdr.h.d, HashAlgorithm.random, 32w7, { hdr.h.op, hdr.h.b }, 32w1);
        }
    }
}
control E(inout H hdr, inout M m, inout standard_metadata_t s) { apply {} }
control C(inout H hdr, inout M m) { apply {} }
control D(packet_out b, in H hdr) { apply { b.emit(hdr.h); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
