/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* invm.p4 - gauges and owners in a v1model program: widths, defaults, ages, either direction */
#include <v1model.p4>
#include <transp4_invm.p4>

header ask_t {
    bit<8>   protocol;
    bit<32>  src;
    bit<16>  src_port;
    bit<32>  dst;
    bit<16>  dst_port;
}

header answer_t {
    bit<8>  narrow;
    bit<16> wide;
    bit<8>  stale;
    bit<8>  known;
    bit<32> uid;
    bit<64> program;
}

struct H {
    ask_t    ask;
    answer_t answer;
}

struct M {
}

parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        b.extract(h.ask);
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
    Gauge<bit<8>>("app.a", 77, 100) narrow;
    Gauge<bit<16>>("app.a", 0x1234, 0) wide;
    FlowOwner(1000) owners;

    apply {
        flow_owner_t o;

        h.answer.setValid();
        h.answer.narrow = narrow.read();
        h.answer.wide = wide.read();
        h.answer.stale = narrow.is_stale() ? 8w1 : 8w0;
        h.answer.known = owners.lookup4(h.ask.protocol, h.ask.src, h.ask.src_port, h.ask.dst,
                                        h.ask.dst_port, o) ? 8w1 : 8w0;
        h.answer.uid = o.uid;
        h.answer.program = o.program;
        s.egress_spec = 2;
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
        b.emit(h.answer);
    }
}

V1Switch(P(), V(), I(), E(), C(), D()) main;
