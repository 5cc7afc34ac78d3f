/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
parser p(packet_in b, out bit<8> x) {
 state start { x = 1; transition next; }
 state next { bit<8> loc; loc = x; transition select(loc, x) { (1, 2): accept; (_, _): reject; } }
 state other { loc = 2; transition accept; } //~ P301
 state o2 { start.apply(); transition accept; } //~ P312
 state o3 { p.apply(b, x); transition accept; } //~ P501
 state o4 { b.extract(); transition accept; } //~ P324
 state o5 { b = b; transition accept; } //~ P318
 state o6 { packet_in q; transition accept; } //~ P347
 state o7 { x = b; transition accept; } //~ P305
 state o8 { NoAction(); transition accept; } //~ P516
 state o9 { transition select(x) { error.NoError: accept; } } //~ P305
 state o10 { transition select(x, x) { 1: accept; } } //~ P537
 state o11 { transition select(x) { (1): accept; ((2)): accept; } }
}
