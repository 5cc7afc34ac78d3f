/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * prefix-filter.p4 - lets pass or drops by the prefix of the peer's address,
 * IPv4 and IPv6; counts both.
 *
 * The peer is whom the tenant's VM talks with: the destination of what goes to
 * the switch and the source of what comes from it.  Without an entry the packet
 * passes.
 */
#include <transp4.p4>

header ethernet_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

header vlan_t {
    bit<3>  priority;
    bit<1>  dei;
    bit<12> id;
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

header ipv6_t {
    bit<4>   version;
    bit<8>   class;
    bit<20>  flow;
    bit<16>  length;
    bit<8>   next;
    bit<8>   hops;
    bit<128> src;
    bit<128> dst;
}

struct headers_t {
    ethernet_t ethernet;
    vlan_t     vlan;
    ipv4_t     ipv4;
    ipv6_t     ipv6;
}

struct meta_t {
    bit<32>  peer4;
    bit<128> peer6;
}

parser Parse(packet_in packet, out headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    state start {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.type) {
            0x8100: vlan;
            0x0800: ipv4;
            0x86dd: ipv6;
            default: accept;
        }
    }
    state vlan {
        packet.extract(hdr.vlan);
        transition select(hdr.vlan.type) {
            0x0800: ipv4;
            0x86dd: ipv6;
            default: accept;
        }
    }
    state ipv4 {
        packet.extract(hdr.ipv4);
        transition accept;
    }
    state ipv6 {
        packet.extract(hdr.ipv6);
        transition accept;
    }
}

control Filter(inout headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    counter(2, CounterType.packets_and_bytes) verdicts; // 0 passed, 1 dropped

    action pass()
    {
        verdicts.count(0);
    }

    action deny()
    {
        drop();
        verdicts.count(1);
    }

    table prefixes4 {
        key = {
            meta.peer4: lpm @name("peer");
        }
        actions = {
            pass;
            deny;
        }
        default_action = pass();
        size = 65536;
    }

    table prefixes6 {
        key = {
            meta.peer6: lpm @name("peer");
        }
        actions = {
            pass;
            deny;
        }
        default_action = pass();
        size = 65536;
    }

    apply {
        bool outward = tp4.direction == TO_SWITCH;

        if (hdr.ipv4.isValid()) {
            meta.peer4 = outward ? hdr.ipv4.dst : hdr.ipv4.src;
            prefixes4.apply();
        } else if (hdr.ipv6.isValid()) {
            meta.peer6 = outward ? hdr.ipv6.dst : hdr.ipv6.src;
            prefixes6.apply();
        } else {
            pass();
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
