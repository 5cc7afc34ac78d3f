/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Direct application twice in one block gives two tables one name. */
#include <core.p4>
control plain(inout bit<8> x) { apply { x = x + 1; } }
control sub(inout bit<8> x) { table t { key = { x: exact; } actions = { NoAction; } } apply { t.apply(); } }
control around(inout bit<8> x) { apply { sub.apply(x); } }
control c(inout bit<8> x) {
  apply {
    plain.apply(x);
    plain.apply(x);
    sub.apply(x);
    around.apply(x);
    sub.apply(x); //~ P555
  }
}
control c_t(inout bit<8> x);
package top(c_t c);
top(c()) main;
