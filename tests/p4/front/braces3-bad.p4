/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
struct first { bit<8> a;
struct second { bit<8> b; } //~ P201
control c(inout second s) { apply { s.b = 1; } }
