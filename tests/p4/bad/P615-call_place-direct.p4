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
    DirectCounter<bit<32>>(PNA_CounterType_t.BYTES) owned;
    DirectMeter(PNA_MeterType_t.BYTES) meter;
    action a() { owned.count(); }
    action b() { owned.count(); }
    table t1 { key = { m.x : exact; } actions = { a; NoAction; } pna_direct_counter = { owned }; }
    table t2 { key = { m.x : exact; } actions = { a; b; NoAction; } pna_direct_meter = meter; }
    apply { t1.apply(); t2.apply(); owned.count(); meter.execute(); }
}
control D(packet_out b, inout H h, in M m, in pna_main_output_metadata_t o) { apply { } }
PNA_NIC(P(), C(), D()) main;
