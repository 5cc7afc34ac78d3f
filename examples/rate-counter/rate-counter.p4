/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * rate-counter.p4 - packets and bytes for each destination, and their rate.
 *
 * `counted` gives the destinations that are of interest an index.  For each,
 * `total` counts all packets, and `rate` holds the packets of the last whole
 * second of packet time.
 */
#include <transp4.p4>

const bit<32> DESTINATIONS = 256;
const bit<64> SECOND = 1000000000;

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
    counter(DESTINATIONS, CounterType.packets_and_bytes) total;
    register<bit<32>>(DESTINATIONS) rate;     // of the last whole second
    register<bit<32>>(DESTINATIONS) current;  // of the second that runs
    register<bit<64>>(DESTINATIONS) began;    // when that one began

    action count(bit<32> index)
    {
        bit<64> since;
        bit<32> n;

        total.count(index);
        began.read(since, index);
        current.read(n, index);
        if (tp4.timestamp - since >= SECOND) {
            // A pause of more than a second was a rate of zero.
            rate.write(index, tp4.timestamp - since >= 2 * SECOND ? 0 : n);
            began.write(index, tp4.timestamp);
            n = 0;
        }
        current.write(index, n + 1);
    }

    table counted {
        key = {
            hdr.ipv4.dst: lpm;
        }
        actions = {
            count;
            NoAction;
        }
        default_action = NoAction();
        size = 256;
    }

    apply {
        if (hdr.ipv4.isValid()) {
            counted.apply();
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
