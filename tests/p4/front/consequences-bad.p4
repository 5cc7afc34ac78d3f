/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* One mistake, one error: what follows from it is not told. */
#include <core.p4>
struct pair_t { bit<8> a; bit<8> b; }
struct box_t<T> { T t; }
extern ext<T> { ext(T t); }
extern named { nemed(); } //~ P525
control construct() { named() n; apply { } }
control swapped(inout pair P) { apply { P.a = pair.b; } } //~ P302
void missing_type(missing_t m) { } //~ P302
void record(inout bit<8> x) { missing_t m = { a = x, b = 1 }; m = { a = nothing }; } //~ P301
const bit<8> chosen = (nowhere == 3) ? 1 : 2; //~ P301
struct wide_t { bit<(neither ? 3 : 4)> x; } //~ P301
void assigned(inout bit<8> x, in bit<8> y) { x y; } //~ P303
const tuple<bit<8>, void> held = { 1, true }; //~ P341
const list<ext<bool>> listed = { 1 }; //~ P363
struct nested_t { box_t<box_t<string>> x; } //~ P339
void itself(in ext<ext<bit<8>>> x) { } //~ P501
void defaults(out missing_t m) { m = { a = { x = 1, ... }, ... }; m = ...; lost = { ... }; } //~ P301
extern resulting { void resulting(); } //~ P571
extern misnamed { named2(); } //~ P525
control constructs() { resulting() r; named2() n; misnamed() m; apply { } }
control member(inout bit<8> x) { lost_t a() { } table t { actions = { a; } } apply { a(); } } //~ P503
control listed_not(inout bit<8> x) { table t { actions = { NoActions; } default_action = NoAction; } apply { t.apply(); } } //~ P301
void swapped2<T>(in T b, inout lost2 T) { } //~ P302
void uses_swapped(inout bit<8> x) { swapped2(x, x); }
void directed(inout int x, in string s) { x = true; x = s; } //~ P518 P518
bit<8> returned(in bit<8> x) { retrun x; } //~ P302
bit<8> outside = 1; const bit<8> inside = outside + 1; //~ P502
extern counting { counting(); void count(); }
control counts() { counting() c; apply { c.cnt(); c.cnt(); } } //~ P312
control bound(inout bit<8> x) { action a(out bit<8> y) { y = 1; } table t { actions = { a(1); } default_action = a(x); } apply { t.apply(); } } //~ P318
action to_bind(in bit<8> y, bit<8> z) { }
bit<8> same(in bit<8> x) { return x; }
control binds(inout bit<8> x) {
  table t { actions = { to_bind(same(1)); } default_action = to_bind(same(1, 2), 1); } //~ P324
  table u { actions = { to_bind(x[7:0]); } default_action = to_bind(away[7:0], 1); } //~ P301
  apply { t.apply(); u.apply(); }
}
const bool undecided = elsewhere == 1; //~ P301
const bool follows = static_assert(undecided);
header of_undecided { bit<(undecided ? 8 : 16)> x; }
control listed_wrong(inout bit<8> x) {
  action misspelt() { }
  table t { actions = { mispelt; NoAction; } } //~ P301
  apply { switch (t.apply().action_run) { misspelt: { } NoAction: { } } }
}
parser no_start(packet_in p) { state begin { transition select(8w1) { 1: start; _: accept; } } } //~ P505
control generic<T>(in T x) { apply { } }
control generics(in bit<8> x) { apply { generic<lost_type>.apply(x); } } //~ P302
control any_t<T>(in T x);
package defaulted<T>(T x, any_t<lost3> c = generic()); //~ P302
extern holds<T> { holds(list<lost4> x); } //~ P302
control holding() { holds((list<bit<8>>){ 1 }) h; apply { } }
void two(in bit<8> x, in bit<8> y) { }
void mixing(in bit<8> x) { two(z = x, x); } //~ P327
