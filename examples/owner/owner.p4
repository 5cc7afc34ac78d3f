/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * owner.p4 - only packets of given users or programs may leave the VM.
 *
 * `may_leave` names them by uid, by program, or both; who is not named, or not
 * known, stays in.  What has no socket passes if table `other` says so, which at
 * first names ICMP, by the type of IP, and ARP; all else without ports stays in, for
 * any user can make some: the rest of a datagram in fragments, routing headers,
 * UDP-Lite, IP in what the VM's root has set up (PPPoE, MPLS).
 * What comes to the VM passes: without its answers nothing comes of it.
 *
 * A new connection's first segment may be faster than the agent's word of whose
 * it is.  A SYN that carries no data says nothing but that somebody knocks; it
 * passes while the owner is unknown, so that connections begin without delay.
 * Compile with -D STRICT and it does not: then the first segment of most
 * connections is sent twice, a second apart.
 *
 * The port is the VM's own: TO_SWITCH is from the VM.
 */
#include "../flow.p4"

control Filter(inout headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    Owner() owner;
    counter(3, CounterType.packets_and_bytes) verdicts; // 0 let out, 1 kept in, 2 not known yet

    action keep_in()
    {
        drop();
        verdicts.count(1);
    }

    action let_out()
    {
        verdicts.count(0);
    }

    table may_leave {
        key = {
            meta.owner.uid: optional;
            meta.owner.program: optional @format(HEX_STR);
        }
        actions = {
            let_out;
            keep_in;
        }
        default_action = keep_in();
        size = 1024;
    }

    // What has no socket.
    table other {
        key = {
            meta.type: exact @format(HEX_STR);
        }
        actions = {
            keep_in;
            NoAction;
        }
        entries = {
            IPV4: NoAction();
            IPV6: NoAction();
            ARP: NoAction();
        }
        default_action = keep_in();
        size = 64;
    }

    apply {
        if (tp4.direction == FROM_SWITCH) {
            return;
        }
        if (!hdr.ports.isValid()) {
            if (hdr.ipv4.isValid() && hdr.ipv4.protocol != ICMP && hdr.ipv4.protocol != IGMP ||
                hdr.ipv6.isValid() && hdr.ipv6.next != ICMP6 &&
                !(hdr.hop.isValid() && hdr.hop.next == ICMP6)) {
                keep_in();
            } else {
                other.apply();
            }
            return;
        }
        owner.apply(hdr, meta);
        if (meta.known) {
            may_leave.apply();
            return;
        }
#ifndef STRICT
        bit<16> room = hdr.ipv4.isValid() ? hdr.ipv4.length - (bit<16>)hdr.ipv4.ihl * 4
                                              : hdr.ipv6.length;

        // SYN alone, and the segment ends with its header.
        if (hdr.tcp.isValid() && hdr.tcp.flags & 0x17 == 0x02 &&
            room == (bit<16>)hdr.tcp.words * 4) {
            verdicts.count(2);
            return;
        }
#endif
        keep_in();
    }
}

TransP4(Parse(), Filter(), Deparse()) main;
