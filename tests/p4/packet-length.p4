/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* packet-length.p4 - how long egress thinks the packet is: each way in which headers come and go */
#include <v1model.p4>
header h_t {
    bit<8> op;
    bit<16> length;
}
header two_t {
    bit<16> x;
}
header v_t {
    bit<8> n;
    varbit<64> data;
}
struct H {
    h_t h;
    two_t e;
    two_t f;
    two_t[3] st;
    v_t v;
}
struct M { }
parser P(packet_in b, out H hdr, inout M m, inout standard_metadata_t s) {
    state start {
        b.extract(hdr.h);
        b.extract(hdr.e);
        b.extract(hdr.st.next);
        b.extract(hdr.v, (bit<32>)b.lookahead<bit<8>>() * 8);
        transition accept;
    }
}
control V(inout H hdr, inout M m) {
    apply { }
}
control I(inout H hdr, inout M m, inout standard_metadata_t s) {
    apply {
        s.egress_spec = 1;
        switch (hdr.h.op) {
            1: { hdr.f.setValid(); }
            2: { hdr.f = { 7 }; }
            3: { hdr.f = { x = 7 }; }
            4: { hdr.e = { 7 }; }
            5: { hdr.e.setInvalid(); }
            6: { hdr.e = {#}; }
            7: { hdr.f = {#}; }
            8: { hdr.e = (two_t){#}; }
            9: { hdr.f = hdr.e; } // As in BMv2, copies do not count.
            10: { hdr.e = hdr.f; }
            11: { hdr.v.setInvalid(); }
            12: { hdr.e.setInvalid(); hdr.e = { 7 }; hdr.f = { 7 }; }
            13: { hdr.f = (two_t){ 7 }; }
            14: { hdr.f = (two_t){ x = 7 }; }
        }
    }
}
control E(inout H hdr, inout M m, inout standard_metadata_t s) {
    apply {
        hdr.h.length = (bit<16>)s.packet_length;
    }
}
control C(inout H hdr, inout M m) {
    apply { }
}
control D(packet_out b, in H hdr) {
    apply {
        b.emit(hdr);
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
