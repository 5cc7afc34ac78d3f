/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* nesting.p4 - objects handed on, structures of structures, generic types, names that C has */
#include <core.p4>
#include <v1model.p4>
const int N = 3;
header h_t { bit<8> op; bit<8> linux; bit<8> uint8_t; bit<8> t_1; bit<16> x; }
header g_t<T> { T v; }
struct S<T> { T a; T b; }
struct pair_t { bit<8> l; bit<8> r; }
struct nest { pair_t p; h_t h; tuple<bit<8>, pair_t> t; S<bit<16>> s; }
struct H { h_t h; g_t<bit<16>> g; h_t[2] st; }
struct M { nest n; error er; bit<8> cnt; }
bit<16> pick(in bit<8> i) { bit<16> r = 0; for (bit<8> k in 0 .. 9) { if (k == i) { return (bit<16>)k * 3; } r = r + 1; } return r; }
h_t mk(in bit<8> a) { return { a, 1, 2, 3, 4 }; }
pair_t mkp(in bit<8> a) { pair_t p = { a, a + 1 }; return p; }
tuple<bit<8>, pair_t> mkt(in bit<8> a) { return { a, { a, 7 } }; }
T second<T, U>(in U u, in T t) { return t; }
parser P(packet_in b, out H hdr, inout M meta, inout standard_metadata_t sm) {
    state start { b.extract(hdr.h); transition select(hdr.h.op) { N: three; default: goto_; } }
    state three { b.extract(hdr.g); transition accept; }
    state goto_ { transition default_; }
    state default_ { transition accept; }
}
control Reg(inout bit<8> v, in bit<8> by)(register<bit<8>> r, bit<8> add) {
    counter(4, CounterType.packets) c;
    action bump() { bit<8> t; r.read(t, 0); t = t + add + by; r.write(0, t); v = t; c.count(1); }
    table tt { key = { v : exact; } actions = { bump; NoAction; } default_action = bump; }
    apply { tt.apply(); }
}
control UseObj(inout bit<8> v, register<bit<8>> r) {
    apply { r.read(v, 0); v = v + 1; r.write(0, v); }
}
control SubD(packet_out b, in H hdr)(bool both) { apply { b.emit(hdr.h); if (both) b.emit(hdr.g); } }
control D(packet_out b, in H hdr) { SubD(true) d; apply { d.apply(b, hdr); if (hdr.st[0].isValid()) { b.emit(hdr.st); } } }
control V(inout H hdr, inout M meta) { apply { } }
control E(inout H hdr, inout M meta, inout standard_metadata_t sm) { apply { } }
control C(inout H hdr, inout M meta) { apply { } }
control I(inout H hdr, inout M meta, inout standard_metadata_t sm) {
    register<bit<8>>(1) r1;
    register<bit<8>>(1) r2;
    Reg(r1, 1) a1;
    Reg(r1, 10) a2;
    Reg(r2, 5) a3;
    UseObj() u1;
    UseObj() u2;
    action setx(bit<8> t_1, bit<8> linux) { hdr.h.t_1 = t_1; hdr.h.linux = linux + hdr.h.linux; }
    action many(inout bit<8> x, in bit<8> y, bit<8> z) { x = y + z; }
    table tk { key = { hdr.h.linux : exact @name("linux"); hdr.h.op ++ hdr.h.uint8_t : ternary @name("cat"); (hdr.h.x == 5) : exact @name("five"); hdr.h.x[3:0] + 1 : exact @name("plus"); }
        actions = { setx; many(hdr.h.t_1, hdr.h.op); } default_action = many(hdr.h.t_1, hdr.h.op, 0x40); }
    apply {
        sm.egress_spec = 1;
        if (hdr.h.op == 0) { a1.apply(hdr.h.linux, 0); a2.apply(hdr.h.uint8_t, 100); a3.apply(hdr.h.t_1, 0); }
        if (hdr.h.op == 1) { hdr.h.x = pick(hdr.h.linux); hdr.h.uint8_t = mkp(hdr.h.linux).r; hdr.h.t_1 = mkt(4)[1].l + mk(9).op; }
        if (hdr.h.op == 2) { meta.n = { { 1, 2 }, { 3, 4, 5, 6, 7 }, { 8, { 9, 10 } }, { 11, 12 } }; nest m = meta.n; m.p = { l = 5, r = 6 }; m.s.b = 100; if (m != meta.n) { hdr.h.linux = m.t[1].r; hdr.h.x = m.s.b + meta.n.s.b; hdr.h.t_1 = meta.n.h.t_1; } hdr.st[1] = m.h; hdr.st[0] = hdr.h.op == 2 ? mk(1) : hdr.h; }
        if (hdr.h.op == 3) { hdr.g.v = hdr.g.v + 1; meta.er = error.NoMatch; if (meta.er != sm.parser_error) hdr.h.linux = 9; }
        if (hdr.h.op == 4) { tk.apply(); }
        if (hdr.h.op == 5) { many(hdr.h.linux, hdr.h.op, 9); setx(7, 1); hdr.h.x = second<bit<16>, bit<8>>(1, 0x1234); }
        if (hdr.h.op == 6) { u1.apply(hdr.h.linux, r2); u2.apply(hdr.h.uint8_t, r1); }
        if (hdr.h.op == 7) { bit<8> i = 0; for (i = 3; i > 0; i = i - 1) { for (bit<8> j in (list<bit<8>>){ 1, 2, 3 }) { if (j > i) break; meta.cnt = meta.cnt + j; } } hdr.h.linux = meta.cnt; }
        if (hdr.h.op == 8) { hdr.g = (g_t<bit<16>>){#}; hdr.g.setValid(); hdr.g.v = 5; hdr.h = (h_t){#}; }
        if (hdr.h.op == 9) { bool b = hdr.h.linux == 1 || (hdr.h.linux == 2 && hdr.h.x != 0); hdr.h.t_1 = b ? (hdr.h.x > 3 ? 8w1 : 2) : 3; @atomic { hdr.h.x = 1; } }
    }
}
V1Switch(P(), V(), I(), E(), C(), D()) main;
