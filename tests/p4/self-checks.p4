/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <v1model.p4>
header h_t { bit<8> a; bit<8> b; } header w_t { bit<200> w; } header v_t { bit<8> n; varbit<64> v; }
header_union u_t { h_t h; w_t w; }
struct in_t { h_t h; bit<8> x; tuple<bit<8>, h_t> t; }
struct H { h_t h; h_t[3] s; u_t u; u_t[2] us; }
struct M { bit<8> x; }
enum F { A, B, C } enum bit<8> SE { P = 3, Q = 5 } type bit<8> NT; 
parser PP(packet_in p, out H h, inout M m, inout standard_metadata_t s) { state start { p.extract(h.h); transition accept; } }
/* The number of the checks leaves as h.a, that of the first that failed as h.b. */
control V(inout H h, inout M m) { apply {} }
bit<8> sumr(in bit<8> a, in bit<8> b) { bit<8> r = 0; for (bit<8> i in a..b) { if (i == 7) continue; if (i == 9) break; r = r + i; } return r; }
bit<8> early(in bit<8> a) { for (bit<8> i in 0..255) { for (bit<8> j = 0; j < 10; j = j + 1) { switch (j) { 3: { if (i == a) return i + j; } } } } return 99; }
bit<8> inc(inout bit<8> x) { x = x + 1; return x; }
void swap(inout bit<8> a, inout bit<8> b) { bit<8> t = a; a = b; b = t; }
void two(out bit<8> a, out bit<8> b) { a = 1; b = 2; }
void alias(inout bit<8> a, in bit<8> b) { a = 5; a = a + b; }
T pick<T>(in bool c, in T a, in T b) { if (c) return a; return b; }
h_t mk(in bit<8> a) { h_t r; r = { a, a + 1 }; return r; }
control sub(inout bit<8> x, in bit<8> y) { apply { x = y; if (y == 3) return; x = x + 1; } }
control I(inout H h, inout M m, inout standard_metadata_t s) {
  bit<32> fails = 0; bit<8> no = 0; sub() q;
  action ck(in bool ok) { no = no + 1; if (!ok && fails == 0) { fails = (bit<32>)no; } }
  apply {
    ck(sumr(5, 8) == 19); ck(sumr(5, 20) == 19); ck(sumr(8, 5) == 0); ck(sumr(250, 255) == 235 ); ck(early(4) == 7); // 1-5
    bit<8> a = 1; bit<8> b = 2;
    ck(inc(a) + inc(a) == 5 && a == 3); ck(inc(a) == 4 || inc(a) == 9); ck(a == 4); ck((false && inc(a) == 1) == false && a == 4); ck((true || inc(a) == 1) && a == 4); // 6-10
    swap(a, b); ck(a == 2 && b == 4); two(a, a); ck(a == 2); alias(a, a); ck(a == 7); bit<16> z = 0x1234; swap(z[15:8], z[7:0]); ck(z == 0x3412); two(z[7:0], z[15:8]); ck(z == 0x0201); // 11-15
    h.s[0] = mk(3); h.s[1] = { 9, 9 }; bit<8> i = 0; alias(h.s[inc(i)].a, h.s[0].b); ck(i == 1 && h.s[1].a == 9); h.s[i].a = inc(i); ck(i == 2 && h.s[1].a == 2); // 16,17
    h.s.push_front(1); ck(!h.s[0].isValid() && h.s[1].a == 3 && h.s[2].a == 2); h.s.pop_front(2); ck(h.s[0].a == 2 && !h.s[1].isValid() && !h.s[2].isValid()); // 18 19
    h.u.h = { 1, 2 }; ck(h.u.isValid() && h.u.h.isValid() && !h.u.w.isValid()); h.u.w.setValid(); ck(!h.u.h.isValid() && h.u.w.isValid()); h.u.w.setInvalid(); ck(!h.u.isValid()); // 20-22
    in_t p; in_t r; p = { { 1, 2 }, 3, { 4, { 5, 6 } } }; r = p; ck(r == p); r.t[1].b = 7; ck(r != p); r.t[1].setInvalid(); p.t[1].setInvalid(); ck(r == p); // 23-25
    p = { h = {#}, ... }; ck(!p.h.isValid() && p.x == 0 && !p.t[1].isValid()); p = r; r.x = 44; ck(p.x == 3); p.x = pick(p.x == 3, 8w10, 20); ck(p.x == 10); ck(pick<bit<8>>(false, 1, 2) == 2); // 26-29
    int<8> sa = -128; ck(sa |-| 1 == -128); ck(sa >> 3 == -16); ck(sa >> 9 == -1); ck((bit<8>)sa >> 9 == 0); ck(-sa == -128); ck((int<16>)sa == -128); ck(8s127 |+| 8s1 == 127); // 30-36
    bit<200> w = (bit<200>)0xff; w = w << 190; ck(w[199:190] == 10w0xff); ck((w >> 190)[7:0] == 0xff); w = w | 1; ck(w[0:0] == 1); int<200> iw = -1; ck(iw < 0); ck(iw >> 199 == -1); ck((bit<200>)iw == 200w0 - 1); // 37-42
    bit<8> n = 0; for (bit<200> k in 200w1..200w3) { n = n + k[7:0]; } ck(n == 6); n = 0; for (h_t e in h.s) { if (e.isValid()) n = n + e.a; } ck(n == 2); n = 0; for (int<4> k in -2..2) { n = n + 1; } ck(n == 5); // 43-45
    n = 0; for (bit<8> k in { a, 2, b }) { n = n + k; a = 0; b = 0; } ck(n == 13); SE se = SE.Q; ck(se == 5 && se != SE.P); ck((SE)3 == SE.P); F f = F.C; switch (f) { F.A: F.C: { n = 1; } default: { n = 2; } } ck(n == 1); // 46-49
    switch (se) { SE.P: { n = 5; } (SE)5: {n = 6; } } ck(n == 6); error er = error.NoMatch; switch (er) { error.NoMatch: { n = 3; } } ck(n == 3); q.apply(n, 3); ck(n == 3); q.apply(n, n + 1); ck(n == 5); sub.apply(n, 9); ck(n == 10); // 50-54
    bit<8> x = 8w0xA5; ck(x[7:4] ++ x[3:0] == x); ck((x ++ x)[11:4] == 0x5A); ck(x[3+:4] == 4); x[2+:3] = 7; ck(x == 0xBD); x[7:4][1:0] = 0; ck(x == 0x8D); ck((x ++ 4w3)[3:0] == 3); // 55-60
    ck(1 << 3 == 8 && 7 / 2 == 3 && 7 % 4 == 3); ck((8w5 / 2) == 2); ck(8w5 % x == 5); ck(~8w0 == 255); ck((bit<4>)8w0xfe == 14); ck((bool)1w1 && !(bool)1w0); ck((int<4>)8s0x7e == -2); // 61-67
    tuple<bit<8>, tuple<bool, bit<4>>> tt = { 1, { true, 3 } }; tt[1][1] = 9; ck(tt == { 1, { true, 9 } }); tt[0] = inc(tt[0]) + tt[0]; ck(tt[0] == 4); // 68 69
    h.us[1].h = { 7, 8 }; h.us[0] = h.us[1]; h.us[1] = {#}; ck(h.us[0].h.b == 8 && !h.us[1].isValid()); a = 3; a <<= 2; a |= 1; a -= 3; a ^= 0xff; ck(a == 0xf5); a |+|= 200; ck(a == 255); a >>= 4; a *= 3; ck(a == 45); a %= 10; ck(a == 5); // 70-74
    h.s[0].setInvalid(); h_t hh = h.s[0]; ck(!hh.isValid()); hh.a = 3; ck(!hh.isValid()); NT nt = (NT)a; ck((bit<8>)nt == 5 && nt == (NT)5); ck((a > 3 ? 8w1 : inc(a)) == 1 && a == 5); if (a == 4) n = 1; else if (a == 5) n = 2; else if (inc(a) == 6) n = 3; else n = 4; ck(n == 2 && a == 5); // 75-79
    h.s[2].setValid(); h.s[2].a = 1; h.s[2].b = 2; h.s = { { 4, 5 }, {#}, { 6, 7 } }; ck(h.s[0].a == 4 && !h.s[1].isValid() && h.s[2].b == 7); h.s = { { 1, h.s[0].a }, ... }; ck(h.s[0].b == 4 && !h.s[2].isValid()); // 80 81
    h.h.a = no; h.h.b = fails[7:0]; h.s[0].setInvalid(); h.us[0] = {#}; s.egress_spec = 1;
  }
}
control E(inout H h, inout M m, inout standard_metadata_t s) { apply {} }
control C(inout H h, inout M m) { apply {} }
control D(packet_out p, in H h) { apply { p.emit(h); } }
V1Switch(PP(), V(), I(), E(), C(), D()) main;
