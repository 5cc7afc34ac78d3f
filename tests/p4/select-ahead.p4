/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* select-ahead.p4 - select by what lies ahead, with and without a packet that is long enough */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> a; bit<8> err; }
header k_t { bit<16> x; }
struct H { h_t h; k_t k; }
struct M { bit<8> state; }
struct pair { bit<4> a; bit<12> b; }
parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s) {
 state start { b.extract(h.h); transition select(h.h.a) { 1: one; 2: two; 3: three; 4: four; 5: five; 6: six; 7: seven; default: accept; } }
 state one { m.state = 1; transition select(b.lookahead<bit<16>>()) { 0x1234: ok; default: accept; } }
 state two { m.state = 2; transition select(b.lookahead<bit<16>>()[15:8], h.h.a) { (0x12, 2): ok; default: accept; } }
 state three { m.state = 3; transition select(b.lookahead<pair>().b, b.lookahead<bit<24>>()) { (0x234, _): ok; default: accept; } }
 state four { m.state = 4; transition select(b.lookahead<k_t>().x) { 0x1234: ok; default: accept; } }
 state five { m.state = 5; transition select(b.lookahead<bit<9>>()) { 0x24: ok; default: accept; } }
 state six { m.state = 6; transition select(h.h.a == 7 ? b.lookahead<bit<99>>()[15:0] : 0x1234) { 0x1234: ok; default: accept; } }
 state seven { m.state = 7; b.extract(h.k); transition select(b.lookahead<bit<8>>()) { 0x1 .. 0x12: ok; default: accept; } }
 state ok { m.state = m.state + 0x10; transition accept; }
}
control V(inout H h, inout M m) { apply { } }
control I(inout H h, inout M m, inout standard_metadata_t s) { apply { s.egress_spec = 1; h.h.a = m.state; h.h.err = s.parser_error == error.PacketTooShort ? 8w1 : s.parser_error == error.NoError ? 8w0 : 8w2; } }
control E(inout H h, inout M m, inout standard_metadata_t s) { apply { } }
control C(inout H h, inout M m) { apply { } }
control D(packet_out b, in H h) { apply { b.emit(h); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
