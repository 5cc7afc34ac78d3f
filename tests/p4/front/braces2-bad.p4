/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control shut(inout bit<8> x) {
  action a() x = 1; } //~ P201
  table t { actions = { a; } }
  apply { t.apply(); }
}
