/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
struct S {
    bit<8> x;
}
const S s = { 1, 2 };
