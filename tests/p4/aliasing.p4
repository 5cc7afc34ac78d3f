/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* aliasing.p4 - arguments that overlap, scopes, exits, dynamic indices */
#include <core.p4>
#include <v1model.p4>
header h_t {
    bit<8> a;
    bit<8> b;
    bit<16> c;
}
struct H {
    h_t h;
    h_t[3] st;
}
struct M {
    bit<8> x;
    bit<32> i;
}
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    state start {
        b.extract(hdr.h);
        b.extract(hdr.st.next);
        b.extract(hdr.st.next);
        transition accept;
    }
}
control V(inout H hdr, inout M meta) {
    apply { }
}
bit<8> g(inout bit<8> x) {
    x = x + 1;
    return x;
}
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    action a1(inout bit<8> v, in bit<8> w) {
        v = w;
        hdr.h.a = 0xee;
    }
    action a2(out bit<8> v) {
        v = 7;
        return;
    }
    action a3() {
        if (hdr.h.b == 2) {
            return;
        }
        hdr.h.b = 9;
    }
    table t {
        key = {
            hdr.st[0].a : exact;
        }
        actions = {
            a1(hdr.h.a, hdr.h.b);
            a2(hdr.h.b);
            a3;
            NoAction;
        }
        default_action = a1(hdr.h.a, hdr.h.b);
    }
    apply {
        sm.egress_spec = 2;
        bit<32> i = 1;
        hdr.st[i].a = hdr.st[i - 1].a + 1;
        t.apply();
        g(hdr.h.c[7:0]);
        g(hdr.st[i].b);
        bit<8> r = g(meta.x) + g(meta.x) * 2;
        hdr.st[0].c = (bit<16>)r;
        {
            bit<32> i = 5;
            hdr.st[0].b = (bit<8>)i;
        }
        if (meta.x == 2 && hdr.st[2].isValid()) {
            exit;
        }
        tuple<bit<8>, h_t> tt = { 1, hdr.h };
        hdr.st[1].c = tt[1].c;
        M m2 = meta;
        m2.x = 9;
        meta = m2;
        hdr.st[1].b = meta.x |+| 250;
    }
}
control E(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply { }
}
control C(inout H hdr, inout M meta) {
    apply { }
}
control D(packet_out b, in H hdr) {
    apply {
        b.emit(hdr);
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
