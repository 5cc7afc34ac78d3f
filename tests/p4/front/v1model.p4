/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#define V1MODEL_VERSION 20200408
#include <v1model.p4>
typedef bit<48> mac_t;
header ethernet_t { mac_t dst; mac_t src; bit<16> type; }
header ipv4_t { bit<4> version; bit<4> ihl; bit<8> diffserv; bit<16> totalLen; bit<16> id; bit<3> flags; bit<13> frag; bit<8> ttl; bit<8> protocol; bit<16> csum; bit<32> src; bit<32> dst; }
struct headers { ethernet_t eth; ipv4_t ip; }
struct mac_learn { mac_t src; bit<9> port; }
struct meta { bit<32> nh; @field_list(1, 2) bit<8> keep; mac_learn ml; bit<2> color; bit<16> h; bool b; }
parser P(packet_in packet, out headers hdr, inout meta m, inout standard_metadata_t sm) {
  state start { packet.extract(hdr.eth); transition select(hdr.eth.type) { 0x800: ip; default: accept; } }
  state ip { packet.extract(hdr.ip); verify(hdr.ip.version == 4, error.HeaderTooShort); transition accept; }
}
control V(inout headers hdr, inout meta m) { apply { verify_checksum(hdr.ip.isValid(), { hdr.ip.version, hdr.ip.ihl, hdr.ip.diffserv }, hdr.ip.csum, HashAlgorithm.csum16); verify_checksum_with_payload(true, { hdr.ip.src }, hdr.ip.csum, HashAlgorithm.csum16); } }
control C(inout headers hdr, inout meta m) { apply { update_checksum(hdr.ip.isValid(), { hdr.ip.version, hdr.ip.ihl, 8w0, 16w1 ++ 16w2 }, hdr.ip.csum, HashAlgorithm.csum16); } }
control I(inout headers hdr, inout meta m, inout standard_metadata_t sm) {
  counter<bit<32>>(1024, CounterType.packets_and_bytes) c1;
  counter<bit<16>>(1024, CounterType.packets) c2;
  direct_counter(CounterType.packets) dc;
  meter<bit<32>>(16, MeterType.bytes) mt;
  direct_meter<bit<2>>(MeterType.packets) dm;
  register<bit<32>, bit<10>>(1024) r;
  action_profile(32) ap;
  action_selector(HashAlgorithm.crc16, 32w1024, 32w14) as_;
  action drop() { mark_to_drop(sm); }
  action fwd(bit<9> port) { sm.egress_spec = port; hdr.ip.ttl = hdr.ip.ttl - 1; dc.count(); dm.read(m.color); }
  action lrn() { digest<mac_learn>(1, m.ml); digest(1, { hdr.eth.src, sm.ingress_port }); }
  table t { key = { hdr.ip.dst : lpm; hdr.eth.src : ternary; sm.ingress_port : exact; hdr.ip.ttl : range; hdr.eth.type : optional; } actions = { drop; fwd; @defaultonly NoAction; } size = 1024; counters = dc; meters = dm; default_action = NoAction(); }
  table t2 { key = { hdr.ip.dst : exact; hdr.eth.src : selector; } actions = { drop; fwd; } implementation = as_; }
  table t3 { key = { hdr.ip.dst : exact; } actions = { drop; } implementation = action_selector(HashAlgorithm.crc32, 32w10, 32w2); support_timeout = true; }
  table t4 { key = { hdr.ip.dst : exact; } actions = { drop; } implementation = ap; psa_direct_counter = 3; }
  apply {
    c1.count(3); mt.execute_meter(5, m.color); mt.execute_meter<bit<2>>((bit<32>)sm.ingress_port, m.color);
    bit<32> v; r.read(v, 3); r.write(3, v + 1); c2.count((bit<16>)sm.ingress_port);
    hash(m.h, HashAlgorithm.crc16, 16w0, { hdr.ip.src, hdr.ip.dst, hdr.ip.protocol }, 16w1024);
    hash(m.nh, HashAlgorithm.crc32, (bit<16>)0, { hdr.ip.src }, (bit<32>)10);
    hash(m.nh, HashAlgorithm.identity, 10w0, hdr.ip.src, 10w4);
    random(m.h, 0, 100); random<bit<16>>(m.h, 16w0, m.h);
    t.apply(); t2.apply(); t3.apply(); t4.apply();
    clone(CloneType.I2E, 32w5); clone_preserving_field_list(CloneType.I2E, 5, 1); resubmit_preserving_field_list(2); recirculate_preserving_field_list(1);
    truncate(100); assert(hdr.ip.ttl != 0); assume(true); log_msg("hello"); log_msg("x {} {}", { hdr.ip.ttl, sm.ingress_port });
    lrn();
    if (sm.parser_error != error.NoError || sm.checksum_error == 1) { exit; }
    sm.mcast_grp = 1; if (sm.instance_type == 0) return;
  }
}
control E(inout headers hdr, inout meta m, inout standard_metadata_t sm) { apply { sm.egress_port = sm.egress_port; sm.priority = 3; bit<48> q = sm.ingress_global_timestamp; } }
control D(packet_out p, in headers hdr) { apply { p.emit(hdr.eth); p.emit(hdr.ip); p.emit(hdr); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
