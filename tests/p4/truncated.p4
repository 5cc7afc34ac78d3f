/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* truncated.p4 - truncate() with copies; mirror sessions that change */
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
apply { standard_metadata.egress_spec = 1;
 if (hdr.h.op == 1) { truncate(32w5); truncate(32w9); }
 if (hdr.h.op == 2) { clone(CloneType.I2E, 1); truncate(3); }
 if (hdr.h.op == 3) { truncate(100); }
 if (hdr.h.op == 4 && standard_metadata.instance_type == 0) { truncate(4); }
 if (hdr.h.op == 5) { truncate(6); }
 if (hdr.h.op == 6) { mark_to_drop(standard_metadata); clone(CloneType.I2E, 1); }
 if (hdr.h.op == 7) { clone(CloneType.I2E, 9); }
 if (hdr.h.op == 8) { clone(CloneType.I2E, 1); clone(CloneType.I2E, 2); }
 if (hdr.h.op == 9) { clone(CloneType.I2E, 0); }
 if (hdr.h.op == 10) { standard_metadata.mcast_grp = 77; }
 if (hdr.h.op == 11) { clone(CloneType.I2E, 3); mark_to_drop(standard_metadata); }
 if (hdr.h.op == 12) { truncate(0); }
}
}
control MyEgress(inout headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
apply { if (hdr.h.op == 5) truncate(4); if (hdr.h.op == 11) hdr.h.a = (bit<8>)standard_metadata.egress_rid; }
}
control MyCompute(inout headers hdr, inout metadata meta) { apply { } }
control MyDeparser(packet_out pkt, in headers hdr) { apply { pkt.emit(hdr); } }
V1Switch(MyParser(), MyVerify(), MyIngress(), MyEgress(), MyCompute(), MyDeparser()) main;
