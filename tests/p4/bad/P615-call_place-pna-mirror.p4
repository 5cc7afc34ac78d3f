/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <pna.p4>
header h_t { bit<8> op; }
struct H { h_t h; }
struct M { }
parser MP(packet_in p, out H hdr, inout M m, in pna_main_parser_input_metadata_t istd) {
    state start { p.extract(hdr.h); transition accept; }
}
control PC(in H hdr, inout M m, in pna_pre_input_metadata_t istd, inout pna_pre_output_metadata_t ostd) {
    apply { }
}
control MC(inout H hdr, inout M m, in pna_main_input_metadata_t istd, inout pna_main_output_metadata_t ostd) {
    apply { send_to_port((PortId_t)2); drop_packet(); }
}
control MD(packet_out p, in H hdr, in M m, in pna_main_output_metadata_t ostd) {
    apply { mirror_packet((MirrorSlotId_t)3, (MirrorSessionId_t)7); p.emit(hdr.h); }
}
PNA_NIC(MP(), PC(), MC(), MD()) main;
