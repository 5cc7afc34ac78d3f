/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* pna-three.p4 - PNA_NIC without a control before the main one; the conditional functions */
#include <core.p4>
#include <tc/pna.p4>
header h_t { bit<8> op; bit<8> a; bit<16> sum; }
struct H { h_t h; }
struct M { bit<8> x; }
struct to_t { PortId_t p; }
parser P(packet_in p, out H hdr, inout M m, in pna_main_parser_input_metadata_t istd) {
    state start { p.extract(hdr.h); transition accept; }
}
control C(inout H hdr, inout M m, in pna_main_input_metadata_t istd, inout pna_main_output_metadata_t ostd) {
    ipsec_accelerator() ipsec;
    action next(PortId_t p) {
        send_to_port(p);
        set_entry_expire_time_if(hdr.h.op == 1, (ExpireTimeProfileId_t)2);
    }
    action learn() {
        add_entry_if(hdr.h.op == 1, "next", (to_t){ (PortId_t)7 }, (ExpireTimeProfileId_t)1);
        send_to_port((PortId_t)9);
    }
    table t {
        key = { hdr.h.a : exact @tc_type("bit8"); }
        actions = { @tableonly next; @defaultonly learn; }
        add_on_miss = true;
        pna_idle_timeout = PNA_IdleTimeout_t.NOTIFY_CONTROL;
        const default_action = learn;
    }
    apply {
        ipsec_status status;
        if (ipsec.from_ipsec(status))
            drop_packet();
        else
            t.apply();
    }
}
control D(packet_out p, inout H hdr, in M m, in pna_main_output_metadata_t ostd) {
    InternetChecksum() sum;
    apply {
        sum.add({ hdr.h.op, hdr.h.a });
        hdr.h.sum = sum.get();
        p.emit(hdr);
    }
}
PNA_NIC<H, M>(P(), C(), D()) main;
