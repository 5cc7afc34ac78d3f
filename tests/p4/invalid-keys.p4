/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* invalid-keys.p4 - fields of headers that are not valid are zero in keys, as in BMv2 */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> op; bit<8> a; bit<16> b; }
header w_t { bit<200> w; int<8> s; bit<80> m; bit<16> v; }
struct headers { h_t h; w_t w; h_t x; }
struct metadata { bit<8> x; }
parser MyParser(packet_in pkt, out headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
state start { pkt.extract(hdr.h); pkt.extract(hdr.w); transition accept; }
}
control MyVerify(inout headers hdr, inout metadata meta) { apply { } }
control MyIngress(inout headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
action hit(bit<8> v) { hdr.h.op = v; }
 table t { key = { hdr.w.w : exact; hdr.w.s : exact; hdr.w.m : exact @name("mm"); hdr.x.a : ternary; } actions = { hit; } }
 apply { standard_metadata.egress_spec = 1; hdr.x.a = 7;
  if (hdr.h.a == 1) hdr.w.setInvalid(); 
  if (hdr.h.a == 2) hdr.x.setValid();
  if (hdr.h.a == 3) { hdr.x.setValid(); hdr.x.a = 7; }
  t.apply(); }
}
control MyEgress(inout headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
apply { }
}
control MyCompute(inout headers hdr, inout metadata meta) { apply { } }
control MyDeparser(packet_out pkt, in headers hdr) { apply { pkt.emit(hdr.h); } }
V1Switch(MyParser(), MyVerify(), MyIngress(), MyEgress(), MyCompute(), MyDeparser()) main;
