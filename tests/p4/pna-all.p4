/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pna-all.p4 - the objects and functions of pna, entries from the data plane with timers */
#include <core.p4>
#include <dpdk/pna.p4>
typedef bit<48> EthernetAddress;
header eth_t { EthernetAddress dst; EthernetAddress src; bit<16> type; }
header ip_t { bit<4> v; bit<4> ihl; bit<8> tos; bit<16> len; bit<16> id; bit<3> fl; bit<13> off; bit<8> ttl; bit<8> proto; bit<16> sum; bit<32> src; bit<32> dst; }
header tcp_t { bit<16> sp; bit<16> dp; bit<8> flags; }
struct H { eth_t eth; ip_t ip; tcp_t tcp; }
struct M { bit<32> port; bit<16> x; PNA_MeterColor_t c; bool hit; }
struct PM { }
struct ct_args { bit<16> tag; PortId_t port; }
struct dig_t { bit<32> src; bit<8> why; }
const ExpireTimeProfileId_t PROF = (ExpireTimeProfileId_t) 1;
parser MainParserImpl(packet_in pkt, out H hdr, inout M m, in pna_main_parser_input_metadata_t istd) {
    InternetChecksum() ck;
    state start { pkt.extract(hdr.eth); transition select(hdr.eth.type) { 0x0800: ip; default: accept; } }
    state ip { pkt.extract(hdr.ip); verify(hdr.ip.v == 4, error.ParserInvalidArgument); ck.subtract({ hdr.ip.src, hdr.ip.dst }); m.x = ck.get_state(); transition select(hdr.ip.proto) { 6: tcp; default: accept; } }
    state tcp { pkt.extract(hdr.tcp); transition accept; }
}
control PreControlImpl(in H hdr, inout PM m, in pna_pre_input_metadata_t istd, inout pna_pre_output_metadata_t ostd) { apply { } }
control MainControlImpl(inout H hdr, inout M m, in pna_main_input_metadata_t istd, inout pna_main_output_metadata_t ostd) {
    Hash<bit<16>>(PNA_HashAlgorithm_t.CRC16) h16;
    Hash<bit<32>>(PNA_HashAlgorithm_t.TARGET_DEFAULT) hd;
    Counter<bit<32>, bit<4>>(16, PNA_CounterType_t.PACKETS_AND_BYTES) cnt;
    DirectCounter<bit<32>>(PNA_CounterType_t.PACKETS_AND_BYTES) dc;
    Meter<bit<4>>(16, PNA_MeterType_t.PACKETS) mt;
    DirectMeter(PNA_MeterType_t.BYTES) dm;
    Register<bit<32>, bit<4>>(16, 7) reg;
    Register<bit<16>, bit<4>>(16) reg2;
    Random<bit<8>>(3, 3) rnd;
    ActionProfile(16) ap;
    ActionSelector(PNA_HashAlgorithm_t.CRC32, 64, 8) as_;
    Digest<dig_t>() dig;
    action ct_hit(bit<16> tag, PortId_t port) {
        restart_expire_timer();
        hdr.ip.id = tag;
        send_to_port(port);
    }
    action ct_miss() {
        ct_args a = { hdr.ip.id, (PortId_t)5 };
        m.hit = add_entry(action_name = "ct_hit", action_params = a, expire_time_profile_id = PROF);
        if (m.hit) { send_to_port((PortId_t)6); } else { drop_packet(); }
    }
    table ct {
        key = { SelectByDirection(istd.direction, hdr.ip.src, hdr.ip.dst) : exact @name("a"); SelectByDirection(istd.direction, hdr.ip.dst, hdr.ip.src) : exact @name("b"); hdr.ip.proto : exact; }
        actions = { @tableonly ct_hit; @defaultonly ct_miss; }
        add_on_miss = true;
        default_idle_timeout_for_data_plane_added_entries = 1;
        idle_timeout_with_auto_delete = true;
        const default_action = ct_miss;
        size = 16;
    }
    action one() { add_entry("none", {}, PROF); send_to_port((PortId_t)9); }
    action none() { send_to_port((PortId_t)8); }
    table t0 { key = { hdr.ip.tos : exact; } actions = { none; one; } add_on_miss = true; default_action = one(); }
    action set(bit<8> v) { hdr.ip.tos = v; dc.count(); m.c = dm.execute(); }
    table prof { key = { hdr.ip.ttl : exact; } actions = { set; NoAction; } pna_implementation = ap; }
    table sel { key = { hdr.ip.ttl : exact; hdr.ip.src : selector; } actions = { set; NoAction; } pna_implementation = as_; }
    table dir { key = { hdr.ip.ttl : exact; } actions = { set; NoAction; } pna_direct_counter = dc; pna_direct_meter = dm; default_action = NoAction; }
    apply {
        if (!hdr.ip.isValid()) { if (istd.parser_error != error.NoError) { drop_packet(); } else { send_to_port((PortId_t)1); drop_packet(); send_to_port((PortId_t)0); } return; }
        switch (hdr.ip.ttl) {
            1: { ct.apply(); }
            2: { t0.apply(); }
            3: { hdr.ip.id = h16.get_hash({ hdr.ip.src, hdr.ip.dst }); hdr.ip.sum = h16.get_hash(16w100, { hdr.ip.src, hdr.ip.dst }, 16w8); send_to_port((PortId_t)2); }
            4: { cnt.count(3); cnt.count(4, 1000); hdr.ip.tos = (bit<8>)(bit<32>)reg.read(2); reg.write(2, reg.read(2) + 1); hdr.ip.id = reg2.read(15); send_to_port((PortId_t)2); }
            5: { m.c = mt.execute(1); if (m.c == PNA_MeterColor_t.RED) { hdr.ip.id = 0xdead; } m.c = mt.dpdk_execute(2, PNA_MeterColor_t.YELLOW, 1000); if (m.c == PNA_MeterColor_t.YELLOW) { hdr.ip.sum = 0xaaaa; } hdr.ip.tos = rnd.read(); send_to_port((PortId_t)2); }
            6: { dig.pack({ hdr.ip.src, 6 }); send_to_port((PortId_t)2); mirror_packet((MirrorSlotId_t)1, (MirrorSessionId_t)3); mirror_packet((MirrorSlotId_t)2, (MirrorSessionId_t)4); mirror_packet((MirrorSlotId_t)1, (MirrorSessionId_t)4); }
            7: { if (istd.pass == (PassNumber_t)0) { recirculate(); } else { hdr.ip.tos = (bit<8>)(bit<3>)istd.pass; hdr.ip.id = istd.loopedback ? 16w1 : 0; send_to_port((PortId_t)2); } }
            8: { dir.apply(); send_to_port((PortId_t)2); }
            9: { prof.apply(); send_to_port((PortId_t)2); }
            10: { sel.apply(); send_to_port((PortId_t)2); }
            11: { recirculate(); send_to_port((PortId_t)2); recirculate(); drop_packet(); send_to_port((PortId_t)3); }
            12: { FlowId_t f = allocate_flow_id(); hdr.ip.id = ((bit<32>)f)[15:0] & 0; ostd.class_of_service = (ClassOfService_t)3; send_to_port((PortId_t)2); }
        }
    }
}
control MainDeparserImpl(packet_out pkt, in H hdr, in M m, in pna_main_output_metadata_t ostd) {
    InternetChecksum() ck;
    H h;
    apply { h = hdr; if (hdr.ip.isValid() && hdr.ip.ttl == 13) { ck.set_state(m.x); ck.add({ hdr.ip.src, hdr.ip.dst }); h.ip.sum = ck.get(); } pkt.emit(h.eth); pkt.emit(h.ip); pkt.emit(h.tcp); }
}
PNA_NIC(MainParserImpl(), PreControlImpl(), MainControlImpl(), MainDeparserImpl()) main;
