/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <psa.p4>
header ethernet_t { bit<48> d; bit<48> s; bit<16> t; }
struct H { ethernet_t e; } struct M { PortId_t p; } struct Em {}
parser IP(packet_in b, out H h, inout M m, in psa_ingress_parser_input_metadata_t i, in Em a, in Em c) { state start { b.extract(h.e); transition accept; } }
parser EP(packet_in b, out H h, inout M m, in psa_egress_parser_input_metadata_t i, in Em a, in Em c, in Em d) { state start { transition accept; } }
control ing(inout H h, inout M m, in psa_ingress_input_metadata_t i, inout psa_ingress_output_metadata_t o) {
  Counter<bit<32>, bit<8>>(32, PSA_CounterType_t.PACKETS) c; Meter<bit<8>>(3, PSA_MeterType_t.BYTES) mt; Register<bit<16>, bit<8>>(32) r; Register<bit<16>, bit<8>>(32, 0) r2; Hash<bit<16>>(PSA_HashAlgorithm_t.CRC16) hh; Random<bit<8>>(0, 10) rn; ActionProfile(10) ap; ActionSelector(PSA_HashAlgorithm_t.CRC32, 10, 5) sel; DirectCounter<bit<32>>(PSA_CounterType_t.BYTES) dc; DirectMeter(PSA_MeterType_t.BYTES) dm; 
  action fwd(PortId_t p) { send_to_port(o, p); dc.count(); PSA_MeterColor_t cc = dm.execute(); }
  action drop() { ingress_drop(o); }
  table t { key = { h.e.d : exact; } actions = { fwd; drop; NoAction; } psa_direct_counter = dc; psa_direct_meter = dm; psa_implementation = ap; }
  apply { c.count(3); PSA_MeterColor_t col = mt.execute(3); bit<16> v = r.read(2); r.write(3, v + 1); v = hh.get_hash({ h.e.d }); v = hh.get_hash(16w0, { h.e.d }, 16w10); bit<8> x = rn.read(); t.apply(); multicast(o, (MulticastGroup_t)1); if (col == PSA_MeterColor_t.RED) { ingress_drop(o); } }
}
control egr(inout H h, inout M m, in psa_egress_input_metadata_t i, inout psa_egress_output_metadata_t o) { apply { egress_drop(o); } }
control ID(packet_out b, out Em a, out Em c, out Em d, inout H h, in M m, in psa_ingress_output_metadata_t o) { InternetChecksum() ck; apply { ck.clear(); ck.add({ h.e.d }); h.e.t = ck.get(); b.emit(h.e); } }
control ED(packet_out b, out Em a, out Em c, inout H h, in M m, in psa_egress_output_metadata_t o, in psa_egress_deparser_input_metadata_t x) { apply { b.emit(h.e); } }
IngressPipeline(IP(), ing(), ID()) ip;
EgressPipeline(EP(), egr(), ED()) ep;
PSA_Switch(ip, PacketReplicationEngine(), ep, BufferingQueueingEngine()) main;
