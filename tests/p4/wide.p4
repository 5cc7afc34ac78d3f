/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* wide.p4 - numbers of every width: arithmetic, shifts, slices, saturation */
#include <v1model.p4>

header w_t {
    bit<256> w;
    bit<100> m;
    bit<4> pad;
    int<16> n;
    bit<7> k;
    int<9> j;
}

header s_t {
    bit<128> right;
    bit<128> left;
    int<128> sign;
    bit<8> by;
}

struct H {
    w_t x;
    s_t s;
}

struct M {
}

bit<200> widen(int n)
{
    return (bit<200>)n;
}

parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        b.extract(h.x);
        b.extract(h.s);
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
        s.egress_spec = 1;
        bit<256> one = 1;
        h.x.w = (h.x.w + one) * 3;
        h.x.w[135:128] = 0xab;
        if (h.x.w > (one << 250)) {
            h.x.pad = 1;
        }
        if ((h.x.w >> 128)[7:0] == 0xab) {
            h.x.pad = h.x.pad | 2;
        }
        h.x.m = h.x.m |-| 1;
        h.x.m = h.x.m ++ 4w15 == 104w15 ? (h.x.m |-| 5) - 1 : h.x.m;
        h.x.n = h.x.n |+| 0x7fff;
        h.x.n = h.x.n >> 4;
        h.x.k = h.x.k << h.x.k;
        h.x.j = -h.x.j;
        if (widen(-5) != ~200w4 || h.x.n << (1 << 64) != 0) {
            h.x.pad = 0;
        }
        h.s.right = h.s.right >> h.s.by;
        h.s.left = h.s.left << h.s.by;
        h.s.sign = h.s.sign >> h.s.by;
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
