/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c11(inout bit<8> x) { apply { x + 1 = 2; } } //~ P318
header h15 { bit<8> x; } bit<8> hdr; //~ P502
control c08(inout bit<8> x, in bit<8> y) { apply { for (y = 0; true;) { } } } //~ P318
struct S10 { bit<8> a; } control c10(S10 s) { apply { s.a = 1; } } //~ P318
void f33() { return 1; } //~ P512
control c34(inout bit<8> x) { apply { return x; } } //~ P512
action a35() { return 1; } //~ P512
control c37() { match_kind x; apply { } } //~ P347
value_set<bit<8>>(4) outside; //~ P503
bit<8> y2; //~ P502
