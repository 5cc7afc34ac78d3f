/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
extern E {
    E();
}
control c()
{
    action f(E e) {
    }
    apply {
    }
}
