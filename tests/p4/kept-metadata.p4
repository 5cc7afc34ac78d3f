/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* kept-metadata.p4 - what clones, resubmitted and recirculated packets keep of the metadata */
#include <core.p4>
#include <v1model.p4>
const bit<8> first = 1;
enum bit<8> list_t { second = 2 }
struct M { @field_list(first) bit<8> a; bit<8> b; @field_list(2 - 1, list_t.second) bit<16> c; }
header h_t { bit<8> x; bit<8> y; bit<16> z; }
struct H { h_t h; h_t t; }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    /* What the parser writes again for the copy is not kept. */
    state start { b.extract(hdr.h); transition select(hdr.h.x) { 0 .. 9: writes; default: accept; } }
    state writes { meta.a = hdr.h.x; meta.b = 7; meta.c = 99; transition accept; }
}
control V(inout H hdr, inout M meta) { apply { } }
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply {
        sm.egress_spec = 2;
        if (hdr.h.x < 10) {
            meta.a = 0x55;
            meta.b = 0x66;
            meta.c = 0x1234;
            if (hdr.h.x == 1)
                clone_preserving_field_list(CloneType.I2E, 5, 1);
            else if (hdr.h.x == 2)
                clone_preserving_field_list(CloneType.I2E, 5, 2);
            else
                clone(CloneType.I2E, 5);
        } else if (hdr.h.x == 0x11) { /* the older forms */
            meta.b = 0x77;
            clone3(CloneType.I2E, 32w5, { meta.b, sm.ingress_port });
        } else if (hdr.h.x == 0x12) {
            if (sm.instance_type == 6)
                hdr.h.y = meta.b;
            meta.b = 0x44;
            if (sm.instance_type == 0)
                resubmit({ meta.b });
        } else if (hdr.h.x == 0x13 && sm.instance_type == 4) {
            hdr.h.z = meta.c;
        } else if (hdr.h.x == 0x14) { /* a header begins with zeros */
            hdr.h.setInvalid();
            hdr.h.setValid();
            hdr.h.y = 1;
        } else if (hdr.h.x == 0x15) { /* replicas are not cut */
            truncate(2);
            sm.mcast_grp = 1;
        }
    }
}
control E(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    apply {
        if (hdr.h.x == 0x13 && hdr.h.z != 0xbeef) {
            meta.c = 0xbeef;
            recirculate({ meta.c });
        }
        if (sm.instance_type == 1)
            hdr.h.y = meta.b;
        if (hdr.h.x < 10 && hdr.h.x != 0) {
            hdr.t.setValid();
            hdr.t = { meta.a, meta.b, meta.c };
        }
    }
}
control C(inout H hdr, inout M meta) { apply { } }
control D(packet_out b, in H hdr) { apply { b.emit(hdr); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
