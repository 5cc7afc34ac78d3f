/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * app-rate.p4 - each application of the VM sends at its own rate, at most.
 *
 * `limits` gives a program (or all of a cgroup, or of a user) a meter, and
 * `transp4 meter write NAME Filter.rates NUMBER RATE BURST` gives the meter its
 * rate, in bytes a second.  All that have one number share one meter; one
 * without a rate limits nothing.  What is above the rate is dropped; who has no
 * entry is not limited.
 * Meter 0 is for all else but ARP whose owner is not known.  Give it a rate, too:
 * any program can send what has none, as large datagrams, of which only the first
 * part has ports.
 *
 * The port is the VM's own: TO_SWITCH is from the VM.
 */
#include "../flow.p4"

const bit<32> METERS = 256;

control Filter(inout headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    Owner() owner;
    meter(METERS, MeterType.bytes) rates;
    counter(METERS, CounterType.packets_and_bytes) sent;
    counter(METERS, CounterType.packets_and_bytes) dropped;

    action limit(bit<32> number)
    {
        bit<2> colour;

        rates.execute_meter(number, colour);
        if (colour == METER_GREEN) {
            sent.count(number);
        } else {
            dropped.count(number);
            drop();
        }
    }

    table limits {
        key = {
            meta.owner.uid: optional;
            meta.owner.cgroup: optional @format(HEX_STR);
            meta.owner.program: optional @format(HEX_STR);
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
            } else if (meta.type != ARP) {
                limit(0);
            }
        }
    }
}

TransP4(Parse(), Filter(), Deparse()) main;
