/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c(inout bit<8> x) {
  action a() {}
  action b(bit<8> v) { x = v; }
  table t { key = { x : exact; } actions = { a; b; } const default_action = b(3); const size = 10; }
  table u { actions = { a; } const default_action = a(); }
  table v { key = { x : ternary; } actions = { a(); b(); } default_action = b(v = 3); } 
  apply { switch (t.apply().action_run) { a: {} default: {} } u.apply(); v.apply(); if (u.apply().hit) {} }
}
