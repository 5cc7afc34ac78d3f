/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pna-tc.p4 - where pna's version 0.7 differs from 0.5, and what tc adds */
#include "../../p4include/tc/pna.p4"
header h_t { bit<8> op; bit<8> a; bit<16> b; }
struct H { h_t h; }
struct M { bool again; }
struct to_t { PortId_t p; }
parser P(packet_in p, out H hdr, inout M m, in pna_main_parser_input_metadata_t i) {
    state start { m.again = i.recirculated; p.extract(hdr.h); transition accept; }
}
control C(inout H hdr, inout M m, in pna_main_input_metadata_t i, inout pna_main_output_metadata_t o, tc_skb_metadata skb) {
    AddEntryErrorStatus_t status = ADD_ENTRY_NOT_DONE;
    action next(PortId_t p) { send_to_port(p); }
    action learn() {
        status = add_entry_if(hdr.h.op == 1, "next", (to_t){ (PortId_t)7 }, (ExpireTimeProfileId_t)1);
        send_to_port((PortId_t)9);
    }
    table t {
        key = { hdr.h.a : exact; }
        actions = { @tableonly next; @defaultonly learn; }
        add_on_miss = true;
        const default_action = learn;
    }
    apply {
        if (hdr.h.op < 2) {
            t.apply();
            hdr.h.b = 15w0 ++ status;
        } else if (hdr.h.op == 2) {
            hdr.h.b = SelectByDirection(is_net_port(i.input_port), 16w0x1111, 16w0x2222);
            send_to_port((PortId_t)9);
        } else if (hdr.h.op == 3) {
            if (m.again && i.recirculated)
                send_to_port((PortId_t)9);
            else
                recirculate();
        } else {
            skb.get();
            skb.set_mark(5);
            skb.set();
            skb_set_protocol(0x800);
            hdr.h.b = skb.get_protocol() + skb_get_tc_index() + 1;
            send_to_port((PortId_t)9);
        }
    }
}
control D(packet_out p, inout H hdr, in M m, in pna_main_output_metadata_t o, tc_skb_metadata skb) {
    apply { hdr.h.a = 7w0 ++ skb.get_from_ingress(); p.emit(hdr.h); }
}
PNA_NIC(P(), C(), D()) main;
