/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <pna.p4>
struct H { }
struct M { bit<8> x; }
parser P(packet_in b, out H h, inout M m, in pna_main_parser_input_metadata_t i)
{
    state start { mirror_packet((MirrorSlotId_t)1, (MirrorSessionId_t)2); transition accept; }
}
control C(inout H h, inout M m, in pna_main_input_metadata_t i,
          inout pna_main_output_metadata_t o)
{
    action known() { restart_expire_timer(); }
    action unknown() { add_entry("known", {}); }
    table fixed {
        key = { m.x : exact; }
        actions = { known; unknown; }
        add_on_miss = false;
        const default_action = unknown;
    }
    table learning {
        key = { m.x : exact; }
        actions = { known; }
        add_on_miss = true;
        const default_action = known;
    }
    apply {
        send_to_port((PortId_t)1);
        fixed.apply();
        learning.apply();
        set_entry_expire_time((ExpireTimeProfileId_t)1);
    }
}
control D(packet_out b, inout H h, in M m, in pna_main_output_metadata_t o)
{
    apply { send_to_port((PortId_t)1); }
}
PNA_NIC(P(), C(), D()) main;
