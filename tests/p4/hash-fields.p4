/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* hash-fields.p4 - every algorithm over fields, some of headers that are not valid */
#include <core.p4>
#include <v1model.p4>
header t_t { bit<32> s; bit<32> d; bit<8> p; bit<16> sp; bit<16> dp; }
header o_t { bit<16> c16; bit<16> c32m; bit<16> cs0; bit<32> c32; bit<16> x16; bit<64> id; bit<10> small; bit<6> pad; bit<16> cs; }
struct headers { o_t o; t_t t; t_t inv; }
struct metadata { bit<8> x; }
parser MyParser(packet_in pkt, out headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
state start { pkt.extract(hdr.t); transition accept; }
}
control MyVerify(inout headers hdr, inout metadata meta) { apply { } }
control MyIngress(inout headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
  action doit() {
    hash(hdr.o.c16, HashAlgorithm.crc16, 16w0, { hdr.t.s, hdr.t.d, hdr.t.p, hdr.t.sp, hdr.t.dp }, 32w65536);
    hash(hdr.o.c32m, HashAlgorithm.crc32, (bit<16>)10, { hdr.t.s, hdr.t.d, hdr.t.p, hdr.t.sp, hdr.t.dp }, (bit<16>)1000);
    hash(hdr.o.cs0, HashAlgorithm.csum16, (bit<16>)5, { hdr.t.s, hdr.t.d, hdr.t.p, hdr.t.sp, hdr.t.dp }, (bit<16>)0);
    hash(hdr.o.c32, HashAlgorithm.crc32, 32w0, { hdr.t.s, hdr.t.d, hdr.t.p, hdr.t.sp, hdr.t.dp }, 64w0x100000000);
    hash(hdr.o.x16, HashAlgorithm.xor16, 16w0, { hdr.t.s, hdr.t.d, hdr.t.p, hdr.t.sp, hdr.t.dp }, 32w0x10000);
    hash(hdr.o.id, HashAlgorithm.identity, 64w0, { hdr.t.s, hdr.t.d, hdr.t.p, hdr.t.sp, hdr.t.dp }, 64w0xffffffffffffffff);
    hash(hdr.o.small, HashAlgorithm.crc16, 10w1, { hdr.t }, 10w1000);
    hash(hdr.o.cs, HashAlgorithm.csum16, 16w0, { hdr.t.s, 3w5, hdr.t.d, 5w1, hdr.inv.s, hdr.t.p }, 32w65536);
  }
  apply { hdr.o.setValid(); doit(); standard_metadata.egress_spec = 1; }
}
control MyEgress(inout headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
apply { }
}
control MyCompute(inout headers hdr, inout metadata meta) { apply { } }
control MyDeparser(packet_out pkt, in headers hdr) { apply { pkt.emit(hdr); } }
V1Switch(MyParser(), MyVerify(), MyIngress(), MyEgress(), MyCompute(), MyDeparser()) main;
