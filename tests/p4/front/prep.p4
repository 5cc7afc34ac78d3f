/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#define A 1
#define B(x, y) ((x) + (y))
#define STR "str"
#define EMPTY
#define MULTI(a) a \
   + 1
#define CMT /* comment */ 3 // tail
#define CAT(a,b) a##b
#define S(x) #x
#if A == 1 && defined(A) && !defined(ZZ)
const bit<8> x = A;
#elif A == 2
garbage here
#else
more garbage '
#endif
#ifdef NOPE
# error "not here"
#endif
#ifndef NOPE
const bit<8> y = B(A, 2);
#endif
const int z = MULTI(4);
const int w = CMT;
const int CAT(f, oo) = 3;
const int foo2 = foo;
const string s = S(hello);
const int l = __LINE__;
#line 100 "other.p4"
const int m = EMPTY 5 EMPTY;
#undef A
#ifndef A
const int A = 7;
#endif
# /* null directive */
#
#pragma whatever here
@pragma foo bar baz
const int q = 1;
#if (3 > 2) ? 1 : 0
const int q2 = 2;
#endif
#if 1 << 3 == 8
const int q3 = 2;
#endif
#if 0x10 >> 4
const int q4 = q3;
#endif
#if UNDEFINED_THING
error
#endif
#include <core.p4>
