/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
// a comment that goes on \
const int nothing = nosuchname;
#define F(x) x
#define G(x, y) x ## y
#define CALL F (3)
#define INC <core.p4>
#define VAR(a, ...) a __VA_ARGS__
#define EMPTYARGS(a, b) a b
#define MULTI /* a comment \
 goes on */ 4
#define LINES(a, \
              b) \
    a + b
#include INC
const bit<8> a = F (1); const bit<8> b = CALL; const bit<8> c = F
(
  5
); const bit<8> d = MULTI; const bit<8> e = LINES(1, 2); const bit<8> G(f, ) = 1; const bit<8> G(, g) = 1; const bit<8> h = EMPTYARGS(3, ); const bit<8> i = VAR(3); const bit<8> j = VAR(3, + 4);
const string s = "a // no comment /* here */";
#define Q(s) #s
const string t = Q(a  "b\n"  c); const string u = Q();
const bit<8> k = /* one */ 1 /* two */ + /**/ 2;
const bit<8> /*
  three */ l = 1; // end
/**/ const bit<8> m = 1; /***/ /* * / */
#ifdef NOPE
/* unclosed in a skipped part is closed here */
#endif
#if !defined(NOPE) && \
    defined F
const bit<8> n = 1;
#endif
const bit<8> o = F(n >> 1); const bit<8> p = LINES(n >> 1, n>>1);
#define HALVE(x) x >>= 1
bit<8> half(in bit<8> a) { bit<8> r = a; HALVE(r); return r; }
const bool q = n G(<, =) n; const bit<8> r = n G(>, >) 1; const bit<8> v = n G(+, 3);
#define CALL2(f, ...) f(n, ##__VA_ARGS__)
bit<8> one(in bit<8> a) { return a; }
bit<8> two(in bit<8> a, in bit<8> b) { return a + b; }
bit<8> both(in bit<8> a) { return CALL2(one) + CALL2(two, 2); }
const bit<8> w = __COUNTER__;
#if __COUNTER__ != 1
#error what stands above is read first
#endif
const bit<8> x = __COUNTER__
#if __COUNTER__ == 3
    + 1;
#else
#error even if the line above goes on
#endif
const bit<8> y = F(
#if __COUNTER__ == 4
    __COUNTER__
#endif
);
#if /* a comment
goes on */ 1
const bit<8> commented = 1; /* and so
does this */
#endif /* this one
as well */
