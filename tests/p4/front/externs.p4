/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
extern Virt { Virt(); void run(in bit<16> ix); abstract bit<16> f(in bit<16> ix); @synchronous(run) abstract bit<16> g(inout bit<16> x); void over(in bit<8> a); void over(in bit<8> a, in bit<8> b); T gen<T>(in T x); bit<8> opt(@optional in bit<8> x); void nm(in bit<8> x = 3, in bit<8> y); }
extern Gen<T> { Gen(T x); T get(); void set(in T x); U conv<U>(in T x); Gen(T x, bit<8> y); }
extern Em { }
extern Em2 { Em2(); }
extern void f0();
extern T f1<T>(in T x);
extern bit<8> f2(in bit<8> a, @optional in bit<8> b);
extern void f3<T>(in T a, out T b);
extern void f4<T>(in T a);
extern bit<32> f5(in bit<8> a = 1);
extern T max<T>(in T a, in T b);
Gen<bit<8>>(8w3) top;
control c(inout bit<16> p) {
  Virt() v = { bit<16> f(in bit<16> ix) { return ix + 1; } bit<16> g(inout bit<16> x) { x = this.f(x); return x; } };
  Gen<bit<16>>(3) g;
  Gen(8w5) g2;
  Gen<_>(8w5) g3;
  Gen<bit<8>>(x = 3, y = 4) g4;
  apply {
    v.run(p);
    p = v.gen(p);
    p = v.gen<bit<16>>(3);
    v.over(1); v.over(1, 2); v.over(b = 3, a = 4);
    bit<8> q = v.opt(); q = v.opt(3); q = v.opt(x = 3);
    p = g.get(); g.set(3);
    bit<4> r = g.conv<bit<4>>(3);
    r = g.conv<bit<4>>(p);
    f0(); p = f1(p); p = f1<bit<16>>(1);
    q = f2(1); q = f2(1, 2); q = f2(a = 1);
    f3(q, q); f3<bit<8>>(3, q); f3(8w3, q); f3(3, q);
    f4(p);
    bit<32> z = f5();
    p = max(p, 3); p = max(3, p); p = max(16w3, 3);
    f3(q, _);
    q = top.get();
  }
}
