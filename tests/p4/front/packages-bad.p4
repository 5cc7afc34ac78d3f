/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control p(inout bit<8> x) { apply { } }
control q(inout bit<8> x) { apply { } }
parser pa(inout bit<8> x) { state start { } }
control ct(inout bit<8> x);
control ct2(in bit<8> x);
control ct3(inout bit<16> x);
control ct4(inout bit<8> x, inout bit<8> y);
parser pt(inout bit<8> x);
package P(ct c); package P2(ct2 c); package P3(ct3 c); package P4(ct4 c); package P5(pt c); package P6(bit<8> x, ct c); package P7(string s, bool b); package P8(ct c)
; 
P(p()) m1;
P2(p()) m2; //~ P305
P3(p()) m3; //~ P305
P4(p()) m4; //~ P305
P5(p()) m5; //~ P305
P(pa()) m6; //~ P305
P5(pa()) m7;
P6(1, p()) m8;
P6(p(), 1) m9; //~ P305
P6(c = p(), x = 1) m10;
P6(c = p()) m11; //~ P325
P6(c = p(), x = 1, y = 2) m12; //~ P326
P6(1, c = p()) m13; //~ P327
P7("x", true) m14;
P7("x", 1) m15; //~ P305
P7(1, true) m16; //~ P305
P(p) m17; //~ P319
P(ct()) m18; //~ P331
P(m1) m19; //~ P305
NoSuch(p()) m20; //~ P302
P(nosuch()) m21; //~ P301
P(p(1)) m22; //~ P324
extern bit<8> guess(bit<8> x);
@pure extern bit<8> twice(bit<8> x);
package Sized(bit<8> size);
Sized(twice(3)) sized;
Sized(guess(3)) unsized; //~ P401
control sizes() { apply { guess(twice(3)); guess(guess(3)); } } //~ P354
