/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* parsers.p4 - sub-parsers, lookahead, unions, all parser errors */
#include <core.p4>
#define V1MODEL_VERSION 20200408
#include <v1model.p4>
error { MyErr, Other }
header eth_t { bit<8> op; bit<8> r; bit<16> x; }
header ip_t { bit<4> ver; bit<4> ihl; bit<8> len; varbit<48> opt; bit<16> tail; }
header tlv_t { bit<4> t; bit<4> l; }
header odd_t { bit<3> a; bit<9> b; bit<4> c; }
header_union u_t { tlv_t t; eth_t e; }
struct pair { bit<8> a; bit<8> b; }
struct H { eth_t eth; ip_t ip; odd_t odd; tlv_t[3] tl; u_t u; u_t[2] us; }
struct M { bit<16> la; bit<8> n; bit<3> bits; pair p; error e; }
parser Sub(packet_in b, out ip_t ip, inout M meta, in bit<8> lim)(bool flag) {
    bit<8> loc = 3;
    state start {
        loc = loc + 1;
        tlv_t t = b.lookahead<tlv_t>();
        meta.n = (bit<8>)t.l + loc;
        transition select(flag, t.isValid()) { (true, true): next; default: reject; }
    }
    state next {
        b.extract(ip, (bit<32>)(((bit<9>)(b.lookahead<bit<8>>()[3:0]) << 3) - 9w24));
        verify(ip.len != lim, error.MyErr);
        transition accept; }
}
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    Sub(true) sub;
    bit<8> count = 0;
    state start {
        b.extract(hdr.eth);
        transition select(hdr.eth.op) {
            1: ip; 2: odd; 3: tlvs; 4: un; 5: adv; 6: ver; 7: nomatch; 8: look; 9: uns; 10 .. 12: rng; 0x80 &&& 0x80: msk;
            13: skip; 14: rej;
            default: accept;
        }
    }
    state ip { sub.apply(b, hdr.ip, meta, 0x99); transition accept; }
    state odd { meta.bits = b.lookahead<bit<3>>(); b.extract(hdr.odd); transition accept; }
    state tlvs { b.extract(hdr.tl.next); count = count + 1; transition select(hdr.tl.last.l) { 0: accept; default: tlvs; } }
    state un { transition select(b.lookahead<bit<8>>()) { 0..0x0f: un_t; default: un_e; } }
    state un_t { b.extract(hdr.u.t); transition accept; }
    state un_e { b.extract(hdr.u.e); transition accept; }
    state adv { b.advance((bit<32>)hdr.eth.x); b.extract(hdr.odd); transition accept; }
    state ver { verify(hdr.eth.x == 0x1234, error.Other); hdr.eth.r = 1; transition accept; }
    state nomatch { transition select(hdr.eth.x, hdr.eth.r) { (1, 2): accept; (2, _): ver; (3 &&& 3, 5..7): odd; } }
    state look { meta.p = b.lookahead<pair>(); hdr.eth.x = meta.p.b ++ meta.p.a; hdr.eth.r = b.lookahead<tuple<bit<4>, bit<4>>>()[1] ++ 4w0; transition accept; }
    state uns { b.extract(hdr.us.next.t); b.extract(hdr.us.next.e); hdr.eth.r = (bit<8>)hdr.us.lastIndex; transition accept; }
    state rng { hdr.eth.r = 0x10; transition accept; }
    state msk { hdr.eth.r = 0x80; transition select(b.length()) { 4: accept; default: reject; } }
    state skip { b.extract<odd_t>(_); b.extract(hdr.odd); transition accept; }
    state rej { transition reject; }
}
#include "plain.inc"
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply {
        sm.egress_spec = 1;
        if (sm.parser_error != error.NoError) hdr.eth.op = 0xee;
        if (sm.parser_error == error.MyErr) hdr.eth.r = 0x11;
        else if (sm.parser_error == error.Other) hdr.eth.r = 0x12;
        else if (sm.parser_error == error.NoMatch) hdr.eth.r = 0x13;
        else if (sm.parser_error == error.PacketTooShort) hdr.eth.r = 0x14;
        else if (sm.parser_error == error.HeaderTooShort) hdr.eth.r = 0x15;
        else if (sm.parser_error == error.StackOutOfBounds) hdr.eth.r = 0x16;
        else if (sm.parser_error == error.ParserInvalidArgument) hdr.eth.r = 0x17;
        if (hdr.eth.op == 1) { hdr.eth.r = meta.n; hdr.ip.tail = hdr.ip.tail + 1; ip_t c = hdr.ip; if (c == hdr.ip) hdr.eth.x = 0xaaaa; hdr.ip.len = 0x77; if (c != hdr.ip) hdr.ip = c; hdr.ip.ver = 9; }
        if (hdr.eth.op == 2) { hdr.eth.r = 5w0 ++ meta.bits; hdr.odd.b = hdr.odd.b + 1; }
        if (hdr.eth.op == 4) { if (hdr.u.isValid()) hdr.eth.r = hdr.u.t.isValid() ? 8w1 : 2; if (hdr.eth.x == 1) { hdr.u.e.setValid(); hdr.u.e = { 1, 2, 3 }; } if (hdr.eth.x == 2) { hdr.u.t = { 5, 6 }; } }
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
