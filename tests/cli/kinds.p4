// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
//
// kinds.p4 - a program with a key of every kind, for the tests of the command.

#include <core.p4>
#include <transp4.p4>

header eth_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

header ipv4_t {
    bit<4>  version;
    bit<4>  ihl;
    bit<8>  tos;
    bit<16> len;
    bit<16> id;
    bit<3>  flags;
    bit<13> frag;
    bit<8>  ttl;
    bit<8>  proto;
    bit<16> sum;
    bit<32> src;
    bit<32> dst;
}

struct headers {
    eth_t  eth;
    ipv4_t ip;
}

@p4runtime_translation("example.org/colour", string)
type bit<4> colour_t;
enum bit<2> shade_t { light = 1, dark = 2 }
type bit<2> newer_t;

struct meta_t {
    colour_t colour;
}

struct ends_t {
    @match(ternary) bit<32> src;
    bit<8> proto;
}

parser P(packet_in packet, out headers hdr, inout meta_t meta, inout tp4_metadata_t tp4) {
    value_set<bit<16>>(2) types;
    value_set<ends_t>(4) ends;
    state start {
        packet.extract(hdr.eth);
        transition select(hdr.eth.type) {
            types: accept;
            0x0800: ipv4;
            default: accept;
        }
    }
    state ipv4 {
        packet.extract(hdr.ip);
        transition select(hdr.ip.src, hdr.ip.proto) {
            ends: accept;
            default: accept;
        }
    }
}

control F(inout headers hdr, inout meta_t meta, inout tp4_metadata_t tp4) {
    counter(16, CounterType.packets_and_bytes) seen;
    meter(4, MeterType.bytes) rates;
    register<bit<32>>(8) limit;
    register<int<12>>(4) low;
    register<colour_t>(2) dye;
    register<shade_t>(2) shade;
    register<newer_t>(2) newer;
    register<ends_t>(2) pairs;
    register<int<2043>>(2) wide;

    action allow(bit<32> index) {
        seen.count(index);
    }
    action deny() {
        drop();
    }
    action mark(bit<8> tos, bit<48> mac) {
        hdr.ip.tos = tos;
        hdr.eth.dst = mac;
    }
    table route {
        key = { hdr.ip.dst: lpm; }
        actions = { allow; deny; mark; }
        default_action = deny();
        size = 64;
    }
    table acl {
        key = {
            hdr.ip.src: ternary;
            hdr.ip.ttl: range;
            hdr.ip.proto: optional;
            tp4.direction: exact;
        }
        actions = { allow; deny; NoAction; }
        default_action = NoAction();
        size = 64;
    }
    action paint(colour_t to) {
        meta.colour = to;
    }
    table paints {
        key = { meta.colour: exact; }
        actions = { paint; NoAction; }
        default_action = NoAction();
    }
    table fixed {
        key = { hdr.eth.type: exact @format(HEX_STR); }
        actions = { deny; NoAction; }
        const default_action = NoAction();
        const entries = {
            0x88cc: deny();
        }
    }
    apply {
        bit<32> most;
        int<2043> huge;
        bit<2> colour;

        rates.execute_meter(0, colour);
        if (colour == METER_RED) {
            return;
        }
        limit.read(most, 0);
        low.write(0, (int<12>)(bit<12>)most[11:0]);
        limit.write(1, most + 1);
        dye.read(meta.colour, 0);
        shade.write(0, shade_t.dark);
        newer.write(0, (newer_t)(bit<2>)shade_t.dark);
        pairs.write(0, { 1, 2 });
        wide.read(huge, 0);
        wide.write(1, huge + 1);
        fixed.apply();
        paints.apply();
        if (hdr.ip.isValid()) {
            acl.apply();
            route.apply();
        }
    }
}

control D(packet_out packet, in headers hdr) {
    apply {
        packet.emit(hdr);
    }
}

TransP4(P(), F(), D()) main;
