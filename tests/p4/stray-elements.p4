/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* stray-elements.p4 - what is written outside of an array is seen nowhere */
#include <core.p4>
#include <v1model.p4>
header H { bit<8> op; bit<8> i; bit<8> j; bit<8> r; bit<8> q; bit<8> v; }
header G { bit<8> x; bit<8> y; }
struct Hs { H h; G[2] g; }
struct M { bit<8>[3] arr; bit<8>[2][2] two; }
parser P(packet_in p, out Hs h, inout M m, inout standard_metadata_t s) { state start { p.extract(h.h); transition accept; } }
control V(inout Hs h, inout M m) { apply {} }
control U(inout Hs h, inout M m) { apply {} }
G[2] mk(in bit<8> x) { G[2] g; g[0] = { x, x }; g[1] = { x, x }; return g; }
void put(inout G g) { g = { 7, 7 }; }
bit<8> get(in G g) { return g.isValid() ? g.x : 0xee; }
const bit<8>[3] known = { 1, 2, 3 };
control I(inout Hs h, inout M m, inout standard_metadata_t s) {
  apply { s.egress_spec = 1;
    bit<8> i = h.h.i; bit<8> j = h.h.j;
    h.g[0] = { 1, 2 }; h.g[1] = { 3, 4 };
    if (h.h.op == 0) { h.g[i].setValid(); h.g[i].x = 9; h.h.r = h.g[j].x; h.h.q = h.g[j].y; h.h.v = (bit<8>)(bit<1>)h.g[j].isValid(); }
    if (h.h.op == 1) { put(h.g[i]); h.h.r = get(h.g[j]); }
    if (h.h.op == 2) { m.arr[i] = 5; m.arr[i] = m.arr[i] + 1; h.h.r = m.arr[j]; m.two[i][j] = 4; h.h.q = m.two[j][i]; h.h.v = m.two[i][j]; }
    if (h.h.op == 3) { h.h.r = mk(5)[i].x; h.h.q = known[j]; h.h.v = known[i]; }
    h.g[0].setInvalid(); h.g[1].setInvalid();
  }
}
control E(inout Hs h, inout M m, inout standard_metadata_t s) { apply {} }
control D(packet_out p, in Hs h) { apply { p.emit(h); } }
V1Switch(P(), V(), I(), E(), U(), D()) main;
