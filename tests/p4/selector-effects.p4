/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* selector-effects.p4 - calls in the keys of action selectors, which are made hit or not (14.2.3) */
#include <core.p4>
#include <v1model.p4>
header h_t {
    bit<8> a;
    bit<8> n;
    bit<8> m;
}
struct H {
    h_t h;
    h_t gone;
}
struct M {
    bit<8> n;
}
bit<8> bump(inout bit<8> n) {
    n = n + 1;
    return n;
}
parser p(packet_in k, out H h, inout M m, inout standard_metadata_t std) {
    state start {
        k.extract(h.h);
        transition accept;
    }
}
control v(inout H h, inout M m) {
    apply { }
}
control i(inout H h, inout M m, inout standard_metadata_t std) {
    action set(bit<8> x) {
        h.h.a = x;
    }
    action_selector(HashAlgorithm.identity, 16, 8) as_;
    table t {
        key = {
            h.h.a : exact;
            bump(m.n) : selector @name("s");
            h.gone.a : selector;
            h.h.n + m.n : exact @name("e");
        }
        actions = {
            set;
            NoAction;
        }
        implementation = as_;
    }
    table u {
        key = {
            h.h.a : exact;
            bump(m.n) : selector @name("s");
        }
        actions = {
            NoAction;
        }
    }
    apply {
        std.egress_spec = 1;
        t.apply();
        h.h.n = m.n;
        u.apply();
        h.h.m = m.n;
    }
}
control g(inout H h, inout M m, inout standard_metadata_t std) {
    apply { }
}
control d(packet_out k, in H h) {
    apply {
        k.emit(h);
    }
}
V1Switch(p(), v(), i(), g(), v(), d()) main;
