/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
const bit<8> a = b; //~ P301
const bit<8> b = true; //~ P305
const bool c = 1; //~ P305
const bit<8> d = "x"; //~ P305
const bit<8> e = 1 / 0; //~ P403
const int f = -5 / 2; //~ P404
const int g = 5 % -2; //~ P404
const int h = 1 << -1; //~ P405
const bit<8> i = 8w1 << -1; //~ P405
const bit<8> j = 16w1; //~ P305
const bit<8> k = 8s1; //~ P305
const bit<8> l = 8w1 + 16w1; //~ P307
const bit<8> m = 8w1 + 8s1; //~ P307
const bit<8> n = 8w1[8:0]; //~ P402
const bit<4> o = 8w1[0:3]; //~ P316
const bit<8> p = 8w1[-1:0]; //~ P402
const int q = 5 & -3; //~ P320
const int r = ~5; //~ P308
const int s = 1 ++ 2; //~ P320
const bit<8> t = !8w1; //~ P305
const bool u = !1; //~ P305
const bool v = -true; //~ P308
const bool w = true && 1; //~ P305
const bool x = 1 == true; //~ P307
const bool y = "a" == "b"; //~ P307
const bit<8> z = 1 ? 8w2 : 8w3; //~ P305
const bit<8> aa = true ? 8w1 : 16w2; //~ P305
const bit<8> ab = (bit<8>)true; //~ P309
const bool ac = (bool)8w1; //~ P309
const bit<8> ad = (bit<8>)8s1 + (int<8>)8w1; //~ P307
const int<16> ae = (int<16>)8w1; //~ P309
const bit<8> af = { 1 }; //~ P305
const bool ag = 8w1 == 16w1; //~ P307
const bool ah = 8w1 < 8s1; //~ P307
const bool ai = true < false; //~ P307
const bool aj = "a" < "b"; //~ P307
const error ak = error.NoSuch; //~ P311
const bit<8> al = 8w5 |+| 4w3; //~ P307
const bit<8> am = 8s1 / 8s1; //~ P348
const bit<8> an = 8w1 << 8s1;
const bit<8> ao = 1 |+| 2; //~ P320
const int truth = (int)true; //~ P309
const int far = (1 << 60000) << 60000; //~ P407
