/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
// all expression statement kinds
extern E { E(); bit<8> m(); tuple<bit<8>, bool> t(); }
bit<8> f(in bit<8> x) { return x; }
action glob(in bit<8> x, inout bit<8> y) { y = x; }
control c(inout bit<8> x) { E() e; apply { e.m(); f(x); x = e.t()[0]; if (e.t()[1]) { } glob(f(x), x); x = e.m() + f(e.m()); x = (e.m())[3:0] ++ f(x)[3:0]; (x) = 1; (x)[3:0] = 2; x = (x); .glob(1, x); x = .f(x); } }
