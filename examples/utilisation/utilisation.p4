/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * utilisation.p4 - no packets to a VM that has enough of them.
 *
 * The agent in the VM reports how busy its interface is, per mille of its rate.
 * While that is above `threshold`, packets to the VM are dropped; what the VM
 * sends itself, and ARP (so that it stays known to its neighbours), goes on.
 * The threshold is a register: `transp4 register write NAME Filter.threshold 0 800`.
 * It is 0 at first, which means no threshold.
 *
 * The gauge is named by the preprocessor: `transp4 compile -D GAUGE='"net.ens3.rx"'`.
 * MAX_AGE ms without news from the VM, and everything passes.
 *
 * The port is the VM's own: TO_SWITCH is from the VM, FROM_SWITCH to it.
 */
#include <transp4.p4>

#ifndef GAUGE
#define GAUGE "net.eth0.rx"
#endif
#ifndef MAX_AGE
#define MAX_AGE 500
#endif

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
    Gauge<bit<32>>(GAUGE, 0, MAX_AGE) utilisation;
    register<bit<32>>(1) threshold;
    counter(1, CounterType.packets_and_bytes) shed;

    apply {
        bit<32> most;

        threshold.read(most, 0);
        if (tp4.direction == FROM_SWITCH && most != 0 && utilisation.read() > most &&
            hdr.ethernet.type != 0x0806) {
            shed.count(0);
            drop();
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
