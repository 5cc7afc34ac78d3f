/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c(inout tuple<bit<8>, bool> pair)
{
    apply {
        pair[0] = 1;
    }
}
