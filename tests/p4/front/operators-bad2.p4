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
