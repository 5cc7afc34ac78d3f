/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
// more misuse
header H { bit<8> a; } struct S { H h; bit<8> b; } header_union Un { H a; }
control c(inout S s, in S r, in S r2, in S r3, inout H[2] st) {
  action a(inout bit<8> x) { x = 1; } action b(out bit<8> x) { x = 1; } action d(in H h) { }
  table t { key = { s.h : exact; } actions = { NoAction; } } //~ P532
  table t2 { key = { st : exact; } actions = { NoAction; } } //~ P532
  table t3 { key = { s : exact; } actions = { NoAction; } } //~ P532
  apply {
    a(r.b); //~ P328
    a(s.b); b(s.h.a); b(st[0].a); a(1); //~ P328
    b(3); //~ P328
    d(s.h); d({ 1 }); d({#}); d(s); //~ P305
    r2.h.setValid(); //~ P318
    r3.h = s.h; //~ P318
    s.h = r; //~ P305
    s = r.h; //~ P305
    st = s.h; //~ P305
    if (s.h) { } //~ P305
    if (s == r) { } if (s.h == r.h) { } if (s.h == r.b) { } //~ P307
    s.h.a = s.h; //~ P305
    s.b = s.h.b; //~ P310
    bit<8> z = st[0]; //~ P305
    bit<8> y = st.a; //~ P310
    z = s.h.a.b; //~ P310
    z = (bit<8>)s.h; //~ P309
    z = s.h + 1; //~ P307
    z = -s.h; //~ P308
    z = !s.h.isValid(); //~ P305
    st.push_front(true); //~ P317
    st.push_front(1, 2); //~ P324
    st[0].push_front(1); //~ P312
    s.isValid(); //~ P312
    H h2 = { 1, 2 }; //~ P333
    H h3 = 1; //~ P305
    S s2 = { { 1 } }; //~ P333
    S s3 = { h = { 1 }, b = 2, c = 3 }; //~ P310
    Un u1 = { a = { 1 } }; //~ P335
    Un u2 = (Un){ a = { 1 } }; //~ P335
  } }
