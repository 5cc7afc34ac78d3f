/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* union-stacks.p4 - stacks of header unions: next, validity, comparison */
#include <core.p4>
#include <v1model.p4>
const bool ok_ = static_assert(1 == 1, "fine");
header a_t {
    bit<8> a;
}
header b_t {
    bit<16> b;
}
header_union u_t {
    a_t a;
    b_t b;
}
struct H {
    a_t k;
    u_t[3] us;
}
struct M { }
parser P(packet_in b, out H h, inout M m, inout standard_metadata_t sm) {
    state start {
        transition select(b.lookahead<bit<8>>()) {
            1: one;
            2: two;
            default: accept;
        }
    }
    state one {
        b.extract(h.us.next.a);
        transition start;
    }
    state two {
        b.extract(h.us.next.b);
        transition start;
    }
}
control V(inout H h, inout M m) {
    apply { }
}
control I(inout H h, inout M m, inout standard_metadata_t sm) {
    apply {
        sm.egress_spec = 1;
        h.us[0].a.setInvalid();
        if (h.us[1].isValid()) {
            h.us[1].a = { 0x77 };
        }
        h.k = { 0xaa };
        u_t u = h.us[1];
        if (u.a.isValid() && u == h.us[1]) {
            h.k.a = 0xbb;
        }
    }
}
control E(inout H h, inout M m, inout standard_metadata_t sm) {
    apply { }
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
