/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
bit<8> f(in bit<8> x, in bit<8> y) { return x + y; }
T id<T>(in T x) { return x; }
void noret(inout bit<8> x) { x = 3; return; }
bit<8> f2(bit<8> x = 4) { if (x == 1) { return 3; } else { return 4; } }
bool f3(in bool b) { return !b; }
bit<16> over(in bit<8> x) { return 1; }
bit<16> over(in bit<8> x, in bit<8> y) { return 2; }
tuple<bit<8>, bit<8>> tup() { return { 1, 2 }; }
struct S { bit<8> a; }
S mk(in bit<8> a) { return { a }; }
S mk2(in bit<8> a) { return { a = a }; }
void empty() { }
bit<8> sw(in bit<8> x) { switch (x) { 1: { return 2; } default: { return 3; } } }
control c(inout bit<8> x) {
  bit<8> lf = f(1, 2);
  apply {
    x = f(x, x); x = f(y = 1, x = 2); x = id(x); x = id<bit<8>>(3); noret(x); noret<>(x); empty<>(); id<>(x); x = f2(); x = f2(2);
    bit<16> q = over(x); q = over(x, x); q = over(x = 1);
    x = tup()[0]; x = mk(3).a; empty();
    x = id(id(x));
    if (f3(x == 1)) { }
    x = f(f(1, 2), f(3, 4));
    S s = mk(x);
  }
}
