/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* l3.p4 - what `make bench` measures: an exact and an lpm table, TTL, checksum, addresses. */
#include <transp4.p4>

header ethernet_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

header ipv4_t {
    bit<4>  version;
    bit<4>  ihl;
    bit<8>  tos;
    bit<16> length;
    bit<16> id;
    bit<3>  flags;
    bit<13> fragment;
    bit<8>  ttl;
    bit<8>  protocol;
    bit<16> checksum;
    bit<32> src;
    bit<32> dst;
}

struct headers_t {
    ethernet_t ethernet;
    ipv4_t     ipv4;
}

struct meta_t {
    bit<16> hop;
}

parser Parse(packet_in packet, out headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    state start {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.type) {
            0x0800: ipv4;
            default: accept;
        }
    }
    state ipv4 {
        packet.extract(hdr.ipv4);
        transition accept;
    }
}

control Filter(inout headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    action discard()
    {
        drop();
    }

    action next_hop(bit<16> hop)
    {
        meta.hop = hop;
    }

    action rewrite(bit<48> dst, bit<48> src)
    {
        hdr.ethernet.dst = dst;
        hdr.ethernet.src = src;
    }

    table routes {
        key = {
            hdr.ipv4.dst: lpm;
        }
        actions = {
            next_hop;
            discard;
        }
        default_action = discard();
        size = 1048576;
    }

    table hops {
        key = {
            meta.hop: exact;
        }
        actions = {
            rewrite;
            discard;
        }
        default_action = discard();
        size = 65536;
    }

    apply {
        if (!hdr.ipv4.isValid() || hdr.ipv4.ttl <= 1) {
            drop();
            return;
        }
        routes.apply();
        hops.apply();

        bit<16> old = hdr.ipv4.ttl ++ hdr.ipv4.protocol;

        hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
        hdr.ipv4.checksum = csum_replace2(hdr.ipv4.checksum, old, hdr.ipv4.ttl ++ hdr.ipv4.protocol);
    }
}

control Deparse(packet_out packet, in headers_t hdr)
{
    apply {
        packet.emit(hdr);
    }
}

TransP4(Parse(), Filter(), Deparse()) main;
