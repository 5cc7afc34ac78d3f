/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
header h_t {
    bit<8> x;
}
control c(inout h_t[2] h)
{
    
    apply {
        h.next.x = 1;
    }
}
