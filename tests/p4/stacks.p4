/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* stacks.p4 - push, pop, next, last, stray indices of header stacks */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> op; bit<8> i; bit<8> r0; bit<8> r1; }
header s_t { bit<8> v; }
struct H { h_t h; s_t[4] s; }
struct M { bit<8> n; }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    state start { b.extract(hdr.h); meta.n = hdr.h.i; transition select(hdr.h.i) { 0: accept; _: more; } }
    state more {
        b.extract(hdr.s.next);
        hdr.h.r0 = (bit<8>)hdr.s.lastIndex;
        hdr.h.r1 = hdr.s.last.v;
        transition select(hdr.s.last.v) { 0xff: accept; default: more; }
    }
}
#include "plain.inc"
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply {
        sm.egress_spec = 1;
        if (sm.parser_error == error.StackOutOfBounds) { hdr.h.r0 = 0xee; }
        if (sm.parser_error == error.PacketTooShort) { hdr.h.r0 = 0xdd; }
        switch (hdr.h.op) {
            1: { hdr.s.push_front(1); }
            2: { hdr.s.push_front(2); hdr.s[0].setValid(); hdr.s[0].v = 0xaa; }
            3: { hdr.s.pop_front(1); }
            4: { hdr.s.pop_front(3); }
            5: { hdr.s.push_front(5); }
            6: { hdr.s.pop_front(9); }
            7: { hdr.s[1] = hdr.s[0]; }
            8: { hdr.s[2].setInvalid(); }
            9: { hdr.s[hdr.h.i].v = 0x77; }
            10: { hdr.h.r1 = hdr.s[hdr.h.i].v; }
            11: { s_t[4] copy = hdr.s; hdr.s.pop_front(2); copy[3].v = 1; hdr.s = copy; }
            12: { bool eq = hdr.s[0] == hdr.s[1]; hdr.h.r1 = eq ? 8w1 : 0; }
            13: { s_t[4] o = hdr.s; if (o == hdr.s) hdr.h.r1 = 0x13; o[0].v = 3; if (o != hdr.s) hdr.h.r0 = 0x14; }
        }
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
