/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern void ff(in bit<8> a, in bit<8> b);
control tc1(in bit<8> x, ) { apply { } } //~ P201
control tc2(in bit<8> x) { apply { ff(1, 2, ); } } //~ P201
control tc3(in bit<8> x) { apply { ff(, 2); } } //~ P201
control tc4(in bit<8> x) { apply { ff(1 2); } } //~ P201
extern void fg<T, >(in T x); //~ P201
struct T1 { bit<8> a; } const T1 tt = { 1, }; const T1 tu = { a = 1, };
const tuple<bit<8>, > tv = { 1 }; //~ P201
error { eb, } //~ P201
match_kind { km, } enum K { A, } enum bit<8> L { A = 1, }
