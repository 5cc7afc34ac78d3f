/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* psa.p4 - the Portable Switch Architecture: all paths of a packet, its objects */
#include <core.p4>
#include <bmv2/psa.p4>
struct empty { }
struct nmeta { bit<8> n; }
struct rmeta { bit<8> r; }
header h_t { bit<8> op; bit<8> a; bit<16> b; bit<32> port; }
struct H { h_t h; h_t h2; }
struct M { bit<8> x; bit<8> r; bit<8> c; bit<8> e; bit<8> path; }
struct dig { bit<8> op; bit<12> v; }
parser IP(packet_in b, out H hdr, inout M m, in psa_ingress_parser_input_metadata_t istd, in rmeta rm, in rmeta cm) {
    state start { b.extract(hdr.h); m.r = rm.r; m.c = cm.r; m.path = istd.packet_path == PSA_PacketPath_t.RESUBMIT ? 8w5 : istd.packet_path == PSA_PacketPath_t.RECIRCULATE ? 8w6 : 0;
        transition select(hdr.h.op) { 0x10: two; default: accept; } }
    state two { b.extract(hdr.h2); transition accept; }
}
control IC(inout H hdr, inout M m, in psa_ingress_input_metadata_t istd, inout psa_ingress_output_metadata_t ostd) {
    Counter<bit<32>, bit<8>>(16, PSA_CounterType_t.PACKETS_AND_BYTES) cnt;
    DirectCounter<bit<32>>(PSA_CounterType_t.PACKETS) dc;
    Register<bit<16>, bit<8>>(4, 16w0x100) reg;
    Hash<bit<16>>(PSA_HashAlgorithm_t.CRC16) hh;
    Hash<bit<32>>(PSA_HashAlgorithm_t.IDENTITY) hi;
    Random<bit<8>>(8w4, 8w4) rnd;
    Meter<bit<8>>(4, PSA_MeterType_t.PACKETS) mt;
    DirectMeter(PSA_MeterType_t.BYTES) dm;
    Digest<dig>() dg;
    ActionProfile(8) ap;
    action fwd(PortId_t p) { send_to_port(ostd, p); dc.count(); }
    action dr() { ingress_drop(ostd); }
    table t { key = { hdr.h.a : exact; } actions = { fwd; dr; NoAction; } psa_direct_counter = dc; default_action = NoAction; }
    action pf(bit<8> v) { hdr.h.a = v; }
    table tp { key = { hdr.h.a : exact; } actions = { pf; NoAction; } psa_implementation = ap; }
    action mm() { hdr.h.b = dm.execute() == PSA_MeterColor_t.GREEN ? 16w1 : 2; }
    table tm { key = { hdr.h.a : exact; } actions = { mm; NoAction; } psa_direct_meter = dm; }
    apply {
        cnt.count(hdr.h.op);
        send_to_port(ostd, (PortId_t)hdr.h.port);
        if (hdr.h.op == 1) { t.apply(); }
        if (hdr.h.op == 2) { multicast(ostd, (MulticastGroup_t)(bit<32>)hdr.h.a); }
        if (hdr.h.op == 3) { ostd.class_of_service = (ClassOfService_t)5; ostd.clone = true; ostd.clone_session_id = (CloneSessionId_t)8; hdr.h.b = 0x1111; m.x = 0x33; }
        if (hdr.h.op == 4) { if (istd.packet_path != PSA_PacketPath_t.RESUBMIT) { ostd.resubmit = true; hdr.h.b = 7; m.x = 0x44; } else { hdr.h.b = (bit<16>)(m.path ++ m.r); } }
        if (hdr.h.op == 5) { if (istd.packet_path != PSA_PacketPath_t.RECIRCULATE) { send_to_port(ostd, PSA_PORT_RECIRCULATE); } else { hdr.h.b = m.path ++ m.c; } }
        if (hdr.h.op == 6) { bit<16> v = reg.read(hdr.h.a); reg.write(hdr.h.a, v + 1); hdr.h.b = v; }
        if (hdr.h.op == 7) { hdr.h.b = hh.get_hash({ hdr.h.op, hdr.h.a }); hdr.h.a = rnd.read(); hdr.h.port = hi.get_hash(32w100, { hdr.h.port }, 32w16); }
        if (hdr.h.op == 8) { PSA_MeterColor_t c = mt.execute(hdr.h.a); hdr.h.b = c == PSA_MeterColor_t.GREEN ? 16w1 : c == PSA_MeterColor_t.RED ? 16w2 : 16w3; }
        if (hdr.h.op == 0x13) { PSA_MeterColor_t c = mt.execute(hdr.h.a, hdr.h.b == 1 ? PSA_MeterColor_t.GREEN : hdr.h.b == 2 ? PSA_MeterColor_t.RED : PSA_MeterColor_t.YELLOW); hdr.h.b = c == PSA_MeterColor_t.GREEN ? 16w1 : c == PSA_MeterColor_t.RED ? 16w2 : 16w3; }
        if (hdr.h.op == 9) { ingress_drop(ostd); dg.pack({ hdr.h.op, 12w0x123 }); }
        if (hdr.h.op == 10) { tp.apply(); tm.apply(); }
        if (istd.parser_error != error.NoError) { hdr.h.b = 0xeeee; send_to_port(ostd, (PortId_t)3); hdr.h.setValid(); }
        m.e = 1;
    }
}
control ID(packet_out b, out empty ce, out rmeta re, out nmeta nm, inout H hdr, in M m, in psa_ingress_output_metadata_t istd) {
    apply { if (psa_resubmit(istd)) re.r = m.x; if (psa_normal(istd)) nm.n = hdr.h.op + 1; b.emit(hdr); }
}
parser EP(packet_in b, out H hdr, inout M m, in psa_egress_parser_input_metadata_t istd, in nmeta nm, in empty ci, in rmeta ce) {
    state start { b.extract(hdr.h); m.x = nm.n; m.r = ce.r; m.path = istd.packet_path == PSA_PacketPath_t.CLONE_I2E ? 8w3 : istd.packet_path == PSA_PacketPath_t.CLONE_E2E ? 8w4 : istd.packet_path == PSA_PacketPath_t.NORMAL_MULTICAST ? 8w2 : 8w1; transition accept; }
}
control EC(inout H hdr, inout M m, in psa_egress_input_metadata_t istd, inout psa_egress_output_metadata_t ostd) {
    apply {
        if (hdr.h.op == 2) { hdr.h.b = (bit<16>)(bit<16>)istd.instance; hdr.h.port = (bit<32>)istd.egress_port; }
        if (hdr.h.op == 3) { hdr.h.a = m.path + 16 * (bit<8>)(ClassOfServiceUint_t)istd.class_of_service; }
        if (hdr.h.op == 11) { if (istd.packet_path != PSA_PacketPath_t.CLONE_E2E) { ostd.clone = true; ostd.clone_session_id = (CloneSessionId_t)8; hdr.h.b = 0x2222; m.r = 0x99; } else { hdr.h.a = m.path; hdr.h.port = 24w0 ++ m.r; } }
        if (hdr.h.op == 12) { egress_drop(ostd); }
        if (hdr.h.op == 13) { hdr.h.a = m.x; hdr.h.b = (bit<16>)(m.e ++ m.path); }
        if (hdr.h.op == 14) { hdr.h.setInvalid(); }
    }
}
control ED(packet_out b, out rmeta ce, out rmeta re, inout H hdr, in M m, in psa_egress_output_metadata_t istd, in psa_egress_deparser_input_metadata_t ed) {
    InternetChecksum() ck;
    Checksum<bit<16>>(PSA_HashAlgorithm_t.CRC16) crc;
    apply {
        if (psa_clone_e2e(istd)) ce.r = m.r;
        if (psa_recirculate(istd, ed)) re.r = 0x55;
        if (hdr.h.op == 15) { ck.add({ hdr.h.op, hdr.h.a }); ck.add(hdr.h.port); ck.subtract({ 16w1 }); hdr.h.b = ck.get(); }
        if (hdr.h.op == 0x11) { crc.update(hdr.h.port); crc.clear(); crc.update({ hdr.h.op, hdr.h.a }); crc.update(hdr.h.port); hdr.h.b = crc.get(); }
        if (hdr.h.op == 0x14) { crc.update((bit<8192>)1); crc.update(hdr.h.port); hdr.h.b = crc.get(); }
        if (hdr.h.op == 0x12) { ck.add(hdr.h.port); ck.set_state(0x1234); ck.add({ 16w0xf000, 8w1 }); hdr.h.b = ck.get_state(); ck.clear(); hdr.h.port = 16w0 ++ ck.get(); }
        b.emit(hdr);
    }
}
IngressPipeline(IP(), IC(), ID()) ip;
EgressPipeline(EP(), EC(), ED()) ep;
PSA_Switch(ip, PacketReplicationEngine(), ep, BufferingQueueingEngine()) main;
