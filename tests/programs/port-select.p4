/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* port-select.p4 - writes into a packet what a selector's member says; counts and meters its entries. */
#include <v1model.p4>

header first_t {
    bit<8> key;
    bit<8> flow;
    bit<8> said;
    bit<8> colour;
}

header tag_t {
    bit<4> low;
    varbit<12> rest;
}

header_union either_t {
    first_t one;
    tag_t other;
}

enum which_t { no, yes }
enum bit<4> number_t { two = 2 }

struct headers_t {
    first_t first;
}

struct meta_t {
}

struct told_t {
    bit<8> key;
    bit<12> flow;
}

struct pair_t<T> {
    T left;
    T right;
}

struct everything_t {
    told_t told;
    bool truth;
    first_t first;
    tag_t[2] tags;
    either_t either;
    either_t[2] eithers;
    which_t which;
    number_t number;
    error err;
    bit<8>[2] numbers;
    pair_t<bit<8>> bytes;
    pair_t<bool> truths;
    tuple<bit<8>, int<12>, int<12>> three;
}

parser Parse(packet_in p, out headers_t hdr, inout meta_t m, inout standard_metadata_t s)
{
    value_set<bit<16>>(1000) many;
    state start {
        p.extract(hdr.first);
        transition select(hdr.first.key ++ hdr.first.flow) {
            many: accept;
            _: accept;
        }
    }
}

control Check(inout headers_t hdr, inout meta_t m)
{
    apply {
    }
}

control In(inout headers_t hdr, inout meta_t m, inout standard_metadata_t s)
{
    action_selector(HashAlgorithm.identity, 4096, 8) choice;
    @max_group_size(4) action_selector(HashAlgorithm.identity, 6, 8) few;
    direct_counter(CounterType.packets) seen;
    @max_group_size(2) @selector_size_semantics("sum_of_members") @max_member_weight(100)
    action_selector(HashAlgorithm.identity, 3, 8) three;
    @single_rate_two_color direct_meter<bit<8>>(MeterType.packets) rate;
    counter(4, CounterType.packets) all;
    meter(4, MeterType.packets) limit;
    register<int<12>>(2) low;
    register<bit<12>>(2) high;
    @single_rate_two_color meter(4, MeterType.packets) strict;

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
        size = 5000;
    }
    table second {
        key = {
            hdr.first.key: exact;
            hdr.first.flow: selector;
        }
        actions = {
            say;
            NoAction;
        }
        implementation = few;
        support_timeout = true;
        default_action = NoAction();
    }
    table ways {
        key = {
            hdr.first.flow: lpm;
            hdr.first.key: range;
        }
        actions = {
            say;
            NoAction;
        }
        default_action = NoAction();
    }
    direct_counter(CounterType.packets) hits;
    table fixed {
        key = {
            hdr.first.key: exact;
        }
        actions = {
            say;
            NoAction;
        }
        counters = hits;
        const entries = {
            200: say(1);
        }
        default_action = NoAction();
    }
    table third {
        key = {
            hdr.first.key: exact;
            hdr.first.flow: selector;
        }
        actions = {
            say;
            NoAction;
        }
        implementation = three;
        default_action = NoAction();
    }
    table keyless {
        actions = {
            say;
            NoAction;
        }
        default_action = NoAction();
    }
    apply {
        bit<8> ignored;
        low.write(0, 1);
        high.write(0, 1);
        strict.execute_meter(0, ignored);
        all.count(1);
        if (hdr.first.key == 9) {
            digest<told_t>(0, { hdr.first.key, (bit<12>)hdr.first.flow });
        }
        if (hdr.first.key == 8) {
            everything_t all_;

            all_.told = { hdr.first.key, 300 };
            all_.truth = true;
            all_.first = hdr.first;
            all_.tags[1].setValid();
            all_.tags[1].low = 5;
            all_.either.other.setValid();
            all_.either.other.low = 6;
            all_.eithers[1].one.setValid();
            all_.eithers[1].one.said = 7;
            all_.which = which_t.yes;
            all_.number = number_t.two;
            all_.err = error.StackOutOfBounds;
            all_.numbers[1] = 8;
            all_.bytes = { 9, 10 };
            all_.truths = { false, true };
            all_.three = { 11, 128, -1 };
            digest<everything_t>(0, all_);
        }
        chosen.apply();
        plain.apply();
        second.apply();
        ways.apply();
        fixed.apply();
        third.apply();
        keyless.apply();
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
