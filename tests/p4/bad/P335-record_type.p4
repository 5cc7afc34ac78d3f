/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
const tuple<bit<8>> s = { x = 1 };
