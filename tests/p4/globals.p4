/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* globals.p4 - objects, actions and functions at the top; named arguments of the package */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> op; bit<8> a; bit<16> b; }
struct H { h_t h; }
struct M { bit<8> x; }
register<bit<16>>(4) glob;
counter(2, CounterType.packets) gc;
bit<16> bump(in bit<32> i) { bit<16> v; glob.read(v, i); v = v + 1; glob.write(i, v); gc.count(1); return v; }
action top_act(inout bit<8> x, bit<8> y) { x = x + y; bump(2); }
action top_drop(inout standard_metadata_t sm) { mark_to_drop(sm); }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) { state start { b.extract(hdr.h); transition accept; } }
#include "plain.inc"
control Inner(inout H hdr)(bit<8> k) { action in_act(bit<8> z) { hdr.h.a = hdr.h.a ^ z ^ k; } table it { key = { hdr.h.op : exact; } actions = { in_act; NoAction; } } apply { it.apply(); } }
control Middle(inout H hdr) { Inner(1) i1; @name("other") Inner(2) i2; apply { i1.apply(hdr); i2.apply(hdr); } }
control MyI(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    Middle() mid;
    table t { key = { hdr.h.a : exact; } actions = { top_act(hdr.h.a); top_drop(sm); NoAction; } default_action = top_act(hdr.h.a, 5); const entries = { 9 : top_drop(sm); 7 : top_act(hdr.h.a, 1); } }
    apply {
        sm.egress_spec = 1;
        switch (hdr.h.op) { 0: { t.apply(); hdr.h.b = bump(1) + bump(2); } 1: { top_act(meta.x, 3); hdr.h.a = meta.x; } 2: { mid.apply(hdr); } 3: { top_drop(sm); } }
    }
}
V1Switch(vr = V(), p = P(), eg = E(), ig = MyI(), ck = C(), dep = D()) main;
