/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * rewriter.p4 - changes headers: TTL one less, DSCP by destination port.
 *
 * The IPv4 checksum is kept right by what changed (RFC 1624), so a packet that
 * came in broken goes out broken.  A TTL that reaches zero is a drop.
 */
#include <transp4.p4>

header ethernet_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

header ipv4_t {
    bit<4>  version;
    bit<4>  ihl;
    bit<6>  dscp;
    bit<2>  ecn;
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

header ports_t {
    bit<16> src;
    bit<16> dst;
}

struct headers_t {
    ethernet_t ethernet;
    ipv4_t     ipv4;
    ports_t    ports;
}

struct meta_t {
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
        transition select(hdr.ipv4.ihl, hdr.ipv4.fragment, hdr.ipv4.protocol) {
            (5, 0, 6): ports;
            (5, 0, 17): ports;
            default: accept;
        }
    }
    state ports {
        packet.extract(hdr.ports);
        transition accept;
    }
}

control Filter(inout headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    action set_dscp(bit<6> dscp)
    {
        bit<16> old = hdr.ipv4.version ++ hdr.ipv4.ihl ++ hdr.ipv4.dscp ++ hdr.ipv4.ecn;

        hdr.ipv4.dscp = dscp;
        hdr.ipv4.checksum = csum_replace2(hdr.ipv4.checksum, old,
            hdr.ipv4.version ++ hdr.ipv4.ihl ++ hdr.ipv4.dscp ++ hdr.ipv4.ecn);
    }

    table classes {
        key = {
            hdr.ipv4.protocol: exact;
            hdr.ports.dst: exact;
        }
        actions = {
            set_dscp;
            NoAction;
        }
        default_action = NoAction();
        size = 1024;
    }

    apply {
        if (!hdr.ipv4.isValid()) {
            return;
        }
        if (hdr.ipv4.ttl <= 1) {
            drop();
            return;
        }

        bit<16> old = hdr.ipv4.ttl ++ hdr.ipv4.protocol;

        hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
        hdr.ipv4.checksum = csum_replace2(hdr.ipv4.checksum, old, hdr.ipv4.ttl ++ hdr.ipv4.protocol);
        if (hdr.ports.isValid()) {
            classes.apply();
        }
    }
}

control Deparse(packet_out packet, in headers_t hdr)
{
    apply {
        packet.emit(hdr);
    }
}

TransP4(Parse(), Filter(), Deparse()) main;
