/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* replicas.p4 - clones, multicast, resubmit, recirculate with field lists */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> op; bit<8> r; bit<16> x; bit<32> y; }
struct flm { @field_list(1) bit<8> keep; bit<8> lose; }
struct H { h_t h; h_t h2; }
struct M { @field_list(1, 2) bit<8> a; @field_list(2) bit<16> b; bit<8> c; flm f; }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    state start { b.extract(hdr.h); transition select(hdr.h.op) { 0x40 &&& 0xc0: two; default: accept; } }
    state two { b.extract(hdr.h2); transition accept; }
}
control V(inout H hdr, inout M meta) { apply { } }
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply {
        sm.egress_spec = 1;
        if (hdr.h.op == 1) { meta.a = 0xaa; meta.b = 0xbbbb; meta.c = 0xcc; meta.f.keep = 1; meta.f.lose = 1;
            if (hdr.h.r == 1) { clone_preserving_field_list(CloneType.I2E, 5, 1); } else { clone_preserving_field_list(CloneType.I2E, 5, 2); } hdr.h.x = 0x1111; meta.a = 0xab; }
        if (hdr.h.op == 2 && sm.instance_type == 0) { meta.a = 0xaa; meta.b = 0xbbbb; meta.c = 0xcc; meta.f.keep = 7; resubmit_preserving_field_list(1); hdr.h.x = 0x1111; }
        else if (hdr.h.op == 2) { hdr.h.r = (bit<8>)sm.instance_type; hdr.h.x = meta.b; hdr.h.y = meta.a ++ meta.c ++ meta.f.keep ++ 8w0; }
        if (hdr.h.op == 3) { hdr.h.r = (bit<8>)sm.instance_type; if (sm.instance_type == 4) { hdr.h.x = (bit<16>)sm.packet_length; hdr.h.y = meta.a ++ meta.c ++ meta.b; sm.egress_spec = 2; } }
        if (hdr.h.op == 4) { sm.mcast_grp = (bit<16>)hdr.h.r; }
        if (hdr.h.op == 5) { sm.mcast_grp = 1; mark_to_drop(sm); }
        if (hdr.h.op == 6) { mark_to_drop(sm); sm.egress_spec = 3; }
        if (hdr.h.op == 7) { clone(CloneType.I2E, 6); mark_to_drop(sm); }
        if (hdr.h.op == 8) { sm.egress_spec = 4; }
        if (hdr.h.op == 9) { truncate(5); }
        if (hdr.h.op == 12) { sm.egress_spec = 511; }
        if (hdr.h.op == 13) { clone(CloneType.I2E, 6); sm.egress_spec = 3; }
    }
}
control E(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply {
        if (hdr.h.op == 1) { hdr.h.r = (bit<8>)sm.instance_type; hdr.h.y = meta.a ++ meta.b ++ (meta.c ^ meta.f.keep ^ meta.f.lose); }
        if (hdr.h.op == 3 && sm.instance_type == 0 && sm.egress_port == 1) { meta.a = 1; meta.b = 0x0202; meta.c = 3; recirculate_preserving_field_list(2); hdr.h2.setValid(); hdr.h2 = {3,2,3,4}; }
        if (hdr.h.op == 4) { hdr.h.x = sm.egress_rid; hdr.h.y = (bit<32>)sm.egress_port; hdr.h.r = (bit<8>)sm.instance_type; if (sm.egress_port == 7) mark_to_drop(sm); }
        if (hdr.h.op == 7 || hdr.h.op == 13) { hdr.h.r = (bit<8>)sm.instance_type; }
        if (hdr.h.op == 8) { if (sm.instance_type == 0) { meta.a = 9; meta.b = 8; clone_preserving_field_list(CloneType.E2E, 5, 1); hdr.h.x = 0x2222; sm.egress_spec = 9; } else { hdr.h.r = (bit<8>)sm.instance_type; hdr.h.y = meta.a ++ meta.b ++ 8w0; } }
        if (hdr.h.op == 10) { truncate(3); }
        if (hdr.h.op == 11) { hdr.h.setInvalid(); }
    }
}
control C(inout H hdr, inout M meta) { apply { } }
control D(packet_out b, in H hdr) { apply { b.emit(hdr.h2); b.emit(hdr.h); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
