/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* moving-slices.p4 - a[i+:w] with i known to the packet alone, written to and copied out to (8.6) */
#include <core.p4>
#include <v1model.p4>
header h_t {
    bit<8>   i;
    bit<16>  n;
    int<32>  s;
    bit<160> w;
}
struct H {
    h_t h;
}
struct M { }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    state start {
        b.extract(hdr.h);
        transition accept;
    }
}
#include "plain.inc"
bit<8> next(inout bit<8> i) {
    i = i + 4;
    return i;
}
void turn(inout bit<8> part, inout bit<160> whole) {
    part = ~part;
    whole = whole + 1;
}
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    action add(inout bit<8> v) {
        v = v + 1;
        hdr.h.i = 0;
    }
    apply {
        sm.egress_spec = 1;
        hdr.h.n[hdr.h.i+:4] = 0xf;
        hdr.h.s[hdr.h.i+:8] = 8w0x80;
        hdr.h.w[next(hdr.h.i)+:8] = hdr.h.i;
        turn(hdr.h.w[hdr.h.i+:8], hdr.h.w);
        add(hdr.h.w[hdr.h.i+:8]);
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
