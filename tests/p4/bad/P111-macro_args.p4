/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#define A(x, y) x
const bit<8> x = A(1);
