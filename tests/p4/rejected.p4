/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* rejected.p4 - what sub-parsers that reject leave behind: as with p4c, nothing where calls differ */
#include <core.p4>
#include <v1model.p4>
header h_t {
    bit<8> a;
}
struct H {
    h_t    op;
    h_t[3] s;
    h_t    x;
    h_t    y;
}
struct M {
    bit<8> m;
    bit<8> n;
}
parser Sub(packet_in b, out h_t h, inout bit<8> n) {
    state start {
        n = n + 1;
        b.extract(h);
        verify(h.a != 9, error.NoMatch);
        n = n + 1;
        transition accept;
    }
}
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    Sub() once;
    Sub() same;
    Sub() other;
    state start {
        b.extract(hdr.op);
        transition select(hdr.op.a) {
            1: by_once;
            2: by_same;
            3: by_other;
            4: by_type;
            default: accept;
        }
    }
    state by_once {
        once.apply(b, hdr.x, meta.m);
        transition accept;
    }
    state by_same {
        same.apply(b, hdr.x, meta.m);
        same.apply(b, hdr.x, meta.m);
        transition accept;
    }
    state by_other {
        other.apply(b, hdr.x, meta.m);
        other.apply(b, hdr.y, meta.m);
        transition accept;
    }
    state by_type {
        Sub.apply(b, hdr.x, meta.m);
        Sub.apply(b, hdr.y, meta.m);
        transition accept;
    }
}
#include "plain.inc"
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply {
        sm.egress_spec = 1;
        hdr.op.a = meta.m;
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
