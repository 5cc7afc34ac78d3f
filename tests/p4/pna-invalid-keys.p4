/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pna-invalid-keys.p4 - fields of headers that are no longer valid are zero in keys, as in BMv2 */
#include <core.p4>
#include <bmv2/pna.p4>
header h_t { bit<8> op; bit<16> v; }
struct H { h_t h; h_t gone; }
struct M { }
parser P(packet_in p, out H hdr, inout M m, in pna_main_parser_input_metadata_t istd) {
    state start { p.extract(hdr.h); p.extract(hdr.gone); transition accept; }
}
control C(inout H hdr, inout M m, in pna_main_input_metadata_t istd, inout pna_main_output_metadata_t ostd) {
    action found(PortId_t port) { send_to_port(port); }
    table t { key = { hdr.gone.v : exact; hdr.gone.isValid() : exact; } actions = { found; NoAction; } }
    apply {
        if (hdr.h.op == 1) hdr.gone.setInvalid();
        t.apply();
    }
}
control D(packet_out p, inout H hdr, in M m, in pna_main_output_metadata_t ostd) { apply { p.emit(hdr); } }
PNA_NIC(P(), C(), D()) main;
