/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
parser p(in bit<8> x)
{
    state start {
        transition select(x) {
            1: next;
            default: reject;
        }
    }
    state next {
        transition reject;
    }
}
