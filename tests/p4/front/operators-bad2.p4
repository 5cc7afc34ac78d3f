/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c(inout bit<8> x, inout bit<16> y, inout int<8> z, inout bool b) { apply {
 x = x / 0; //~ P403
 x = x % 0; //~ P403
 x = x / x;
 z = z / z; //~ P348
 x = x / -1; //~ P404
 x = x[7:8]; //~ P402
 x = y[8:0]; //~ P305
 x = x[y:0]; //~ P401
 y = x ++ x; y = x ++ 1; //~ P320
 x = x |+| y; //~ P307
 x = x << -1; //~ P405
 x = z[7:0]; x = x[15:8]; //~ P402
 b = b < b; //~ P307
 x = (bit<8>)b; //~ P309
 b = (bool)x; //~ P309
 z = (int<8>)x; z = x; //~ P305
 x = (bit<8>)(int<16>)y; //~ P309
 x = (tuple<bit<8>>)x; //~ P309
} }
extern void any<T>(in T x);
extern void known<T>(T x);
extern object { object(bit<8> n); bit<8> get(); }
match_kind { one, two }
control choices(in bit<8> x, in bool b)(object o, object p) {
 action a() { }
 table t { actions = { a; } default_action = a; }
 apply {
  any((true ? o : p).get()); //~ P307
  (b ? t : t).apply(); //~ P307
  switch (b ? t.apply().action_run : t.apply().action_run) { a: { } } //~ P307
  any(t.apply().action_run == t.apply().action_run); //~ P307
  any(b ? "x" : "y"); //~ P401
  any(b ? one : two); //~ P401
  known(true ? "x" : "y");
 }
}
control slices(in bit<8> x, in int<8> z, in bool b) { apply {
 any(x[b+:1]); //~ P317
 any(x[z+:1]); //~ P349
 any(b[x+:1]); //~ P315
 any(x[x+:9]); //~ P402
} }
