/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c(inout bit<8> x, in bit<8> y) { apply { for (bool b in 0..3) { } for (bit<8> i in y) { } for (bit<8> q in 1..x) { x = q; } for (bit<8> q in 16w1..x) { } for (int i in 0..3) { } } } //~ P305 P347 P350 P548
#include <core.p4>
parser p(packet_in b)(bit<8> w) { bit<(w)> x; state start { transition accept; } } //~ P401
control c()(bit<8> w) { const bit<8> k = w; apply { bit<8> x = w; x = x[w:0]; } } //~ P304 P401 P401
header H { bit<8> x; }
control d(inout H[3] s)(bit<8> w) { H[w] t; apply { } } //~ P401
control e(inout H h)(bit<32> w) { table t { key = { h.x : exact; } actions = { NoAction; } size = w; } apply { t.apply(); } }
