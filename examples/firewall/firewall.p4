/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * firewall.p4 - a stateful firewall: who is inside may open connections.
 *
 * The port is the tenant's VM's: what goes to the switch comes from the VM.  It
 * passes, and its flow is remembered in two bit fields indexed by two hashes of
 * the flow (a Bloom filter).  What comes from the switch passes if its flow,
 * turned round, is there.  All else that comes (IPv6, tagged frames, IPv4 with
 * options) stays out but what table `other` lets in: at first ARP and ICMP.
 * The rest of a datagram in fragments passes: it is of no use without the first.
 */
#include <transp4.p4>

const bit<16> ETHERTYPE_IPV4 = 0x0800;
const bit<16> ETHERTYPE_ARP = 0x0806;
const bit<8> ICMP = 1;
const bit<32> FLOWS = 65536;

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

header ports_t {
    bit<16> src;
    bit<16> dst;
}

struct headers_t {
    ethernet_t ethernet;
    ipv4_t     ipv4;
    ports_t    ports;
}

struct meta_t {
}

parser Parse(packet_in packet, out headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    state start {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.type) {
            ETHERTYPE_IPV4: ipv4;
            default: accept;
        }
    }
    state ipv4 {
        packet.extract(hdr.ipv4);
        transition select(hdr.ipv4.ihl, hdr.ipv4.fragment, hdr.ipv4.protocol) {
            (5, 0, 6): ports;
            (5, 0, 17): ports;
            default: accept;
        }
    }
    state ports {
        packet.extract(hdr.ports);
        transition accept;
    }
}

control Filter(inout headers_t hdr, inout meta_t meta, inout tp4_metadata_t tp4)
{
    register<bit<1>>(FLOWS) seen_a;
    register<bit<1>>(FLOWS) seen_b;
    counter(3, CounterType.packets_and_bytes) verdicts; // 0 outgoing, 1 let in, 2 kept out

    action refuse()
    {
        drop();
        verdicts.count(2);
    }

    // What comes in without ports: by EtherType and protocol.
    table other {
        key = {
            hdr.ethernet.type: exact;
            hdr.ipv4.protocol: ternary;
        }
        actions = {
            refuse;
            NoAction;
        }
        entries = {
            (ETHERTYPE_ARP, _): NoAction();
            (ETHERTYPE_IPV4, ICMP): NoAction();
        }
        default_action = refuse();
        size = 64;
    }

    apply {
        if (!hdr.ports.isValid()) {
            if (tp4.direction == FROM_SWITCH && !(hdr.ipv4.isValid() && hdr.ipv4.fragment != 0)) {
                other.apply();
            }
            return;
        }

        bit<32> inside = hdr.ipv4.src;
        bit<32> outside = hdr.ipv4.dst;
        bit<16> inside_port = hdr.ports.src;
        bit<16> outside_port = hdr.ports.dst;

        if (tp4.direction == FROM_SWITCH) {
            inside = hdr.ipv4.dst;
            outside = hdr.ipv4.src;
            inside_port = hdr.ports.dst;
            outside_port = hdr.ports.src;
        }

        bit<32> a;
        bit<32> b;

        hash(a, HashAlgorithm.crc32, 32w0,
             { inside, outside, inside_port, outside_port, hdr.ipv4.protocol }, FLOWS);
        hash(b, HashAlgorithm.crc16, 32w0,
             { outside_port, inside, hdr.ipv4.protocol, outside, inside_port }, FLOWS);
        if (tp4.direction == TO_SWITCH) {
            seen_a.write(a, 1);
            seen_b.write(b, 1);
            verdicts.count(0);
        } else {
            bit<1> in_a;
            bit<1> in_b;

            seen_a.read(in_a, a);
            seen_b.read(in_b, b);
            if (in_a == 1 && in_b == 1) {
                verdicts.count(1);
            } else {
                refuse();
            }
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
