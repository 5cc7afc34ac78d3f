/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
const bit<8> x = 1;
header h_t {
    bit<8> y;
}
struct S {
    h_t[65536] h;
}
