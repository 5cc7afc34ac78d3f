/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* timers.p4 - pna: entries from the data plane that expire, are kept, and change */
#include <core.p4>
#include <pna.p4>
header h_t { bit<8> op; bit<8> key; bit<16> v; }
struct H { h_t h; }
struct M { }
struct params { bit<16> v; }
parser MP(packet_in p, out H hdr, inout M m, in pna_main_parser_input_metadata_t istd) {
    state start { p.extract(hdr.h); transition accept; }
}
control PC(in H hdr, inout M m, in pna_pre_input_metadata_t istd, inout pna_pre_output_metadata_t ostd) { apply { } }
control MC(inout H hdr, inout M m, in pna_main_input_metadata_t istd, inout pna_main_output_metadata_t ostd) {
    AddEntryErrorStatus_t status = ADD_ENTRY_NOT_DONE;
    action known(bit<16> v) {
        hdr.h.v = v;
        if (hdr.h.op == 1) { restart_expire_timer(); }
        if (hdr.h.op == 2) { set_entry_expire_time((ExpireTimeProfileId_t)1); }
        if (hdr.h.op == 3) { set_entry_data((params){ v + 1 }); }
        update_expire_info(hdr.h.op == 4, hdr.h.key == 0, (ExpireTimeProfileId_t)2);
        set_entry_expire_time_if(hdr.h.op == 5, (ExpireTimeProfileId_t)2);
    }
    action unknown() {
        status = add_entry("known", (params){ hdr.h.v }, (ExpireTimeProfileId_t)0);
        hdr.h.v = status == ADD_ENTRY_SUCCESS ? 16w0xaaaa : 0xbbbb;
    }
    table t {
        key = { hdr.h.key : exact; }
        actions = { @tableonly known; @defaultonly unknown; }
        add_on_miss = true;
        pna_idle_timeout = PNA_IdleTimeout_t.AUTO_DELETE;
        const default_action = unknown;
        size = 2;
    }
    apply { t.apply(); send_to_port((PortId_t)2); }
}
control MD(packet_out p, in H hdr, in M m, in pna_main_output_metadata_t ostd) { apply { p.emit(hdr); } }
PNA_NIC(MP(), PC(), MC(), MD()) main;
