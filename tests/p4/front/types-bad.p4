/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
struct S { int x; } //~ P339
header H { bool b; S s; string q; } //~ P339
header H2 { bit<8> x; bit<8> x; } //~ P304
header H3 { varbit<8> a; varbit<8> b; } //~ P340
struct S2 { void v; } //~ P339
header_union U { bit<8> x; } //~ P339
header_union U2 { S2 s; } //~ P339
typedef bit<0> z0;
typedef int<0> z1; //~ P402
typedef bit<(-1)> z3; //~ P402
typedef int<1> i1;
typedef bit<99999999999> z5; //~ P402
typedef NoSuch ns; //~ P302
typedef string[3] bs; //~ P337
header H4 { bit<8> a; }
typedef H4[-1] hsm; //~ P402
typedef H4[0] hs0; //~ P402
typedef bit<8>[0] no_bits;
typedef H4[2][3] hss; //~ P337
typedef error[2] es; //~ P337
typedef tuple<bit<8>>[2] tus; //~ P337
typedef tuple<bit<8>> ts; typedef int[2] is; //~ P337
header H5 { H4 h; } //~ P339
header H6 { H4[2] h; } //~ P339
header_union U3 { H4 a; H4 a; } //~ P304
header_union U4 { H4[2] a; } //~ P339
enum E { A, B, A } //~ P304
enum bit<8> E2 { A = 1, B } //~ P343
enum E3 { A = 1 } //~ P344
enum bool E4 { A = true } //~ P342
enum bit<8> E5 { A = 256 } //~ P353
enum int E6 { A = 1 } //~ P342
enum bit<8> E7 { A = 1, A = 2 } //~ P304
type S2 TS; //~ P345
type H4 TH; //~ P345
struct SS { SS s; } //~ P302
struct S8<T> { T a; }
struct S9 { S8 a; } //~ P321
struct S10 { S8<bit<8>, bit<8>> a; } //~ P322
struct S11 { S2<bit<8>> a; } //~ P322
struct S4 { bit<8> a; bit<16> a; } //~ P304
struct S2 { } //~ P304
