/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#define TWICE(a, a) a //~ P107
#define STRING(a) #b //~ P107
#define LAST(a) a # //~ P107
#define LEFT(a) ## a //~ P107
#define RIGHT(a) a ## //~ P107
#undef //~ P107
#undef 5 //~ P107
#ifdef //~ P107
#endif
#define NO_HEADER(x) {#}
#define PLAIN # x
#if 8w1 //~ P107
#endif
#if 1 / 0 //~ P403
#endif
#if defined 5 //~ P107
#endif
#if '' //~ P107
#endif
#if 1lul //~ P107
#endif
#import 5 //~ P107
#include <> //~ P107
#line x //~ P107
#line 1 x //~ P107
#line 0x1 //~ P107
#ident x //~ P107
#if __has_include //~ P107
#endif
#if __has_include(x) //~ P107
#endif
_Pragma x //~ P107
__has_include("x") //~ P107
