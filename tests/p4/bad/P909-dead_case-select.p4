/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
parser p(in bit<8> x, in bit<8> y)
{
    state start {
        transition select(x, y) {
            (1, 2): accept;
            (1, _): accept;
            (1, 2): reject;
            (2, 1): accept;
        }
    }
}
