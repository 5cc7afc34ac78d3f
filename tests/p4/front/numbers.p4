/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
// numbers at the edge
const bit<8> a = 0xFF; const int<8> b = -128; const bit<1> c = 1; const int<1> d = -1; const bit<0> e = 0; const bit<64> f = 0xFFFF_FFFF_FFFF_FFFF; const bit<128> g = 128w0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF; const int h = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF; const bit<8> i = 8w0xFF |+| 1; const bit<8> j = 0 |-| 8w1; const int<8> k = 8s127 |+| 8s1; const bit<8> l = 8w200 + 100; const int<8> m = (int<8>)8w200; const bit<16> n = (bit<16>)(int<16>)(int<8>)-1; const bit<4> o = (bit<4>)16w0xabcd; const bool p = 8w255 + 1 == 0; const int q = 7 / 2 + 7 % 2; const bit<8> r = 8w1 << 8; const bit<8> s = 8w128 >> 9; const int<8> t = -8s1 >> 100; const int u = -1 >> 100; const int v = 1 << 64; const bit<8> w = (1 << 64)[71:64]; const bit<3> x = 8w0b10110011[6:4];
const bool chk = a == 255 && b < 0 && i == 255 && j == 0 && k == 127 && l == 44 && m == -56 && n == 0xffff && o == 0xd && q == 4 && r == 0 && s == 0 && t == -1 && u == -1 && w == 1 && x == 3;
extern bool static_assert(bool check);
const bool z = static_assert(chk);
const tuple<bit<1>, int<2>> pair = { 1, -1 };
const int one = 2w3 - 2;
const int minus = pair[1];
const bool by_signed = static_assert(8w1 << 8s3 == 8 && -8s8 >> 4s1 == -4);
const bool ints = static_assert(one == 1 && minus == -1 && (int)4w9 + 10 == 19);
header of_one { bit<(one)> x; }
const bool nots = static_assert(!(a == 0) && ((65536w1 << 60000) + 1 << 60000) != 0);
