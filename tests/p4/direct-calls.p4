/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Controls that are applied by their types: each block around has its own, with its own tables. */
#include <v1model.p4>

header ab_t {
    bit<8> a;
    bit<8> b;
}

struct H {
    ab_t x;
}

struct M {
}

parser P(packet_in p, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        p.extract(h.x);
        transition accept;
    }
}

control V(inout H h, inout M m)
{
    apply {
    }
}

control Sub(inout bit<8> a)
{
    register<bit<8>>(1) seen;
    action set(bit<8> v) {
        a = v;
    }
    table t {
        key = { a: exact; }
        actions = { set; NoAction; }
    }
    apply {
        bit<8> n;
        seen.read(n, 0);
        seen.write(0, n + 1);
        t.apply();
        a = a + n;
    }
}

control Around(inout bit<8> a)
{
    apply {
        Sub.apply(a);
    }
}

control I(inout H h, inout M m, inout standard_metadata_t s)
{
    apply {
        s.egress_spec = 1;
        Sub.apply(h.x.a);
        if (h.x.b != 0) {
            Around.apply(h.x.b);
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

control D(packet_out p, in H h)
{
    apply {
        p.emit(h.x);
    }
}

V1Switch(P(), V(), I(), E(), C(), D()) main;
