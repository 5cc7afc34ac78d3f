/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
const int x = 1 / 0;
