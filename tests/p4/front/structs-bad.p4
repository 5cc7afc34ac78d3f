/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
struct S { bit<8> a; bool b; }
struct N { S s; tuple<bit<8>, S> t; }
header H { bit<8> a; }
header_union U { H x; }
control c(inout S s, inout N n, inout H h, inout H[2] st, inout U u, inout U[2] us, inout tuple<bit<8>, bool> t) { apply {
  bool b = s == s; b = n == n; b = h == h; b = st == st; b = u == u; b = us == us; b = t == t; b = s != s;
  b = s == { 1, true }; b = { 1, true } == s; b = t == { 1, true }; b = (S){ 1, true } == s; b = s == (S){ a = 1, b = true };
  b = s == t; //~ P307
  b = s == h; //~ P307
  b = st[0] == h; b = h == { 3 };
  b = u == {#}; b = h == {#}; b = u.x == h; b = u.isValid();
  u.setValid(); //~ P312
  u.setInvalid(); //~ P312
  s.isValid(); //~ P312
  us[0].x = h; us[1] = u; u = us[0]; st = st; u.x.setValid();
  s = { 1 }; //~ P333
  s = { 1, 2 }; //~ P305
  s = { 1, true, 3 }; //~ P333
  s = { a = 1 }; //~ P334
  s = { a = 1, c = 2 }; //~ P310
  s = { a = 1, a = 2, b = true }; //~ P304
  s = { a = true, b = true }; //~ P305
  h = { 1, 2 }; //~ P333
  n = { s, { 1, s } }; n.t = { 1, { 2, true } }; n.s.a = n.t[0]; n.s = n.t[1];
  t = { true, 1 }; //~ P305
  b = t[2]; //~ P314
  b = t[s.a]; //~ P401
  b = s[0]; //~ P313
  s = h; //~ P305
  s = n; //~ P305
} }
