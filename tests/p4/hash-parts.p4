/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What is hashed as a record, a list in a list or by a cast leaves out the fields of invalid headers, too. */
#include <core.p4>
#include <v1model.p4>
header H {
    bit<8> op;
    bit<16> r;
}
header G {
    bit<8> a;
    bit<8> b;
}
struct headers {
    H h;
    G g;
}
struct meta { }
struct R {
    bit<8> x;
    bit<8> y;
}
struct N {
    R r;
    bit<8> z;
}
parser P(packet_in b, out headers h, inout meta m, inout standard_metadata_t s) {
    state start {
        b.extract(h.h);
        transition select(h.h.op[7:7]) {
            1: g;
            default: accept;
        }
    }
    state g {
        b.extract(h.g);
        transition accept;
    }
}
control V(inout headers h, inout meta m) {
    apply { }
}
control I(inout headers h, inout meta m, inout standard_metadata_t s) {
    apply {
        s.egress_spec = 1;
        switch (h.h.op & 0x7f) {
            0: {
                hash(h.h.r, HashAlgorithm.identity, 16w0, { h.h.op, h.g.a }, 32w0x10000);
            }
            1: {
                hash(h.h.r, HashAlgorithm.identity, 16w0, (R) { x = h.h.op, y = h.g.a }, 32w0x10000);
            }
            2: {
                hash(h.h.r, HashAlgorithm.identity, 16w0, (R) { h.h.op, h.g.a }, 32w0x10000);
            }
            3: {
                hash(h.h.r, HashAlgorithm.identity, 16w0, { h.h.op, h.g }, 32w0x10000);
            }
            4: {
                hash(h.h.r, HashAlgorithm.identity, 16w0, h.g, 32w0x10000);
            }
            5: {
                hash(h.h.r, HashAlgorithm.identity, 16w0, (tuple<bit<8>, bit<8>>) { h.h.op, h.g.a }, 32w0x10000);
            }
            6: {
                hash(h.h.r, HashAlgorithm.identity, 16w0, { h.h.op, { h.g.a, h.h.op } }, 32w0x10000);
            }
            7: {
                hash(h.h.r, HashAlgorithm.identity, 16w0, (N) { r = { x = h.g.a, y = h.h.op }, z = h.g.b }, 32w0x10000);
            }
        }
    }
}
control E(inout headers h, inout meta m, inout standard_metadata_t s) {
    apply { }
}
control D(packet_out b, in headers h) {
    apply {
        b.emit(h);
    }
}
V1Switch(P(), V(), I(), E(), V(), D()) main;
