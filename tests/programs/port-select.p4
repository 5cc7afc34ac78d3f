/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* port-select.p4 - writes into a packet what a selector's member says; counts and meters its entries. */
#include <v1model.p4>

header first_t {
    bit<8> key;
    bit<8> flow;
    bit<8> said;
    bit<8> colour;
}

struct headers_t {
    first_t first;
}

struct meta_t {
}

struct told_t {
    bit<8> key;
    bit<12> flow;
}

parser Parse(packet_in p, out headers_t hdr, inout meta_t m, inout standard_metadata_t s)
{
    state start {
        p.extract(hdr.first);
        transition accept;
    }
}

control Check(inout headers_t hdr, inout meta_t m)
{
    apply {
    }
}

control In(inout headers_t hdr, inout meta_t m, inout standard_metadata_t s)
{
    action_selector(HashAlgorithm.identity, 64, 8) choice;
    direct_counter(CounterType.packets) seen;
    direct_meter<bit<8>>(MeterType.packets) rate;
    counter(4, CounterType.packets) all;
    meter(4, MeterType.packets) limit;

    action write(bit<8> v) {
        hdr.first.said = v;
        rate.read(hdr.first.colour);
    }
    action refuse() {
        mark_to_drop(s);
    }
    table chosen {
        key = {
            hdr.first.key: exact;
            hdr.first.flow: selector;
        }
        actions = {
            write;
            refuse;
        }
        implementation = choice;
        counters = seen;
        meters = rate;
        support_timeout = true;
        default_action = refuse();
    }
    // Neither counts nor meters.
    action say(bit<8> v) {
        hdr.first.said = v;
    }
    table plain {
        key = {
            hdr.first.flow: ternary;
        }
        actions = {
            say;
            NoAction;
        }
        support_timeout = true;
        default_action = NoAction();
    }
    apply {
        all.count(1);
        if (hdr.first.key == 9) {
            digest<told_t>(0, { hdr.first.key, (bit<12>)hdr.first.flow });
        }
        chosen.apply();
        plain.apply();
    }
}

control Out(inout headers_t hdr, inout meta_t m, inout standard_metadata_t s)
{
    apply {
    }
}

control Deparse(packet_out p, in headers_t hdr)
{
    apply {
        p.emit(hdr.first);
    }
}

V1Switch(Parse(), Check(), In(), Out(), Check(), Deparse()) main;
