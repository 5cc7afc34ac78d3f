/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* a larger v1model program in the usual manner */
#include <core.p4>
#include <v1model.p4>

#define ETH_HDR_SIZE 14
#define CPU_PORT 255
#ifndef MAX_LABELS
#define MAX_LABELS 3
#endif

typedef bit<9>  egressSpec_t;
typedef bit<48> macAddr_t;
typedef bit<32> ip4Addr_t;
typedef bit<128> ip6Addr_t;
typedef bit<16> mcast_group_id_t;
type bit<12> vlan_t;

const bit<16> TYPE_IPV4 = 0x800;
const bit<16> TYPE_IPV6 = 0x86dd;
const bit<16> TYPE_MPLS = 0x8847;
const bit<16> TYPE_VLAN = 0x8100;
const bit<16> TYPE_ARP  = 0x0806;
const bit<8> PROTO_TCP = 6;
const bit<8> PROTO_UDP = 8w17;
const bit<16> UDP_VXLAN = 4789;
const ip4Addr_t MYSELF = 32w0x0a000001;

enum bit<16> ArpOp { REQ = 1, REPLY = 2 }
enum Color { GREEN, YELLOW, RED }
error { IPv4BadVersion, IPv4OptionsTooLong, TooManyLabels, Loop }

@controller_header("packet_in")
header packet_in_t { @switch_origin bit<9> ingress_port; bit<7> _pad; }
@controller_header("packet_out")
header packet_out_t { bit<9> egress_port; bit<7> _pad; }
header ethernet_t { macAddr_t dstAddr; macAddr_t srcAddr; bit<16> etherType; }
header vlan_tag_t { bit<3> pcp; bit<1> dei; bit<12> vid; bit<16> etherType; }
header mpls_t { bit<20> label; bit<3> exp; bit<1> bos; bit<8> ttl; }
header ipv4_t {
    bit<4> version; bit<4> ihl; bit<6> dscp; bit<2> ecn; bit<16> totalLen;
    bit<16> identification; bit<3> flags; bit<13> fragOffset; bit<8> ttl; bit<8> protocol;
    bit<16> hdrChecksum; ip4Addr_t srcAddr; ip4Addr_t dstAddr;
}
header ipv4_options_t { varbit<320> options; }
header ipv6_t { bit<4> version; bit<8> tc; bit<20> fl; bit<16> plen; bit<8> nh; bit<8> hl; ip6Addr_t src; ip6Addr_t dst; }
header srh_t { bit<8> next_hdr; bit<8> hdr_ext_len; bit<8> routing_type; bit<8> segment_left; bit<8> last_entry; bit<8> flags; bit<16> tag; }
header srv6_list_t { ip6Addr_t segment_id; }
header tcp_t { bit<16> srcPort; bit<16> dstPort; bit<32> seq; bit<32> ack; bit<4> off; bit<3> res; bit<9> ctrl; bit<16> win; bit<16> csum; bit<16> urg; }
header udp_t { bit<16> srcPort; bit<16> dstPort; bit<16> len; bit<16> csum; }
header vxlan_t { bit<8> flags; bit<24> rsv; bit<24> vni; bit<8> rsv2; }
header arp_t { bit<16> htype; bit<16> ptype; bit<8> hlen; bit<8> plen; ArpOp op; macAddr_t sha; ip4Addr_t spa; macAddr_t tha; ip4Addr_t tpa; }
header int_shim_t { bit<8> type; bit<8> rsvd; bit<8> len; bit<8> next; }
header int_data_t { bit<32> sw_id; bit<48> ts; }
header_union l4_t { tcp_t tcp; udp_t udp; }

struct headers {
    packet_out_t packet_out; packet_in_t packet_in;
    ethernet_t ethernet; vlan_tag_t[2] vlan; mpls_t[MAX_LABELS] mpls; arp_t arp;
    ipv4_t ipv4; ipv4_options_t ipv4_options; ipv6_t ipv6; srh_t srh; srv6_list_t[4] sids;
    l4_t l4; vxlan_t vxlan; ethernet_t inner_ethernet; ipv4_t inner_ipv4; int_shim_t int_shim; int_data_t[8] int_data;
}
struct l4_lookup_t { bit<16> src; bit<16> dst; bool valid; }
struct nat_t { bool do_nat; ip4Addr_t ip; bit<16> port; }
@name("meta") struct metadata {
    vlan_t vlan; bit<16> l4_len; l4_lookup_t lk; nat_t nat; bit<14> ecmp_group_id; bit<16> ecmp_hash; Color color;
    bit<2> color_bits; @field_list(1) bit<8> clone_reason; bit<1> is_multicast; bit<32> nexthop; bit<4> mpls_depth; bit<32> flow_pkts; error last_error;
}

parser EthParser(packet_in packet, inout headers hdr, inout metadata meta) {
    state start {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.etherType) { TYPE_VLAN: vlan; default: accept; }
    }
    state vlan {
        packet.extract(hdr.vlan.next);
        transition select(hdr.vlan.last.etherType) { TYPE_VLAN: vlan; _: accept; }
    }
}

parser MyParser(packet_in packet, out headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
    EthParser() eth;
    value_set<bit<16>>(4) extra_types;
    bit<8> segs = 0;
    state start {
        transition select(standard_metadata.ingress_port) { CPU_PORT: parse_packet_out; default: parse_ethernet; }
    }
    state parse_packet_out { packet.extract(hdr.packet_out); transition parse_ethernet; }
    state parse_ethernet {
        eth.apply(packet, hdr, meta);
        bit<16> et = hdr.ethernet.etherType;
        if (hdr.vlan[0].isValid()) { et = hdr.vlan[0].etherType; meta.vlan = (vlan_t)hdr.vlan[0].vid; }
        if (hdr.vlan[1].isValid()) et = hdr.vlan[1].etherType;
        transition select(et) {
            TYPE_IPV4: parse_ipv4; TYPE_IPV6: parse_ipv6; TYPE_ARP: parse_arp;
            TYPE_MPLS &&& 0xfffe: parse_mpls; extra_types: parse_ipv4; 0 .. 1500: reject; default: accept;
        }
    }
    state parse_mpls {
        packet.extract(hdr.mpls.next);
        meta.mpls_depth = meta.mpls_depth + 1;
        verify(meta.mpls_depth <= MAX_LABELS, error.TooManyLabels);
        transition select(hdr.mpls.last.bos, packet.lookahead<bit<4>>()) { (0, _): parse_mpls; (1, 4): parse_ipv4; (1, 6): parse_ipv6; (_, _): accept; }
    }
    state parse_arp { packet.extract(hdr.arp); transition select(hdr.arp.op) { ArpOp.REQ: accept; ArpOp.REPLY: accept; default: reject; } }
    state parse_ipv4 {
        packet.extract(hdr.ipv4);
        verify(hdr.ipv4.version == 4, error.IPv4BadVersion);
        verify(hdr.ipv4.ihl >= 4w5, error.HeaderTooShort);
        meta.l4_len = hdr.ipv4.totalLen - (bit<16>)hdr.ipv4.ihl * 4;
        transition select(hdr.ipv4.ihl) { 5: dispatch; default: parse_ipv4_options; }
    }
    state parse_ipv4_options { packet.extract(hdr.ipv4_options, (bit<32>)(((bit<16>)hdr.ipv4.ihl - 5) * 32)); transition dispatch; }
    state dispatch {
        transition select(hdr.ipv4.fragOffset, hdr.ipv4.protocol) { (0, PROTO_TCP): parse_tcp; (0, PROTO_UDP): parse_udp; default: accept; }
    }
    state parse_ipv6 { packet.extract(hdr.ipv6); transition select(hdr.ipv6.nh) { 43: parse_srh; 6: parse_tcp; 17: parse_udp; default: accept; } }
    state parse_srh { packet.extract(hdr.srh); segs = hdr.srh.last_entry + 1; transition parse_sids; }
    state parse_sids {
        packet.extract(hdr.sids.next); segs = segs - 1;
        transition select(segs) { 0: after_srh; default: parse_sids; }
    }
    state after_srh { transition select(hdr.srh.next_hdr) { PROTO_TCP: parse_tcp; PROTO_UDP: parse_udp; default: accept; } }
    state parse_tcp { packet.extract(hdr.l4.tcp); meta.lk = { hdr.l4.tcp.srcPort, hdr.l4.tcp.dstPort, true }; transition accept; }
    state parse_udp {
        packet.extract(hdr.l4.udp); meta.lk = { src = hdr.l4.udp.srcPort, dst = hdr.l4.udp.dstPort, valid = true };
        transition select(hdr.l4.udp.dstPort) { UDP_VXLAN: parse_vxlan; default: accept; }
    }
    state parse_vxlan { packet.extract(hdr.vxlan); packet.extract(hdr.inner_ethernet); transition select(hdr.inner_ethernet.etherType) { 0x800: parse_inner; default: accept; } }
    state parse_inner { packet.extract(hdr.inner_ipv4); transition accept; }
}

control MyVerifyChecksum(inout headers hdr, inout metadata meta) {
    apply {
        verify_checksum(hdr.ipv4.isValid() && hdr.ipv4.ihl == 5,
            { hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.dscp, hdr.ipv4.ecn, hdr.ipv4.totalLen, hdr.ipv4.identification,
              hdr.ipv4.flags, hdr.ipv4.fragOffset, hdr.ipv4.ttl, hdr.ipv4.protocol, hdr.ipv4.srcAddr, hdr.ipv4.dstAddr },
            hdr.ipv4.hdrChecksum, HashAlgorithm.csum16);
    }
}

bit<16> min16(in bit<16> a, in bit<16> b) { return a < b ? a : b; }
bool is_mcast(in macAddr_t mac) { return mac[40:40] == 1; }
void decap(inout headers h) {
    h.ethernet = h.inner_ethernet; h.ipv4 = h.inner_ipv4; h.vxlan.setInvalid(); h.l4.udp.setInvalid();
    h.inner_ethernet.setInvalid(); h.inner_ipv4 = {#};
}

control Acl(in headers hdr, inout metadata meta, inout standard_metadata_t sm)(bit<32> size, bool strict) {
    direct_counter(CounterType.packets_and_bytes) hits;
    action permit() { hits.count(); }
    action deny() { hits.count(); mark_to_drop(sm); exit; }
    action log_it(bit<8> reason) { hits.count(); meta.clone_reason = reason; clone_preserving_field_list(CloneType.I2E, 32w99, 1); }
    table acl {
        key = {
            hdr.ipv4.srcAddr: ternary; hdr.ipv4.dstAddr: ternary @name("dst"); hdr.ipv4.protocol: ternary;
            meta.lk.src: range; meta.lk.dst: range; hdr.l4.tcp.isValid(): exact; sm.ingress_port: optional;
        }
        actions = { permit; deny; log_it; @defaultonly NoAction; }
        const default_action = NoAction();
        counters = hits;
        size = size;
        const entries = {
            (0x0a000000 &&& 0xff000000, _, PROTO_TCP, 0 .. 1023, 22 .. 22, true, _): permit();
            (_, MYSELF, 8w1 &&& 8w0xff, _, _, false, 3): log_it(7);
            (_, _, _, _, 23, true, _): deny();
        }
    }
    apply { if (strict || meta.lk.valid) { acl.apply(); } }
}

control Nat(inout headers hdr, inout metadata meta) {
    register<bit<32>>(65536) sessions;
    register<bit<16>>(1) next_port;
    counter(256, CounterType.packets) translations;
    action snat(ip4Addr_t ip) { meta.nat.do_nat = true; meta.nat.ip = ip; }
    table nat_pool { key = { hdr.ipv4.srcAddr: lpm; } actions = { snat; NoAction; } default_action = NoAction; }
    apply {
        if (nat_pool.apply().hit) {
            bit<32> idx;
            hash(idx, HashAlgorithm.crc32, 32w0, { hdr.ipv4.srcAddr, hdr.ipv4.dstAddr, hdr.ipv4.protocol, meta.lk.src }, 32w65536);
            bit<32> s;
            @atomic {
                sessions.read(s, idx);
                if (s == 0) { bit<16> p; next_port.read(p, 0); p = p |+| 1; next_port.write(0, p); s = meta.nat.ip[15:0] ++ p; sessions.write(idx, s); }
            }
            hdr.ipv4.srcAddr = meta.nat.ip;
            if (hdr.l4.tcp.isValid()) { hdr.l4.tcp.srcPort = s[15:0]; } else if (hdr.l4.udp.isValid()) { hdr.l4.udp.srcPort = s[15:0]; }
            translations.count((bit<32>)hdr.ipv4.protocol);
        }
    }
}

control MyIngress(inout headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
    action_selector(HashAlgorithm.crc16, 32w128, 32w14) ecmp_selector;
    meter(64, MeterType.packets) port_meter;
    Acl(1024, true) acl4;
    Nat() nat;
    bool dropped = false;
    action drop() { mark_to_drop(standard_metadata); dropped = true; }
    action set_nhop(macAddr_t dmac, egressSpec_t port) {
        hdr.ethernet.srcAddr = hdr.ethernet.dstAddr; hdr.ethernet.dstAddr = dmac; standard_metadata.egress_spec = port;
        hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
    }
    action multicast(mcast_group_id_t gid) { standard_metadata.mcast_grp = gid; meta.is_multicast = 1; }
    action push_mpls(bit<20> label) {
        hdr.mpls.push_front(1); hdr.mpls[0].setValid(); hdr.mpls[0] = { label, 0, hdr.mpls[1].isValid() ? 1w0 : 1w1, 64 };
        hdr.ethernet.etherType = TYPE_MPLS;
    }
    action pop_mpls() { hdr.mpls.pop_front(1); if (!hdr.mpls[0].isValid()) { hdr.ethernet.etherType = TYPE_IPV4; } }
    action srv6_next() { hdr.srh.segment_left = hdr.srh.segment_left - 1; hdr.ipv6.dst = hdr.sids[hdr.srh.segment_left].segment_id; }
    action to_cpu(bit<8> why) { meta.clone_reason = why; standard_metadata.egress_spec = CPU_PORT; hdr.packet_in.setValid(); hdr.packet_in.ingress_port = standard_metadata.ingress_port; }
    table ipv4_lpm { key = { hdr.ipv4.dstAddr: lpm; } actions = { set_nhop; drop; to_cpu; NoAction; } size = 1024; default_action = drop(); }
    table ecmp { key = { hdr.ipv4.dstAddr: lpm; hdr.ipv4.srcAddr: selector; meta.lk.src: selector; } actions = { set_nhop; drop; } implementation = ecmp_selector; size = 64; }
    table l2 { key = { hdr.ethernet.dstAddr: exact; meta.vlan: exact; } actions = { multicast; drop; set_nhop(); } const default_action = drop; }
    table mpls { key = { hdr.mpls[0].label: exact; } actions = { push_mpls; pop_mpls; drop; } default_action = drop; }
    table srv6 { key = { hdr.ipv6.dst: exact; } actions = { srv6_next; @defaultonly NoAction; } }
    table tunnel { key = { hdr.vxlan.vni: exact; } actions = { NoAction; drop; } }
    apply {
        if (standard_metadata.parser_error != error.NoError) { meta.last_error = standard_metadata.parser_error; to_cpu(1); return; }
        if (hdr.packet_out.isValid()) { standard_metadata.egress_spec = hdr.packet_out.egress_port; hdr.packet_out.setInvalid(); return; }
        port_meter.execute_meter((bit<32>)standard_metadata.ingress_port, meta.color_bits);
        switch (meta.color_bits) { 2: { drop(); } 1: { meta.color = Color.YELLOW; } default: { meta.color = Color.GREEN; } }
        if (dropped) exit;
        if (hdr.vxlan.isValid()) { switch (tunnel.apply().action_run) { drop: { return; } default: { decap(hdr); } } }
        acl4.apply(hdr, meta, standard_metadata);
        if (hdr.mpls[0].isValid()) { mpls.apply(); }
        else if (hdr.ipv4.isValid() && hdr.ipv4.ttl > 1) {
            nat.apply(hdr, meta);
            if (!ipv4_lpm.apply().hit) { ecmp.apply(); }
        } else if (hdr.srh.isValid() && hdr.srh.segment_left != 0) srv6.apply();
        else if (is_mcast(hdr.ethernet.dstAddr) || hdr.ethernet.dstAddr == 0xffffffffffff) multicast(1);
        else { switch (l2.apply().action_run) { set_nhop: multicast: { } drop: { to_cpu(2); } } }
        for (bit<8> i in 0 .. 3) { if (hdr.int_data[i].isValid()) continue; hdr.int_data[i].setValid(); hdr.int_data[i].sw_id = (bit<32>)i; break; }
        for (bit<4> d = 0; d < meta.mpls_depth; d = d + 1) { meta.flow_pkts += 1; }
    }
}

control MyEgress(inout headers hdr, inout metadata meta, inout standard_metadata_t standard_metadata) {
    action rewrite(macAddr_t smac) { hdr.ethernet.srcAddr = smac; }
    table smac { key = { standard_metadata.egress_port: exact; } actions = { rewrite; NoAction; } }
    apply {
        if (standard_metadata.instance_type == 1) { hdr.packet_in = { standard_metadata.ingress_port, 0 }; truncate(32w128); }
        else if (standard_metadata.egress_port == standard_metadata.ingress_port && meta.is_multicast == 1) { mark_to_drop(standard_metadata); }
        smac.apply();
        if (standard_metadata.deq_qdepth > 100) hdr.ipv4.ecn = 3;
        hdr.int_shim.len = hdr.int_shim.len + (bit<8>)(int_data_t.minSizeInBytes());
    }
}

control MyComputeChecksum(inout headers hdr, inout metadata meta) {
    apply {
        update_checksum(hdr.ipv4.isValid(), { hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.dscp, hdr.ipv4.ecn, hdr.ipv4.totalLen, hdr.ipv4.identification,
              hdr.ipv4.flags, hdr.ipv4.fragOffset, hdr.ipv4.ttl, hdr.ipv4.protocol, hdr.ipv4.srcAddr, hdr.ipv4.dstAddr }, hdr.ipv4.hdrChecksum, HashAlgorithm.csum16);
        update_checksum_with_payload(hdr.l4.tcp.isValid(), { hdr.ipv4.srcAddr, hdr.ipv4.dstAddr, 8w0, hdr.ipv4.protocol, meta.l4_len, hdr.l4.tcp.srcPort, hdr.l4.tcp.dstPort }, hdr.l4.tcp.csum, HashAlgorithm.csum16);
    }
}
control MyDeparser(packet_out packet, in headers hdr) {
    apply {
        packet.emit(hdr.packet_in); packet.emit(hdr.ethernet); packet.emit(hdr.vlan); packet.emit(hdr.mpls); packet.emit(hdr.arp); packet.emit(hdr.ipv4);
        packet.emit(hdr.ipv4_options); packet.emit(hdr.ipv6); packet.emit(hdr.srh); packet.emit(hdr.sids); packet.emit(hdr.l4); packet.emit(hdr.vxlan); packet.emit(hdr.inner_ethernet); packet.emit(hdr.inner_ipv4); packet.emit(hdr.int_shim); packet.emit(hdr.int_data);
    }
}
V1Switch(MyParser(), MyVerifyChecksum(), MyIngress(), MyEgress(), MyComputeChecksum(), MyDeparser()) main;
