/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* comment ** with stars **/ // and another "quote
/* non-ASCII: é 中 */
const bit<32> a1 = 32w0xFF_FF;
const bit<32> a2 = 0x__ff;
const int<8> a3 = 8s0b0101_0101;
const int a4 = 0o17;
const int a5 = 0d19;
const int a6 = -17;
const bit<8> a7 = 8w0B11;
const bit<8> a8 = 8w0X1F;
const int<4> a9 = -4s1;
const int b1 = 1_000_000;
const int b2 = 07;
const bit<32> b3 = 32w255;
const int b4 = 0o7_7;
const bit<32> _x = 1;
const bit<32> __ = 2;
@name("中文 \"quoted\" \\ back") const bit<8> s1 = 1;
const string st = "a\tb";
const bit<1> b1w = 1w1;
const bit b1d = 1;
const string lines = "a string
of two lines";
const bit<8> after = __LINE__;
