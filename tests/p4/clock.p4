/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* clock.p4 - packets of a test come one after another, in psa's programs too */
#include <core.p4>
#include <psa.p4>
struct E { }
header h_t { bit<32> since; bit<8> known; }
struct H { h_t h; }
parser IP(packet_in b, out H hdr, inout E m, in psa_ingress_parser_input_metadata_t i, in E r, in E c) {
    state start { b.extract(hdr.h); transition accept; }
}
control IG(inout H hdr, inout E m, in psa_ingress_input_metadata_t i, inout psa_ingress_output_metadata_t o) {
    Register<bit<64>, bit<8>>(1) last;
    apply {
        bit<64> now = (bit<64>)(TimestampUint_t)i.ingress_timestamp;
        hdr.h.known = last.read(0) == 0 ? 8w0 : 1;
        hdr.h.since = (bit<32>)(now - last.read(0));
        last.write(0, now);
        send_to_port(o, (PortId_t)1);
    }
}
control ID(packet_out b, out E c, out E r, out E n, inout H hdr, in E m, in psa_ingress_output_metadata_t i) {
    apply { b.emit(hdr); }
}
parser EP(packet_in b, out H hdr, inout E m, in psa_egress_parser_input_metadata_t i, in E n, in E c, in E d) {
    state start { transition accept; }
}
control EG(inout H hdr, inout E m, in psa_egress_input_metadata_t i, inout psa_egress_output_metadata_t o) { apply { } }
control ED(packet_out b, out E c, out E r, inout H hdr, in E m, in psa_egress_output_metadata_t i,
           in psa_egress_deparser_input_metadata_t j) { apply { } }
IngressPipeline(IP(), IG(), ID()) ip;
EgressPipeline(EP(), EG(), ED()) ep;
PSA_Switch(ip, PacketReplicationEngine(), ep, BufferingQueueingEngine()) main;
