/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> a; bit<8> b; }
struct H { h_t h; }
struct M { bit<8> x; }
parser P(packet_in p, out H h, inout M m, inout standard_metadata_t s) { state start { p.extract(h.h); transition accept; } }
control V(inout H h, inout M m) { apply {} }
control I(inout H h, inout M m, inout standard_metadata_t s) {
  action a(bit<8> v) { h.h.b = v; }
  table t { key = { h.h.a : exact; h.h.b: exact; } actions = { a; NoAction; } const entries = { (1, 2) : a(1); (2, _) : a(2); _ : a(3); } }
  table u { key = { h.h.a : lpm; h.h.b : exact; } actions = { a; NoAction; } const entries = { (0x10 &&& 0xf0, 4) : a(7); (0x18 &&& 0xf8, default) : a(5); } }
  apply { s.egress_spec = 1; if (h.h.a < 16) t.apply(); else u.apply(); }
}
control E(inout H h, inout M m, inout standard_metadata_t s) { apply {} }
control C(inout H h, inout M m) { apply {} }
control D(packet_out p, in H h) { apply { p.emit(h); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
