/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* written-through.p4 - a header that a table's action replaces, and then the control again */
#include <core.p4>
#include <v1model.p4>

header h_t {
    bit<8> a;
    bit<16> b;
}

struct pair_t {
    h_t x;
    h_t y;
}

struct H {
    h_t in_;
    pair_t out_;
}

struct M {
}

parser P(packet_in p, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        p.extract(h.in_);
        transition accept;
    }
}

control V(inout H h, inout M m)
{
    apply { }
}

bit<8> touch(inout bit<8> v)
{
    v = v;
    return v;
}

control I(inout H h, inout M m, inout standard_metadata_t s)
{
    pair_t one;
    pair_t other;
    action replace() {
        h.in_.b[7:0] = touch(one.x.a);
        one = other;
    }
    action keep() { }
    table t {
        key = {
            h.in_.a: exact;
        }
        actions = {
            replace;
            keep;
        }
        const default_action = replace;
        const entries = {
            2: keep();
        }
    }
    apply {
        s.egress_spec = 1;
        one.x.setValid();
        t.apply();
        one.x = { 5, h.in_.b };
        h.out_ = one;
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
        p.emit(h.out_);
    }
}

V1Switch(P(), V(), I(), E(), C(), D()) main;
