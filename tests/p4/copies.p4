/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* copies.p4 - copy-in and copy-out through actions and sub-controls, with exits */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> k; bit<8> a; bit<8> b; bit<8> c; bit<16> d; bit<32> e; }
struct inner { bit<8> x; bit<8> y; }
struct H { h_t h; }
struct M { inner i; tuple<bit<8>, bit<16>> t; }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    state start { b.extract(hdr.h); transition accept; }
}
#include "plain.inc"
bit<8> g(inout bit<8> x) { x = x + 1; return x; }
bit<8> f(inout bit<8> x, in bit<8> y) { bit<8> old = x; x = y; return old; }
control Sub(inout bit<8> x, in bit<8> y, out bit<8> z) {
    action act(inout bit<8> p) { p = p + 1; if (p == 3) { exit; } p = p + 1; }
    apply { z = 5; act(x); z = y; if (x == 9) exit; if (x == 11) return; z = z + 1; }
}
control Sub2(inout bit<8> x) {
    Sub() s1; Sub() s2;
    apply { bit<8> t; s1.apply(x, x, t); x = x + t; s2.apply(x, 1, t); x = x + t; }
}
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    Sub() s;
    Sub2() s22;
    bit<8> local = 7;
    action set_local(bit<8> v) { local = v; }
    action nested(inout bit<8> v) { set_local(v); v = local + 1; local = v; }
    action two(inout bit<8> v, inout bit<8> w) { v = v + 1; w = w + 1; }
    apply {
        sm.egress_spec = 1;
        if (hdr.h.k == 0) { s.apply(hdr.h.a, hdr.h.a, hdr.h.b); hdr.h.c = 0xcc; }
        if (hdr.h.k == 1) { s.apply(hdr.h.a, hdr.h.b, hdr.h.a); }
        if (hdr.h.k == 2) { s22.apply(hdr.h.a); }
        if (hdr.h.k == 3) { nested(hdr.h.a); hdr.h.b = local; }
        if (hdr.h.k == 4) { two(hdr.h.a, hdr.h.a); }
        if (hdr.h.k == 5) { two(hdr.h.d[7:0], hdr.h.d[15:8]); }
        if (hdr.h.k == 6) { two(local, hdr.h.b); hdr.h.a = local; }
        if (hdr.h.k == 7) { meta.i = { hdr.h.a, hdr.h.b }; inner j = meta.i; j.x = 0; if (meta.i == { hdr.h.a, hdr.h.b }) hdr.h.c = 1; if (j == meta.i) hdr.h.c = 2; }
        if (hdr.h.k == 8) { meta.t = { hdr.h.a, hdr.h.d }; hdr.h.d = meta.t[1] + 1; hdr.h.b = meta.t[0]; if (meta.t == { hdr.h.a, hdr.h.d - 1 }) hdr.h.c = 9; }
        if (hdr.h.k == 9) { inner i = { y = hdr.h.a, x = hdr.h.b }; hdr.h.a = i.x; hdr.h.b = i.y; }
        if (hdr.h.k == 10) { hdr.h = { 10, 1, 2, 3, 4, 5 }; }
        if (hdr.h.k == 11) { hdr.h = { k = 0xb, a = hdr.h.b, b = hdr.h.a, c = 0, d = 1, e = 2 }; }
        if (hdr.h.k == 12) { hdr.h.b = f(hdr.h.a, g(hdr.h.a)); }
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
