/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* metadata.p4 - standard metadata from ingress to egress */
#include <v1model.p4>

header ab_t {
    bit<8> a;
    bit<8> b;
    bit<16> c;
}

struct H {
    ab_t x;
}

struct M {
}


parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        b.extract(h.x);
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
        s.egress_spec = 3;
        s.priority = h.x.b[7:5];
        if (h.x.a == 1) {
            s.mcast_grp = 1;
        }
    }
}

control E(inout H h, inout M m, inout standard_metadata_t s)
{
    apply {
        h.x.a = (bit<8>)s.ingress_port;
        h.x.b = (bit<8>)s.egress_port ^ (bit<8>)(s.priority ++ 5w1);
        h.x.c = (bit<16>)s.packet_length + (s.mcast_grp << 8) + (bit<16>)(bit<8>)s.egress_spec;
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
