/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* psa-paths.p4 - all ways of a packet through psa, and what goes along with it on each */
#include <core.p4>
#include <psa.p4>
header h_t { bit<8> op; bit<8> n; bit<16> a; bit<16> sum; bit<32> x; }
header log_t { bit<8> path; bit<8> who; bit<16> inst; bit<16> v; bit<8> cos; bit<8> err; }
struct H { log_t[1] log; h_t h; }
struct M { bit<8> i; bit<16> v; bool bad; bit<8> why; }
struct rs_t { bit<16> v; bit<8> tries; }
struct rc_t { bit<16> v; h_t h; }
struct ci_t { bit<16> v; bit<8> k; }
struct ce_t { bit<16> v; }
struct nm_t { bit<16> v; h_t seen; }
struct dig_t { bit<16> a; bit<8> op; }
parser IP(packet_in p, out H hdr, inout M m, in psa_ingress_parser_input_metadata_t istd, in rs_t rs, in rc_t rc) {
    value_set<bit<8>>(4) vs;
    InternetChecksum() ck;
    state start {
        m.why = (bit<8>)(bit<32>)0;
        transition select(istd.packet_path) { PSA_PacketPath_t.RESUBMIT: again; PSA_PacketPath_t.RECIRCULATE: round; default: body; }
    }
    state again { m.v = rs.v; m.i = rs.tries; transition body; }
    state round { m.v = rc.v; m.i = rc.h.isValid() ? rc.h.n : 8w0x99; transition body; }
    state body { p.extract(hdr.h); verify(hdr.h.op != 0xff, error.HeaderTooShort); ck.subtract({ hdr.h.sum, hdr.h.a }); ck.subtract(hdr.h.x); m.bad = ck.get() != 0; transition select(hdr.h.n) { vs: special; default: accept; } }
    state special { m.why = 0x55; transition accept; }
}
control IC(inout H hdr, inout M m, in psa_ingress_input_metadata_t istd, inout psa_ingress_output_metadata_t ostd) {
    ActionSelector(PSA_HashAlgorithm_t.CRC16, 32, 16) sel;
    Digest<dig_t>() dig;
    Meter<bit<8>>(4, PSA_MeterType_t.PACKETS) mt;
    Random<bit<16>>(5, 5) rnd;
    action to(PortId_t p) { ostd.egress_port = p; ostd.drop = false; }
    table pick { key = { hdr.h.n : exact; hdr.h.x : selector; } actions = { to; NoAction; } psa_implementation = sel; default_action = NoAction; }
    apply {
        ostd.drop = false;
        ostd.egress_port = (PortId_t)2;
        ostd.class_of_service = (ClassOfService_t)3;
        hdr.h.a = hdr.h.a + m.v;
        if (istd.parser_error != error.NoError) { hdr.h.a = 0xeeee; }
        switch (hdr.h.op) {
            1: { if (m.i < 3) { ostd.resubmit = true; hdr.h.a = 0x9999; } else { hdr.h.n = m.i; } }
            2: { if (istd.packet_path != PSA_PacketPath_t.RECIRCULATE) { ostd.egress_port = PSA_PORT_RECIRCULATE; } else { hdr.h.n = m.i; if (istd.ingress_port == PSA_PORT_RECIRCULATE) { hdr.h.a = hdr.h.a | 0x8000; } } }
            3: { ostd.clone = true; ostd.clone_session_id = (CloneSessionId_t)5; hdr.h.a = 0x3333; }
            4: { ostd.clone = true; ostd.clone_session_id = (CloneSessionId_t)6; ostd.drop = true; }
            5: { multicast(ostd, (MulticastGroup_t)1); ostd.egress_port = (PortId_t)9; }
            6: { ostd.clone = true; ostd.clone_session_id = (CloneSessionId_t)5; if (m.i == 0) { ostd.resubmit = true; } }
            7: { pick.apply(); }
            8: { dig.pack({ hdr.h.a, hdr.h.op }); hdr.h.n = m.why; hdr.h.a = m.bad ? 16w1 : 0; }
            9: { ingress_drop(ostd); }
            10: { send_to_port(ostd, (PortId_t)4); hdr.h.a = rnd.read(); }
            11: { ostd.drop = true; ostd.resubmit = true; }
            12: { multicast(ostd, (MulticastGroup_t)77); }
            15: { ostd.resubmit = true; ostd.multicast_group = (MulticastGroup_t)1; if (m.i >= 1) { ostd.resubmit = false; } }
        }
    }
}
control ID(packet_out p, out ci_t ci, out rs_t rs, out nm_t nm, inout H hdr, in M m, in psa_ingress_output_metadata_t istd) {
    InternetChecksum() ck;
    apply {
        if (psa_clone_i2e(istd)) { ci.v = 0x0c1c; ci.k = hdr.h.n; }
        if (psa_resubmit(istd)) { rs.v = m.v + 0x100; rs.tries = m.i + 1; }
        if (psa_normal(istd)) { nm.v = 0x0a0a; nm.seen = hdr.h; }
        ck.clear(); ck.add({ hdr.h.op ++ hdr.h.n, hdr.h.a, hdr.h.x }); hdr.h.sum = ck.get();
        p.emit(hdr.h);
    }
}
parser EP(packet_in p, out H hdr, inout M m, in psa_egress_parser_input_metadata_t istd, in nm_t nm, in ci_t ci, in ce_t ce) {
    state start {
        p.extract(hdr.h);
        transition select(istd.packet_path) { PSA_PacketPath_t.CLONE_I2E: i2e; PSA_PacketPath_t.CLONE_E2E: e2e; default: normal; }
    }
    state i2e { m.v = ci.v; m.i = ci.k; transition done; }
    state e2e { m.v = ce.v; transition done; }
    state normal { m.v = nm.v; m.i = nm.seen.n; transition done; }
    state done { verify(hdr.h.op != 13, error.StackOutOfBounds); transition accept; }
}
control EC(inout H hdr, inout M m, in psa_egress_input_metadata_t istd, inout psa_egress_output_metadata_t ostd) {
    apply {
        hdr.log[0].setValid();
        hdr.log[0] = { 0, (bit<8>)(bit<32>)istd.egress_port, (bit<16>)istd.instance, m.v, (bit<8>)istd.class_of_service, m.i };
        if (istd.packet_path == PSA_PacketPath_t.NORMAL_UNICAST) { hdr.log[0].path = 1; }
        if (istd.packet_path == PSA_PacketPath_t.NORMAL_MULTICAST) { hdr.log[0].path = 2; }
        if (istd.packet_path == PSA_PacketPath_t.CLONE_I2E) { hdr.log[0].path = 3; }
        if (istd.packet_path == PSA_PacketPath_t.CLONE_E2E) { hdr.log[0].path = 4; }
        if (istd.parser_error == error.StackOutOfBounds) { hdr.log[0].err = 0xbb; }
        if (hdr.h.op == 5 && istd.instance == (EgressInstance_t)2) { egress_drop(ostd); }
        if (hdr.h.op == 14 && istd.packet_path == PSA_PacketPath_t.NORMAL_UNICAST) { ostd.clone = true; ostd.clone_session_id = (CloneSessionId_t)5; egress_drop(ostd); }
        if (hdr.h.op == 2 && istd.egress_port == PSA_PORT_RECIRCULATE) { hdr.log[0].setInvalid(); hdr.h.n = 0x44; }
    }
}
control ED(packet_out p, out ce_t ce, out rc_t rc, inout H hdr, in M m, in psa_egress_output_metadata_t istd, in psa_egress_deparser_input_metadata_t edstd) {
    apply {
        if (psa_clone_e2e(istd)) { ce.v = 0x0ce2; hdr.log[0].setInvalid(); }
        if (psa_recirculate(istd, edstd)) { rc.v = 0x0111; rc.h = hdr.h; }
        p.emit(hdr.h); p.emit(hdr.log);
    }
}
PSA_Switch(IngressPipeline(IP(), IC(), ID()), PacketReplicationEngine(), EgressPipeline(EP(), EC(), ED()), BufferingQueueingEngine()) main;
