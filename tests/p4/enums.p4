/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* enums.p4 - enums, serializable enums, new types, casts */
#include <v1model.p4>

enum bit<8> Kind {
    A = 1,
    B = 2
}
type bit<8> Small;
header k_t {
    Kind kind;
    Small small;
    bit<16> c;
}

struct H {
    k_t x;
}

enum Colour {
    Red,
    Green,
    Blue
}

struct M {
    Colour colour;
}


parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        b.extract(h.x);
        transition select(h.x.kind) {
            Kind.A: accept;
            Kind.B: b_;
            default: other;
        }
    }
    state b_ {
        m.colour = Colour.Green;
        transition accept;
    }
    state other {
        m.colour = Colour.Blue;
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
    apply {
        s.egress_spec = 1;
        if (m.colour == Colour.Green) {
            h.x.c = 0x0100 + (bit<16>)h.x.kind;
        } else if (m.colour == Colour.Blue) {
            h.x.kind = Kind.A;
        }
        h.x.small = (Small)((bit<8>)h.x.small + 1);
        Kind other = (Kind)8w77;
        if (other == h.x.kind) {
            h.x.c = 0xdead;
        }
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
