/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* out-begins.p4 - what out parameters hold that are not given a value: headers are invalid,
 * the rest is what an argument from outside was where p4c hands it over itself, else zero. */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> a; bit<8> b; bit<8> c; bit<8> d; bit<8> e; bit<8> f; bit<8> g; bit<8> valid; }
header v_t { bit<8> x; }
struct H { h_t h; v_t v; v_t w; v_t[2] st; }
struct S { v_t v; bit<8> x; v_t[2] st; }
struct M { S s; bit<8> p; bit<8> q; }

parser sub(packet_in b, out bit<8> x, out v_t v) { state start { transition accept; } }
parser P(packet_in b, out H h, inout M m, inout standard_metadata_t s) {
    sub() one;
    state start {
        b.extract(h.h);
        b.extract(h.v);
        b.extract(h.st.next);
        m.p = 7;
        m.s.x = 9;
        m.s.v.setValid();
        m.s.st[1].setValid();
        one.apply(b, m.p, h.w);
        transition accept;
    }
}
control nothing(out bit<8> x) { apply { } }
control some(in bit<8> x, out bit<8> y) { apply { if (x == 1) y = 0x55; } }
control header_out(out v_t v, out v_t[2] st) { apply { } }
control struct_out(out S s) { apply { } }
bit<8> function(out bit<8> x) { return x; }
control V(inout H h, inout M m) { apply { } }
control I(inout H h, inout M m, inout standard_metadata_t s) {
    nothing() alike;
    nothing() differs;
    nothing() for_local;
    some() on_a_way;
    some() aliased;
    header_out() headers;
    struct_out() struct_;
    action act(out bit<8> x, out v_t v) { h.h.valid = (bit<8>)(bit<1>)v.isValid(); }
    apply {
        bit<8> local = 0x77;

        s.egress_spec = 1;
        alike.apply(h.h.a);               /* kept */
        differs.apply(h.h.b);             /* zero */
        differs.apply(h.h.c);
        for_local.apply(local);
        on_a_way.apply(h.h.b, h.h.d);     /* kept: b is zero */
        aliased.apply(h.h.e, h.h.e);
        function(h.h.f);
        act(h.h.g, h.v);
        nothing.apply(m.q);
        headers.apply(h.w, h.st);
        struct_.apply(m.s);
        if (local != 0 || m.p != 7 || m.q != 0 || m.s.x != 9 || m.s.v.isValid() || m.s.st[1].isValid())
            s.egress_spec = 2;
    }
}
control E(inout H h, inout M m, inout standard_metadata_t s) { apply { } }
control C(inout H h, inout M m) { apply { } }
control D(packet_out b, in H h) { apply { b.emit(h); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
