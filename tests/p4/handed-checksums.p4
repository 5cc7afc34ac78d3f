/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* handed-checksums.p4 - checksum objects that other blocks are handed, and one that is everybody's */
#include <tc/pna.p4>
header h_t { bit<8> op; bit<8> a; bit<8> b; }
struct H { h_t h; }
struct M { }
InternetChecksum() shared;
parser Sub(packet_in p, out h_t h, InternetChecksum k) {
    state start { p.extract(h); k.add({ h.op, h.a }); transition accept; }
}
control Add(in h_t h, Counter<bit<32>, bit<8>> c, InternetChecksum k) { apply { c.count(h.op); k.add({ h.op, h.a }); } }
parser P(packet_in p, out H hdr, inout M m, in pna_main_parser_input_metadata_t i) {
    InternetChecksum() k;
    Sub() s;
    state start {
        s.apply(p, hdr.h, k);
        verify(k.get() == 0xfefc, error.NoMatch);
        transition accept;
    }
}
control C(inout H hdr, inout M m, in pna_main_input_metadata_t i, inout pna_main_output_metadata_t o) {
    Counter<bit<32>, bit<8>>(4, PNA_CounterType_t.PACKETS) c1;
    Counter<bit<32>, bit<8>>(4, PNA_CounterType_t.PACKETS) c2;
    InternetChecksum() one;
    InternetChecksum() two;
    Add() add;
    apply {
        add.apply(hdr.h, c1, one);
        add.apply(hdr.h, c2, two);
        add.apply(hdr.h, c2, one);
        shared.clear();
        shared.add({ hdr.h.op, hdr.h.a });
        if (shared.get() == two.get() && i.parser_error == error.NoError) {
            hdr.h.a = one.get()[7:0];
            hdr.h.b = two.get()[7:0];
        }
        send_to_port((PortId_t)4);
    }
}
control D(packet_out p, inout H hdr, in M m, in pna_main_output_metadata_t o) { apply { p.emit(hdr); } }
PNA_NIC(P(), C(), D()) main;
