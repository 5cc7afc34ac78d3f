/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* control-flow.p4 - if, switch on values and on actions, for loops, break, continue, return */
#include <v1model.p4>

header ab_t {
    bit<8> a;
    bit<8> b;
    bit<16> c;
}

struct H {
    ab_t x;
}

struct M {
}


parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s)
{
    state start {
        b.extract(h.x);
        transition accept;
    }
}

control V(inout H h, inout M m)
{
    apply {
    }
}

control I(inout H h, inout M m, inout standard_metadata_t s)
{
    action one() {
    }
    action two() {
    }
    table t {
        key = {
            h.x.b: exact;
        }
        actions = {
            one;
            two;
        }
        const entries = {
            1: one();
            2: two();
            0x11: two();
        }
    }
    apply {
        s.egress_spec = 1;
        switch (h.x.a) {
            1:
            2: {
                h.x.c = h.x.c + 0x100;
            }
            3: {
                for (bit<8> i in 8w1 .. 8w4) {
                    if (i == 2) {
                        continue;
                    }
                    switch (i) {
                        4: {
                            break;
                        }
                        default: {
                            h.x.c = h.x.c + (bit<16>)i;
                        }
                    }
                }
            }
            default: {
                for (bit<8> k = 0, bit<8> n = 10; k < n; k = k + 1, n = n - 1) {
                    h.x.c = h.x.c + 1;
                    if (h.x.c == 4) {
                        break;
                    }
                }
            }
        }
        switch (t.apply().action_run) {
            one: {
                h.x.b = 0x11;
            }
            two: {
                if (h.x.c == 0x100) {
                    return;
                }
                h.x.b = 0x22;
            }
            NoAction: {
                h.x.b = 0x33;
            }
        }
        if (t.apply().hit) {
            h.x.c = h.x.c | 0x8000;
        }
    }
}

control E(inout H h, inout M m, inout standard_metadata_t s)
{
    apply {
    }
}

control C(inout H h, inout M m)
{
    apply {
    }
}

control D(packet_out b, in H h)
{
    apply {
        b.emit(h);
    }
}

V1Switch(P(), V(), I(), E(), C(), D()) main;
