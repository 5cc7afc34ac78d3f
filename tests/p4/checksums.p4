/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* checksums.p4 - verify and update, IPv4 header and with payload */
#include <v1model.p4>

header ip_t {
    bit<4> version;
    bit<4> ihl;
    bit<8> tos;
    bit<16> len;
    bit<16> id;
    bit<16> frag;
    bit<8> ttl;
    bit<8> proto;
    bit<16> sum;
    bit<32> src;
    bit<32> dst;
}
header p_t {
    bit<16> sum;
}

struct H {
    ip_t x;
    p_t p;
}

struct M {
}


parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        b.extract(h.x);
        b.extract(h.p);
        transition accept;
    }
}

control V(inout H h, inout M m)
{
    apply {
        verify_checksum(h.x.ihl == 5, { h.x.version, h.x.ihl, h.x.tos, h.x.len, h.x.id, h.x.frag, h.x.ttl, h.x.proto,
                        h.x.src, h.x.dst }, h.x.sum, HashAlgorithm.csum16);
    }
}

control I(inout H h, inout M m, inout standard_metadata_t s)
{
    apply {
        s.egress_spec = s.checksum_error == 1 ? 9w2 : 1;
        h.x.ttl = h.x.ttl - 1;
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
        update_checksum(true, { h.x.version, h.x.ihl, h.x.tos, h.x.len, h.x.id, h.x.frag, h.x.ttl, h.x.proto,
                        h.x.src, h.x.dst }, h.x.sum, HashAlgorithm.csum16);
        update_checksum_with_payload(h.p.isValid(), { h.x.src }, h.p.sum, HashAlgorithm.csum16);
    }
}

control D(packet_out b, in H h)
{
    apply {
        b.emit(h);
    }
}

V1Switch(P(), V(), I(), E(), C(), D()) main;
