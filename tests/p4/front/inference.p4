/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
// generic inference and specialised types
extern Reg<T, I> { Reg(bit<32> n); T read(in I i); void write(in I i, in T v); }
extern void ext<A, B>(in A a, out B b);
struct P<T, U> { T a; U b; }
typedef P<bit<8>, bool> PB;
extern R2<T> { R2(); void go<U>(in T t, in U u); U back<U>(); }
control c(inout bit<8> x, inout PB p) {
  Reg<bit<8>, bit<4>>(32) r;
  Reg<P<bit<8>, bool>, bit<8>>(32w16) r2;
  Reg<tuple<bit<8>, bit<16>>, bit<1>>(1) r3;
  R2<PB>() q;
  apply {
    x = r.read(3); r.write(4w3, x); r.write(i = 1, v = 2);
    p = r2.read(8w1); r2.write(8w1, { 1, true }); r2.write(8w1, { a = 1, b = false });
    r3.write(1, { 1, 2 });
    q.go(p, x); q.go<bit<8>>(p, 3); q.go({ 1, true }, { x, x });
    x = q.back<bit<8>>();
    ext({ x, x }, x);
    ext<tuple<bit<8>>, bit<8>>({ x }, x);
    ext(x, p);
    tuple<bit<8>, bit<16>> t = r3.read(0);
  }
}
extern Later<T> { Later(); T get(); void put(in T x); }
control later(inout bit<8> a) { Later<_>() x; Later<_>() y; apply { x.put(a); a = x.get(); y.put(true); if (y.get()) { a = 1; } } }
void alike<T>(in T x, in T y) { }
control late(inout bit<8> x) { apply { alike(1, x); alike(1, 8w2); alike(8w1, 2); alike({ 1, 2 }, { 8w1, 8w2 }); } }
// a width may come from any of the arguments and elements
extern T last<T>(in T a, in T b);
struct Two<T> { T l; T r; }
extern T left<T>(in Two<T> t);
control widths(inout bit<8> x) {
  apply {
    x = last(b = x, a = 2); x = left({ 1, 8w2 }); x = left({ r = x, l = 2 });
    x = last({ 1, 2 }, { 8w3, x })[0];
  }
}
header inferred_t { bit<8> a; }
struct both_t<T> { T a; T b; }
extern void boths<T>(in both_t<T> x);
control without(in inferred_t h) { apply { alike({#}, h); boths({ {#}, h }); boths({ b = {#}, a = h }); } }
// an enum gives way to the type under it, whichever comes first
enum bit<8> under_t { A = 1 }
extern void both_out<T>(in T a, out T b);
control gives_way(inout bit<8> x, inout under_t e, in tuple<under_t> pair) {
  apply {
    alike(under_t.A, 8w1); alike(8w1, under_t.A); alike(e, x); alike(x, e); alike(e, e); alike(pair, { e });
    boths({ e, x }); boths({ x, e }); boths({ a = e, b = x }); boths({ e, e });
    both_out(e, x); both_out(e, e); x = last(e, e); e = last(e, e); x = last(e, x);
  }
}
// a typedef's arguments are there already
struct couple<T, U> { T a; U b; }
header field_h<T> { T f; }
typedef couple<bit<8>, bool> couple_t;
typedef field_h<bit<16>> field_t;
const couple_t by_name = (couple_t){ a = 1, b = false };
const couple_t by_place = (couple_t){ 1, false };
bit<16> of_header() { field_t h = (field_t){#}; h = (field_t){ f = 7 }; return h.f; }
