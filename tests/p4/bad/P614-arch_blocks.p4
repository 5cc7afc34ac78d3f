/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* a deparser that wants more than it gets */
#include <core.p4>
struct standard_metadata_t {
    bit<3> slot;
    bit<8> egress_spec;
    bit<128> ingress_port;
    bit<4> packet_length;
    bit<300> unheard_of;
}
extern void mark_to_drop(inout standard_metadata_t s);
extern void never_called<T>(in T x);
extern Never<T> {
    Never(bit<32> n);
    T ask(in T x);
}
parser Parser<H, M>(packet_in b, out H h, inout M m, inout standard_metadata_t s);
control Verify<H, M>(inout H h, inout M m);
control Pipe<H, M>(inout H h, inout M m, inout standard_metadata_t s);
control Deparser<H, M>(packet_out b, in H h, in M m);
package V1Switch<H, M>(Parser<H, M> p, Verify<H, M> v, Pipe<H, M> i, Pipe<H, M> e, Verify<H, M> c, Deparser<H, M> d);

header h_t {
    bit<8> op;
    bit<8> port;
    bit<8> len;
}
struct H {
    h_t h;
}
struct M { }
parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s) {
    state start {
        b.extract(h.h);
        transition accept;
    }
}
control V(inout H h, inout M m) {
    apply { }
}
control I(inout H h, inout M m, inout standard_metadata_t s) {
    action go() {
        s.egress_spec = 2;
    }
    table t {
        key = {
            s.ingress_port : exact;
            h.h.op : exact;
        }
        actions = {
            go;
            NoAction;
        }
        default_action = NoAction;
    }
    apply {
        h.h.port = (bit<8>)s.ingress_port;
        h.h.len = 4w0 ++ s.packet_length;
        s.egress_spec = 255;
        if (t.apply().miss) {
            s.egress_spec = 7;
            mark_to_drop(s);
        }
    }
}
control E(inout H h, inout M m, inout standard_metadata_t s) {
    apply { }
}
control D(packet_out b, in H h, in M m) {
    apply {
        b.emit(h);
    }
}
V1Switch(P(), V(), I(), E(), V(), D()) main;
