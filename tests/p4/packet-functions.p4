/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* packet-functions.p4 - functions that take from the packet and add to it; variables that look ahead */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> a; bit<8> err; }
header k_t { bit<16> x; }
struct H { h_t h; k_t k; k_t l; h_t m; }
struct M { bit<8> ahead; bit<8> sum; }
bit<8> take(packet_in b, out k_t k) { b.extract(k); return k.x[7:0]; }
bit<8> two(packet_in b, out k_t k, out k_t l) { return take(b, k) + take(b, l); }
T look<T>(packet_in b) { return b.lookahead<T>(); }
void skip(packet_in b, bit<32> n) { b.advance(n); }
void add(packet_out b, in k_t k, in k_t l) { b.emit(k); b.emit(l); }
parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s) {
    bit<32> ahead = b.lookahead<bit<32>>();
    state start {
        m.ahead = ahead[7:0];
        b.extract(h.h);
        transition select(h.h.a) { 1: one; 2: both; 3: skips; default: accept; }
    }
    state one { m.sum = take(b, h.k); m.sum = m.sum + 1; transition accept; }
    state both { m.sum = two(b, h.k, h.l); transition select(look<bit<8>>(b)) { 7: accept; default: reject; } }
    state skips { skip(b, 16); b.extract(h.m); transition accept; }
}
control V(inout H h, inout M m) { apply { } }
control I(inout H h, inout M m, inout standard_metadata_t s) {
    apply {
        s.egress_spec = 1;
        h.h.setValid();
        h.h.a = m.ahead + m.sum;
        h.h.err = s.parser_error == error.PacketTooShort ? 8w1 : s.parser_error == error.NoError ? 8w0 : 8w2;
    }
}
control E(inout H h, inout M m, inout standard_metadata_t s) { apply { } }
control C(inout H h, inout M m) { apply { } }
control D(packet_out b, in H h) { apply { b.emit(h.h); add(b, h.k, h.l); b.emit(h.m); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
