/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
enum e_t { A }
enum bit<8> s_t { A = 1 }
struct pair_t { bit<8> a; bit<8> b; }
header h_t { bit<8> a; }
/* To its own type: only what can be the outcome of another cast, too (8.11.1). */
control c(inout e_t e, inout error er, inout varbit<32> v, inout tuple<bit<8>, bit<8>> t, inout s_t s, inout pair_t p, inout h_t[2] st, inout bit<8> x, inout bool b) {
 apply {
  e = (e_t)e; //~ P309
  er = (error)er; //~ P309
  v = (varbit<32>)v; //~ P309
  s = (s_t)s; t = (tuple<bit<8>, bit<8>>)t; t = (tuple<bit<8>, bit<8>>){ 1, 2 }; p = (pair_t)p; st = (h_t[2])st; x = (bit<8>)x; b = (bool)b; p = (pair_t){ 1, 2 }; st = (h_t[2]){ { 1 }, { 2 } };
 }
}
struct other_t { bit<8> a; bit<8> b; }
control d(inout pair_t p, in other_t o) { apply { p = (pair_t)o; p = { o.a, o.b }; p = (pair_t){ a = o.a, b = o.b }; } } //~ P309
