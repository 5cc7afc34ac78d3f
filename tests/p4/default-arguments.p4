/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* default-arguments.p4 - what a list of actions leaves out has its default value, and _ is thrown away */
#include <core.p4>
#include <v1model.p4>
header e_t { bit<8> a; bit<8> b; bit<8> c; }
struct H { e_t e; }
struct M { }
parser P(packet_in p, out H h, inout M m, inout standard_metadata_t s) { state start { p.extract(h.e); transition accept; } }
control V(inout H h, inout M m) { apply { } }
control I(inout H h, inout M m, inout standard_metadata_t s) {
  action add(inout bit<8> to, in bit<8> by = 3, in bit<8> more = 0x10, bit<8> data) { to = to + by + more + data; }
  action set(in bit<8> value = 7) { h.e.c = value; }
  table first { key = { h.e.a : exact; } actions = { add(h.e.b); set; } default_action = set;
                const entries = { 1 : add(to = h.e.b, data = 1); } }
  table second { key = { h.e.a : exact; } actions = { add(to = h.e.b, more = 0x20); } default_action = add(to = h.e.b, more = 0x20, data = 0); }
  action lost(out bit<8> to, bit<8> data) { to = 1; h.e.a = to + data; }
  table third { key = { h.e.a : exact; } actions = { lost(_); } const entries = { 4 : lost(_, 5); } default_action = lost(_, 0x60); }
  apply { first.apply(); second.apply(); if (h.e.a > 2) third.apply(); set(); s.egress_spec = 1; }
}
control E(inout H h, inout M m, inout standard_metadata_t s) { apply { } }
control C(inout H h, inout M m) { apply { } }
control D(packet_out p, in H h) { apply { p.emit(h); } }
V1Switch(P(), V(), I(), E(), C(), D()) main;
