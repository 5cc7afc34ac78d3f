/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c(inout bit<32> x, inout int<8> i) { const int hi = 7; apply { x[7:0] = 3; x[31:24] = x[7:0]; bit<1> b = x[3:3]; x[hi:0][3:0] = 1; bit<8> q = i[7:0]; x[hi+8:8] = 8w1; bit<4> r = (x + 1)[3:0]; r = 8w5[3:0]; i[3:0] = 5; } }
control s2(inout bit<32> x, in bit<5> at) { apply { x[8 +: 8] = x[0 +: 8]; bit<4> q = x[at +: 4]; q = 8w5[4 - 1 +: 4]; } }
