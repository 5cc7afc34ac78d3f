/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* wide-sets.p4 - a parser that chooses by more than 128 bits: values, masks, ranges, value sets */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<200> k; int<200> s; bit<8> way; }
struct H { h_t h; }
struct M { bit<8> way; }
struct set_t { @match(ternary) bit<200> k; @match(range) int<200> s; }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    value_set<bit<200>>(4) one;
    value_set<set_t>(4) two;
    state start {
        b.extract(hdr.h);
        transition select(hdr.h.k) {
            one: w1;
            200w3 << 198: w2;
            default: more;
        }
    }
    state more {
        transition select(hdr.h.k, hdr.h.s) {
            two: w3;
            (200w1 << 190 &&& 200w1 << 190, -5 .. 5): w4;
            (200w5 << 100 .. 200w6 << 100, _): w5;
            default: accept;
        }
    }
    state w1 { meta.way = 1; transition accept; }
    state w2 { meta.way = 2; transition accept; }
    state w3 { meta.way = 3; transition accept; }
    state w4 { meta.way = 4; transition accept; }
    state w5 { meta.way = 5; transition accept; }
}
#include "plain.inc"
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply {
        sm.egress_spec = 1;
        hdr.h.way = meta.way;
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
