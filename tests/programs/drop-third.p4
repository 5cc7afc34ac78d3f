/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* drop-third.p4 - drops every third packet of each direction; counts both kinds. */
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
    register<bit<32>>(2) turn;                                 // by direction: 0, 1, 2
    counter(4, CounterType.packets_and_bytes) packets;         // 2 * direction + dropped

    apply {
        bit<32> n;
        bit<32> direction = (bit<32>)tp4.direction;

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
    }
}

TransP4(Parse(), Filter(), Deparse()) main;
