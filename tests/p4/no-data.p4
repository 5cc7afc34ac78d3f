/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* no-data.p4 - hashes and checksums of nothing: all fields are of headers that are not valid */
#include <core.p4>
#include <v1model.p4>
header o_t { bit<16> c16; bit<32> c32; bit<16> cc; bit<16> x16; bit<64> id; bit<16> cs; bit<16> up; bit<16> upf; bit<16> upp; bit<16> upc; bit<16> part; }
header t_t { bit<32> a; bit<16> b; bit<8> c; varbit<64> v;}
header n_t { bit<4> a; bit<3> b; bit<16> c;  bit<1> d;}
struct headers { o_t o; t_t inv; n_t n; n_t ninv; o_t oinv;}
struct metadata { bit<8> x; }
parser P(packet_in pkt, out headers hdr, inout metadata meta, inout standard_metadata_t s) {
state start { pkt.extract(hdr.o); pkt.extract(hdr.n); transition accept; }
}
control V(inout headers hdr, inout metadata meta) { apply {
  verify_checksum(true, {hdr.inv.a}, hdr.o.cs, HashAlgorithm.csum16);
  verify_checksum(hdr.inv.isValid(), {hdr.inv.a}, hdr.o.c16, HashAlgorithm.csum16);
  verify_checksum(true, {hdr.o.c32}, hdr.oinv.cs, HashAlgorithm.csum16);
} }
control I(inout headers hdr, inout metadata meta, inout standard_metadata_t s) {
  apply {
    s.egress_spec = s.checksum_error == 1 ? 9w2 : 1;
    hash(hdr.o.c16, HashAlgorithm.crc16, 16w0, { hdr.inv.a, hdr.inv.b }, 32w65536);
    hash(hdr.o.c32, HashAlgorithm.crc32, 32w0, { hdr.inv.a, hdr.inv }, 64w0x100000000);
    hash(hdr.o.cc, HashAlgorithm.crc16_custom, 16w0, { hdr.inv.a }, 32w65536);
    hash(hdr.o.x16, HashAlgorithm.xor16, 16w0, { hdr.inv.a }, 32w65536);
    hash(hdr.o.id, HashAlgorithm.identity, 64w0, { hdr.inv.a }, 64w0xffffffffffffffff);
    hash(hdr.o.cs, HashAlgorithm.csum16, 16w0, { hdr.inv.a }, 32w65536);
  }
}
control E(inout headers hdr, inout metadata meta, inout standard_metadata_t s) { apply { } }
control C(inout headers hdr, inout metadata meta) { apply {
  update_checksum(true, {hdr.inv.a, hdr.inv.b}, hdr.o.up, HashAlgorithm.csum16);
  update_checksum(hdr.inv.isValid(), {hdr.inv.a, hdr.inv.b}, hdr.o.upf, HashAlgorithm.csum16);
  update_checksum_with_payload(true, {hdr.inv.a, hdr.inv.b}, hdr.o.upp, HashAlgorithm.csum16);
  update_checksum(true, hdr.inv, hdr.o.upc, HashAlgorithm.csum16);
  update_checksum(true, {hdr.n.a, hdr.ninv.a, hdr.n.b, hdr.ninv.c, hdr.n.c, hdr.n.d}, hdr.o.part, HashAlgorithm.csum16);
  update_checksum(true, {hdr.n.a, hdr.n.a}, hdr.oinv.part, HashAlgorithm.csum16);
} }
control D(packet_out pkt, in headers hdr) { apply { pkt.emit(hdr); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
