/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
header h_t {
    tuple<bit<8>> x;
}
