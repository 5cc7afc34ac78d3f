/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* wide-keys.p4 - keys of all widths and types, empty headers, structures as arguments of actions */
#include <core.p4>
#include <v1model.p4>
header e_t { }
header h_t { bit<8> op; bit<8> a; bit<16> b; }
header w_t { bit<128> ip6; bit<200> wide; int<8> s; bit<8> x; }
header_union u_t { h_t h; e_t e; }
struct pr { h_t h; bit<8> k; }
struct H { h_t h; e_t e; w_t w; u_t u; }
struct M { error er; h_t[2] hs; pr p; bit<8> vals; }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    state start { b.extract(hdr.h); b.extract(hdr.e); transition select(hdr.h.op, hdr.h.a) { (1, _): wide; (_, 0xfe .. 0xff): short_; default: accept; } }
    state wide { b.extract(hdr.w); transition accept; }
    state short_ { verify(hdr.h.b > 3, error.HeaderTooShort); transition accept; }
}
#include "plain.inc"
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    action set(bit<8> v) { hdr.h.a = v; }
    action give(in h_t h, inout pr p, out h_t o) { p.k = h.a + p.k; o = p.h; p.h.a = 9; }
    action wset(bit<200> v, int<8> s) { hdr.w.wide = v; hdr.w.s = s; }
    table lp { key = { hdr.w.ip6 : lpm; } actions = { set; } default_action = set(0); }
    table te { key = { hdr.w.wide : ternary; hdr.w.ip6[127:64] : ternary; } actions = { set; wset; } default_action = set(1); }
    table ra { key = { hdr.w.x : range; hdr.w.s : exact; } actions = { set; }
        const entries = { (1 .. 5, -1) : set(0x11); (3 .. 9, -1) : set(0x12); (_, 4) : set(0x13); (7, -2) : set(0x14); } default_action = set(2); }
    table er { key = { sm.parser_error : exact; hdr.e.isValid() : exact; hdr.u.isValid() : exact; } actions = { set; NoAction; }
        const entries = { (error.HeaderTooShort, true, false) : set(0x21); (error.NoError, true, true) : set(0x22); } }
    table op { key = { hdr.w.ip6 : optional; hdr.w.x : ternary; hdr.w.s : exact; } actions = { set; NoAction; } const entries = { (5, _, 1) : set(0x31); (_, 0x10 &&& 0xf0, 1) : set(0x32); } }
    table big { key = { hdr.w.wide : exact; hdr.w.ip6 : exact; } actions = { set; wset; } size = 4; default_action = set(3); }
    table sel { key = { hdr.w.x : exact; hdr.w.wide : selector; hdr.w.ip6 ++ hdr.w.wide ++ hdr.w.wide ++ hdr.w.wide : selector @name("long"); } actions = { set; } implementation = action_selector(HashAlgorithm.crc16, 32w4, 32w16); }
    apply {
        sm.egress_spec = 1;
        switch (hdr.h.op) {
            0: { hdr.u.e.setValid(); er.apply(); }
            1: { switch (hdr.w.x) { 0x80: { lp.apply(); } 0x81: { te.apply(); } 0x82: { big.apply(); } 0x83: { if (!sel.apply().hit) { hdr.h.a = 5; } } default: { if (!ra.apply().hit) { op.apply(); } } } }
            2: { er.apply(); }
            3: { meta.p.h = hdr.h; meta.p.k = 3; h_t o; give(hdr.h, meta.p, o); hdr.h.a = meta.p.k; hdr.h.b = (bit<16>)o.a == 16w7 ? 16w1 : 16w2; }
            4: { h_t t; if (!t.isValid()) { hdr.h.a = 1; } t.setValid(); t.a = 7; meta.hs[1] = t; meta.hs.push_front(1); hdr.h.b = meta.hs[1].isValid() ? 16w1 : 0; u_t u; u.h = t; hdr.u = u; hdr.u.h.op = 0x99; if (u.isValid() && hdr.u != u) hdr.h.a = 2; }
        }
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
