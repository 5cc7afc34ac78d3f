/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* choices.p4 - a value in braces on one side of ?: takes the type of the other */
#include <core.p4>
#include <v1model.p4>

header e_t {
    bit<8> a;
    bit<8> b;
}

struct pair_t {
    bit<8> a;
    bit<8> b;
}

struct H {
    e_t e;
    e_t f;
}

struct M {
}

parser P(packet_in p, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        p.extract(h.e);
        transition accept;
    }
}

control V(inout H h, inout M m)
{
    apply { }
}

control I(inout H h, inout M m, inout standard_metadata_t s)
{
    pair_t x = { 3, 4 };
    tuple<bit<8>, bit<8>> t = { 7, 8 };
    bit<8> k = 5;
    apply {
        bool q = h.e.a == 1;

        s.egress_spec = 1;
        if (!(q ? {#} : h.e).isValid())
            h.f = { 0x77, h.e.b };
        h.e.a = (q ? x : { k, 6 }).a;
        h.e.b = (q ? { b = k, a = 6 } : x).b;
        if ((q ? x : { 1, 2 }) == x)
            h.e.b[7:7] = 1;
        h.e.a = h.e.a + (q ? { 1, k } : t)[0];
        h.e.a = h.e.a + (q ? { 8w1, 16 } : { 2, k })[1];
    }
}

control E(inout H h, inout M m, inout standard_metadata_t s)
{
    apply { }
}

control C(inout H h, inout M m)
{
    apply { }
}

control D(packet_out p, in H h)
{
    apply {
        p.emit(h);
    }
}

V1Switch(P(), V(), I(), E(), C(), D()) main;
