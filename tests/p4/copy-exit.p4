/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* copy-exit.p4 - copy-in copy-out, also when exit ends the callee (6.8, 12.5) */
#include <v1model.p4>

header ab_t {
    bit<8> a;
    bit<8> b;
    bit<16> c;
}

struct H {
    ab_t x;
}

struct M {
}

control Inner(inout bit<8> p, out bit<16> q)
{
    action leave(inout bit<8> r) {
        r = r + 1;
        q = 0x1234;
        exit;
    }
    apply {
        leave(p);
        p = 77;
    }
}

parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        b.extract(h.x);
        transition accept;
    }
}

control V(inout H h, inout M m)
{
    apply {
    }
}

control I(inout H h, inout M m, inout standard_metadata_t s)
{
    action twice(inout bit<8> p, inout bit<8> q) {
        p = p + 1;
        q = q + 10;
    }
    Inner() inner;
    apply {
        h.x.a = 1;
        twice(h.x.a, h.x.a);         // the last copy out wins
        s.egress_spec = 1;
        inner.apply(h.x.b, h.x.c);
        h.x.a = 99;                  // never reached
    }
}

control E(inout H h, inout M m, inout standard_metadata_t s)
{
    apply {
    }
}

control C(inout H h, inout M m)
{
    apply {
    }
}

control D(packet_out b, in H h)
{
    apply {
        b.emit(h);
    }
}

V1Switch(P(), V(), I(), E(), C(), D()) main;
