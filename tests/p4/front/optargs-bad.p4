/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern void f(in bit<8> a, in bit<8> b = 3, in bit<8> c = 4);
extern E { E(bit<8> x = 3); void m(in bit<8> q = 1); }
control inner(in bit<8> a, in bit<8> b = 4)(bit<8> k = 3) { apply { } }
package P(inner_t x = inner()); //~ P302
control inner_t(in bit<8> a, in bit<8> b);
