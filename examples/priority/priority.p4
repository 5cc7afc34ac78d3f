/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * priority.p4 - a packet's priority is that of its cgroup.
 *
 * `classes` gives cgroups (services, that is) a DSCP, by which the switch and
 * the network behind it choose a queue.  All other packets of the VM leave with
 * DSCP 0: no program helps itself to a priority.
 *
 * The port is the VM's own: TO_SWITCH is from the VM.
 */
#include "../flow.p4"

control Filter(inout headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    Owner() owner;
    counter(64, CounterType.packets_and_bytes) marked; // by DSCP

    action mark(bit<6> dscp)
    {
        if (hdr.ipv4.isValid()) {
            bit<8> tos = dscp ++ hdr.ipv4.tos[1:0];

            hdr.ipv4.checksum = csum_replace2(hdr.ipv4.checksum,
                                              hdr.ipv4.version ++ hdr.ipv4.ihl ++ hdr.ipv4.tos,
                                              hdr.ipv4.version ++ hdr.ipv4.ihl ++ tos);
            hdr.ipv4.tos = tos;
        } else if (hdr.ipv6.isValid()) {
            hdr.ipv6.tos[7:2] = dscp;
        }
        marked.count((bit<32>)dscp);
    }

    table classes {
        key = {
            meta.owner.cgroup: exact @format(HEX_STR);
        }
        actions = {
            mark;
        }
        default_action = mark(0);
        size = 1024;
    }

    apply {
        if (tp4.direction == TO_SWITCH && (hdr.ipv4.isValid() || hdr.ipv6.isValid())) {
            owner.apply(hdr, meta);
            classes.apply();
        }
    }
}

TransP4(Parse(), Filter(), Deparse()) main;
