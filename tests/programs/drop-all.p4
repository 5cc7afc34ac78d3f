/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* drop-all.p4 - drops every packet. */
#include <transp4.p4>

struct headers_t {
}

struct meta_t {
}

parser Parse(packet_in packet, out headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    state start {
        transition accept;
    }
}

control Filter(inout headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    apply {
        drop();
    }
}

control Deparse(packet_out packet, in headers_t hdr)
{
    apply {
    }
}

TransP4(Parse(), Filter(), Deparse()) main;
