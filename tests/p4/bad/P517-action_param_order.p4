/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
action f(bit<8> x, in bit<8> y) {
}
