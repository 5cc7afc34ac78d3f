/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* found-once.p4 - where finding a place has side effects, it is found once, and in its turn */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> k; bit<8> a; bit<16> b; }
header s_t { bit<8> x; bit<8> y; }
struct H { h_t h; s_t[3] s; }
struct M { bit<8> i; }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    state start { b.extract(hdr.h); b.extract(hdr.s.next); b.extract(hdr.s.next); b.extract(hdr.s.next); transition accept; }
}
#include "plain.inc"
bit<8> next(inout bit<8> i) { i = i + 1; return i; }
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    register<bit<8>>(4) r;
    meter(4, MeterType.packets) m;
    action found(bit<8> v) { hdr.h.a = v; }
    table t {
        key = { hdr.s[next(meta.i)].x : exact @name("x"); hdr.s[next(meta.i)].y : ternary @name("y"); }
        actions = { found; NoAction; }
        const entries = { (3, 6) : found(9); }
        default_action = NoAction();
    }
    apply {
        sm.egress_spec = 1;
        switch (hdr.h.k) {
            0: { t.apply(); }
            1: { hash(hdr.h.b, HashAlgorithm.identity, 16w0, { hdr.s[next(meta.i)].x, hdr.s[next(meta.i)].x }, 32w65536); }
            2: { r.write(0, 0x55); r.read(hdr.s[next(meta.i)].x, (bit<32>)(next(meta.i) - 2)); }
            3: { r.read(hdr.s[next(meta.i)].x, 4); }
            4: { random(hdr.s[next(meta.i)].x, next(meta.i) + 5, next(meta.i) + 4); }
            5: { hash(hdr.s[next(meta.i)].x, HashAlgorithm.identity, next(meta.i), { next(meta.i) }, (bit<16>)next(meta.i)); }
            6: { m.execute_meter((bit<32>)next(meta.i), hdr.s[next(meta.i)].x); }
            7: { m.execute_meter(4, hdr.s[next(meta.i)].x); }
            8: { hdr.s[next(meta.i)].x += meta.i; }
            9: { hdr.s[next(meta.i)].x[3:0] |= hdr.s[next(meta.i)].y[3:0]; }
        }
        if (hdr.h.k != 1) hdr.h.b = (bit<16>)meta.i;
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
