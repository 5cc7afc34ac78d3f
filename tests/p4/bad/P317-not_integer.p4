/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
header h_t {
    bit<8> x;
}
const bool t = true;
struct S {
    h_t[t] h;
}
