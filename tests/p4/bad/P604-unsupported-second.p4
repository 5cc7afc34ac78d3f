/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <pna.p4>
struct H { }
struct M { bit<8> x; }
parser P(packet_in b, out H h, inout M m, in pna_main_parser_input_metadata_t i)
{
    state start { transition accept; }
}
control C(inout H h, inout M m, in pna_main_input_metadata_t i,
          inout pna_main_output_metadata_t o)
{
    ActionProfile(16) first;
    ActionProfile(16) second;
    action a() { }
    table t {
        key = { m.x : exact; }
        actions = { a; NoAction; }
        pna_implementation = { first, second };
    }
    apply { t.apply(); }
}
control D(packet_out b, inout H h, in M m, in pna_main_output_metadata_t o) { apply { } }
PNA_NIC(P(), C(), D()) main;
