/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
const int x = 1 << 90000;
const int y = x * x;
