/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c() {
 action a() { }
 table t { actions = { a; } default_action = a; }
 table t2 { actions = { a; } } //~ P301
 table t3 { actions = { a; } }
 apply { }
}
