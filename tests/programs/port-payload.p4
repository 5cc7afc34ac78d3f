/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* port-payload.p4 - a checksum of all that is behind it */
#include <v1model.p4>

header sum_t {
    bit<16> sum;
}

struct headers_t {
    sum_t first;
}

struct meta_t {
}

parser Parse(packet_in p, out headers_t hdr, inout meta_t m, inout standard_metadata_t s)
{
    state start {
        p.extract(hdr.first);
        transition accept;
    }
}

control Check(inout headers_t hdr, inout meta_t m)
{
    apply {
    }
}

control Pass(inout headers_t hdr, inout meta_t m, inout standard_metadata_t s)
{
    apply {
    }
}

control Sum(inout headers_t hdr, inout meta_t m)
{
    apply {
        update_checksum_with_payload(true, { 16w1 }, hdr.first.sum, HashAlgorithm.csum16);
    }
}

control Deparse(packet_out p, in headers_t hdr)
{
    apply {
        p.emit(hdr);
    }
}

V1Switch(Parse(), Check(), Pass(), Pass(), Sum(), Deparse()) main;
