/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <v1model.p4>
/* Extern objects as arguments: which one is known only when the program runs. */
header h_t { bit<8> a; bit<8> b; bit<8> n; }
struct H { h_t h; }
struct M { }
parser P(packet_in p, out H h, inout M m, inout standard_metadata_t s) { state start { p.extract(h.h); transition accept; } }
control V(inout H h, inout M m) { apply { } }
bit<8> get(register<bit<8>> r, in bit<32> i) { bit<8> v; r.read(v, i); return v; }
control Add(register<bit<8>> r, inout bit<8> v) {
  apply { bit<8> t; r.read(t, 0); t = t + v; r.write(0, t); v = t; }
}
/* Two parameters, handed on in both orders. */
control Both(register<bit<8>> x, register<bit<8>> y, inout h_t h) {
  Add() add;
  action swap_in() { bit<8> t; x.read(t, 0); y.write(1, t); }
  apply { add.apply(x, h.a); add.apply(y, h.b); swap_in(); h.n = get(y, 1) + get(x, 0); }
}
control I(inout H h, inout M m, inout standard_metadata_t s) {
  register<bit<8>>(2) r1; register<bit<8>>(2) r2; register<bit<16>>(2) other;
  Both() both;
  apply { if (h.h.n == 0) both.apply(r1, r2, h.h); else both.apply(y = r1, x = r2, h = h.h); s.egress_spec = 1; }
}
control E(inout H h, inout M m, inout standard_metadata_t s) { apply { } }
control C(inout H h, inout M m) { apply { } }
control D(packet_out p, in H h) { apply { p.emit(h); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
