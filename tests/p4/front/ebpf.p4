/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <ebpf_model.p4>
header E { bit<48> d; bit<48> s; bit<16> t; }
struct H { E e; }
parser prs(packet_in p, out H h) { state start { p.extract(h.e); transition accept; } }
control pipe(inout H h, out bool pass) {
  CounterArray(32w10, true) ca;
  action a(bool x) { pass = x; ca.increment(1); ca.add(1, 2); }
  table t { key = { h.e.d : exact; } actions = { a; NoAction; } implementation = hash_table(1024); const default_action = NoAction(); }
  apply { pass = false; if (!h.e.isValid()) return; switch (t.apply().action_run) { a: { pass = true; } NoAction: { } } }
}
ebpfFilter(prs(), pipe()) main;
