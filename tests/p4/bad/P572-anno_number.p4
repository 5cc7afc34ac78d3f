/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
match_kind {
    exact
}
@noWarn("unused") action NoAction() {
}
control c(inout bit<8> x)
{
    @id("five") table t {
        key = {
            x: exact;
        }
        actions = {
            NoAction;
        }
    }
    apply {
        t.apply();
    }
}
