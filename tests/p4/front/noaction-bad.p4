/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
action NoAction(bit<8> x) { } //~ P324
control c() {
 table t { actions = { } }
 table t2 { actions = { NoAction; } default_action = NoAction(1); }
 apply { }
}
