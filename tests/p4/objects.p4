/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* objects.p4 - externs as constructor arguments, a parser inside a parser */
#include <core.p4>
#include <v1model.p4>
header h_t {
    bit<8> a;
}
struct H {
    h_t h;
}
struct M { }
control Inner(inout H h, in bit<8> x)(counter k, register<bit<8>> r) {
    apply {
        k.count(1);
        r.write(0, x);
    }
}
parser Sub(packet_in b, out h_t h) {
    state start {
        b.extract(h);
        transition accept;
    }
}
parser P(packet_in b, out H h, inout M m, inout standard_metadata_t sm) {
    Sub() s;
    state start {
        s.apply(b, h.h);
        transition accept;
    }
}
control V(inout H h, inout M m) {
    apply { }
}
control I(inout H h, inout M m, inout standard_metadata_t sm) {
    counter(4, CounterType.packets) k;
    register<bit<8>>(1) r;
    Inner(k, r) i;
    apply {
        sm.egress_spec = 1;
        i.apply(h, h.h.a);
        r.read(h.h.a, 0);
        h.h.a = h.h.a + 1;
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
