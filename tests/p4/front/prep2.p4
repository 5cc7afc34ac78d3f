/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#define X(a) a
#define Y X(1)
#define STR(x) #x
#define XS(x) STR(x)
#define GLUE(a, b) a ## b
#define XG(a, b) GLUE(a, b)
#define VA(fmt, ...) fmt
#define NOARGS() 5
#define MULTI_LINE(name, w) \
    const bit<w> name = \
        0;
#define TYPE bit<8>
#define W 8
MULTI_LINE(ml, 4)
const TYPE t = Y; const bit<W> t2 = NOARGS(); const string s = XS(Y); const string s2 = STR(a b "c" 'd');
const bit<8> XG(na, me) = 1; const bit<8> t3 = name;
#if defined X && (defined(Y) || 0) && !defined Z
const bit<8> t4 = VA(1, 2, 3);
#endif
#ifdef FOO
# if BAR
# else
# endif
#elif 1
const bit<8> t5 = 1;
#else
#endif
#if 0
 unbalanced " quote and ' and /* comment */
#endif
#define EMPTY
EMPTY const bit<8> EMPTY t6 = 1; EMPTY
#define SELF SELF
const bit<8> SELF = 1; const bit<8> t7 = SELF;
#define PLUS(a, b) ((a) + (b))
const bit<8> t8 = PLUS(PLUS(1, 2), PLUS(3, 4)); const bit<8> t9 = PLUS((1 , 2) == (1, 2) ? 1 : 1, 2) ; //~ P201
#define LONGNAME_A 1
#define LONGNAME_B LONGNAME_A
#if LONGNAME_B == 1 && (2 * 3 == 6) && (7 / 2 == 3) && (1 ? 0 : 1) == 0
const bit<8> ta = __LINE__ > 3 ? 8w1 : 2;
const string tb = __FILE__;
#endif
#undef UNKNOWN
#include <core.p4>
#include "core.p4"
# include   <core.p4>  // comment
#line 5
#line 7 "foo.p4"
# 9 "bar.p4"
# 9 "bar.p4" 2
const bit<8> end = 1;
