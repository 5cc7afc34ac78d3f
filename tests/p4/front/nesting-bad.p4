/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
extern E { E(); void m(); }
header H { bit<8> x; E e; } //~ P339
struct S { E e; } //~ P339
struct S2 { packet_in p; } //~ P339
struct S3 { string s; } //~ P339
struct S4 { match_kind m; }
struct S5 { list<bit<8>> l; } //~ P339
control cc() { apply { } }
struct S6 { cc c; } //~ P339
header H1 { error e; } //~ P339
header H2 { tuple<bit<8>> t; } //~ P339
enum EE { A }
header H3 { EE e; } //~ P339
struct Sv { varbit<8> v; }
header H4 { Sv s; } //~ P339
struct So { bit<8> a; bool b; }
header H5 { So s; int<8> i; bool q; varbit<8> v; }
header_union U { H5 h; So s; } //~ P339
header_union U2 { U2 x; } //~ P302
typedef tuple<void> tv; //~ P341
typedef tuple<E> te; //~ P341
type error er; //~ P345
type EE ee; //~ P345
type H5 hh; //~ P345
type tuple<bit<8>> tt; //~ P345
type varbit<8> vv; //~ P345
typedef void v; //~ P355
typedef string ss; //~ P355
typedef match_kind mk; //~ P355
typedef error te2;
typedef int tint;
typedef H5[3] h3;
typedef E te3;
const E e = E(); //~ P347
const tint five = 5;
extern void f(in E e); //~ P518
extern void g(E e);
extern void h(in string e); //~ P518
extern void i(in int e); //~ P518
extern void j(string s, int i);
control k(cc c) { apply { } } //~ P346
control l(in cc c) { apply { } } //~ P518
control m()(cc c) { apply { } } //~ P346
control cc_t();
control m2()(cc_t c) { apply { } }
action n(E e) { } //~ P346
action o(int i) { } //~ P346
