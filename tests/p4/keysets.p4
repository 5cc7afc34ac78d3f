/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* keysets.p4 - labels for tuples and structures, nested value sets, numbers for an enum */
#include <core.p4>
#include <v1model.p4>

enum bit<8> Kind {
    One = 1,
    Two = 2
}

struct pair_t {
    bit<8> a;
    @match(ternary)
    bit<8> b;
}

struct nest_t {
    pair_t p;
    Kind k;
}

header x_t {
    bit<8> a;
    bit<8> b;
    Kind k;
    bit<8> n;
}

struct H {
    x_t x;
}

struct M {
}

struct mark_t {
    bit<8> a;
    bit<8> b;
    Kind k;
}

const pair_t WELL = { 7, 8 };
const mark_t MARKED = { 0x40, 0x41, Kind.One };
const tuple<bit<8>, bit<8>, bit<8>> TUPLED = { 0x42, 0x43, 2 };

parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    tuple<bit<8>, bit<8>> t;
    pair_t p;
    value_set<nest_t>(4) nested;
    value_set<pair_t>(4) pairs;

    state start {
        b.extract(h.x);
        t = { h.x.a, h.x.b };
        p = { h.x.a, 9 };
        transition select(h.x.a, h.x.b, h.x.k) {
            nested: in_nested;
            MARKED: fourteen;
            TUPLED: fifteen;
            default: tuples;
        }
    }

    state in_nested {
        h.x.n = 1;
        transition accept;
    }

    state tuples {
        transition select(t) {
            (2, 0x10 &&& 0xf0): two;
            { 3, 4 }: three;
            (4, 1 .. 3): four;
            pairs: five;
            WELL: six;
            p: seven;
            (9, _): eight;
            default: kinds;
        }
    }

    state fourteen {
        h.x.n = 14;
        transition accept;
    }

    state fifteen {
        h.x.n = 15;
        transition accept;
    }

    state two {
        h.x.n = 2;
        transition accept;
    }

    state three {
        h.x.n = 3;
        transition accept;
    }

    state four {
        h.x.n = 4;
        transition accept;
    }

    state five {
        h.x.n = 5;
        transition accept;
    }

    state six {
        h.x.n = 6;
        transition accept;
    }

    state seven {
        h.x.n = 7;
        transition accept;
    }

    state eight {
        h.x.n = 8;
        transition accept;
    }

    state kinds {
        transition select(h.x.k, t) {
            (Kind.One, { 5, 6 }): ten;
            (Kind.One, _): eleven;
            (2, WELL): reject;
            (2, p): reject;
            (2, _): twelve;
            (3 .. 5, _): thirteen;
            default: accept;
        }
    }

    state ten {
        h.x.n = 10;
        transition accept;
    }

    state eleven {
        h.x.n = 11;
        transition accept;
    }

    state twelve {
        h.x.n = 12;
        transition accept;
    }

    state thirteen {
        h.x.n = 13;
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
    action set(inout bit<8> to, in bit<8> other, bit<8> v, bit<8> w = 1)
    {
        to = to + other + v + w;
    }
    table named {
        key = { h.x.k : ternary; }
        actions = { set(other = h.x.a, to = h.x.n); }
        default_action = set(w = 0, v = 0, other = h.x.a, to = h.x.n);
        const entries = {
            Kind.One : set(to = h.x.n, other = h.x.a, w = 0, v = 0x10);
            7 &&& 7 : set(to = h.x.n, other = h.x.a, v = 0x20);
            6 : set(to = h.x.n, other = h.x.a, v = 0x30, w = 2);
        }
    }
    apply {
        s.egress_spec = 1;
        named.apply();
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
