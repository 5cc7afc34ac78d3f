/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
// names that are keywords elsewhere, and types hidden by values
typedef bit<8> T;
struct list_t { T list; T priority; }
control c(inout T type, inout list_t list) {
  T key = 1; T state = 2; T actions = 3; T entries = 4; T apply = 5;
  action priority(T apply) { type = apply; }
  table t1 { key = { key: exact; state: exact; list.list: exact; list.priority: ternary; } actions = { priority; NoAction; } entries = { priority = 3: (1, 2, 3, 4): priority(1); priority = (2 + 2): (1, 1, 1, _): NoAction(); } }
  apply { priority(key); t1.apply(); list.list = list.priority; entries = key + state + actions; apply = entries; for (T in1 in 0..3) { type = in1; } switch (type) { 1: { } } }
}
enum priority { type, key, state, apply, actions, entries, list }
enum bit<4> entries { list = 1, priority = 2 }
header apply { bit<8> x; }
control c2(inout priority p, inout apply a, inout entries e) { apply { p = priority.type; if (p == priority.list) { a.setValid(); e = entries.list; a = (apply) { 3 }; } } }
parser state(packet_in b, out apply a) { state start { b.extract(a); transition list; } state list { transition type; } state type { transition accept; } }
error { key, list, apply }
control c3(inout error e) { apply { e = error.key; if (e == error.list) { } } }
