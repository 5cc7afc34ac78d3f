/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <v1model.p4>
// What came to v1model later, or left it, is there for the program to declare.
extern void log_msg(string msg);
extern bool static_assert(bool check, string message);
action recirculate(inout bit<8> x) { x = 1; }
void assert(in bit<8> x, in bit<8> y) { }
struct Checksum16 { bit<16> sum; }
extern void digest<T>(in bit<32> receiver, in T data);
action random() { } //~ P304
control c(inout bit<8> x, inout Checksum16 s) {
 table t { actions = { recirculate(x); } default_action = recirculate(x); }
 apply {
  t.apply();
  assert(x, 1);
  assert(x == 1);
  log_msg("x");
  log_msg("x", { x }); //~ P324
  s.sum = 5;
 }
}
