/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
const bit<8> x = 1; /* never
