/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* arrays.p4 - arrays of what is no header, in headers, metadata, registers and functions */
#include <core.p4>
#include <v1model.p4>

struct pair_t {
    bit<8> l;
    bit<8> r;
}

header x_t {
    bit<8> at;
    pair_t[2] p;
    bit<16> w[2];
    bit<4>[2] q;
}

struct H {
    x_t x;
}

struct M {
    bit<8>[4] a;
    pair_t[3] s;
    bool[2] b;
    bit<8> grid[2][3];
    bit<200>[2] big;
}

bit<8> sum(in bit<8>[4] x)
{
    bit<8> r = 0;
    for (bit<8> v in x) {
        r = r + v;
    }
    return r;
}
void bump(inout bit<8>[4] x, in bit<8> i)
{
    x[i] = x[i] + 1;
}

parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        b.extract(h.x);
        m.a[0] = h.x.at;
        transition select(h.x.p[1].l, m.a[0]) {
            (0x44, _): found;
            default: accept;
        }
    }

    state found {
        m.b[1] = true;
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
    register<bit<8>[4]>(2) kept;
    action set(bit<8> v)
    {
        h.x.p[0].r = v;
    }
    table t {
        key = {
            h.x.p[1].l : exact;
            m.a[h.x.at] : exact @name("chosen");
        }
        actions = { set; NoAction; }
    }
    action put(bit<8>[2] v, pair_t[2] p)
    {
        h.x.w[1] = v[1] ++ p[1].r;
    }
    table u {
        actions = { put; }
        default_action = put({ 0x21, 0x22 }, { { 0x23, 0x24 }, { 0x25, 0x26 } });
    }
    apply {
        s.egress_spec = 1;
        bit<8> a[4] = { 1, 2, 3, 4 };
        bit<8>[4] c = a;
        c[h.x.at] = 9;
        bump(c, 0);
        m.a = c;
        t.apply();
        h.x.p[0].l = sum(c) + (m.a == c && a != c ? 8w0 : 100);
        m.s[h.x.at] = h.x.p[1];
        h.x.p[1] = { 0xaa, m.s[2].r };
        if (m.b[1]) {
            h.x.w[1] = h.x.w[0] + 1;
        } else {
            u.apply();
        }
        m.grid[1][2] = 7;
        m.big[1] = 5;
        m.big[0] = m.big[1] + 1;
        h.x.q = { m.grid[1][2][3:0], m.big[0][3:0] };
        c = (bit<8>[4]){ 5, 6, ... };
        h.x.w[0] = (c[0] + c[2]) ++ (c[1] + c[3]);
        kept.read(c, 1);
        c[h.x.at] = c[h.x.at] + 2;
        kept.write(1, c);
        h.x.at = c[2];
        h.x.w[0][7:0] = (bit<8>)c.size;
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
