/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern void f<T, U>(in T a, in U b);
extern T g<T, U>(in U b);
extern void nop<T>();
header H { bit<8> a; } header_union U { H h; }
struct S { bit<8> a; H h; }
bit<8> hh(in H h) { return h.a; }
S mk(in bit<8> a, in H h) { return (S){ a, h }; }
H hh2() { return { 1 }; }
control c(inout bit<8> x, inout S s, inout bool b) { apply {
  f<_, bit<8>>(x, 3); f<bit<8>, _>(3, x); x = g<bit<8>, _>(x); nop<void>(); nop<S>();
  x = hh({#}); x = hh({ 3 }); x = hh({ a = 3 }); x = hh((H){#}); s = mk(1, { 2 }); x = mk(1, {#}).h.a; x = mk(1, { 2 }).a[3:0] ++ 4w0;
  s = b ? s : mk(1, { 2 }); s = b ? mk(x, s.h) : (S){ 1, {#} };
  tuple<S, bool> t = { s, b }; s = t[0]; x = t[0].h.a;
  b = s.h == hh2(); s.h = hh2();
  S q = { x, hh2() }; q = { h = {#}, a = 1 };
} }
