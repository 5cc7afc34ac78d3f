/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
void f(in bit<8> x = 1, in bit<8> y)
{
}
