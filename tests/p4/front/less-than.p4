/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
#include <bmv2/psa.p4>
typedef bit<8> u8;
extern bool f2(in bool a, in bool b);
extern T gen<T>(in T x);
struct S { u8 a; }
control c(inout u8 a, in u8 b, in u8 cc, in u8 d) {
  bool r;
  apply {
    r = f2(a < b, cc > (d)); r = f2(a < b, cc > d); r = a < b && cc > (d); r = (a < b) == (cc > (d));
    a = gen<u8>(3); a = gen<S>({ 1 }).a; r = gen(a) < gen(b); a = (u8)(b) + (u8)-1 + (u8)~b; a = (b) - 1; a = (b)[3:0] ++ 4w0;
    r = a<b; r = a>b; r = a>=b; r = a<=b; a = a<<1>>1; a = a << (b >> 1) >> (cc); r = a >> 1 > b; r = a > b >> 1; r = a>>b>cc;
    S s = { a = a }; u8 x = s.a; r = !(a < b) ? a > b : a < b; a = r ? a : r ? b : cc;
  }
}
