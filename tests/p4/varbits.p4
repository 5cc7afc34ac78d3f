/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* varbits.p4 - variable-size headers: extract, compare, copy, emit; one that does not fit */
#include <v1model.p4>

header v_t {
    bit<8> len;
    varbit<64> data;
}

struct H {
    v_t x;
    v_t y;
}

struct M {
}


parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        b.extract(h.x, (bit<32>)b.lookahead<bit<8>>() * 8);
        b.extract(h.y, (bit<32>)b.lookahead<bit<8>>() * 8);
        transition accept;
    }
}

control V(inout H h, inout M m)
{
    apply {
    }
}

control I(inout H h, inout M m, inout standard_metadata_t s)
{
    apply {
        s.egress_spec = h.x == h.y ? 9w2 : 1;
        if (h.x.data == h.y.data) {
            h.x.len = 0xee;
        }
        h.y = h.x;
        if (s.parser_error == error.HeaderTooShort) {
            s.egress_spec = 3;
        }
    }
}

control E(inout H h, inout M m, inout standard_metadata_t s)
{
    apply {
    }
}

control C(inout H h, inout M m)
{
    apply {
    }
}

control D(packet_out b, in H h)
{
    apply {
        b.emit(h);
    }
}

V1Switch(P(), V(), I(), E(), C(), D()) main;
