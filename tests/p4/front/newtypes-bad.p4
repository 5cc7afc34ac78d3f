/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
typedef bit<8> t8;
control c(inout t8 x, inout bit<8> y) {
 apply { x = y; t8 z = x + y; int a; } //~ P347
}
header header_t { bit<8> x; }
type bit<8> N;
type N M;
type bool B;
control d(inout N n, inout bit<8> x, inout M m, inout B b) { apply {
 n = x; //~ P305
 n = 1; //~ P305
 x = n; //~ P305
 n = n + n; //~ P307
 n = n + (N)1; //~ P307
 bool q = n == n; q = n == (N)3; 
 q = n == 3; //~ P307
 q = n < n; //~ P307
 n = m; //~ P305
 m = (M)n; n = (N)m; m = (M)(N)x; x = (bit<8>)(N)m; m = (M)3;
 m = (M)x; //~ P309
 x = (bit<8>)m; //~ P309
 x = n[7:0]; //~ P315
 b = true; //~ P305
 b = (B)true; q = (bool)b;
 if (b) { } //~ P305
 x = x << n; //~ P307
 x = -n; //~ P308
 switch (n) { } //~ P544
} }
control e(inout N n, inout bit<8> x, header_t[2] s) { apply { x = s[n].x; } } //~ P317
/* Nothing is between two values of a new type, and none is a mask. */
control sets(in N n) {
 table t { key = { n : ternary; } actions = { NoAction; } const entries = { (N)1 : NoAction; (N)1 &&& (N)3 : NoAction; (N)1 &&& 3 : NoAction; } } //~ P350 P350
 apply { for (N i in (N)1 .. (N)3) { } t.apply(); } //~ P350
}
