/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c(inout bit<8> x) { apply {
 x = (NoType)x; //~ P302
} }
