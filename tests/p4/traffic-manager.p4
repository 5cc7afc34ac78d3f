/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* traffic-manager.p4 - clone, resubmit, recirculate, multicast, truncate, drop in egress */
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
    @field_list(1)
    bit<8> kept;
    bit<8> lost;
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
    apply {
        s.egress_spec = 1;
        switch (h.x.a) {
            1: {
                clone_preserving_field_list(CloneType.I2E, 7, 1);
                m.kept = 0x55;
                m.lost = 0x66;
                h.x.b = 0x77;
            }
            2: {
                if (s.instance_type == 0) {
                    m.kept = 0x21;
                    resubmit_preserving_field_list(1);
                } else {
                    h.x.b = m.kept;
                }
            }
            3: {
                if (s.instance_type == 4) {
                    h.x.b = h.x.b + 1;
                    s.egress_spec = 2;
                }
            }
            4: {
                s.mcast_grp = 5;
            }
            5: {
                truncate(2);
            }
            6: {
                mark_to_drop(s);
            }
        }
    }
}

control E(inout H h, inout M m, inout standard_metadata_t s)
{
    apply {
        if (s.instance_type == 1) {
            h.x.b = m.kept;
            h.x.c = (bit<16>)m.lost;
        }
        if (h.x.a == 3 && s.instance_type != 4) {
            if (h.x.b < 0x10) {
                h.x.b = 0x10;
                recirculate_preserving_field_list(0);
            }
        }
        if (s.instance_type == 5) {
            h.x.c = s.egress_rid;
        }
        if (h.x.a == 8) {
            mark_to_drop(s);
        }
        if (h.x.a == 9 && s.instance_type == 0) {
            clone(CloneType.E2E, 7);
            h.x.b = 1;
        }
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
