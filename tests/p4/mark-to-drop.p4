/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* mark-to-drop.p4 - the old mark_to_drop() can be taken back */
#include <core.p4>
#include <v1model.p4>
header h_t {
    bit<8> a;
}
struct H {
    h_t h;
}
struct M { }
parser P(packet_in b, out H h, inout M m, inout standard_metadata_t sm) {
    state start {
        b.extract(h.h);
        transition accept;
    }
}
control V(inout H h, inout M m) {
    apply { }
}
control I(inout H h, inout M m, inout standard_metadata_t sm) {
    apply {
        mark_to_drop();
        if (h.h.a == 1) {
            sm.egress_spec = 2;
        }
    }
}
control E(inout H h, inout M m, inout standard_metadata_t sm) {
    apply {
        if (h.h.a == 3) {
            mark_to_drop();
        }
    }
}
control C(inout H h, inout M m) {
    apply { }
}
control D(packet_out b, in H h) {
    apply {
        b.emit(h);
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
