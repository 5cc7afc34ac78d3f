/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pna.p4 - the Portable NIC Architecture: forwarding, mirrors, entries from the data plane */
#include <core.p4>
#include <pna.p4>
header h_t { bit<8> op; bit<8> a; bit<16> b; bit<32> port; }
struct H { h_t h; }
struct M { bit<8> x; }
struct PM { bit<8> y; }
struct params { bit<16> v; bit<8> w; }
parser MP(packet_in p, out H hdr, inout M m, in pna_main_parser_input_metadata_t istd) {
    state start { p.extract(hdr.h); transition accept; }
}
control PC(in H hdr, inout PM m, in pna_pre_input_metadata_t istd, inout pna_pre_output_metadata_t ostd) { apply { } }
control MC(inout H hdr, inout M m, in pna_main_input_metadata_t istd, inout pna_main_output_metadata_t ostd) {
    action known(bit<16> v, bit<8> w) { hdr.h.b = v; hdr.h.op = w; send_to_port((PortId_t)2); }
    action unknown() { bool ok = add_entry(action_name = "known", action_params = (params){ hdr.h.b, 0x77 }, expire_time_profile_id = (ExpireTimeProfileId_t)0); hdr.h.b = ok ? 16w0xaaaa : 16w0xbbbb; send_to_port((PortId_t)9); }
    table ct { key = { hdr.h.a : exact; } actions = { @tableonly known; @defaultonly unknown; } add_on_miss = true; const default_action = unknown; }
    apply {
        if (hdr.h.op == 0) { send_to_port((PortId_t)2); }
        if (hdr.h.op == 1) { ct.apply(); }
        if (hdr.h.op == 2) { send_to_port((PortId_t)4); mirror_packet((MirrorSlotId_t)3, (MirrorSessionId_t)7); hdr.h.b = SelectByDirection(istd.direction, 16w1, 16w2); }
        if (hdr.h.op == 3) { if (istd.pass == (PassNumber_t)0) { recirculate(); hdr.h.b = 5; } else { hdr.h.a = (bit<8>)(PassNumberUint_t)istd.pass; send_to_port((PortId_t)4); } }
        if (hdr.h.op == 4) { send_to_port((PortId_t)4); drop_packet(); }
        if (hdr.h.op == 5) { hdr.h.b = is_net_port(istd.input_port) ? 16w1 : 2; send_to_port((PortId_t)4); }
    }
}
control MD(packet_out p, in H hdr, in M m, in pna_main_output_metadata_t ostd) { apply { p.emit(hdr); } }
PNA_NIC(MP(), PC(), MC(), MD()) main;
