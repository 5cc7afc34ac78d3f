/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* own-arch.p4 - a program that brings its own, shorter version of an architecture's file */
#include <core.p4>
typedef bit<32> PortId_t;
struct pna_main_parser_input_metadata_t { PortId_t input_port; }
struct pna_main_input_metadata_t { error parser_error; PortId_t input_port; bit<4> unheard_of; }
struct pna_main_output_metadata_t { bool nothing; }
extern void send_to_port(in PortId_t dest_port);
extern void drop_packet();
parser MainParserT<MH, MM>(packet_in pkt, out MH hdr, inout MM meta, in pna_main_parser_input_metadata_t istd);
control MainControlT<MH, MM>(inout MH hdr, inout MM meta, in pna_main_input_metadata_t istd,
                             inout pna_main_output_metadata_t ostd);
control MainDeparserT<MH, MM>(packet_out pkt, in MH hdr, in MM meta, in pna_main_output_metadata_t ostd);
package PNA_NIC<MH, MM>(MainParserT<MH, MM> p, MainControlT<MH, MM> c, MainDeparserT<MH, MM> d);

header h_t { bit<8> op; bit<8> port; }
struct H { h_t h; }
struct M { bit<8> port; }
parser P(packet_in p, out H hdr, inout M m, in pna_main_parser_input_metadata_t i) {
    state start { m.port = (bit<8>)i.input_port; p.extract(hdr.h); transition accept; }
}
control C(inout H hdr, inout M m, in pna_main_input_metadata_t i, inout pna_main_output_metadata_t o) {
    apply {
        if (i.parser_error != error.NoError || hdr.h.op == 1) {
            drop_packet();
        } else {
            hdr.h.port = m.port + (bit<8>)i.input_port + (bit<8>)i.unheard_of;
            send_to_port(4);
        }
    }
}
control D(packet_out p, in H hdr, in M m, in pna_main_output_metadata_t o) { apply { p.emit(hdr.h); } }
PNA_NIC(P(), C(), D()) main;
