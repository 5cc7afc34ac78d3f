/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * app-rate.p4 - each application of the VM sends at its own rate, at most.
 *
 * `limits` gives a program (or all of a cgroup, or of a user) a meter: its
 * number, how many ns a KiB takes (1024e9 / bytes per second: 1 Mbyte/s is
 * 1024000), and how many ns the application may be ahead of its rate (the
 * burst).  All that have one number share one meter.  What is above the rate is
 * dropped; who has no entry, or is not known, is not limited.
 *
 * The meter is ITU-T I.371's virtual scheduling: `due` is the time at which the
 * application has used up what it was granted.
 *
 * The port is the VM's own: TO_SWITCH is from the VM.
 */
#include "../flow.p4"

const bit<32> METERS = 256;

control Filter(inout headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    Owner() owner;
    register<bit<64>>(METERS) due;
    counter(METERS, CounterType.packets_and_bytes) sent;
    counter(METERS, CounterType.packets_and_bytes) dropped;

    action limit(bit<32> number, bit<64> ns_per_kib, bit<64> burst_ns)
    {
        bit<64> next;

        due.read(next, number);
        if (next > tp4.timestamp + burst_ns) {
            dropped.count(number);
            drop();
        } else {
            // What was not used in the past is no credit: the burst is.
            if (next < tp4.timestamp) {
                next = tp4.timestamp;
            }
            due.write(number, next + (((bit<64>)tp4.packet_length * ns_per_kib) >> 10));
            sent.count(number);
        }
    }

    table limits {
        key = {
            meta.owner.uid: optional;
            meta.owner.cgroup: optional;
            meta.owner.program: optional;
        }
        actions = {
            limit;
            NoAction;
        }
        default_action = NoAction();
        size = 1024;
    }

    apply {
        if (tp4.direction == TO_SWITCH) {
            owner.apply(hdr, meta);
            if (meta.known) {
                limits.apply();
            }
        }
    }
}

TransP4(Parse(), Filter(), Deparse()) main;
