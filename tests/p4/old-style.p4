/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* old-style.p4 - names, keys and checksums as older programs write them */
/* what old programs do: version 2018's idioms */
#include <core.p4>
#include <v1model.p4>
struct intrinsic_t { bit<48> ts; bit<16> lf; }
@metadata struct metadata { @name("intrinsic") intrinsic_t intrinsic; @name(".im") bit<8> im; bit<9> p; }
header ethernet_t { bit<48> dstAddr; bit<48> srcAddr; bit<16> etherType; }
header ipv4_t { bit<4> version; bit<4> ihl; bit<8> diffserv; bit<16> totalLen; bit<16> identification; bit<3> flags; bit<13> fragOffset; bit<8> ttl; bit<8> protocol; bit<16> hdrChecksum; bit<32> srcAddr; bit<32> dstAddr; }
header udp_t { bit<16> sp; @name(".dport") bit<16> dp; bit<16> len; bit<16> ck; }
header vlan_t { bit<3> pcp; bit<1> cfi; bit<12> vid; bit<16> etherType; }
struct headers { @name("eth") ethernet_t ethernet; @name("vlan_tag_") vlan_t[2] vlan_tag_; @name("ipv4") ipv4_t ipv4; udp_t udp; }
parser ParserImpl(packet_in packet, out headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
    @name(".parse_vlan") state parse_vlan { packet.extract(hdr.vlan_tag_.next); transition select(hdr.vlan_tag_.last.etherType) { 16w0x8100 &&& 16w0xefff: parse_vlan; 16w0x800: parse_ipv4; default: accept; } }
    @name(".parse_ipv4") state parse_ipv4 { packet.extract<ipv4_t>(hdr.ipv4); transition select(hdr.ipv4.fragOffset, hdr.ipv4.ihl, hdr.ipv4.protocol) { (13w0x0, 4w0x5, 8w17): parse_udp; default: accept; } }
    @name(".parse_udp") state parse_udp { packet.extract(hdr.udp); transition accept; }
    @name(".start") state start { packet.extract(hdr.ethernet); transition select(hdr.ethernet.etherType) { 16w0x8100: parse_vlan; 16w0x800: parse_ipv4; default: accept; } }
}
control ingress(inout headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
    @name(".on_miss") action on_miss() { }
    @name(".set_port") action set_port(bit<9> port) { standard_metadata.egress_spec = port; hdr.ipv4.ttl = hdr.ipv4.ttl + 8w255; }
    @name(".dropit") action dropit() { mark_to_drop(standard_metadata); }
    @name("._pop") action _pop() { hdr.ethernet.etherType = hdr.vlan_tag_[0].etherType; hdr.vlan_tag_.pop_front(1); }
    @name(".push") action push(bit<12> vid) { hdr.vlan_tag_.push_front(1); hdr.vlan_tag_[0].setValid(); hdr.vlan_tag_[0].vid = vid; hdr.vlan_tag_[0].etherType = hdr.ethernet.etherType; hdr.ethernet.etherType = 0x8100; }
    @name(".fib") table fib { actions = { on_miss; set_port; dropit; @default_only NoAction; } key = { hdr.ipv4.dstAddr: lpm @name("ipv4.dstAddr"); meta.p : exact; } size = 1024; default_action = NoAction(); }
    @name(".udp") table u { actions = { dropit; NoAction; } key = { hdr.udp.dp: exact; hdr.ethernet.etherType: exact; } default_action = NoAction(); }
    @name(".vl") table vl { actions = { _pop; push; @defaultonly NoAction; } key = { hdr.vlan_tag_[0].isValid(): exact @name("vlan_tag_[0].$valid$"); hdr.vlan_tag_[0].vid: ternary @name("vlan_tag_[0].vid"); } default_action = NoAction(); }
    apply { if (hdr.ipv4.isValid() && hdr.ipv4.ttl > 8w1) { fib.apply(); } standard_metadata.clone_spec = standard_metadata.clone_spec + 32w7; if (standard_metadata.drop == 1w0 && standard_metadata.resubmit_flag == 32w0) { vl.apply(); } u.apply(); }
}
control egress(inout headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
    @name(".dropit") action dropit() { mark_to_drop(standard_metadata); }
    @name(".rewrite_mac") action rewrite_mac(bit<48> smac) { hdr.ethernet.srcAddr = smac; }
    @name(".send_frame") table send_frame { actions = { rewrite_mac; dropit; @defaultonly NoAction; } key = { standard_metadata.egress_port: exact; } size = 256; default_action = NoAction(); }
    apply { if (standard_metadata.clone_spec == 32w7) { send_frame.apply(); } }
}
control DeparserImpl(packet_out packet, in headers hdr) { apply { packet.emit(hdr.ethernet); packet.emit(hdr.vlan_tag_[0]); packet.emit(hdr.vlan_tag_[1]); packet.emit(hdr.ipv4); packet.emit(hdr.udp); } }
control verifyChecksum(inout headers hdr, inout metadata meta) { apply { verify_checksum(true, { hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.diffserv, hdr.ipv4.totalLen, hdr.ipv4.identification, hdr.ipv4.flags, hdr.ipv4.fragOffset, hdr.ipv4.ttl, hdr.ipv4.protocol, hdr.ipv4.srcAddr, hdr.ipv4.dstAddr }, hdr.ipv4.hdrChecksum, HashAlgorithm.csum16); } }
control computeChecksum(inout headers hdr, inout metadata meta) { apply {
    update_checksum(hdr.ipv4.ihl == 4w5, { hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.diffserv, hdr.ipv4.totalLen, hdr.ipv4.identification, hdr.ipv4.flags, hdr.ipv4.fragOffset, hdr.ipv4.ttl, hdr.ipv4.protocol, hdr.ipv4.srcAddr, hdr.ipv4.dstAddr }, hdr.ipv4.hdrChecksum, HashAlgorithm.csum16);
    update_checksum_with_payload(hdr.udp.isValid(), { hdr.ipv4.srcAddr, hdr.ipv4.dstAddr, 8w0, hdr.ipv4.protocol, hdr.udp.len, hdr.udp.sp, hdr.udp.dp, hdr.udp.len }, hdr.udp.ck, HashAlgorithm.csum16); } }
V1Switch(ParserImpl(), verifyChecksum(), ingress(), egress(), computeChecksum(), DeparserImpl()) main;
