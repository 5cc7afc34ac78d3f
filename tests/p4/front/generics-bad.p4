/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
enum Color { Red }
header Plain { bit<8> x; }
header H<T> { T x; }
header_union U<T> { T x; }
struct S<T> { T x; }
struct Stack<T> { T[2] x; }
struct Outer<T> { H<T> h; }
struct Outers<T> { H<T>[2] h; }
header Wrap<T> { S<T> s; }
typedef H<bit<8>> fine;
typedef U<Plain> fine_union;
typedef Outers<S<bool>> fine_nested;
typedef Stack<Plain> fine_stack;
typedef H<Color> h1; //~ P339
typedef H<Plain> h2; //~ P339
typedef U<bit<8>> u1; //~ P339
typedef S<string> s1; //~ P339
typedef S<void> s2; //~ P339
typedef Stack<string> st; //~ P339
typedef Outer<Color> o1; //~ P339
typedef Outers<Color> o2; //~ P339
typedef Wrap<Color> w1; //~ P339
header In { S<Color> s; } //~ P339
control C();
parser P();
package K();
typedef S<C> c1; //~ P360
typedef S<P> c2; //~ P360
typedef S<K> c3; //~ P360
typedef S<int> c4; //~ P360
extern E<T> { E(); }
extern void f<T>();
control c() {
 E<C>() e1; //~ P360
 E<int>() e2; //~ P360
 apply {
  f<K>(); //~ P360
  f<int>(); //~ P360
 }
}
/* Nor can a type argument be what makes a parameter that could not be declared. */
extern keeps<T> { keeps(); void put(in T x); T get(); }
extern named<T> { named(T x); void put(T x); }
extern counted { counted(); }
control given<T>(inout T x);
typedef given<string> given_t; //~ P360
control d() {
 keeps<counted>() k1; //~ P360
 keeps<string>() k2; //~ P360
 keeps<tuple<string, bit<8>>>() k3; named<string>("x") n1; named<counted>(counted()) n2;
 apply { }
}
