/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#define DEPR "Deprecated in v1.2.2"
@deprecated("Please use the 'check' function instead." ++ DEPR) extern Checker { Checker(); }
@name("a" ++ "b") const bit<8> x = 1;
parser p(packet_in b, in bit<8> x) { value_set<bit<8>>(4) topvs; state start { transition select(x) { topvs: accept; default: reject; } } }
control q(inout bit<8> x) { apply { if (x == 1) @unlikely { x = 2; } else @likely { x = 3; } switch (x) { 1: @likely { x = 4; } default: @unlikely { } } } }
