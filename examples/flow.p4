/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * flow.p4 - headers and parser of the examples that ask for a flow's owner.
 *
 * TCP and UDP over IPv4 and over IPv6 without extension headers have `ports`;
 * of TCP there are also the flags.  The rest of a datagram in fragments has none.
 * All of them may be in a VLAN, or in one inside another.
 */
#ifndef _FLOW_P4_
#define _FLOW_P4_

#include <transp4.p4>

const bit<16> IPV4 = 0x0800;
const bit<16> ARP = 0x0806;
const bit<16> VLAN = 0x8100;
const bit<16> IPV6 = 0x86dd;
const bit<16> PROVIDER_VLAN = 0x88a8;

const bit<8> HOP_BY_HOP = 0;
const bit<8> ICMP = 1;
const bit<8> IGMP = 2;
const bit<8> TCP = 6;
const bit<8> UDP = 17;
const bit<8> ICMP6 = 58;

header ethernet_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

header tag_t {
    bit<16> vlan;
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

header ipv4_options_t {
    varbit<320> all;
}

header ipv6_t {
    bit<4>   version;
    bit<8>   tos;
    bit<20>  label;
    bit<16>  length;
    bit<8>   next;
    bit<8>   hops;
    bit<128> src;
    bit<128> dst;
}

// Hop-by-hop options, as those of multicast listeners' reports.
header hop_t {
    bit<8>  next;
    bit<8>  length;
    bit<48> options;
}

header ports_t {
    bit<16> src;
    bit<16> dst;
}

header tcp_t {
    bit<32> seq;
    bit<32> ack;
    bit<4>  words;
    bit<4>  reserved;
    bit<8>  flags;
}

struct headers_t {
    ethernet_t     ethernet;
    tag_t[2]       tags;
    ipv4_t         ipv4;
    ipv4_options_t options;
    ipv6_t         ipv6;
    hop_t          hop;
    ports_t        ports;
    tcp_t          tcp;
}

struct meta_t {
    bit<16>      type;      // of what is behind all tags
    flow_owner_t owner;     // zeros: not known
    bool         known;
}

parser Parse(packet_in packet, out headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    state start {
        packet.extract(hdr.ethernet);
        meta.type = hdr.ethernet.type;
        transition network;
    }
    // A third tag is one too many, and the end of the packet.
    state tag {
        packet.extract(hdr.tags.next);
        meta.type = hdr.tags.last.type;
        transition network;
    }
    state network {
        transition select(meta.type) {
            VLAN: tag;
            PROVIDER_VLAN: tag;
            IPV4: ipv4;
            IPV6: ipv6;
            default: accept;
        }
    }
    state ipv4 {
        packet.extract(hdr.ipv4);
        transition select(hdr.ipv4.ihl, hdr.ipv4.fragment, hdr.ipv4.protocol) {
            (5, 0, TCP): tcp;
            (5, 0, UDP): udp;
            (6 .. 15, 0, _): options;
            default: accept;
        }
    }
    // Any user can set some.
    state options {
        packet.extract(hdr.options, ((bit<32>)hdr.ipv4.ihl - 5) * 32);
        transition select(hdr.ipv4.protocol) {
            TCP: tcp;
            UDP: udp;
            default: accept;
        }
    }
    state ipv6 {
        packet.extract(hdr.ipv6);
        transition select(hdr.ipv6.next) {
            TCP: tcp;
            UDP: udp;
            HOP_BY_HOP: hop;
            default: accept;
        }
    }
    state hop {
        packet.extract(hdr.hop);
        transition accept;
    }
    state tcp {
        packet.extract(hdr.ports);
        packet.extract(hdr.tcp);
        transition accept;
    }
    state udp {
        packet.extract(hdr.ports);
        transition accept;
    }
}

// Who has the packet's socket, in either direction.  Two seconds without a
// word from the agent, and nobody is known.
control Owner(in headers_t hdr, inout meta_t meta)
{
    FlowOwner(2000) owners;

    apply {
        if (!hdr.ports.isValid()) {
            return;
        }
        if (hdr.ipv4.isValid()) {
            meta.known = owners.lookup4(hdr.ipv4.protocol, hdr.ipv4.src, hdr.ports.src,
                                        hdr.ipv4.dst, hdr.ports.dst, meta.owner);
        } else {
            meta.known = owners.lookup6(hdr.ipv6.next, hdr.ipv6.src, hdr.ports.src, hdr.ipv6.dst,
                                        hdr.ports.dst, meta.owner);
        }
    }
}

control Deparse(packet_out packet, in headers_t hdr)
{
    apply {
        packet.emit(hdr);
    }
}

#endif
