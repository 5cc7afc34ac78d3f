/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* parser-errors.p4 - errors that the parser tells, and what becomes of the packet */
error {
    Before
}
#include <v1model.p4>

header ab_t {
    bit<8> a;
    bit<8> b;
    bit<16> c;
}
header v_t {
    bit<8> len;
    varbit<16> data;
}

struct H {
    ab_t x;
    v_t v;
    ab_t[2] st;
}

struct M {
}

error {
    Mine
}

parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        b.extract(h.x);
        transition select(h.x.a) {
            1: short_;
            2: stack;
            3: check;
            4: nomatch;
            5: variable;
            default: accept;
        }
    }
    state short_ {
        b.extract(h.st[0]);
        transition accept;
    }
    state stack {
        b.extract(h.st.next);
        transition select(h.st.last.a) {
            9: accept;
            default: stack;
        }
    }
    state check {
        verify(h.x.b == 0, error.Mine);
        transition accept;
    }
    state nomatch {
        transition select(h.x.b) {
            1: accept;
        }
    }
    state variable {
        bit<8> n = b.lookahead<bit<8>>();
        b.extract(h.v, (bit<32>)n);
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
        s.egress_spec = 1;
        if (s.parser_error == error.PacketTooShort) { h.x.c = 1; }
        if (s.parser_error == error.StackOutOfBounds) { h.x.c = 2; }
        if (s.parser_error == error.Mine) { h.x.c = 3; }
        if (s.parser_error == error.NoMatch) { h.x.c = 4; }
        if (s.parser_error == error.HeaderTooShort) { h.x.c = 5; }
        if (s.parser_error == error.NoError) { h.x.c = 6; }
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
