/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
enum bit<8> E { A = 300 }
