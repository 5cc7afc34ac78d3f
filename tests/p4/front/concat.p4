/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c(inout bit<32> x, inout int<8> i) { apply { x = 16w1 ++ x[15:0]; bit<8> y = x[3:0] ++ x[7:4]; int<16> z = i ++ i; bit<16> w = x[7:0] ++ (bit<8>)i; x = x[7:0] ++ 8w1 ++ x[7:0] ++ 8w2; int<16> zz = i ++ x[7:0]; } }
