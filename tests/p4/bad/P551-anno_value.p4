/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
@list[{ 1, 2 }]
const bit<8> x = 1;
