/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* unions-stacks.p4 - header unions, stacks, validity (8.18, 8.19, 8.20) */
#include <v1model.p4>

header ab_t {
    bit<8> a;
    bit<8> b;
    bit<16> c;
}
header o_t {
    bit<8> o;
}
header_union u_t {
    ab_t ab;
    o_t o;
}

struct H {
    o_t first;
    u_t u;
    o_t[4] st;
}

struct M {
}


parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        b.extract(h.first);
        transition select(h.first.o) {
            0 &&& 1: one;
            default: two;
        }
    }
    state one {
        b.extract(h.u.o);
        transition loop;
    }
    state two {
        b.extract(h.u.ab);
        transition loop;
    }
    state loop {
        b.extract(h.st.next);
        transition select(h.st.lastIndex) {
            3: accept;
            default: loop;
        }
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
        bit<8> i = h.first.o;
        h.st[i & 3].o = 0xff;
        if (h.u.o.isValid()) {
            h.u.ab.setValid();
            h.u.ab = { 1, 2, 3 };
        } else {
            h.u.o = { 5 };
        }
        if (i[7:7] == 1) {
            h.st.push_front(1);
            h.st[0].setValid();
            h.st[0].o = 0xee;
        } else {
            h.st.pop_front(1);
        }
        o_t copy;
        copy = h.st[3];
        if (!copy.isValid() && h.u.isValid()) {
            h.first.o = 0xaa;
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
