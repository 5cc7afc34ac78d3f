/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* value-sets.p4 - a value set is empty until a controller fills it */
#include <v1model.p4>

header ab_t {
    bit<8> a;
    bit<8> b;
    bit<16> c;
}

struct pair_t {
    @match(ternary) bit<8> b;
    @match(lpm) bit<16> c;
}

struct wide_t {
    bit<136> w;
    int<4> i;
}

struct H {
    ab_t x;
}

struct M {
    bit<8> other;
}


parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    value_set<bit<8>>(4) known;
    value_set<pair_t>(2) pairs;
    value_set<wide_t>(2) wides;
    state start {
        b.extract(h.x);
        transition select(h.x.a) {
            known: hit;
            1: accept;
            8: pair;
            9: wide;
            default: other;
        }
    }
    state hit {
        m.other = 3;
        transition accept;
    }
    state pair {
        transition select(h.x.b, h.x.c) {
            pairs: pair_hit;
            default: other;
        }
    }
    state wide {
        transition select(b.lookahead<bit<136>>(), (int<4>)b.lookahead<bit<4>>()) {
            wides: pair_hit;
            default: other;
        }
    }
    state pair_hit {
        m.other = 7;
        transition accept;
    }
    state other {
        m.other = 1;
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
        s.egress_spec = 1 + (bit<9>)m.other;
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
