/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* ranges.p4 - psa's random numbers and hashes in ranges of every width, signed ones, too */
#include <bmv2/psa.p4>
struct empty { }
header h_t { bit<8> data; bit<16> ok; }
struct H { h_t h; }
parser IP(packet_in p, out H hdr, inout empty m, in psa_ingress_parser_input_metadata_t i, in empty r, in empty c) {
    state start { p.extract(hdr.h); transition accept; }
}
control IC(inout H hdr, inout empty m, in psa_ingress_input_metadata_t i, inout psa_ingress_output_metadata_t o) {
    Random<bit<64>>(64w0xffffffffffffffff, 64w0xffffffffffffffff) r64;
    Random<bit<64>>(0, 0xffffffffffffffff) any64;
    Random<bit<128>>(0, 128w0xffffffffffffffffffffffffffffffff) any128;
    Random<bit<200>>(200w9, 200w9) r200;
    Random<int<8>>(-3, -3) negative;
    Random<int<8>>(-1, 1) around;
    Random<PortId_t>((PortId_t)2, (PortId_t)2) port;
    Hash<bit<128>>(PSA_HashAlgorithm_t.IDENTITY) h128;
    Hash<bit<200>>(PSA_HashAlgorithm_t.IDENTITY) h200;
    Hash<int<16>>(PSA_HashAlgorithm_t.IDENTITY) hint;
    apply {
        int<8> a = around.read();
        bit<64> b = any64.read();
        bit<128> c = any128.read();
        hdr.h.ok[0:0] = (bit<1>)(r64.read() == 64w0xffffffffffffffff);
        hdr.h.ok[1:1] = (bit<1>)(b != any64.read());
        hdr.h.ok[2:2] = (bit<1>)(c[127:64] != c[63:0] && c[127:64] != 0);
        hdr.h.ok[3:3] = (bit<1>)(r200.read() == 9);
        hdr.h.ok[4:4] = (bit<1>)(negative.read() == -3);
        hdr.h.ok[5:5] = (bit<1>)(a >= -1 && a <= 1);
        hdr.h.ok[6:6] = (bit<1>)(h128.get_hash(128w1 << 100, { hdr.h.data }, 128w1 << 70) == (128w1 << 100 | 7));
        hdr.h.ok[7:7] = (bit<1>)(h200.get_hash(hdr.h.data) == 7);
        hdr.h.ok[8:8] = (bit<1>)(hint.get_hash(8w3, { hdr.h.data }, 8w4) == 6);
        hdr.h.ok[9:9] = (bit<1>)(h128.get_hash(128w1 << 100, { hdr.h.data }, 0) == 128w1 << 100);
        send_to_port(o, port.read());
    }
}
control ID(packet_out p, out empty c, out empty r, out empty n, inout H hdr, in empty m, in psa_ingress_output_metadata_t i) { apply { p.emit(hdr.h); } }
parser EP(packet_in p, out empty hdr, inout empty m, in psa_egress_parser_input_metadata_t i, in empty n, in empty c, in empty e) { state start { transition accept; } }
control EC(inout empty hdr, inout empty m, in psa_egress_input_metadata_t i, inout psa_egress_output_metadata_t o) { apply { } }
control ED(packet_out p, out empty c, out empty r, inout empty hdr, in empty m, in psa_egress_output_metadata_t o, in psa_egress_deparser_input_metadata_t d) { apply { } }
IngressPipeline(IP(), IC(), ID()) ip;
EgressPipeline(EP(), EC(), ED()) ep;
PSA_Switch(ip, PacketReplicationEngine(), ep, BufferingQueueingEngine()) main;
