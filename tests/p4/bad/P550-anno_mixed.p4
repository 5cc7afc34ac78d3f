/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
@pair[key = 4, 5]
const bit<8> x = 1;
