/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* signed-ranges.p4 - ranges of signed keys that begin below zero and end above */
#include <bmv2/pna.p4>
header h_t { bit<8> r; int<8> i; int<20> j; bit<4> pad; }
struct H { h_t h; }
struct M { }
parser MP(packet_in p, out H hdr, inout M m, in pna_main_parser_input_metadata_t i) {
    state start { p.extract(hdr.h); transition accept; }
}
control MC(inout H hdr, inout M m, in pna_main_input_metadata_t i, inout pna_main_output_metadata_t o) {
    action a(bit<8> v) { hdr.h.r = v; }
    table t {
        key = { hdr.h.i : range; hdr.h.j : range; }
        actions = { a; }
        default_action = a(0xdd);
        const entries = {
            (-5 .. 5, -70000 .. 70000) : a(1);
            (-128 .. -6, -1 .. 0) : a(2);
            (6 .. 127, -524288 .. 524287) : a(3);
        }
    }
    action b() { hdr.h.pad = 1; }
    table u {
        key = { hdr.h.i : range; }
        actions = { b; NoAction; }
    }
    apply { t.apply(); u.apply(); send_to_port((PortId_t)4); }
}
control MD(packet_out p, inout H hdr, in M m, in pna_main_output_metadata_t o) { apply { p.emit(hdr); } }
PNA_NIC(MP(), MC(), MD()) main;
