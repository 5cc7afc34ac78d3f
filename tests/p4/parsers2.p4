/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* parsers2.p4 - sub-parsers of stacks, lookahead into variables, compound assignments */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> op; bit<8> a; bit<16> b; int<16> s; bit<32> d; }
header sub_t { bit<8> v; }
struct H { h_t h; sub_t[3] st; sub_t tail; }
struct M { bit<8> depth; }
parser Stack(packet_in b, inout sub_t[3] st, inout bit<8> n) {
    state start { b.extract(st.next); n = n + 1; transition select(st.last.v, n) { (0x80 &&& 0x80, 0 .. 2): start; default: accept; } }
}
parser Outer(packet_in b, inout H hdr, inout bit<8> n) { Stack() s; state start { s.apply(b, hdr.st, n); transition select(hdr.st[0].v) { 0xff: again; default: accept; } } state again { s.apply(b, hdr.st, n); transition accept; } }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    Outer() o;
    state start { b.extract(hdr.h); transition select(hdr.h.op) { 0x40: nested; 0x41: look; 0x42: cond; default: accept; } }
    state nested { o.apply(b, hdr, meta.depth); b.extract(hdr.tail); transition accept; }
    state look { sub_t s = b.lookahead<sub_t>(); bool big = s.v > 0x10; if (big) { b.advance(8); } else { hdr.h.a = s.v; } b.extract(hdr.tail); transition select(big, hdr.tail.isValid()) { (true, true): mark; (_, _): accept; } }
    state mark { hdr.h.b = 0x5555; transition accept; }
    state cond { bit<32> n = (bit<32>)hdr.h.a; b.advance(n << 3); b.extract(hdr.tail); hdr.h.b = (bit<16>)b.length(); transition accept; }
}
#include "plain.inc"
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply {
        sm.egress_spec = 1;
        switch (hdr.h.op) {
            0: { hdr.h.d = hdr.h.d / 10 + hdr.h.d % 10; hdr.h.b = hdr.h.b / 4; hdr.h.a %= 7; }
            1: { hdr.h.a += 1; hdr.h.b -= 2; hdr.h.s *= 3; hdr.h.d <<= 4; }
            2: { hdr.h.a |= 0xf0; hdr.h.b &= 0x0ff0; hdr.h.d ^= 0xffff; hdr.h.s >>= 1; }
            3: { hdr.h.a |+|= 200; hdr.h.b |-|= 100; hdr.h.s[3:0] += 1; }
            0x40: { hdr.h.a = meta.depth; if (sm.parser_error == error.StackOutOfBounds) hdr.h.b = 0xeeee; }
            0x41: { }
        }
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
