/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Absolute names are the whole program's; an element has one name. */
#include <core.p4>
control c(inout bit<8> a) {
  @name(".nop") action n() { }
  @name(".x") table t { actions = { n; } }
  @name("y") table u { actions = { n; } }
  @name("z") @name("w") table v { actions = { n; } } //~ P304
  apply { t.apply(); u.apply(); v.apply(); }
}
control d(inout bit<8> a) {
  @name(".nop") action n() { }
  @name(".x") table t { actions = { n; } } //~ P555
  @name("y") table u { actions = { n; } }
  c() x;
  apply { t.apply(); u.apply(); x.apply(a); }
}
