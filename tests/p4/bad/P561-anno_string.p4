/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
@name(3) const bit<8> x = 1;
