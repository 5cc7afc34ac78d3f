/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <core.p4>
control noargs();
package top(noargs c1, noargs c2);
control c() {
  @name(".foo.bar") table t { actions = { NoAction; } } //~ P555
  table u { actions = { NoAction; } }
  apply { t.apply(); u.apply(); }
}
top(c(), c()) main;
