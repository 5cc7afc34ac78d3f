/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* l2.p4 - what `make bench-program` measures: one exact table of addresses, of any size. */
#include <transp4.p4>

header ethernet_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

struct headers_t {
    ethernet_t ethernet;
}

struct meta_t {
}

parser Parse(packet_in packet, out headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    state start {
        packet.extract(hdr.ethernet);
        transition accept;
    }
}

control Filter(inout headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    action discard()
    {
        drop();
    }

    action rewrite(bit<48> src)
    {
        hdr.ethernet.src = src;
    }

    table stations {
        key = {
            hdr.ethernet.dst: exact;
        }
        actions = {
            rewrite;
            discard;
        }
        default_action = discard();
        size = 1048576;
    }

    apply {
        stations.apply();
    }
}

control Deparse(packet_out packet, in headers_t hdr)
{
    apply {
        packet.emit(hdr);
    }
}

TransP4(Parse(), Filter(), Deparse()) main;
