/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
control c()
{
    @name("")
    action f() {
    }
    apply {
        f();
    }
}
