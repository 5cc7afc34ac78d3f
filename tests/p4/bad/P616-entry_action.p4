/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <pna.p4>
struct H { }
struct M { bit<16> a; bit<8> b; }
struct one_t { bit<16> a; }
struct other_t { bit<8> b; bit<16> a; }
parser P(packet_in b, out H h, inout M m, in pna_main_parser_input_metadata_t i)
{
    state start { transition accept; }
}
control C(inout H h, inout M m, in pna_main_input_metadata_t i,
          inout pna_main_output_metadata_t o)
{
    action known(bit<16> a, bit<8> b) { m = { a, b }; }
    action unlisted(bit<16> a) { m.a = a; }
    action unknown() {
        add_entry("known", { m.a, m.b });
        add_entry("known", (one_t){ m.a });
        add_entry("known", (other_t){ m.b, m.a });
        add_entry("unlisted", { m.a });
        add_entry("unknown", {});
        add_entry("nothing", {});
    }
    table t {
        key = { m.a : exact; }
        actions = { @tableonly known; @defaultonly unknown; }
        add_on_miss = true;
        const default_action = unknown;
    }
    apply { t.apply(); }
}
control D(packet_out b, inout H h, in M m, in pna_main_output_metadata_t o) { apply { } }
PNA_NIC(P(), C(), D()) main;
