/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <pna.p4>
header E { bit<48> d; bit<48> s; bit<16> t; }
struct H { E e; } struct M { bit<32> x; }
control PreC(in H h, inout M m, in pna_pre_input_metadata_t i, inout pna_pre_output_metadata_t o) { apply { } }
parser prs(packet_in p, out H h, inout M m, in pna_main_parser_input_metadata_t i) { state start { p.extract(h.e); transition accept; } }
control mc(inout H h, inout M m, in pna_main_input_metadata_t i, inout pna_main_output_metadata_t o) {
  action n(PortId_t p) { send_to_port(p); } action d() { drop_packet(); }
  table t { key = { h.e.d : exact; } actions = { n; d; NoAction; } const default_action = NoAction(); }
  apply { t.apply(); } }
control dp(packet_out p, in H h, in M m, in pna_main_output_metadata_t o) { apply { p.emit(h.e); } }
PNA_NIC(prs(), PreC(), mc(), dp()) main;
