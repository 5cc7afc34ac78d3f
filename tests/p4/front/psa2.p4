/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <psa.p4>
typedef bit<48> Eth;
header ethernet_t { Eth dst; Eth src; bit<16> type; }
header clone_md { bit<8> id; } header rec { PortIdInHeader_t p; }
struct headers { ethernet_t e; rec r; } struct metadata { bit<8> x; PSA_MeterColor_t c; } struct cl { clone_md c; } struct empty { }
error { UnhandledIPv4Options }
parser CommonParser(packet_in b, out headers h, inout metadata m) { state start { b.extract(h.e); transition select(h.e.type) { 0x800: accept; default: accept; } } }
parser IP(packet_in b, out headers h, inout metadata m, in psa_ingress_parser_input_metadata_t istd, in empty r, in rec rc) { CommonParser() p; state start { transition select(istd.packet_path) { PSA_PacketPath_t.CLONE_I2E: cl; PSA_PacketPath_t.RECIRCULATE: reject; PSA_PacketPath_t.NORMAL: norm; default: norm; } } state cl { m.x = 1; transition norm; } state norm { p.apply(b, h, m); transition select((PortIdUint_t)istd.ingress_port) { (PortIdUint_t)PSA_PORT_RECIRCULATE: accept; (PortIdUint_t)PSA_PORT_CPU: reject; _: accept; } } }
parser EP(packet_in b, out headers h, inout metadata m, in psa_egress_parser_input_metadata_t istd, in metadata nm, in cl c, in empty c2) { state start { transition accept; } }
control ing(inout headers h, inout metadata m, in psa_ingress_input_metadata_t istd, inout psa_ingress_output_metadata_t ostd) {
  ActionSelector(PSA_HashAlgorithm_t.CRC32, 32w1024, 32w16) as_; Meter<bit<12>>(1024, PSA_MeterType_t.PACKETS) mt; Digest<ethernet_t>() dg; Register<bit<32>, PortId_t>(10) reg; Counter<bit<64>, PortId_t>(512, PSA_CounterType_t.PACKETS_AND_BYTES) cnt;
  action fwd(PortId_t port, bit<12> idx) { send_to_port(ostd, port); m.c = mt.execute(idx); m.c = mt.execute(idx, PSA_MeterColor_t.GREEN); ostd.clone = true; ostd.clone_session_id = (CloneSessionId_t)8; cnt.count(istd.ingress_port); }
  action mc(MulticastGroup_t g) { multicast(ostd, g); ostd.class_of_service = (ClassOfService_t)(ClassOfServiceUint_t)3; }
  action dr() { ingress_drop(ostd); }
  table t { key = { h.e.dst : lpm; istd.ingress_port : exact; h.e.type : selector; } actions = { fwd; mc; dr; NoAction; } psa_implementation = as_; psa_idle_timeout = PSA_IdleTimeout_t.NOTIFY_CONTROL; size = 512; default_action = dr(); const entries = { } }
  table t2 { key = { istd.ingress_port : exact; } actions = { fwd; dr; } const entries = { (PortId_t)3 : dr(); PSA_PORT_CPU : fwd((PortId_t)4, 5); } }
  apply { if (istd.parser_error != error.NoError) { dr(); exit; } bit<32> v = reg.read(istd.ingress_port); reg.write(istd.ingress_port, v + 1); t.apply(); t2.apply(); ostd.egress_port = (PortId_t)(PortIdUint_t)(bit<32>)h.e.dst[31:0]; if (ostd.egress_port == istd.ingress_port) { ostd.drop = true; } ostd.resubmit = m.x == 1; h.r.p = psa_PortId_int_to_header(istd.ingress_port); }
}
control egr(inout headers h, inout metadata m, in psa_egress_input_metadata_t istd, inout psa_egress_output_metadata_t ostd) { apply { if (istd.packet_path == PSA_PacketPath_t.CLONE_I2E || istd.instance == (EgressInstance_t)1) { egress_drop(ostd); } } }
control ID(packet_out p, out cl c, out empty r, out metadata n, inout headers h, in metadata m, in psa_ingress_output_metadata_t istd) { Digest<ethernet_t>() dg; apply { if (psa_clone_i2e(istd)) { c.c.id = 1; } if (psa_resubmit(istd)) { } if (psa_normal(istd)) { n = m; } dg.pack(h.e); p.emit(h.e); } }
control ED(packet_out p, out empty c, out rec r, inout headers h, in metadata m, in psa_egress_output_metadata_t istd, in psa_egress_deparser_input_metadata_t edstd) { apply { if (psa_recirculate(istd, edstd)) { r = h.r; } if (psa_clone_e2e(istd)) { } p.emit(h); } }
IngressPipeline(IP(), ing(), ID()) ip;
EgressPipeline(EP(), egr(), ED()) ep;
PSA_Switch(ip, PacketReplicationEngine(), ep, BufferingQueueingEngine()) main;
