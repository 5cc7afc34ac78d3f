/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control proto(inout bit<8> x);
extern E { E(); bit<8> m(); void take(E e); }
extern E2 { E2 copy(); }
extern void fdir(bit<8> x);
E retext() { } //~ P362
proto retc() { } //~ P362
extern int retint();
extern proto retproto(); //~ P362
string retstring() { return "x"; } //~ P362
extern Number { Number(); abstract int f(); } //~ P362
Number() number = { int f() { return 1; } };
extern Text { string f(); } //~ P362
extern Itself<T> { Itself(); }
control itself() { Itself<Itself<bit<8>>>() once; Itself<tuple<bit<8>>>() none; apply { } } //~ P501
control c(inout bit<8> x, in bit<8> r, bit<8> d) {
 E() e;
 bool b;
 action act(bit<8> data) { data = 1; } //~ P318
 apply {
  proto.apply(x); //~ P331
  proto(x); //~ P331
  x = E().m(); //~ P549
  e.take(e);
  r += 1; //~ P318
  b += 1; //~ P307
  x += b; //~ P307
  x += 16w1; //~ P307
  x |+|= 1;
  d = 1; //~ P318
  x <<= 1; x <<= 8s1;
  x = {#}; //~ P305
  b = x == {#}; //~ P305
  x = ...; 
  x = 1 + ...; //~ P336
  b = b && ...; //~ P336
  if (...) { } //~ P336
  x = (bit<8>)...; //~ P336
  x = b ? x : ...; //~ P336
  fdir(r); //~ P354
  fdir(x); //~ P354
  fdir(d);
  fdir(3);
  E e2 = e; //~ P347
  x = e; //~ P305
  if (e) {} //~ P305
  b = (bool)"x"; //~ P309
  x = (bit<8>)error.NoError; //~ P309
  error er = (error)1; //~ P309
  x = error; //~ P319
  x = E; //~ P319
  x = act; //~ P305
  x = c; //~ P501
  act(1, 2); //~ P324
  e.m = 1; //~ P310
  x.y(); //~ P312
  this.m(); //~ P351
  x = x.size; //~ P310
  x[0] = 1; //~ P313
  x[3] = x; //~ P313
  x = x[1]; //~ P313
  x = "a"[3:0]; //~ P315
  5 = x; //~ P318
  x = y.z; //~ P301
  w.z = x; //~ P301
  w.y = x;
  bit<8> x2 = x2; //~ P301
  bit<8> q = q + 1; //~ P301
  NoSuch n; //~ P302
  NoSuch() n2; //~ P522
  NotThere n3; //~ P302
 } }
match_kind { how }
struct keyed_t { match_kind how; bit<8> x; }
const keyed_t keyed1 = { how, ... };
const keyed_t keyed2 = { how = how, ... };
const keyed_t keyed3 = { ... }; //~ P336
const keyed_t keyed4 = { x = 1, ... }; //~ P336
const tuple<bit<8>, keyed_t> keyed5 = { 1, ... }; //~ P336
const tuple<bit<8>, keyed_t> keyed6 = ...; //~ P336
