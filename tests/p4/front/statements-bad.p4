/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
bit<8> f(in bit<8> x) {
 bit<8> r = 0;
 if (x == 1) bit<8> y = 2; //~ P201
 if (x == 1) { bit<8> y = 2; r = y; } else if (x == 2) r = 3; else const bit<8> z = 2; //~ P201
 for (bit<8> i in 1..3) bit<8> y = i; //~ P201
 return r;
}
