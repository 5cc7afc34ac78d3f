/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* union-arguments.p4 - members of header unions that become valid: where they were handed over,
 * and in places that depend on it */
#include <core.p4>
#include <v1model.p4>

header op_t {
    bit<8> op;
}

header a_t {
    bit<8> a;
}

header b_t {
    bit<16> b;
}

header_union u_t {
    a_t a;
    b_t b;
}

struct H {
    op_t op;
    u_t u;
    u_t[2] us;
}

struct M {
}

parser take(packet_in p, out b_t b)
{
    state start {
        p.extract(b);
        transition accept;
    }
}

parser P(packet_in p, out H h, inout M m, inout standard_metadata_t s)
{
    take() t;
    state start {
        p.extract(h.op);
        p.extract(h.u.a);
        p.extract(h.us[1].a);
        transition select(h.op.op) {
            1: more;
            7: place;
            default: accept;
        }
    }
    state place {
        p.extract(h.us[h.us[0].b.isValid() ? 8w1 : 0].b);
        transition accept;
    }
    state more {
        t.apply(p, h.u.b);
        transition accept;
    }
}

control V(inout H h, inout M m)
{
    apply { }
}

bit<8> make(out b_t b)
{
    b = { 0x2222 };
    return 0x77;
}

bit<16> look(inout b_t b)
{
    return b.isValid() ? b.b : 0xffff;
}

control set(inout b_t b)
{
    apply {
        b.setValid();
        b.b = 0x4444;
    }
}

control I(inout H h, inout M m, inout standard_metadata_t s)
{
    set() c;
    action become(inout b_t b, bit<16> v) {
        b.setValid();
        b.b = v;
    }
    table t {
        key = {
            h.op.op: exact;
        }
        actions = {
            become(h.us[h.op.op & 1].b);
            NoAction;
        }
        const default_action = NoAction;
        const entries = {
            5: become(h.us[h.op.op & 1].b, 0x5555);
        }
    }
    apply {
        s.egress_spec = 1;
        switch (h.op.op) {
            2: {
                h.op.op = make(h.u.b);
            }
            3: {
                become(h.u.b, 0x3333);
            }
            4: {
                c.apply(h.us[1].b);
            }
            5: {
                t.apply();
            }
            6: { /* as it was */
                h.op.op = (bit<8>)look(h.u.b);
            }
            8: {
                h.us[h.us[0].b.isValid() ? 8w1 : 0].b.setValid();
            }
            default: { }
        }
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
