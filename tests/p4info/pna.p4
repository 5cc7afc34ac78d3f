/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pna.p4 - a type that only some versions have, several direct counters, and one of no table */
#include <core.p4>
#include <pna.p4>
struct headers { }
struct meta { PassNumber_t pass; }
struct seen_t { PassNumber_t pass; }
parser MP(packet_in b, out headers h, inout meta m, in pna_main_parser_input_metadata_t i)
{
    state start { transition accept; }
}
control MC(inout headers h, inout meta m, in pna_main_input_metadata_t i,
           inout pna_main_output_metadata_t o)
{
    DirectCounter<bit<32>>(PNA_CounterType_t.BYTES) first;
    DirectCounter<bit<32>>(PNA_CounterType_t.PACKETS) second;
    DirectCounter<bit<32>>(PNA_CounterType_t.PACKETS) of_no_table;
    Digest<seen_t>() seen;
    action a(PassNumber_t pass)
    {
        m.pass = pass;
        first.count();
        second.count();
        of_no_table.count();
        seen.pack({ pass });
    }
    table t {
        key = { m.pass : exact; }
        actions = { a; NoAction; }
        pna_direct_counter = { first, second };
    }
    apply { t.apply(); }
}
control MD(packet_out b, inout headers h, in meta m, in pna_main_output_metadata_t o) { apply { } }
PNA_NIC(MP(), MC(), MD()) main;
