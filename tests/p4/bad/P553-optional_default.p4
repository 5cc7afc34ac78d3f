/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern void f(@optional in bit<8> x = 1);
