/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
extern Counter { Counter(int size); void count(int idx); }
control c(inout bit<8> x)(bit<8> k) {
    Counter(256) ctr; Counter(32w256) ctr2; Counter(k) ctr3;
    action a0() { ctr.count(0); }
    action a1(bit<8> idx) { ctr.count(idx); ctr.count((int)idx); }
    table t { key = { x : exact; } actions = { a0; a1; } }
    apply { t.apply(); ctr.count(k); ctr.count(8w3); }
}
// match_kind { exact }
control d(inout bit<8> x) { Counter(256) ctr; apply { ctr.count(x); } } //~ P305
control d2(inout bit<8> x) { Counter(256) ctr; apply { ctr.count(true); } } //~ P305
bit<8> f(int n) { return n > 5 ? 8w1 : 8w2; }
control e(inout bit<8> x)(bit<200> k) {
    action a(bit<63> b63, bit<64> b64, int<64> i64, int<65> i65, bit<200> b200) {
        x = f(b63) + f(i64) + f(k) + f(200w5);
        x = f(b64); //~ P305
        x = f(i65); //~ P305
        x = (bit<8>)(int)b200; //~ P309
    }
    table t { actions = { a; } default_action = a(1, 2, 3, 4, 5); }
    apply { t.apply(); }
}
void divided(inout bit<8> x) {
  x = x % -1; //~ P404
  x = -5 / x; //~ P404
  x /= -1; //~ P404
}
const bit<8> divided_by = 8w5 / -1; //~ P404
/* Each call of a block gives its ints, but what the block has is made once. */
action none() { }
control part(inout bit<8> x)(bit<8> k) { apply { x = k; } }
control has(inout bit<8> x, int k)(int j) {
  const bit<8> z = (bit<8>)k; //~ P401
  Counter(k + 1) c1; //~ P401
  Counter(j + 1) c2;
  part((bit<8>)j) p1;
  part(z) p2;
  table t { key = { x : exact; } actions = { none; } default_action = none(); size = k; }
  table u { key = { x : exact; } actions = { none; } default_action = none(); size = j; }
  apply { t.apply(); u.apply(); c1.count(k); c2.count(j); p1.apply(x); p2.apply(x); x = z; }
}
parser sets(inout bit<8> x, int k)(int j) {
  value_set<bit<8>>(k) s;
  value_set<bit<8>>(j) t;
  state start { transition select(x) { s : accept; t : reject; } }
}
