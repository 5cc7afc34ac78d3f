/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header H { bit<8> a; bit<8> b; }
struct S { bit<8> a; bool b; }
struct N { S s; H h; }
struct G<T> { T x; bit<8> y; }
header HG<T> { T f; bit<8> g; }
header H2 { bit<16> z; }
header_union U { H h; H2 h2; }
const S s0 = { 1, true };
const S s1 = { a = 1, b = false };
const S s2 = { b = false, a = 1 };
const S s3 = { a = 3, ... };
const S s4 = { 3, ... };
const S s5 = { ... };
const S s6 = ...;
const N n0 = { { 1, true }, { 2, 3 } };
const N n1 = { s = s0, h = { a = 1, b = 2 } };
const G<bit<16>> g0 = { 16w3, 4 };
const G<bit<16>> g1 = { x = 16w3, y = 4 };
const N n2 = { s = { ... }, h = {#} };
const bit<8> f = s0.a;
struct Empty { }
const Empty e = {};
control c(inout H h, inout H2[3] st, inout N n, inout HG<bit<8>> hg) {
  apply {
    h = { 1, 2 };
    h = { a = 1, b = 2 };
    h = {#};
    h = (H){#};
    h = (H){ a = 1, b = 4 };
    n = { { 1, true }, {#} };
    n.s = (S){ 1, true };
    if (h == {#}) { }
    if (h == { 1, 2 }) { }
    bool b = n.s == s0;
    b = n.s == { 3, true };
    b = n.s == { a = 3, b = true };
    st = { { 1 }, { 2 }, { 3 } };
    st = { {1}, ... };
    st = (H2[3]){ { 1 }, {#}, { 3 } };
    st[0] = { 2 };
    st.push_front(1);
    st.pop_front(1);
    hg = { 1, 2 };
    hg.setValid();
    HG<bit<8>> l = hg;
    H x = ...;
    H y = { a = 1, ... };
    tuple<bit<8>, bool> t = { 1, true };
    tuple<> te = {};
    t[0] = 3;
    bit<8> q = t[0];
    t = { 1, ... };
    n.s = (S) t;
    n.s = { t[0], t[1] };
  }
}
