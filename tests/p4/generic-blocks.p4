/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* generic-blocks.p4 - parsers and controls with type parameters, made and applied directly */
#include <core.p4>
#include <v1model.p4>

header ab_t {
    bit<8> a;
    bit<8> b;
}

header cd_t {
    bit<16> c;
    bit<32> d;
}

struct H {
    ab_t x;
    cd_t y;
}

struct M {
    bit<8> seen;
}

parser One<T>(packet_in p, out T h, inout bit<8> count)(bit<8> by)
{
    state start {
        p.extract(h);
        count = count + by;
        transition accept;
    }
}

parser P(packet_in p, out H h, inout M m, inout standard_metadata_t s)
{
    One<ab_t>(1) first;
    One<cd_t>(by = 2) second;

    state start {
        first.apply(p, h.x, m.seen);
        second.apply(p, h.y, m.seen);
        transition accept;
    }
}

control Swap<T>(inout T a, inout T b)
{
    apply {
        T t = a;
        a = b;
        b = t;
    }
}

control Keep<T>(inout T x, @optional in T y)(T first, bool on)
{
    T held = first;
    action put(T v)
    {
        x = v;
    }
    table t {
        key = { x : exact; }
        actions = { put; NoAction; }
    }
    apply {
        if (on) {
            Swap<T>.apply(x, held);
        }
        t.apply();
    }
}

control Out<H1>(packet_out p, in H1 h)
{
    apply {
        p.emit(h);
    }
}

control V(inout H h, inout M m)
{
    apply {
    }
}

control I<M1>(inout H h, inout M1 m, inout standard_metadata_t s)
{
    Keep<bit<16>>(0x0708, true) wide;
    Keep(8w5, false) narrow;
    M1 before = m;

    apply {
        s.egress_spec = 1;
        wide.apply(h.y.c);
        narrow.apply(h.x.a, 3);
        Swap<bit<8>>.apply(h.x.a, h.x.b);
        Swap.apply(a = h.y.d, b = h.y.d);
        m = before;
    }
}

control E(inout H h, inout M m, inout standard_metadata_t s)
{
    apply {
        h.y.d[31:24] = m.seen;
    }
}

control C(inout H h, inout M m)
{
    apply {
    }
}

V1Switch(P(), V(), I<M>(), E(), C(), Out()) main;
