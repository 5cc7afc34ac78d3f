/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pna-seven.p4 - blocks as PNA's specification of version 0.7 has them: the deparser's headers are in */
#include <core.p4>
#include <_internal/pna/v0_7/all.p4>
header h_t { bit<8> op; bit<32> from; }
struct H { h_t h; }
struct M { bool again; }
parser P(packet_in p, out H hdr, inout M m, in pna_main_parser_input_metadata_t istd) {
    state start { m.again = istd.recirculated; p.extract(hdr.h); transition accept; }
}
control C(inout H hdr, inout M m, in pna_main_input_metadata_t istd, inout pna_main_output_metadata_t ostd) {
    apply {
        hdr.h.from = (PortIdUint_t)istd.input_port;
        if (m.again) send_to_port((PortId_t)8);
        else recirculate();
    }
}
control D(packet_out p, in H hdr, in M m, in pna_main_output_metadata_t ostd) { apply { p.emit(hdr.h); } }
PNA_NIC(P(), C(), D()) main;
