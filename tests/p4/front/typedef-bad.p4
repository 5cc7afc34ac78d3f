/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
typedef bit<8> A;
typedef A B;
typedef bit<8>[] C; //~ P201
