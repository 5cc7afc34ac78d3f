/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* psa-handed.p4 - what psa's deparsers hand over, of any type, is seen on its own path only */
#include <psa.p4>
header h_t { bit<8> op; bit<8> a; bit<16> b; bit<32> c; }
header normal_t { bit<8> z; varbit<16> v; }
enum bit<8> why_t { FIRST = 1, AGAIN = 2 }
typedef tuple<bit<8>, bit<16>> cloned_t;
parser IP(packet_in b, out h_t hdr, inout bit<16> m, in psa_ingress_parser_input_metadata_t istd, in why_t rs,
          in bit<200> rc) {
    state start { b.extract(hdr); m = (bit<16>)(bit<8>)rs + rc[15:0]; transition accept; }
}
control IG(inout h_t hdr, inout bit<16> m, in psa_ingress_input_metadata_t istd,
           inout psa_ingress_output_metadata_t ostd) {
    apply {
        bool fresh = istd.packet_path == PSA_PacketPath_t.NORMAL;
        hdr.b = hdr.b + m;
        send_to_port(ostd, (PortId_t)1);
        ostd.clone_session_id = (CloneSessionId_t)1;
        ostd.clone = hdr.op == 3;
        ostd.resubmit = hdr.op == 1 && fresh || hdr.op == 5 && fresh;
        if (hdr.op == 2 && fresh || hdr.op == 5 && istd.packet_path == PSA_PacketPath_t.RESUBMIT)
            ostd.egress_port = PSA_PORT_RECIRCULATE;
    }
}
control ID(packet_out b, out cloned_t ci, out why_t rs, out normal_t nm, inout h_t hdr, in bit<16> m,
           in psa_ingress_output_metadata_t istd) {
    apply { ci = { 7, m }; rs = why_t.AGAIN; nm.setValid(); nm.z = 0x5a; b.emit(hdr); }
}
parser EP(packet_in b, out h_t hdr, inout bool m, in psa_egress_parser_input_metadata_t istd, in normal_t nm,
          in cloned_t ci, in error ce) {
    state start {
        b.extract(hdr);
        hdr.a = nm.isValid() ? nm.z : ci[0];
        m = ce == error.NoMatch;
        transition accept;
    }
}
control EG(inout h_t hdr, inout bool m, in psa_egress_input_metadata_t istd,
           inout psa_egress_output_metadata_t ostd) {
    apply {
        if (m) hdr.c = 0x0e2e;
        ostd.clone = hdr.op == 4 && !m;
        ostd.clone_session_id = (CloneSessionId_t)1;
    }
}
control ED(packet_out b, out error ce, out bit<200> rc, inout h_t hdr, in bool m,
           in psa_egress_output_metadata_t istd, in psa_egress_deparser_input_metadata_t edstd) {
    apply { ce = error.NoMatch; rc = (bit<200>)0x77 << 192 | 0xaa; b.emit(hdr); }
}
PSA_Switch(IngressPipeline(IP(), IG(), ID()), PacketReplicationEngine(), EgressPipeline(EP(), EG(), ED()),
           BufferingQueueingEngine()) main;
