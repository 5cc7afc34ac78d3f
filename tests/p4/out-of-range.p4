/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* out-of-range.p4 - cells of registers, counters and meters, and those that are not there */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> op; bit<8> a; bit<16> b; bit<32> c; }
struct headers { h_t h; }
struct metadata { bit<8> x; }
parser MyParser(packet_in pkt, out headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
state start { pkt.extract(hdr.h); transition accept; }
}
control MyVerify(inout headers hdr, inout metadata meta) { apply { } }
control MyIngress(inout headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {

 register<bit<32>>(4) r; register<bit<8>>(1) one; register<bit<128>>(2) big; register<int<16>>(3) si; register<bool>(2) flags;
 counter(3, CounterType.packets_and_bytes) ctr; meter(2, MeterType.packets) m;
 apply { bit<32> v = 0xdeadbeef; standard_metadata.egress_spec = 1;
  if (hdr.h.op == 0) { r.write((bit<32>)hdr.h.a, hdr.h.c); }
  if (hdr.h.op == 1) { r.read(v, (bit<32>)hdr.h.a); hdr.h.c = v; }
  if (hdr.h.op == 2) { r.read(hdr.h.c, (bit<32>)hdr.h.a); }
  if (hdr.h.op == 3) { ctr.count((bit<32>)hdr.h.a); }
  if (hdr.h.op == 4) { hdr.h.b = 0x7777; m.execute_meter<bit<16>>((bit<32>)hdr.h.a, hdr.h.b); }
  if (hdr.h.op == 5) { bit<128> w; big.read(w, 1); w = (w << 32) | (bit<128>)hdr.h.c; big.write(1, w); hdr.h.c = w[95:64]; }
  if (hdr.h.op == 6) { int<16> w; si.read(w, 2); w = w - 3; si.write(2, w); hdr.h.c = (bit<32>)(int<32>)w; hdr.h.b = (bit<16>)(w >> 1); }
  if (hdr.h.op == 7) { bit<8> q; one.read(q, 0); q = q |+| 100; one.write(0, q); hdr.h.a = q; }
  if (hdr.h.op == 8) { h_t[2] st; bit<200> i = (bit<200>)hdr.h.a << 64; bit<70> k = (bit<70>)i; st[0].setValid(); st[0].b = 5; st[i].b = 9; st[k].b = 9; hdr.h.b = st[0].b; }
 }
}
control MyEgress(inout headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
apply { }
}
control MyCompute(inout headers hdr, inout metadata meta) { apply { } }
control MyDeparser(packet_out pkt, in headers hdr) { apply { pkt.emit(hdr); } }
V1Switch(MyParser(), MyVerify(), MyIngress(), MyEgress(), MyCompute(), MyDeparser()) main;
