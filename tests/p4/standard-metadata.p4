/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* standard-metadata.p4 - what every kind of copy sees of the standard metadata, as in BMv2 */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> op; bit<8> a; bit<16> b; bit<32> c; }
header s_t { bit<16> iport; bit<16> eport; bit<16> espec; bit<8> itype; bit<16> len; bit<16> mg; bit<16> rid; bit<8> perr; }
struct headers { s_t s; h_t h; }
struct metadata { bit<8> x; }
parser MyParser(packet_in pkt, out headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
state start { pkt.extract(hdr.h); transition accept; }
}
control MyVerify(inout headers hdr, inout metadata meta) { apply { } }
control MyIngress(inout headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
apply {
  standard_metadata.egress_spec = 9w2;
  if (hdr.h.op == 1) { clone(CloneType.I2E, 32w7); hdr.s.setValid(); }
  else if (hdr.h.op == 2) { standard_metadata.mcast_grp = 3; }
  else if (hdr.h.op == 3) { if (standard_metadata.instance_type == 0) { resubmit_preserving_field_list(8w1); } else { hdr.h.b = (bit<16>)standard_metadata.ingress_port; hdr.h.c = standard_metadata.packet_length; } }
  else if (hdr.h.op == 6) { standard_metadata.egress_port = 44; standard_metadata.instance_type = 77; standard_metadata.packet_length = 1000; standard_metadata.egress_rid = 55; standard_metadata.enq_qdepth = 66; standard_metadata.deq_qdepth = 88; }
  else if (hdr.h.op == 4) { if (standard_metadata.instance_type == 4) { hdr.h.b = (bit<16>)standard_metadata.ingress_port; hdr.h.c = standard_metadata.packet_length; } }
}
}
control MyEgress(inout headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
apply {
  if (hdr.h.op == 4 && standard_metadata.instance_type == 0 && standard_metadata.ingress_port != 0) recirculate_preserving_field_list(8w0);
  hdr.s.setValid();
  hdr.s.iport = (bit<16>)standard_metadata.ingress_port; hdr.s.eport = (bit<16>)standard_metadata.egress_port;
  hdr.s.espec = (bit<16>)standard_metadata.egress_spec; hdr.s.itype = (bit<8>)standard_metadata.instance_type;
  hdr.s.len = (bit<16>)standard_metadata.packet_length; hdr.s.mg = standard_metadata.mcast_grp; hdr.s.rid = standard_metadata.egress_rid;
  hdr.s.perr = standard_metadata.parser_error == error.NoError ? 8w0 : 8w1;
  if (hdr.h.op == 6) { hdr.h.b = (bit<16>)standard_metadata.enq_qdepth + (bit<16>)standard_metadata.deq_qdepth; standard_metadata.egress_port = 3; }
}
}
control MyCompute(inout headers hdr, inout metadata meta) { apply { } }
control MyDeparser(packet_out pkt, in headers hdr) { apply { pkt.emit(hdr); } }
V1Switch(MyParser(), MyVerify(), MyIngress(), MyEgress(), MyCompute(), MyDeparser()) main;
