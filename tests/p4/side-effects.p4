/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* side-effects.p4 - order of evaluation and short circuits (8.x) */
#include <v1model.p4>

header ab_t {
    bit<8> a;
    bit<8> b;
    bit<16> c;
}

header order_t {
    bit<16> call;
    bit<16> record;
    bit<8> cell;
    bit<8> out_last;
}

struct pair_t {
    bit<8> left;
    bit<8> right;
}

struct H {
    ab_t x;
    order_t o;
}

struct M {
}

bit<8> bump(inout bit<8> x)
{
    x = x + 1;
    return x;
}

void join(out bit<16> to, in bit<8> left, in bit<8> right)
{
    to = left ++ right;
}

void two(out bit<8> one, out bit<8> other)
{
    one = 1;
    other = 2;
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
    register<bit<8>>(8) values;

    apply {
        s.egress_spec = 1;
        bit<8> v = 1;
        bit<8> w = v + bump(v) + v;            // 1 + 2 + 2
        h.x.a = w;
        if (h.x.b == 0 && bump(v) == 3) {
            h.x.b = v;
        }
        if (h.x.b == 9 || bump(v) == 100) {
            h.x.b = v;
        }
        bit<8> z = h.x.b == 9 ? bump(v) : 0;
        h.x.c = z ++ v;
        ab_t[2] k;
        k[1].setValid();
        v = 0;
        k[bump(v)].a += v;                     // one place, found once: 0 + 1
        h.x.b += k[1].a;
        // Names do not change the order, which is the one of the text.
        v = 0;
        h.o.setValid();
        join(right = bump(v), left = bump(v), to = h.o.call);
        pair_t p = { right = bump(v), left = bump(v) };
        h.o.record = p.left ++ p.right;
        values.write(value = bump(v), index = (bit<32>)bump(v));
        values.read(index = (bit<32>)v, result = h.o.cell);
        two(other = h.o.out_last, one = h.o.out_last);
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
