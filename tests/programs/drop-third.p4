/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* drop-third.p4 - drops every third UDP datagram over IPv4 to port 9000 of each direction; counts both kinds. */
#include <transp4.p4>

header ethernet_t {
    bit<96> addresses;
    bit<16> type;
}

header ipv4_t {
    bit<8>  version_ihl;
    bit<64> before_protocol;
    bit<8>  protocol;
    bit<80> after_protocol;
}

header udp_t {
    bit<16> src;
    bit<16> dst;
}

struct headers_t {
    ethernet_t ethernet;
    ipv4_t     ipv4;
    udp_t      udp;
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
        transition select(hdr.ipv4.version_ihl, hdr.ipv4.protocol) {
            (0x45, 17): udp;
            default: accept;
        }
    }
    state udp {
        packet.extract(hdr.udp);
        transition accept;
    }
}

control Filter(inout headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    register<bit<32>>(2) turn;                                 // by direction: 0, 1, 2
    counter(4, CounterType.packets_and_bytes) packets;         // 2 * direction + dropped

    apply {
        bit<32> n;
        bit<32> direction = (bit<32>)tp4.direction;

        if (!hdr.udp.isValid() || hdr.udp.dst != 9000) {
            return;
        }
        turn.read(n, direction);
        n = n + 1;
        if (n == 3) {
            n = 0;
            packets.count(direction * 2 + 1);
            drop();
        } else {
            packets.count(direction * 2);
        }
        turn.write(direction, n);
    }
}

control Deparse(packet_out packet, in headers_t hdr)
{
    apply {
        packet.emit(hdr);
    }
}

TransP4(Parse(), Filter(), Deparse()) main;
