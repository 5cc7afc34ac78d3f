/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
header H { bit<8> a; }
extern void g<T>(in T x);
control c(inout H h, inout H[2] s) { apply { g({#}); //~ P323
 h = s[0].next; //~ P310
 h = h.last; //~ P310
 h = h.last; h = h.last;
 s.size = 3; //~ P318
 s[s] = h; //~ P317
 h[0] = h; //~ P313
 h.a[1] = 1; //~ P313
 s.a = 1; //~ P310
 h.setValid = 1; //~ P310
 h.setValid().a = 1; //~ P310
 bool b = s.isValid(); //~ P312
 b = h == s; //~ P307
 b = s == s[0]; //~ P307
 h += 1; //~ P307
 h = h + h; //~ P307
 s[0] += s[1]; //~ P307
 h.a += h; //~ P307
} }
