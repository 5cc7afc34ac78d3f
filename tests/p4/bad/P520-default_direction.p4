/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
void f(out bit<8> x = 1)
{
    x = 1;
}
