/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
bit<8> f(in bit<8> a) { return a; }
bit<8> f(in bit<8> a, in bit<8> b = 1) { return a + b; }
control c(inout bit<8> x) { apply { x = f(x, 2); x = f(x); } }
