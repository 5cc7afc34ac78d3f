/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header = h_t<T> { T v; } //~ P201
( struct s_t { bit<8> x; } //~ P201
control c1; (inout s_t s, //~ P201
             inout bit<8> x) {
 action a() { x = 1; }
 apply { x = (s_t)x; }
}
control c2(inout s_t s) {
 action a() { }
 table t { actions = { a] ; NoAction; } } //~ P201
 table t2 { actions = { a; ( } } //~ P201
 apply {
  if (s. .x == 1) { s.x = 2; } //~ P201
  else if (s.x == 2) { s.x = 3; }
  else { s.x = 4; }
  t.apply();
 }
}
control c3(inout s_t s) {
 action a() { }
 table t {
  key { s.x : exact; } //~ P201
  actions { //~ P201
   a;
  }
  default_action = a;
 }
 apply {
  if (s.x == 1 + ) //~ P201
   f({ s.x });
  if { //~ P201
   s.x = 1;
  }
 }
}
