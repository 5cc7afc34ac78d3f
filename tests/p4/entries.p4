/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* entries.p4 - constant entries of every match kind, and who wins */
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
    action add(bit<16> v) {
        h.x.c = h.x.c + v;
    }
    table te {
        key = { h.x.a: exact; h.x.b: exact; }
        actions = { add; }
        default_action = add(0x1);
        const entries = { (1, 2): add(0x2); }
    }
    table tt {
        key = { h.x.a: ternary; }
        actions = { add; NoAction; }
        const entries = {
            0x10 &&& 0xf0: add(0x10);
            0x11: add(0x20);
            _: add(0x30);
        }
    }
    table tp {
        key = { h.x.b: ternary; }
        actions = { add; NoAction; }
        const entries = {
            0x40 &&& 0x40: add(0x400) @priority(3);
            0x41: add(0x500) @priority(9);
            0x48 &&& 0x48: add(0x600) @priority(2);
            0x40 &&& 0x42: add(0x700) @priority(3);
        }
    }
    table tl {
        key = { h.x.b: lpm; }
        actions = { add; NoAction; }
        const entries = {
            0x80 &&& 0x80: add(0x100);
            0xc0 &&& 0xc0: add(0x200);
            0xc1: add(0x300);
        }
    }
    table tr {
        key = { h.x.a: range; h.x.b: ternary; }
        actions = { add; NoAction; }
        entries = {
            const priority = 10: (1 .. 5, _): add(0x1000);
            priority = 20: (3 .. 4, _): add(0x2000);
            priority = 30: (4, 7): add(0x3000);
        }
    }
    table to {
        key = { h.x.a: optional; }
        actions = { add; NoAction; }
        const entries = {
            4: add(0x4000);
        }
    }
    apply {
        s.egress_spec = 1;
        te.apply();
        tt.apply();
        tp.apply();
        tl.apply();
        tr.apply();
        to.apply();
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
