/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control c(inout bit<8> x, inout bit<16> y, inout int<8> z, inout bool b) { apply {
 x = x + y; //~ P307
 x = x + z; //~ P307
 z = (int<8>)y; //~ P309
 y = y + z; //~ P307
 x = x << z; //~ P349
 b = x < z; //~ P307
 y = 1 << x; //~ P320
 x = ~1; //~ P308
 x = 5 & -3; //~ P320
 b = x; //~ P305
 x = b; //~ P305
 x = b + b; //~ P307
 b = !x; //~ P305
 x = !b; //~ P305
 b = b & b; //~ P307
 b = x && x; //~ P305
 x = -b; //~ P308
 x = x ? x : x; //~ P305
 x = b ? x : y; //~ P305
 x = b ? 1 : 2; //~ P320
 b = b ? 1 : 2 == 1; //~ P305
 x = y; //~ P305
 x = 8s5; //~ P305
} }
