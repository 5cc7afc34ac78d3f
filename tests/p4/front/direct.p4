/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control inner(inout bit<8> x) { apply { x = 1; } }
control gen(inout bit<8> x)(bit<8> k, bool b) { apply { x = k; } }
control inner_t(inout bit<8> x);
control outer(inout bit<8> x)(inner_t i2) {
  inner() i;
  gen(8w3, true) g1;
  gen(k = 4, b = false) g2;
  @name("foo") gen(k = 4, b = false) g3;
  apply { i.apply(x); g1.apply(x); inner.apply(x); i2.apply(x); i.apply(x = x); g2.apply(x); }
}
control proto(inout bit<8> x);
package top(proto p);
top(outer(inner())) main;
