/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header H { bit<8> a; }
parser p1(packet_in p) { state s { transition accept; } } //~ P505
parser p2(packet_in p) { state start { transition nowhere; } } //~ P506
parser p2b(packet_in p) { state start { transition nowhere; } state s2 { transition nowhere; } } //~ P506
parser p3(packet_in p) { state start { transition accept; } state accept { } } //~ P507
parser p4(packet_in p) { state start { transition accept; } state reject { } } //~ P507
parser p5(packet_in p) { state start { transition accept; } state start { } } //~ P304
parser p6(packet_in p, in bit<8> x) { state start { return; transition accept; } } //~ P509
parser p7(packet_in p, in bit<8> x) { state start { exit; } } //~ P509
parser p8(packet_in p, in bit<8> x) { state start { transition select(x) { true : accept; } } } //~ P305
parser p9(packet_in p, in bit<8> x) { state start { transition select(x, x) { 1 : accept; } } } //~ P537
parser p10(packet_in p, in bit<8> x) { state start { transition select(x) { (1, 2) : accept; } } } //~ P537
parser p11(packet_in p, in bit<8> x) { state start { transition select(x) { 16w1 : accept; } } } //~ P305
parser p13(packet_in p, in bit<8> x) { action a() { } state start { } } //~ P503
parser p14(packet_in p) { state start { p.extract(1); } } //~ P328
parser p15(packet_in p, out bit<8> h) { state start { p.extract(h); } } //~ P605
parser p16(packet_in p, out bit<8> h) { state start { h = p.lookahead(); transition accept; } } //~ P323
parser p17(packet_in p, out bit<8> h) { state start { h = p.nometh(); transition accept; } } //~ P312
parser p18(packet_in p, out bit<8> h) { state start { verify(1, error.NoError); transition accept; } } //~ P305
parser p19(packet_in p, out bit<8> h) { state start { verify(true, 3); transition accept; } } //~ P305
parser p20(packet_in p, out bit<8> h) { state start { start(); transition accept; } } //~ P330
parser p21(packet_in p, out bit<8> h) { state start { for (;true;) { } transition accept; } } //~ P509
parser p22(packet_in p, string s) { state start { transition select(s) { "a" : accept; } } } //~ P543
parser p23(packet_in p)(int k) { state start { transition select(k) { 1 : accept; } } } //~ P320
parser p24(packet_in p) { state start { transition select(5) { 1 : accept; } } } //~ P320
parser p25(packet_in p, in bit<8> k) { state start { transition select(k) { 1 : accept;  1..0 : reject; } } }
parser p26(packet_in p, in bit<8> k) { state start { transition select(k) { 3 : k; } } } //~ P506
parser p27(packet_in p, in bit<8> k) { state start { transition select(k) { k + 1 : accept; } } }
parser p28<T>(packet_in p, out T k) { state start { transition accept; } }
parser p30(packet_in p) { H[2] s; state start { s.push_front(1); s.pop_front(1); transition accept; } } //~ P509 P509
parser p29(packet_in p) { p29() x; state start { transition accept; } } //~ P501
