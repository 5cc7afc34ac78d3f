/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
header h_t {
    varbit<8> x;
    varbit<8> y;
}
