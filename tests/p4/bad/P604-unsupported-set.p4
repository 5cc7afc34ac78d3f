/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <v1model.p4>
header wide_t {
    bit<2048> a;
    bit<2048> b;
    bit<2048> c;
    bit<2048> d;
    bit<2048> e;
}
struct headers {
    wide_t w;
}
struct meta_t {
}
struct wide_s {
    bit<2048> a;
    bit<2048> b;
    bit<2048> c;
    bit<2048> d;
    bit<2048> e;
}
parser p(packet_in b, out headers h, inout meta_t m, inout standard_metadata_t s) {
    value_set<wide_s>(4) known;
    state start {
        b.extract(h.w);
        transition select(h.w.a, h.w.b, h.w.c, h.w.d, h.w.e) {
            known: accept;
            default: reject;
        }
    }
}
control v(inout headers h, inout meta_t m) {
    apply {
    }
}
control i(inout headers h, inout meta_t m, inout standard_metadata_t s) {
    apply {
    }
}
control d(packet_out b, in headers h) {
    apply {
    }
}
V1Switch(p(), v(), i(), i(), v(), d()) main;
