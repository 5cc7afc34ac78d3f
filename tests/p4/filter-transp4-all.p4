/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* filter-transp4-all.p4 - all that our own architecture declares but gauges and owners (invm.p4) */
#include <core.p4>
#include <transp4.p4>
header h_t { bit<8> op; bit<8> a; bit<16> b; bit<32> c; }
struct H { h_t h; }
struct M { bit<1> from; }
parser P(packet_in p, out H hdr, inout M m, inout tp4_metadata_t tp4) {
    state start {
        p.extract(hdr.h);
        m.from = tp4.direction;
        transition select(hdr.h.op) { 0xff: reject; default: accept; }
    }
}
control F(inout H hdr, inout M m, inout tp4_metadata_t tp4) {
    counter(4, CounterType.packets_and_bytes) by_a;
    direct_counter(CounterType.packets_and_bytes) hits;
    register<bit<32>>(4) cells;
    meter(2, MeterType.packets) rate;
    action deny() { drop(); }
    action allow(bit<8> a) { forward(); hdr.h.a = a; hits.count(); }
    table acl {
        key = { hdr.h.op: exact; tp4.direction: exact; hdr.h.b: range; hdr.h.c: optional; }
        actions = { deny; allow; NoAction; }
        counters = hits;
    }
    apply {
        by_a.count((bit<32>)hdr.h.a);
        drop();
        switch (acl.apply().action_run) {
            NoAction: { if (m.from == FROM_SWITCH) forward(); }
            default: { return; }
        }
        switch (hdr.h.op) {
            3: {
                bit<2> colour;
                forward();
                hash(hdr.h.b, HashAlgorithm.crc16, 16w0, { hdr.h.c }, 32w65536);
                hdr.h.c = tp4.packet_length;
                rate.execute_meter(1, colour);
                hdr.h.a = colour == METER_RED ? 8w0xee : 8w0x66;
            }
            4: {
                bit<32> n;
                forward();
                hdr.h.b = checksum16({ hdr.h.op, hdr.h.a, hdr.h.c });
                cells.read(n, 1);
                cells.write(1, n + 1);
                hdr.h.c = n;
                random(hdr.h.a, 8w5, 8w5);
            }
            5: {
                forward();
                hdr.h.b = csum_replace2(hdr.h.b, 0x0504, 0x0505);
                hdr.h.b = csum_replace4(hdr.h.b, hdr.h.c, 0);
            }
            6: { forward(); hdr.h.setInvalid(); }
        }
    }
}
control D(packet_out p, in H hdr) { apply { p.emit(hdr.h); } }
TransP4(P(), F(), D()) main;
