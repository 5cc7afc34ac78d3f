/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* long-keys.p4 - keys of many wide fields, and of one of 2048 bits */
#include <core.p4>
#include <v1model.p4>
#define W20(f) f(0) f(1) f(2) f(3) f(4) f(5) f(6) f(7) f(8) f(9) f(10) f(11) f(12) f(13) f(14) f(15) f(16) f(17) f(18) f(19)
#define FIELD(i) bit<128> f##i;
#define EXACT(i) hdr.w.f##i : exact;
#define TERNARY(i) hdr.w.f##i : ternary;
#define RANGE(i) hdr.w.f##i : range;
header h_t { bit<8> table_; bit<8> a; }
header w_t { W20(FIELD) }
header b_t { bit<2048> all; }
struct H { h_t h; w_t w; b_t b; }
struct M { }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    state start { b.extract(hdr.h); b.extract(hdr.w); b.extract(hdr.b); transition accept; }
}
#include "plain.inc"
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    action set(bit<8> v) { hdr.h.a = v; }
    table exacts { key = { W20(EXACT) } actions = { set; } default_action = set(1); }
    table masks { key = { W20(TERNARY) hdr.b.all : ternary; } actions = { set; } default_action = set(2); }
    table ranges { key = { hdr.b.all : lpm; W20(RANGE) } actions = { set; } default_action = set(3); }
    apply {
        sm.egress_spec = 1;
        switch (hdr.h.table_) { 0: { exacts.apply(); } 1: { masks.apply(); } 2: { ranges.apply(); } }
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
