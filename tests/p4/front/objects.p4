/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
@pragma foo "bar" 1 ( [ { ;
@anno(` ~ ! @ # $ % ^ & * - + = [ ] { } | \ : ; " ' " < > , . ? /)
const bit<8> a = 1;
const match_kind mk = exact;
const error er = error.NoMatch;
typedef error e_t;
header H { bit<8> a; }
const H hc = { 3 };
const H[2] hcs = { { 1 }, { 2 } };
const bit<8> hx = hcs[1].a;
struct S { H h; bit<8> b; }
const S sc = { { 1 }, 2 };
const bit<8> sb = sc.h.a + sc.b;
extern Ext<T> { Ext(); T get(); void set(in T x); }
extern T max<T>(in T a, in T b);
control c(Ext<bit<8>> e, inout bit<8> x) { apply { x = e.get(); e.set(x + 1); x = max(3, max(x, 5)); x = max(max(x, 1), 2); e.set(3); } }
control d(inout bit<8> x)(Ext<bit<8>> e) { apply { x = e.get(); } }
control f(inout bit<8> x) { Ext<bit<8>>() e; d(e) dd; c() cc; apply { dd.apply(x); cc.apply(e, x); } }
void fi(int k) { bit<8> y = (bit<8>)k; bit<8> z = k; z = z + k; }
bit<8> fs(string s, bool b, int k) { return b ? 8w1 : 8w2; }
control g(inout bit<8> x) { apply { fi(3); fi(1 + 2); x = fs("a", true, 5); } }
