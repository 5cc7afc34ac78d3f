/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
// what is doubtful, each beside what is not
#include <core.p4>
const bit<4> fits = 15;
const bit<4> cut = 16; //~ P904
const int<4> fits_signed = 7;
const int<4> fits_negative = -8;
const int<4> cut_signed = 8; //~ P904
const int<4> cut_negative = -9; //~ P904
const bit<4> no_sign = -1; //~ P905
const bit<4> own_width = 4w15;
const bit<4> own_width_cut = 4w16; //~ P904
const bit<8> last_bit = 8w1 << 7;
const bit<8> no_bit = 8w1 << 8; //~ P906
const bit<8> last_right = 8w128 >> 7;
const bit<8> none_right = 8w128 >> 8; //~ P906
const int any = 1 << 8;
@deprecated("use g") extern void f();
@deprecated("use f") extern void g(in bit<8> x);
extern void h();
extern bit<8> outside();
@deprecated("gone") const bit<8> old = 1;
@deprecated("gone") struct older { bit<8> x; }
bit<8> within() { return 1; }
bit<8> uses(bit<8> x) {
    f(); //~ P902
    g(1); //~ P902
    h();
    outside();
    within(); //~ P913
    older o = { old }; //~ P902 P902
    bit<8> y = within(); //~ P918
    { bit<8> y = x; return y + o.x; } //~ P903
}
bit<8> ends(bit<8> x) {
    if (x == 1) { return 1; ; }
    if (x == 2) { return 2; h(); } //~ P907
    return x;
}
control names(inout bit<8> a, out bit<8> given, out bit<8> none, out older whole) { //~ P902 P917
    bit<8> alone; //~ P918
    @noWarn("unused") bit<8> quiet;
    @noWarn("other") bit<8> loud; //~ P918
    bit<8> read;
    bit<8> set = 1;
    bit<8> later;
    action called() { a = read + set; } //~ P916
    action idle() { } //~ P918
    @noWarn("unused") action quiet_idle() { }
    table t { key = { a : exact; } actions = { called; NoAction; } default_action = NoAction; }
    table lone { actions = { NoAction; } } //~ P918
    @noWarn("unused") table quiet_lone { actions = { NoAction; } }
    apply {
        t.apply();
        later = a;
        given = later;
        whole.x = 1;
        switch (a) { 1: 2: { a = 3; } default: } //~ P914
        switch (a) { 1: { a = 3; } default: { } }
    }
}
parser states(packet_in b, in bit<8> x) {
    state start { transition select(x) { 1 .. 1: two; 2 .. 1: two; 3: three; _: accept; } } //~ P915
    state two { transition select(x) { 1: accept; _: accept; 2: reject; 3: reject; } } //~ P909
    state three { } //~ P910
    state four { transition select(x) { } } //~ P908 P911
}
header element_t { bit<8> a; }
void inc(inout bit<8> v) { v = v + 1; }
control elements(inout tuple<bit<8>, element_t> p, inout tuple<bit<8>, tuple<bit<8>>> v) {
    apply {
        v = { v[0] + 1, v[1] };
        v[0] = 1; //~ P923
        v[1][0] = v[0]; //~ P923
        v[0][3:0] = 1; //~ P923
        inc(v[0]); //~ P923
        p[1].a = p[0]; //~ P923
    }
}
