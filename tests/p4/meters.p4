/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* meters.p4 - meters of all kinds, digests, log messages, assertions */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> op; bit<8> a; bit<16> b; }
struct H { h_t h; }
struct M { bit<2> color; }
struct dig_t { bit<8> op; bit<9> port; }
enum bit<2> Color { Green = 0, Yellow = 1, Red = 2 }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) { state start { b.extract(hdr.h); transition accept; } }
#include "plain.inc"
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    direct_meter<Color>(MeterType.packets) dm;
    direct_meter<bit<8>>(MeterType.bytes) db;
    meter(4, MeterType.bytes) mt;
    Color c;
    action mark() { dm.read(c); }
    action twice() { c = Color.Red; dm.read(c); dm.read(c); }
    action bytes() { db.read(hdr.h.a); }
    table t { key = { hdr.h.a : exact; } actions = { mark; twice; } meters = dm; default_action = mark; }
    table t2 { key = { hdr.h.a : exact; } actions = { bytes; NoAction; } meters = db; }
    apply {
        sm.egress_spec = 1;
        c = hdr.h.b == 9 ? Color.Yellow : Color.Green;
        if (hdr.h.op == 0) { t.apply(); hdr.h.b = c == Color.Red ? 16w2 : c == Color.Yellow ? 16w1 : 0; }
        if (hdr.h.op == 1) { t2.apply(); }
        if (hdr.h.op == 2) { mt.execute_meter((bit<32>)hdr.h.a, hdr.h.b); }
        if (hdr.h.op == 3) { digest<dig_t>(1, { hdr.h.op, sm.ingress_port }); log_msg("a={} b={}", { hdr.h.a, hdr.h.b }); log_msg("plain"); assert(hdr.h.a == 3); assume(true); }
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
