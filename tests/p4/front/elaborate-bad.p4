/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern E { E(bit<8> x); }
control inner()(bit<8> k) { E(8 / k) e; apply { } } //~ P403
match_kind { exact }
action none() { }
control sized(in bit<8> x)(int k) { table t { key = { x : exact; } actions = { none; } default_action = none(); size = k; } apply { t.apply(); } } //~ P402
parser sets(in bit<8> x)(int k) { value_set<bit<8>>(k) s; state start { transition select(x) { s : accept; } } } //~ P402
control called(in bit<8> x, int k) { table t { key = { x : exact; } actions = { none; } default_action = none(); size = k; } apply { t.apply(); } } //~ P401
control outer() { inner(0) i; called() c; called() d; sized(-1) s; sized(5) z; apply { i.apply(); c.apply(3, 1); c.apply(3, 2); d.apply(3, 1); d.apply(4, 1); s.apply(3); z.apply(4); } }
parser outer2() { sets(1 << 31) s; sets(3) z; state start { s.apply(3); z.apply(4); transition accept; } }
control proto();
parser proto2();
package top(proto p, proto2 q);
top(outer(), outer2()) main;
